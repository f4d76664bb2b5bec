import { WAITS, type ProjectReport, type Report } from '../../../runner/report/model.ts';
import { pageOf, webAddress, type Section } from '../../../runner/report/page.ts';
import { coverage, EVERYTHING, failed, FACTS, line, project, report, STARTED, waiting } from './fixture.ts';

function sectionOf(given: Report, id: string): Section | undefined {
  return pageOf(given).sections.find((section) => section.id === id);
}

/** What stands in a column, piece for piece. */
function column(given: Report, id: string, index: number): string[] {
  return (sectionOf(given, id)?.rows ?? []).map((row) => row[index]!.map(({ tag, text }) => (tag === undefined ? text : `${tag}: ${text}`)).join(' | '));
}

it('says first what a person has to do', () => {
  expect(pageOf(EVERYTHING).sections.map(({ id }) => id)).toEqual(['failed', 'people', 'happened', 'incidents', 'nobody', 'warnings', 'coverage', 'projects', 'skipped', 'problems']);
  expect(pageOf(EVERYTHING).sections.filter(({ forPeople }) => forPeople).map(({ id }) => id)).toEqual(['failed', 'people', 'problems']);
});

const late = failed('c', { outcome: 'interrupted' });

it.each<[string, Report, string, string]>([
  ['nothing', report([]), 'No project was run, and nothing waits for a person.', 'good'],
  ['one', report([project('a')]), 'The one project was run, and nothing waits for a person.', 'good'],
  ['several', report([project('a'), project('b')]), 'All 2 projects were run, and nothing waits for a person.', 'good'],
  ['one wait since today', report([project('a', { waiting: [waiting('merge', 0)] })]), 'The one project was run, and 1 update waits for a person.', 'busy'],
  ['waits', report([project('a', { waiting: [waiting('merge', 1), waiting('approval', 9)] })]), 'The one project was run, and 2 updates wait for a person, the longest for 9 days.', 'busy'],
  ['waits for nobody', report([project('a', { waiting: [waiting('release-age', 9)] })]), 'The one project was run, and nothing waits for a person.', 'good'],
  ['a failure', report([failed('a'), project('b')]), '1 of 2 projects failed, and nothing waits for a person.', 'bad'],
  ['failures only', report([failed('a'), failed('b')]), 'All 2 projects failed, and nothing waits for a person.', 'bad'],
  ['an interruption, which is no failure', report([late, project('b')]), 'No project failed, and nothing waits for a person.', 'busy'],
  ['a problem of the run', report([project('a')], { problems: ['x'] }), 'The one project was run, and nothing waits for a person.', 'bad'],
])('the verdict on %s', (_name, given, verdict, tone) => {
  expect(pageOf(given)).toMatchObject({ verdict, tone });
});

it.each<[string, Report, readonly string[]]>([
  ['a whole run', report([project('a')]), []],
  ['a dry run', report([], { facts: { dryRun: true } }), ['Dry run: Renovate changed nothing.']],
  ['an interrupted one', report([late], { facts: { interrupted: true } }), ['The run was interrupted: 1 project is left for the next one.']],
  ['one that was interrupted at its end', report([], { facts: { interrupted: true } }), ['The run was interrupted.']],
  ['one with problems', report([], { problems: ['a', 'b'] }), ['The run itself had 2 problems: see the end.']],
])('alerts of %s', (_name, given, alerts) => {
  expect(pageOf(given).alerts).toEqual(alerts);
});

it.each<[string, Partial<NonNullable<Report['change']>>, readonly string[]]>([
  ['nothing', {}, []],
  ['failures', { broken: ['a', 'b'], mended: ['c'] }, ['broke: a, b', 'works again: c']],
  ['many projects', { added: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], gone: ['z'] }, ['new: a, b, c, d, e and 2 more', 'no longer run: z']],
  ['one more', { waiting: 1, unmanaged: 1 }, ['1 more update waits', '1 more version that nobody keeps up to date']],
  ['fewer', { waiting: -2, unmanaged: -3 }, ['2 fewer updates wait', '3 fewer versions that nobody keeps up to date']],
  ['a longer time', { seconds: 75.2 }, ['it took 1 min 15 s longer']],
  ['a shorter time', { seconds: -3700 }, ['it took 1 h 1 min less']],
  ['a time that is no difference', { seconds: 0.4 }, []],
])('since the last run: %s', (_name, change, lines) => {
  const same = { since: '2026-03-01T04:00:00Z', broken: [], mended: [], added: [], gone: [], waiting: 0, unmanaged: null, seconds: 0 };
  expect(pageOf({ ...report([]), change: { ...same, ...change } }).since).toEqual(['Since the run of 2026-03-01 04:00 UTC', ...lines]);
});

it('each wait is for a person or for nobody', () => {
  const all = report([project('a', { waiting: WAITS.map((code) => waiting(code, 0, { whom: '' })) })]);
  expect(column(all, 'nobody', 2)).toEqual(['pipeline: ', 'rebase: ', 'automerge: ', 'release-age: ', 'schedule: ', 'limit: ', 'checking: ']);
  expect(column(all, 'people', 2)).toEqual(['pipeline-failed: ', 'approval: ', 'discussions: ', 'conflict: ', 'draft: ', 'merge: ', 'no-pipeline: ', 'not-allowed: ', 'incident: ', 'checkbox: ', 'blocked: ']);
});

it('the longest wait comes first, over all projects', () => {
  const given = report([project('a', { waiting: [waiting('merge', 2), waiting('merge', 0)] }), project('b', { waiting: [waiting('approval', 30, { iid: null }), waiting('merge', 1), waiting('merge', 0, { since: 'soon' })] })]);
  expect(column(given, 'people', 0)).toEqual(['b', 'a', 'b', 'a', 'b']);
  expect(column(given, 'people', 1).slice(0, 2)).toEqual(['Update chart approval', '!2 Update chart merge']);
  expect(column(given, 'people', 3)).toEqual(['30 days', '2 days', '1 day', 'today', 'today']);
});

