import { json, text, type Answer, type Request } from '../loopback.ts';
import { notify } from './alerts.ts';
import type { State } from './state.ts';

/** Where Alertmanager's webhook goes: not REST, only POST, and a key of the project's own. */
const PATH = /^\/(?<project>.+)\/prometheus\/alerts\/notify\.json$/;

export function isAlertEndpoint({ url }: Request): boolean {
  return PATH.test(url.pathname);
}

export function alertAnswer(state: State, { method, url, headers, body }: Request): Answer {
  const project = state.projects.find(({ path }) => path === PATH.exec(url.pathname)?.groups?.['project']);
  if (project === undefined || method !== 'POST') return text(404, 'Not found');
  const [, key = null] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
  const payload = payloadIn(body);
  return payload === undefined ? json(400, { message: 'Bad request' }) : { status: notify(state, project, key, payload) };
}

function payloadIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}
