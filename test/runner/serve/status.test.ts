import { STATUS_POLICY, statusHtml, statusJson, statusPage, type About } from '../../../runner/serve/status.ts';
import type { FinishedJob, Reason } from '../../../runner/serve/job.ts';
import type { State } from '../../../runner/serve/state.ts';
import { coverage, failed, FINISHED, HOSTILE, line, project, waiting } from '../report/fixture.ts';

const NOW = Date.parse(FINISHED);
const MINUTE = 60_000;
const ABOUT: About = { endpoint: 'https://gitlab.example.com/api/v4/', runner: '0.1.0', renovate: '44.121.2', dryRun: false };
const QUIET: State = { now: NOW, startedAt: NOW - 60 * MINUTE, unready: null, next: NOW + 10 * MINUTE, projects: 3, counts: { queued: 0, running: 0, oldestQueued: null, lastSuccess: null }, queue: [], running: [], history: [], latest: [] };

function job(path: string, overrides: Partial<FinishedJob> = {}): FinishedJob {
  return { id: 1, project: path, reason: 'cron', state: 'done', outcome: 'done', message: 'done', report: project(path), enqueuedAt: NOW - 9 * MINUTE, startedAt: NOW - 8 * MINUTE, finishedAt: NOW - 7 * MINUTE, attempts: 0, ...overrides };
}

const CRASHED = job('g/crashed', { state: 'failed', outcome: 'crashed', message: 'the service was ended 3 times while it ran', report: null, attempts: 3 });
const FAILED = job('g/failed', { state: 'failed', outcome: 'config-validation', message: 'its Renovate config is invalid', report: failed('g/failed') });
const BUSY = job('g/busy', { report: project('g/busy', { merged: [line(3, 'Update chart web')], opened: [line(4, 'Update chart db')], pushed: ['renovate/x'], waiting: [waiting('approval', 2), waiting('release-age', 1)], coverage: coverage(3, 2), seconds: 130 }) });
const DROPPED = job('g/dropped', { outcome: 'archived', message: 'archived', report: null, startedAt: null });

/** Each section as lines, cells by `|`, pieces by `,`. */
function sectionsOf(state: Partial<State>, about: Partial<About> = {}): Record<string, string[]> {
  const { sections } = statusPage({ ...QUIET, ...state }, { ...ABOUT, ...about });
  return Object.fromEntries(sections.map(({ id, rows, idle }) => [id, [...rows.map((row) => row.map((cell) => cell.map(({ tag, text }) => (tag === undefined ? text : `[${tag}] ${text}`)).join(', ')).join(' | ')), ...(idle === null ? [] : [idle.title])]]));
}

it.each<[string, Partial<State>, Record<string, unknown>]>([
  ['nothing yet', {}, {}],
  [
    'in work and queued',
    {
      running: [{ project: 'g/a', reason: 'dashboard', account: '', startedAt: NOW - 43_000 }],
      queue: [
        { id: 2, project: 'g/b', reason: 'cron', enqueuedAt: NOW - 3 * MINUTE, attempts: 0 },
        { id: 3, project: 'g/c', reason: 'push', enqueuedAt: NOW - 26 * 60 * MINUTE, attempts: 1 },
      ],
      counts: { queued: 2, running: 1, oldestQueued: null, lastSuccess: null },
    },
    { working: ['g/a | checkbox of the dashboard | 43 s'], queue: ['g/b | schedule | 3 min', 'g/c | push | 1 d, the service was ended once while it ran'] },
  ],
  [
    'how things stand, and what happened',
    { latest: [BUSY, CRASHED, DROPPED, FAILED], history: [BUSY, CRASHED, DROPPED, FAILED, job('g/idle')] },
    {
      failed: ['g/crashed | the service was ended 3 times while it ran (3 attempts) | See the end of the log; report it to Renovate if it lasts.', 'g/failed | its Renovate config is invalid, log: logs/batch-001.ndjson | Run `renovate-argocd check` in the project.'],
      people: ['g/busy | !2 Update chart approval | [approval] whom of approval | 2 days'],
      nobody: ['g/busy | !1 Update chart release-age | [release-age] whom of release-age | 1 day'],
      coverage: ['g/busy | 3 of 5 versions | 2 by nobody'],
      history: [
        'g/busy | [merged] !3 Update chart web, [merged] renovate/x, [opened] !4 Update chart db | 7 min ago, schedule, took 2 min',
        'g/crashed | [failed] the service was ended 3 times while it ran, the service was ended 3 times while it ran | 7 min ago, schedule',
        'g/dropped | archived | 7 min ago, schedule',
        'g/failed | [failed] its Renovate config is invalid | 7 min ago, schedule, took 2 s',
        '1 more with nothing to do',
      ],
    },
  ],
])('%s', (_name, state, expected) => {
  expect(sectionsOf(state)).toEqual(expected);
});

