import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openFaults, type Fault } from './faults.ts';

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
  readonly status: number | 'reset' | 'hang';
  /** The JSON document sent, null when there was none. */
  readonly body: unknown;
}

export type { Fault, InjectedAnswer } from './faults.ts';

export interface Loopback {
  /** http://127.0.0.1:PORT */
  readonly origin: string;
  readonly requests: readonly LoggedRequest[];
  /** The next requests that match are answered so. What comes back lifts the fault. */
  fail(fault: Fault): () => void;
  close(): Promise<void>;
}

/** What goes over the wire. `promised` is what content-length says where that is more than is sent. */
type Sent = (Answer & { readonly promised?: number }) | 'reset' | 'hang';

export async function listen(handle: (request: Request) => Promise<Answer>): Promise<Loopback> {
  const requests: LoggedRequest[] = [];
  const faults = openFaults();

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const body = await bodyOf(incoming);
    const fault = faults.take(`${method} ${path}`);
    // Not new URL(path, origin): `//x` would be another host.
    const answer = await faulty(fault, () => handle({ method, url: new URL(`${origin}${path}`), headers, body }).catch(defect));
    requests.push({ method, path, status: typeof answer === 'string' ? answer : answer.status, body: document(body, headers) });
    send(response, answer, method);
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = originOf(server);
  return { origin, requests, fail: (fault) => faults.add(fault), close: () => closed(server) };
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

async function faulty(fault: Fault['answer'] | null, real: () => Promise<Answer>): Promise<Sent> {
  if (fault === null) return real();
  if (fault === 'reset' || fault === 'hang') return fault;
  if (fault === 'malformed') return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"id": 1, "name": "mal' };
  if (fault === 'truncated') return truncated(await real());
  if (typeof fault === 'function') {
    await fault();
    return real();
  }
  return typeof fault === 'number' ? text(fault, 'injected fault') : { ...text(fault.status, fault.body ?? 'injected fault'), ...(fault.headers === undefined ? {} : { headers: fault.headers }) };
}

function truncated(answer: Answer): Sent {
  const body = Buffer.from(answer.body ?? '');
  return { ...answer, body: body.subarray(0, body.length / 2), promised: Math.max(body.length, 2) };
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

function send(response: ServerResponse, answer: Sent, method: string): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.destroy();
    return;
  }
  const body = Buffer.from(answer.body ?? '');
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.promised ?? body.length) });
  if (answer.promised === undefined) response.end(method === 'HEAD' ? undefined : body);
  // Headers go out with the first bytes: without any the cut would look like a reset.
  else response.write(body.length === 0 ? ' ' : body, () => response.destroy());
}
