import { retryDelay, type Attempt } from '../../../runner/gitlab/retry.ts';

const NOW = Date.UTC(2026, 0, 1);
const ATTEMPT: Attempt = { method: 'GET', status: 502, unsent: false, message: '', retryAfter: null };

it.each<[string, Partial<Attempt>, number, number | null]>([
  ['a bad gateway, the first time', {}, 1, 500],
  ['the second time', {}, 2, 1_000],
  ['for ever', {}, 5, null],
  ['500 once', { status: 500 }, 1, 500],
  ['500 twice', { status: 500 }, 2, null],
  ['503', { status: 503 }, 1, 500],
  ['no answer', { status: null }, 1, 500],
  ['401', { status: 401 }, 1, null],
  ['403', { status: 403 }, 1, null],
  ['404', { status: 404 }, 1, null],
  ['422', { status: 422 }, 1, null],
  ['a plain 409', { status: 409, message: 'already exists' }, 1, null],
  ['409 for a lock', { status: 409, method: 'POST', message: 'Resource lock' }, 1, 500],
  ['429 as GitLab asks', { status: 429, retryAfter: '7' }, 1, 7_000],
  ['429 with a date', { status: 429, retryAfter: new Date(NOW + 3_000).toUTCString() }, 1, 3_000],
  ['429 with a date that is past', { status: 429, retryAfter: new Date(NOW - 3_000).toUTCString() }, 1, 0],
  ['429 with nonsense', { status: 429, retryAfter: 'soon' }, 1, 500],
  ['429 for too long', { status: 429, retryAfter: '3600' }, 1, null],
  ['429 of a POST', { status: 429, method: 'POST', retryAfter: '1' }, 1, 1_000],
  ['502 of a POST: it may have been done', { method: 'POST' }, 1, null],
  ['a POST that was cut off', { method: 'POST', status: null }, 1, null],
  ['a POST that nobody got', { method: 'POST', status: null, unsent: true }, 1, 500],
  ['502 of a PUT', { method: 'PUT' }, 1, 500],
])('%s', (_name, attempt, made, expected) => {
  expect(retryDelay({ ...ATTEMPT, ...attempt }, made, NOW)).toBe(expected);
});