it('failures that are new come first, with what is known of them', () => {
  const given = report([failed('old', { attempts: 3, warnings: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }), failed('z', { remedy: null, log: null })], { previous: report([failed('old')]) });
  expect(column(given, 'failed', 0)).toEqual(['new failure: z', 'old | log']);
  expect(column(given, 'failed', 1)).toEqual(['its Renovate config is invalid', 'its Renovate config is invalid (3 attempts) | a | b | c | d | e | and 2 more']);
  expect(column(given, 'failed', 2)).toEqual(['See the log.', 'Run `renovate-argocd check` in the project.']);
});

it('what happened stands by project', () => {
  expect(column(EVERYTHING, 'happened', 1)).toEqual([
    [
      'merged: !9 Update Helm release loki to v6.40.0',
      'merged: !10 Update Helm release tempo to v1.23.3',
      'merged: renovate/external-dns-1.x (no merge request)',
      'opened: !12 Update Helm release cert-manager to v1.19.1',
      'updated: !11 Update Helm release ingress-nginx to v4.13.2',
      'closed: !8 Update Helm release vault to v0.30.0',
    ].join(' | '),
  ]);
  expect(pageOf(EVERYTHING).counts).toContainEqual(['3', 'merged', 'happened']);
});

it.each<[string, readonly ProjectReport[], string | undefined, readonly string[]]>([
  ['nobody asked', [project('a')], undefined, []],
  ['there is no version', [project('a', { coverage: coverage(0, 0, { ignored: 3 }) })], undefined, []],
  ['all is well', [project('a', { coverage: coverage(3) })], '3 of 3 versions are kept up to date. 1 project lacks nothing.', []],
  ['some are not', [project('a', { coverage: coverage(3) }), project('b', { coverage: coverage(1, 2, { mismatch: 1, ignored: 5 }) }), project('c', { coverage: coverage(0, 4, { duplicate: 1 }) }), project('d')], '4 of 12 versions are kept up to date; 6 by nobody, 1 by several managers at once, 1 wrongly, 5 left out on purpose. 1 project lacks nothing. Unknown for 1 project.', ['0 of 5 versions', '1 of 4 versions']],
])('coverage where %s', (_name, projects, note, kept) => {
  expect(sectionOf(report(projects), 'coverage')?.note).toBe(note);
  expect(column(report(projects), 'coverage', 1)).toEqual(kept);
});

it('every project is there: the longest first, the idle ones apart', () => {
  const given = report([...Array.from({ length: 12 }, (_, index) => project(`idle-${index}`, { seconds: 100 - index })), project('busy', { seconds: 0.25, opened: [line(1, 'x')] }), failed('failed', { seconds: 59.6 })]);
  const { rows, idle } = sectionOf(given, 'projects')!;
  expect(rows.map((row) => row[0]![0]!.text)).toEqual([...Array.from({ length: 10 }, (_, index) => `idle-${index}`), 'failed', 'busy']);
  expect(rows.map((row) => row[3]![0]!.text).slice(-3)).toEqual(['1 min 31 s', '60 s', '0.3 s']);
  expect(rows[0]![3]![0]!.share).toBe(1);
  expect(idle).toMatchObject({ title: '2 more projects with nothing to do', rows: { length: 2 } });
});

it('what was not run has its reason', () => {
  expect(column(EVERYTHING, 'skipped', 0)).toEqual(['teams/late', 'platform/off', 'teams/old', 'teams/plain', 'teams/strange']);
  expect(column(EVERYTHING, 'skipped', 1)).toEqual([
    'the run was interrupted | It is done in the next run.',
    'somebody closed the merge request that proposed a config | Rename that merge request, or commit a renovate.json.',
    'archived: archived',
    'no-config: no Renovate config; commit a renovate.json, or set `onboarding: true`',
    'of-a-later-version: ',
  ]);
});

it('a reason that is a property of every object is a reason that nobody knows', () => {
  expect(column(report([], { skipped: [{ path: 'a', reason: 'constructor' }] }), 'skipped', 1)).toEqual(['constructor: ']);
});

it.each([
  [STARTED, '2026-03-02 04:00 UTC'],
  ['2026-03-02T05:59:59+01:00', '2026-03-02 04:59 UTC'],
  ['yesterday', 'yesterday'],
])('the time %s is shown as %s', (startedAt, expected) => {
  expect(pageOf({ ...report([]), ...FACTS, startedAt }).facts[0]).toBe(expected);
});

it.each<[string | null, string | null]>([
  ['https://gitlab.example.com/a/-/merge_requests/1?x=1#note', 'https://gitlab.example.com/a/-/merge_requests/1?x=1#note'],
  ['http://gitlab.example.com:8080/a b"<', 'http://gitlab.example.com:8080/a%20b%22%3C'],
  ['HTTPS://GITLAB.example.com', 'https://gitlab.example.com/'],
  ['javascript:alert(1)', null],
  [' java\nscript:alert(1)', null],
  ['data:text/html,x', null],
  ['vbscript:x', null],
  ['file:///etc/passwd', null],
  ['blob:https://gitlab.example.com/1', null],
  ['//evil.example/a', null],
  ['a/b', null],
  ['https://', null],
  ['https://user:secret@gitlab.example.com/', null],
  ['https://gitlab.example.com@evil.example/', null],
  ['', null],
  [null, null],
])('%j is the address %j', (url, expected) => {
  expect(webAddress(url)).toBe(expected);
});
