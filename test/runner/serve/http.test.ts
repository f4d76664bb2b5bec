import { connect } from 'node:net';
import { LIMITS, listen, text, type Limits, type Listening, type Route } from '../../../runner/serve/http.ts';
import { failureOfPromise } from './support/failures.ts';

const failures: unknown[] = [];

const ROUTES: Readonly<Record<string, Route>> = {
  '/': { method: 'GET', answer: () => text(200, 'root') },
  '/echo': { method: 'POST', answer: async ({ body }) => text(200, `${(await body())?.length ?? 'too long'}`) },
  '/defect': { method: 'GET', answer: () => Promise.reject(new Error('secret words')) },
};

let server: Listening;
beforeAll(async () => {
  server = await start({ ...LIMITS, bodyBytes: 1_000, headersMs: 100, requestMs: 200 });
});
afterAll(() => server.close());

function start(limits: Limits): Promise<Listening> {
  return listen({ host: '127.0.0.1', port: 0, routes: ROUTES, limits, failed: (error) => void failures.push(error) });
}

/** Bytes as they are; everything that comes back until the server hangs up. */
function raw(...parts: readonly string[]): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  let said = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (said += chunk)).on('error', reject).on('close', () => resolve(said));
  parts.forEach((part) => socket.write(part));
  return promise;
}

it.each<[string, string, number, string]>([
  ['GET', '/', 200, 'root\n'],
  ['HEAD', '/', 200, ''],
  ['GET', '/?x=1', 200, 'root\n'],
  ['POST', '/', 405, '/ takes GET and HEAD\n'],
  ['DELETE', '/', 405, '/ takes GET and HEAD\n'],
  ['OPTIONS', '/echo', 405, '/echo takes POST\n'],
  ['GET', '/echo', 405, '/echo takes POST\n'],
  ['GET', '/echo/', 404, 'not found\n'],
  ['GET', '/..%2f', 404, 'not found\n'],
  ['GET', '/constructor', 404, 'not found\n'],
  ['GET', '/__proto__', 404, 'not found\n'],
  ['GET', '/defect', 500, 'internal error\n'],
])('%s %s is answered %i', async (method, path, status, body) => {
  const response = await fetch(`${server.origin}${path}`, { method });
  expect([response.status, await response.text()]).toEqual([status, body]);
});

it('names the methods that it takes', async () => {
  const response = await fetch(`${server.origin}/echo`);
  expect(response.headers.get('allow')).toBe('POST');
});

it('every answer tells browsers to keep it to themselves', async () => {
  const answers = await Promise.all(['/', '/x', '/defect'].map((path) => fetch(`${server.origin}${path}`)));
  for (const { headers } of answers) {
    expect(Object.fromEntries(headers)).toMatchObject({ 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'cross-origin-resource-policy': 'same-origin' });
  }
});

it('a defect is told to the service, not to the client', async () => {
  failures.length = 0;
  expect(await (await fetch(`${server.origin}/defect`)).text()).toBe('internal error\n');
  expect(failures).toEqual([new Error('secret words')]);
});

it.each<[string, RequestInit['body'], string]>([
  ['empty', '', '0\n'],
  ['as long as allowed', 'x'.repeat(1_000), '1000\n'],
  ['longer, as its head says', 'x'.repeat(1_001), 'too long\n'],
  ['much longer', 'x'.repeat(3_000_000), 'too long\n'],
  ['longer, in pieces', ReadableStream.from(['x'.repeat(600), 'x'.repeat(600)].map((part) => Buffer.from(part))), 'too long\n'],
])('a body: %s', async (_name, body, expected) => {
  const response = await fetch(`${server.origin}/echo`, { method: 'POST', body, duplex: 'half' } as RequestInit);
  expect(await response.text()).toBe(expected);
});

it.each<[string, readonly string[], RegExp]>([
  ['a head that never ends', ['GET / HTTP/1.1\r\nhost: x\r\n'], /^HTTP\/1\.1 408 /],
  ['a body that never ends', ['POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nxx'], /^HTTP\/1\.1 408 |^$/],
  ['silence', [], /^$|^HTTP\/1\.1 408 /],
  ['a long head', [`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(9_000)}\r\n\r\n`], /^HTTP\/1\.1 431 /],
  ['what is no HTTP', ['\u0016\u0003\u0001\r\n\r\n'], /^HTTP\/1\.1 400 /],
  ['two lengths', ['POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'], /^HTTP\/1\.1 400 /],
])('hangs up on %s', async (_name, parts, answer) => {
  expect(await raw(...parts)).toMatch(answer);
});

it('takes so many connections and no more', async () => {
  const small = await start({ ...LIMITS, connections: 1 });
  const first = connect(Number(new URL(small.origin).port), '127.0.0.1');
  await new Promise((resolve) => first.on('connect', resolve));
  await expect(fetch(small.origin)).rejects.toThrow();
  first.destroy();
  await small.close();
});

it('ends although somebody holds a connection', async () => {
  const own = await start(LIMITS);
  await fetch(own.origin);
  await own.close();
  await expect(fetch(own.origin)).rejects.toThrow();
});

it.each<[string, string, number, string]>([
  ['an address of another machine', '192.0.2.1', 0, 'this machine has no such address'],
  ['a name that is none', 'nobody.invalid', 0, 'cannot listen on nobody.invalid, port 0'],
])('%s', async (_name, host, port, words) => {
  expect(await failureOfPromise(listen({ host, port, routes: {}, failed: () => {} }))).toMatchObject({ code: 'address-unusable', message: expect.stringContaining(words) as string });
});

it('an IPv6 address stands in brackets', async () => {
  const own = await listen({ host: '::1', port: 0, routes: ROUTES, failed: () => {} });
  expect(own.origin).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect((await fetch(own.origin)).status).toBe(200);
  await own.close();
});
