import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FailureError } from '../../src/base/failure.ts';

/** A small HTTP server: exact paths, whole answers, and limits for everything that a client decides. */
export interface Route {
  readonly method: 'GET' | 'POST';
  answer(request: Incoming): Reply | Promise<Reply>;
}

export interface Incoming {
  readonly headers: IncomingHttpHeaders;
  /** Null when it is longer than allowed. */
  body(): Promise<Buffer | null>;
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Limits {
  readonly bodyBytes: number;
  readonly headerBytes: number;
  /** For all headers to arrive, and for the whole request. */
  readonly headersMs: number;
  readonly requestMs: number;
  readonly connections: number;
}

export const LIMITS: Limits = { bodyBytes: 1 << 20, headerBytes: 8 << 10, headersMs: 10_000, requestMs: 20_000, connections: 200 };

export interface ServerOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** By path. */
  readonly routes: Readonly<Record<string, Route>>;
  readonly limits?: Limits;
  /** Told of what an answer could not be made for. */
  failed(error: unknown): void;
}

export interface Listening {
  /** `http://127.0.0.1:8080` */
  readonly origin: string;
  /** Answers what has come, and ends. */
  close(): Promise<void>;
}

/** @throws FailureError `address-unusable` */
export async function listen({ host, port, routes, limits = LIMITS, failed }: ServerOptions): Promise<Listening> {
  const options = { maxHeaderSize: limits.headerBytes, headersTimeout: limits.headersMs, requestTimeout: limits.requestMs, keepAliveTimeout: 5_000, connectionsCheckingInterval: Math.min(1_000, limits.headersMs) };
  const server = createServer(options, (request, response) => {
    serve(request, routes, limits).then(
      (reply) => send(response, reply),
      (error: unknown) => {
        // somebody who hangs up is no fault
        if (!request.destroyed || request.complete) failed(error);
        send(response, error instanceof FailureError ? text(503, 'not now') : text(500, 'internal error'));
      },
    );
  });
  server.maxConnections = limits.connections;
  await begin(server, host, port);
  const address = server.address() as AddressInfo;
  return { origin: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`, close: () => end(server) };
}

export function text(status: number, body: string): Reply {
  return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` };
}

export function json(status: number, body: unknown): Reply {
  return { status, type: 'application/json', body: `${JSON.stringify(body)}\n` };
}

async function serve(request: IncomingMessage, routes: Readonly<Record<string, Route>>, limits: Limits): Promise<Reply> {
  const [path = ''] = (request.url ?? '').split('?');
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (route === undefined) return text(404, 'not found');
  const allowed = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
  if (!allowed.includes(request.method ?? '')) return { ...text(405, `${path} takes ${allowed.join(' and ')}`), headers: { allow: allowed.join(', ') } };
  return route.answer({ headers: request.headers, body: () => bodyOf(request, limits.bodyBytes) });
}

/** Answers tell of projects: no other site may show or read them, and nobody keeps them. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

function send(response: ServerResponse, { status, type, body, headers }: Reply): void {
  response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

function bodyOf(request: IncomingMessage, most: number): Promise<Buffer | null> {
  // what is not read is thrown away by Node
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > most) {
        chunks.length = 0;
        resolve(null);
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

function begin(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new FailureError(addressFailure(error, host, port))));
    server.listen(port, host, resolve);
  });
}

function addressFailure({ code, message }: NodeJS.ErrnoException, host: string, port: number): FailureError['failure'] {
  const words: Readonly<Record<string, string>> = { EADDRINUSE: 'another program listens there', EACCES: 'that needs more rights', EADDRNOTAVAIL: 'this machine has no such address', ENOTFOUND: 'there is no such host' };
  return { code: 'address-unusable', message: `cannot listen on ${host}, port ${port}: ${words[code ?? ''] ?? code ?? message}`, remedy: 'Choose others: `serve.host` and `serve.port`, or RENOVATE_ARGOCD_SERVE_HOST and RENOVATE_ARGOCD_SERVE_PORT.' };
}

/** For answers that are under way. */
const GRACE_MS = 2_000;

function end(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
