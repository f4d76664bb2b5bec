import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small HTTP server on 127.0.0.1: whole requests in, whole answers out, every one in a log, faults on demand. */
export interface Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Headers are not logged: they carry tokens. */
export interface LoggedRequest {
  readonly method: string;
  /** Path and query, as they came. */
  readonly path: string;
  readonly status: number | 'reset';
  /** The JSON document sent, null when there was none. */
  readonly body: unknown;
}

export interface Fault {
  /** Held against `GET /path?query`. */
  readonly matches: RegExp;
  readonly answer: number | 'reset';
  /** How many requests it hits; one when left out. */
  readonly times?: number;
}

export interface Loopback {
  /** http://127.0.0.1:PORT */
  readonly origin: string;
  readonly requests: readonly LoggedRequest[];
  /** The next requests that match are answered so. */
  fail(fault: Fault): void;
  close(): Promise<void>;
}

export async function listen(handle: (request: Request) => Promise<Answer>): Promise<Loopback> {
  const requests: LoggedRequest[] = [];
  const faults: PendingFault[] = [];

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const body = await bodyOf(incoming);
    const fault = takeFault(faults, `${method} ${path}`);
    const request = { method, url: new URL(path, origin), headers, body };
    const answer = fault === null ? await handle(request).catch(defect) : typeof fault === 'number' ? text(fault, 'injected fault') : fault;
    requests.push({ method, path, status: answer === 'reset' ? answer : answer.status, body: document(body, headers) });
    send(response, answer, method);
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = originOf(server);
  return { origin, requests, fail: (fault) => void faults.push({ ...fault, left: fault.times ?? 1 }), close: () => closed(server) };
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

export function text(status: number, body: string, type = 'text/plain'): Answer {
  return { status, headers: { 'content-type': type }, body };
}

export function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Kept-alive connections would hold a server open for seconds. */
export function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => server.close((error) => (error === undefined ? resolve() : reject(error))));
}

type PendingFault = Fault & { left: number };

function takeFault(faults: readonly PendingFault[], line: string): number | 'reset' | null {
  const fault = faults.find(({ left, matches }) => left > 0 && matches.test(line));
  if (fault === undefined) return null;
  fault.left -= 1;
  return fault.answer;
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function document(body: Buffer, headers: IncomingHttpHeaders): unknown {
  if (body.length === 0 || headers['content-type']?.startsWith('application/json') !== true) return null;
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return null;
  }
}

/** A mistake of the sandbox itself; the text is for whoever reads the client's log. */
function defect(error: unknown): Answer {
  return text(500, `sandbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}

function send(response: ServerResponse, answer: Answer | 'reset', method: string): void {
  if (answer === 'reset') {
    response.destroy();
    return;
  }
  const body = Buffer.from(answer.body ?? '');
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length) });
  response.end(method === 'HEAD' ? undefined : body);
}
