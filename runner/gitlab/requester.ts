import type { RequesterType } from '@gitbeaker/requester-utils';
import { fail, FailureError, type Failure, type FailureCode } from '../../src/base/failure.ts';
import type { Redact, Token } from '../../src/base/secrets.ts';
import { retryDelay, type Attempt } from './retry.ts';
import { ErrorBody } from './schema.ts';

export interface RequesterOptions {
  /** `https://gitlab.example.com/api/v4/` */
  readonly endpoint: string;
  readonly token: Token;
  readonly redact: Redact;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Sent {
  readonly searchParams?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

const MOST_REDIRECTS = 3;

/**
 * What @gitbeaker/rest sends its requests through, in the place of its own requester (43.8.0), which repeats any 429 and 502 ten times whatever the method and the Retry-After, and whose
 * errors carry the request with the token. Ours has the token in one place, follows no redirect to another host, and throws FailureErrors only.
 * @param base address that paths are below: the API's, or that of a resource in it
 */
export function requester(options: RequesterOptions, base: string): RequesterType {
  const send = (method: Method) => (path: string, sent: Sent = {}) => patiently(options, method, new URL(path.replace(/^\/+/, ''), base), sent);
  return { get: send('GET'), post: send('POST'), put: send('PUT'), patch: send('PATCH'), delete: send('DELETE') } as unknown as RequesterType;
}

async function patiently(options: RequesterOptions, method: Method, address: URL, sent: Sent): Promise<Answer> {
  for (let made = 1; ; made += 1) {
    const result = await attempt(options, method, address, sent);
    if (!('method' in result)) return result;
    const delay = retryDelay(result, made, options.now());
    if (delay === null) fail(failureOf(options, address, result, made));
    await options.sleep(delay, options.signal);
  }
}

async function attempt(options: RequesterOptions, method: Method, address: URL, { searchParams = {}, body }: Sent): Promise<Answer | Attempt> {
  const { token, timeoutMs, signal } = options;
  const url = new URL(address);
  url.search = query(searchParams);
  const headers: Record<string, string> = { authorization: `Bearer ${token.reveal()}`, accept: 'application/json' };
  const init: RequestInit = { method, headers, redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) };
  if (method !== 'GET' && body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(spelt(body));
  }
  try {
    const response = await follow(url, init, options);
    const text = await response.text();
    if (!response.ok) return { method, status: response.status, unsent: false, message: messageIn(text), retryAfter: response.headers.get('retry-after') };
    return { status: response.status, headers: Object.fromEntries(response.headers), body: parsed(text, response) };
  } catch (error) {
    if (error instanceof FailureError) throw error;
    if (signal.aborted) fail({ code: 'interrupted', message: 'interrupted while GitLab was asked', remedy: 'Start it again.' });
    return { method, status: null, unsent: isUnsent(error), message: reasonOf(error, timeoutMs), retryAfter: null };
  }
}

/** A renamed project answers 301 with its new place. Only the same origin gets the token. */
async function follow(url: URL, init: RequestInit, { endpoint, redact }: RequesterOptions): Promise<Response> {
  let response = await fetch(url, init);
  for (let times = 0; response.status >= 300 && response.status < 400; times += 1) {
    const location = response.headers.get('location');
    const target = location === null ? null : URL.parse(location, url.href);
    if (target === null || target.origin !== url.origin || init.method !== 'GET' || times === MOST_REDIRECTS) {
      fail({ code: 'gitlab-refused', message: `${endpoint} sends requests elsewhere: ${redact(target?.origin ?? String(response.status))}`, remedy: 'Write the address as `endpoint` under which GitLab answers without a redirect, with https if it has it.' });
    }
    response = await fetch(target, init);
  }
  return response;
}

/** JSON that ends in the middle is as good as a broken connection: it is asked for again. */
function parsed(text: string, { status, headers }: Response): unknown {
  if (status === 204 || text === '') return null;
  if (headers.get('content-type')?.includes('json') !== true) throw new UnreadableError(`no JSON but ${headers.get('content-type') ?? 'something without a type'}`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UnreadableError('JSON that is malformed or cut off');
  }
}

class UnreadableError extends Error {}

function snake(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** @gitbeaker/rest hands over its own spelling of GitLab's fields; only the fields themselves are renamed, never what a value holds. */
function spelt(body: unknown): unknown {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.fromEntries(Object.entries(body).map(([key, value]) => [snake(key), value])) : body;
}

/** `name[]=a` for lists, as GitLab reads them. */
function query(searchParams: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(searchParams)) {
    if (value === undefined || value === null) continue;
    const name = snake(key);
    if (Array.isArray(value)) value.forEach((entry) => search.append(`${name}[]`, String(entry)));
    else search.append(name, String(value));
  }
  return search.toString();
}

function messageIn(text: string): string {
  try {
    const { message, error } = ErrorBody.parse(JSON.parse(text));
    const said = message ?? error ?? '';
    return (typeof said === 'string' ? said : JSON.stringify(said)).slice(0, 300);
  } catch {
    return '';
  }
}

const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

function codeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : '';
}

function isUnsent(error: unknown): boolean {
  return UNSENT.has(codeOf(error));
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
};

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof UnreadableError) return error.message;
  if ((error as Error).name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const code = codeOf(error);
  const text = (error as { cause?: Error }).cause?.message ?? (error as Error).message;
  return REASONS[code] ?? (code === '' ? text : `${text} (${code})`);
}

/** What GitLab said, for people. The token's name is told, never the token. */
function failureOf({ endpoint, token, redact }: RequesterOptions, { href }: URL, { method, status, message }: Attempt, made: number): Failure {
  const what = redact(`${method} ${decodeURIComponent(href.replace(endpoint, ''))}`);
  const said = message === '' ? '' : `: ${redact(message)}`;
  const times = made === 1 ? '' : ` (${made} attempts)`;
  if (status === null) return failure('gitlab-unreachable', `${endpoint} cannot be used, ${what}${said}${times}`, 'Check `endpoint`, the network, a proxy (NODE_USE_ENV_PROXY=1) and, for a certificate of your own, NODE_EXTRA_CA_CERTS.');
  const answered = `GitLab answers ${status} to ${what}${said}${times}`;
  if (status === 401) return failure('gitlab-unauthorised', answered, `The token in ${token.origin} is wrong, expired or revoked: put a valid one there, with the scopes api and write_repository.`);
  if (status === 403) return failure('gitlab-forbidden', answered, `The token in ${token.origin} lacks a right: give it the scope api and its user the role that this needs (Developer to push, Maintainer for settings and schedules).`);
  if (status === 404) return failure('gitlab-missing', answered, `It does not exist, or the user of ${token.origin} may not see it.`);
  if (status === 409) return failure('gitlab-conflict', answered, 'Something else did the same at the same time; try again.');
  if (status === 429) return failure('gitlab-refused', answered, 'GitLab limits the rate of requests: run less often, or ask its administrator for a higher limit.');
  if (status >= 500) return failure('gitlab-unreachable', answered, 'GitLab itself has a problem; try again later.');
  return failure('gitlab-refused', answered, 'What GitLab says is the reason; nothing was changed.');
}

function failure(code: FailureCode, message: string, remedy: string): Failure {
  return { code, message, remedy };
}