it('a long queue does not hide what stands below', () => {
  const queue = Array.from({ length: 100 }, (_, index) => ({ id: index, project: `g/${index}`, reason: 'cron' as Reason, enqueuedAt: NOW, attempts: 0 }));
  const page = statusPage({ ...QUIET, queue, counts: { ...QUIET.counts, queued: 450 } }, ABOUT);
  expect(page.sections.map(({ id, note, rows, idle }) => [id, note, rows.length, idle?.title])).toEqual([['queue', 'The first 100 of 450.', 10, '90 more']]);
});

it.each<[string, Partial<State>, Partial<About>, object]>([
  ['ready', {}, {}, { tone: 'good', alerts: [] }],
  ['not ready', { unready: 'GitLab has not been reached yet' }, {}, { tone: 'bad', alerts: ['GitLab has not been reached yet.'] }],
  ['only events', { next: null }, {}, { facts: expect.arrayContaining(['no schedule']) as unknown }],
  ['a dry run', {}, { dryRun: true }, { alerts: [expect.stringContaining('ry run')] }],
])('%s', (_name, state, about, expected) => {
  expect(statusPage({ ...QUIET, ...state }, { ...ABOUT, ...about })).toMatchObject(expected);
});

it.each(Object.entries(HOSTILE))('hostile: %s', (_name, text) => {
  const hostile = job(text, { message: text, state: 'failed', report: failed(text, { message: text, remedy: text, warnings: [text], url: `javascript:${text}`, opened: [line(1, text, { url: text })], waiting: [waiting('approval', 1, { title: text, whom: text, url: text })] }) });
  const html = statusHtml({ ...QUIET, latest: [hostile], history: [hostile, { ...hostile, report: null }], queue: [{ id: 1, project: text, reason: 'push', enqueuedAt: NOW, attempts: 0 }], running: [{ project: text, reason: 'push', account: text, startedAt: NOW }] }, ABOUT);
  expect(html.match(/<(?:script|style|meta|img|iframe|a|p|b|th|td)\b[^>]*>/g)?.filter((tag) => /\son\w+=|javascript:|<img/.test(tag))).toEqual([]);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).not.toMatch(/[\u0000-\u0008\u001b\u202e]/);
});

it('the page is made under its policy, whatever stands in it', () => {
  const empty = statusHtml(QUIET, ABOUT);
  const full = statusHtml({ ...QUIET, latest: [BUSY, FAILED], history: [BUSY, FAILED] }, ABOUT);
  const inline = (html: string): (string | undefined)[] => ['style', 'script'].map((element) => new RegExp(`<${element}>([^]*?)</${element}>`).exec(html)?.[1]);
  expect(inline(full)).toEqual(inline(empty));
  expect(full).not.toMatch(/ style="/);
  expect(STATUS_POLICY).not.toContain('unsafe');
});

it('JSON is one document with ISO times', () => {
  const document = statusJson({ ...QUIET, running: [{ project: 'g/a', reason: 'push', account: 'x', startedAt: NOW }], history: [BUSY, DROPPED], latest: [BUSY, DROPPED, FAILED], counts: { queued: 0, running: 1, oldestQueued: null, lastSuccess: NOW } }, ABOUT);
  expect(JSON.parse(JSON.stringify(document))).toMatchObject({
    version: 1,
    now: '2026-03-02T04:12:30.500Z',
    ready: true,
    nextStart: '2026-03-02T04:22:30.500Z',
    summary: { projects: 3, queued: 0, running: 1, failed: 1, lastSuccess: '2026-03-02T04:12:30.500Z' },
    running: [{ project: 'g/a', account: 'x', reason: 'push', since: '2026-03-02T04:12:30.500Z' }],
    history: [{ project: 'g/busy', startedAt: '2026-03-02T04:04:30.500Z' }, { project: 'g/dropped', state: 'done', outcome: 'archived', startedAt: null }],
    projects: [{ path: 'g/busy' }, { path: 'g/failed' }],
  });
});
