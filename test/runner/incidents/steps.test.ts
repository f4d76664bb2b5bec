import { FailureError } from '../../../src/base/failure.ts';
import { openCoverage } from '../../../src/cli/coverage.ts';
import type { CoverageReader } from '../../../src/index.ts';
import { openGitLab as openClient } from '../../../runner/gitlab/client.ts';
import type { GitLab as Port } from '../../../runner/gitlab/port.ts';
import { attribute } from '../../../runner/incidents/attribution.ts';
import { actionText } from '../../../runner/incidents/report.ts';
import type { RevertOptions } from '../../../runner/incidents/revert.ts';
import { incidentRounds, type Rounds } from '../../../runner/incidents/rounds.ts';
import type { Member } from '../../../runner/run.ts';
import { redactor, tokenFrom } from '../../../src/base/secrets.ts';
import { startSandbox, type MergeRequest, type Sandbox } from '../../sandbox/index.ts';
import { openBuilt } from '../../src/cli/renovate.ts';
import { application, applicationSet } from '../../support/application.ts';
import { notify } from './alert.ts';

/** What incidents lead to, without Renovate: each step may fail, before or after it had its effect, and the next round makes it good. */
const FILES = { 'renovate.json': '{"extends":["local>platform/renovate-argocd//presets/managers/application"]}', 'web.yaml': application('web', '1.0.0'), 'db.yaml': application('db', '2.0.0') };
const START = '2026-11-25T03:00:00Z';

let sandbox: Sandbox;
let coverage: CoverageReader;
let count = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ projects: () => [] });
  coverage = openCoverage(openBuilt);
});
afterAll(async () => {
  await coverage.close();
  await sandbox.close();
});

function client(): Port {
  const { endpoint, token } = sandbox.gitlab;
  return openClient({ endpoint, token: tokenFrom('RENOVATE_TOKEN', token), redact: redactor([token]), timeoutMs: 5_000, signal: new AbortController().signal, now: Date.now, sleep: async () => {} });
}

async function api(path: string, method: string, route: string, body: unknown = {}): Promise<void> {
  const response = await fetch(`${sandbox.gitlab.endpoint}projects/${encodeURIComponent(path)}/${route}`, { method, headers: { 'private-token': sandbox.gitlab.token, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect(response.ok).toBe(true);
}

/** A project whose web was bumped by !1, with a further bump of web (!2) and one of db (!3) that wait for their pipelines to merge by themselves. */
async function world(path = `w/p${(count += 1)}`): Promise<string> {
  sandbox.gitlab.add({ path, files: FILES, pipelinesMustSucceed: true });
  sandbox.gitlab.commit(path, { 'web.yaml': application('web', '1.0.1') }, 'renovate/web-1.x');
  await api(path, 'POST', 'merge_requests', { source_branch: 'renovate/web-1.x', target_branch: 'main', title: 'Update web to 1.0.1' });
  await api(path, 'PUT', 'merge_requests/1/merge');
  sandbox.gitlab.project(path).settings.ci = 'running';
  sandbox.gitlab.commit(path, { 'web.yaml': application('web', '1.0.2') }, 'renovate/web-1.0.x');
  sandbox.gitlab.commit(path, { 'db.yaml': application('db', '2.0.1') }, 'renovate/db-2.x');
  await api(path, 'POST', 'merge_requests', { source_branch: 'renovate/web-1.0.x', target_branch: 'main', title: 'Update web to 1.0.2' });
  await api(path, 'POST', 'merge_requests', { source_branch: 'renovate/db-2.x', target_branch: 'main', title: 'Update db to 2.0.1' });
  await api(path, 'PUT', 'merge_requests/2/merge', { auto_merge: true });
  await api(path, 'PUT', 'merge_requests/3/merge', { auto_merge: true });
  return path;
}

async function round(path: string, gitlab: Port = client(), scope: 'application' | 'project' | 'group' = 'application', calmMinutes = 0, revert: RevertOptions = { mode: 'on-request', afterMinutes: 0 }, unattributed: 'project' | 'nothing' = 'project'): Promise<Rounds> {
  const project = (await client().project(path))!;
  const token = tokenFrom('RENOVATE_TOKEN', sandbox.gitlab.token);
  const member: Member = { project, account: { name: '', token, gitlab, selection: { projects: [path], groups: [], topics: [], exclude: [], forks: false, onboarding: false } } };
  return incidentRounds([member], { scope, calmMinutes, unattributed, revert, now: Date.now(), coverage, redact: redactor([sandbox.gitlab.token]), env: process.env, signal: new AbortController().signal, botOf: () => 'renovate-bot', write: true });
}

/** All that the rounds change. */
function stateOf(path: string): unknown {
  const { mergeRequests, issues } = sandbox.gitlab.project(path);
  const said = (notes: readonly { readonly body: string; readonly system: boolean }[]): string[] => notes.filter(({ system }) => !system).map(({ body }) => /note="(\w+)"/.exec(body)?.[1] ?? body);
  return { requests: mergeRequests.map(({ labels, autoMerge, notes }) => ({ labels, autoMerge: autoMerge !== null, notes: said(notes) })), issues: issues.map(({ labels, notes, state }) => ({ labels, state, notes: said(notes) })) };
}

const HELD = {
  requests: [
    { labels: ['renovate-argocd-suspect'], autoMerge: false, notes: ['accused'] },
    { labels: ['renovate-argocd-hold'], autoMerge: false, notes: ['hold'] },
    { labels: [], autoMerge: true, notes: [] },
  ],
  issues: [{ labels: ['renovate-argocd-suspect'], state: 'opened', notes: ['suspect'] }],
};

it('holds what the incident is about, names the suspect, and touches nothing else', async () => {
  const path = await world();
  await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START });
  const { rules, problems } = await round(path);
  expect(stateOf(path)).toEqual(HELD);
  expect(sandbox.gitlab.project(path).mergeRequests[1]!.notes.filter(({ system }) => !system).map(({ body }) => body.split('\n').slice(3))).toEqual([[expect.stringMatching(/^- application `web`: \[w\/p\d+#1\]\(http\S+\) `Application web is degraded`$/)]]);
  expect([...rules.get(path)!]).toMatchObject([{ matchFileNames: ['web.yaml'], matchPackageNames: ['web'], force: { automerge: false } }]);
  expect(problems).toEqual([]);
});

/** From one call on nothing has an effect any more: to be killed after the last one had its is the same. */
function dying(gitlab: Port, at: number): { readonly gitlab: Port; readonly calls: () => number } {
  let calls = 0;
  const handler = async (method: (...args: unknown[]) => unknown, args: unknown[]): Promise<unknown> => {
    calls += 1;
    if (calls >= at) throw new FailureError({ code: 'gitlab-unreachable', message: 'died' });
    return method(...args);
  };
  const wrapped = Object.fromEntries(Object.entries(gitlab).map(([name, value]) => [name, typeof value === 'function' ? (...args: unknown[]) => handler(value as (...args: unknown[]) => unknown, args) : value]));
  return { gitlab: wrapped as unknown as Port, calls: () => calls };
}

const MOST_REQUESTS = 22;

it.each(Array.from({ length: MOST_REQUESTS }, (_, index) => [index + 1]))('killed at request %i: the next round makes it good, and nothing is written twice', async (at) => {
  const path = await world();
  await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START });
  await round(path, dying(client(), at).gitlab);
  await round(path);
  expect(stateOf(path)).toEqual(HELD);
}, 30_000);

it('a round asks no more than that many times', async () => {
  const path = await world();
  await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START });
  const counting = dying(client(), Infinity);
  await round(path, counting.gitlab);
  expect(counting.calls()).toBeLessThanOrEqual(MOST_REQUESTS);
});

it('where incidents cannot be read, nothing merges by itself in this run', async () => {
  const path = await world();
  const { rules, problems } = await round(path, dying(client(), 1).gitlab);
  expect(rules.get(path)).toMatchObject([{ matchFileNames: ['**'], force: { automerge: false } }]);
  expect(problems).toEqual([{ path, message: 'died' }]);
});

it('a storm of five hundred alerts is one round: one note on each', async () => {
  const path = await world();
  for (let index = 0; index < 500; index += 1) await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START, title: `web is degraded, ${index % 50}` });
  await round(path);
  const { requests, issues } = stateOf(path) as typeof HELD;
  expect(issues).toHaveLength(50);
  expect(issues.every(({ notes }) => notes.length === 1)).toBe(true);
  expect(requests[1]).toEqual(HELD.requests[1]);
  const [accused, held] = sandbox.gitlab.project(path).mergeRequests.map(({ notes }) => notes.find(({ system }) => !system)?.body.split('\n'));
  expect([accused, held].map((lines) => lines?.at(-1))).toEqual(['- … and 30 more', '- … and 30 more']);
  expect((await round(path)).actions).toEqual([]);
}, 120_000);

it('what a fast-forward merge brought after the incident is not suspected, however old its commit', async () => {
  const path = 'w/fast-forward';
  sandbox.gitlab.add({ path, files: FILES, mergeMethod: 'ff' });
  sandbox.gitlab.commit(path, { 'web.yaml': application('web', '1.0.1') }, 'renovate/web-1.x', Date.now() - 3_600_000);
  await api(path, 'POST', 'merge_requests', { source_branch: 'renovate/web-1.x', target_branch: 'main', title: 'Update web to 1.0.1' });
  await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START });
  await api(path, 'PUT', 'merge_requests/1/merge');
  await round(path);
  expect(sandbox.gitlab.project(path).issues[0]!.notes.map(({ body }) => body)).toEqual([expect.stringContaining('No version of application `web` changed in the week before')]);
  await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START, title: 'web is not synced' });
  await round(path);
  expect(sandbox.gitlab.project(path).issues[1]!.notes.map(({ body }) => body)).toContainEqual(expect.stringContaining('`1.0.0` → `1.0.1` in `web.yaml` by [!1]'));
});

describe('what becomes of a hold', () => {
  async function held(): Promise<string> {
    const path = await world();
    await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START });
    await round(path);
    return path;
  }
  const labels = (path: string): readonly string[] => sandbox.gitlab.project(path).mergeRequests[1]!.labels;

  it('a duplicate changes nothing', async () => {
    const path = await held();
    await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START });
    await round(path);
    expect(stateOf(path)).toEqual(HELD);
  });

  it('"resolved" before "firing" closes nothing, and the incident holds', async () => {
    const path = await world();
    await notify(sandbox.gitlab, path, { application: 'web', status: 'resolved', startsAt: START });
    await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START });
    await round(path);
    expect(labels(path)).toEqual(['renovate-argocd-hold']);
  });

  it('a person closes the incident: the hold is over', async () => {
    const path = await held();
    sandbox.gitlab.project(path).issues[0]!.state = 'closed';
    await round(path);
    expect(labels(path)).toEqual([]);
  });

  it('it is over: what the gate has failed is tried again, once', async () => {
    const path = await held();
    const { settings, issues, pipelines } = sandbox.gitlab.project(path);
    sandbox.gitlab.finishPipelines(path, 'failed', 'renovate/web-1.0.x');
    Object.assign(settings, { ci: 'success', ciSource: 'merge_request_event' });
    issues[0]!.state = 'closed';
    const before = pipelines.length;
    const { actions } = await round(path);
    await round(path);
    expect(actions[0]?.actions.map(actionText)).toEqual(['!2: edit its note (the incident is over)', '!2: run its pipeline again (the incident is over)', '!2: -renovate-argocd-hold (the incident is over)']);
    expect([labels(path), pipelines.slice(before).map(({ ref }) => ref)]).toEqual([[], ['refs/merge-requests/2/head']]);
  });

  it('it lasts through the calm', async () => {
    const path = await held();
    await notify(sandbox.gitlab, path, { application: 'web', status: 'resolved', startsAt: START });
    await round(path, client(), 'application', 30);
    expect(labels(path)).toEqual(['renovate-argocd-hold']);
  });

  it('it fires again: held again, by a second incident', async () => {
    const path = await held();
    await notify(sandbox.gitlab, path, { application: 'web', status: 'resolved', startsAt: START });
    await round(path);
    await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: '2026-11-25T04:00:00Z' });
    await round(path);
    expect(labels(path)).toEqual(['renovate-argocd-hold']);
    expect(sandbox.gitlab.project(path).mergeRequests[1]!.notes.filter(({ system }) => !system)).toHaveLength(1);
  });

  it('several about one application are linked with the first, once', async () => {
    const path = await held();
    for (const title of ['web is not synced', 'web is missing']) await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START, title });
    await notify(sandbox.gitlab, path, { application: 'db', status: 'firing', startsAt: START, title: 'db is not synced' });
    await round(path);
    expect((await round(path)).actions).toEqual([]);
    expect(await Promise.all([1, 2, 3, 4].map(async (iid) => client().relatedIssues((await client().project(path))!.id, iid)))).toEqual([[2, 3], [1], [1], []]);
  });

  it('a merge request that was deleted is no fault: what it had merged is known by its commit', async () => {
    const path = await held();
    sandbox.gitlab.project(path).mergeRequests.splice(0, 2);
    expect((await round(path)).problems).toEqual([]);
    expect(sandbox.gitlab.project(path).issues[0]!.notes.filter(({ system }) => !system).map(({ body }) => body)).toEqual([expect.stringMatching(/\*\*Suspected:\*\* `web` `1.0.0` → `1.0.1` in `web.yaml` by commit [0-9a-f]{12}/)]);
  });

  it('a merge request that was closed meanwhile is no fault', async () => {
    const path = await held();
    sandbox.gitlab.project(path).mergeRequests[1]!.state = 'closed';
    expect((await round(path)).problems).toEqual([]);
  });
});

it.each<[string, Parameters<typeof notify>[2], readonly boolean[]]>([
  ['a marker for an application that is gone holds the project', { application: 'gone', status: 'firing', startsAt: START }, [true, true]],
  ['no marker, and a title that says nothing, holds the project', { application: 'web', status: 'firing', startsAt: START, title: 'ArgoCdNotSynced', markdown: '' }, [true, true]],
  ['a malformed marker and a title that names it', { application: 'web', status: 'firing', startsAt: START, title: 'db is out of sync', markdown: '<!-- renovate-argocd application="$(id)" -->' }, [false, true]],
  ['a second marker that somebody added', { application: 'web', status: 'firing', startsAt: START, markdown: '<!-- renovate-argocd application="web" --><!-- renovate-argocd application="db" -->' }, [true, true]],
  ['quick actions in an alert stay text', { application: 'web', status: 'firing', startsAt: START, title: '/merge\n/label ~x `web` <script>' }, [true, false]],
])('%s', async (_name, alert, expected) => {
  const path = await world();
  await notify(sandbox.gitlab, path, alert);
  await round(path);
  const { mergeRequests } = sandbox.gitlab.project(path);
  expect(mergeRequests.slice(1).map(({ labels }) => labels.includes('renovate-argocd-hold'))).toEqual(expected);
  expect(mergeRequests.flatMap(({ notes }) => notes).filter(({ body }) => /^\/|<script>(?![^`]*`)/m.test(body))).toEqual([]);
});

it('with the scope of the project all of it is held', async () => {
  const path = await world();
  await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START });
  await round(path, client(), 'project');
  expect(sandbox.gitlab.project(path).mergeRequests.slice(1).map(({ labels, autoMerge }) => [labels, autoMerge])).toEqual([[['renovate-argocd-hold'], null], [['renovate-argocd-hold'], null]]);
});

describe('with the scope of the group', () => {
  const held = (path: string): readonly boolean[] => sandbox.gitlab.project(path).mergeRequests.slice(1).map(({ labels }) => labels.includes('renovate-argocd-hold'));
  let [one, two] = ['', ''];
  beforeAll(async () => {
    [one, two] = [await world('group/one'), await world('group/two')];
    await notify(sandbox.gitlab, one, { application: 'web', status: 'firing', startsAt: START });
  });

  it('an incident of a project that is not run holds as well, and its title stays there', async () => {
    const { rules, problems } = await round(two, client(), 'group');
    expect([held(two), problems]).toEqual([[true, true], []]);
    expect(rules.get(two)).toMatchObject([{ matchFileNames: ['**'], force: { automerge: false } }]);
    expect(sandbox.gitlab.project(two).mergeRequests[1]!.notes.find(({ system }) => !system)?.body).toMatch(/\n- everything here: \[group\/one#1\]\(\S+\)$/);
  });

  it('nothing is released while a project of the group cannot be read', async () => {
    sandbox.gitlab.project(one).issues[0]!.state = 'closed';
    const lift = sandbox.gitlab.fail({ matches: new RegExp(`/projects/${sandbox.gitlab.project(one).id}/issues`), answer: 403, times: Infinity });
    const { rules, problems } = await round(two, client(), 'group');
    lift();
    expect([held(two), problems.map(({ path }) => path)]).toEqual([[true, true], ['group']]);
    expect(rules.get(two)).toMatchObject([{ matchFileNames: ['**'], force: { automerge: false } }]);
  });

  it('it is released when the incident is over', async () => {
    const { rules } = await round(two, client(), 'group');
    expect([held(two), rules.get(two)]).toEqual([[false, false], undefined]);
  });
});

it('an incident about something else holds nothing, if the config says so', async () => {
  const path = await world();
  await notify(sandbox.gitlab, path, { application: 'elsewhere', status: 'firing', startsAt: START });
  const { rules } = await round(path, client(), 'application', 0, undefined, 'nothing');
  expect([rules.get(path), sandbox.gitlab.project(path).mergeRequests.map(({ labels }) => labels)]).toEqual([undefined, [[], [], []]]);
});

it('the title of a confidential incident stands on no merge request', async () => {
  const path = await world();
  await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START });
  sandbox.gitlab.project(path).issues[0]!.confidential = true;
  await round(path);
  expect(sandbox.gitlab.project(path).mergeRequests.flatMap(({ notes }) => notes).filter(({ body }) => body.includes('degraded'))).toEqual([]);
});

it('a refused step ends what stands on it, and nothing else', async () => {
  const path = await world();
  await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START });
  sandbox.gitlab.fail({ matches: new RegExp(`^PUT /api/v4/projects/${sandbox.gitlab.project(path).id}/issues/1`), answer: 403 });
  const { problems, rules } = await round(path);
  expect(stateOf(path)).toEqual({ ...HELD, issues: [{ labels: [], state: 'opened', notes: [] }] });
  expect([problems.length, rules.get(path)]).toMatchObject([1, [{ matchFileNames: ['web.yaml'] }, { matchFileNames: ['**'] }]]);
});

it('who takes the label of a suspect off does not get it again', async () => {
  const path = await world();
  await notify(sandbox.gitlab, path, { application: 'web', status: 'firing', startsAt: START });
  await round(path);
  Object.assign(sandbox.gitlab.project(path).mergeRequests[0]!, { labels: [] });
  Object.assign(sandbox.gitlab.project(path).issues[0]!, { labels: [] });
  expect((await round(path)).actions).toEqual([]);
});

it('an alert can do nothing but be compared', () => {
  expect(attribute({ title: 'x', description: '<!-- renovate-argocd application="web" --> [click](javascript:1)', labels: [] }, [{ name: 'web', patterns: [] }])).toEqual({ application: 'web', confidence: 'marker', reason: null });
});

it('Applications that an ApplicationSet makes are known by what their names have in common: one way back for all', async () => {
  const path = 'w/application-set';
  sandbox.gitlab.add({ path, files: { ...FILES, 'set.yaml': applicationSet('proxy', '{{name}}-proxy', '3.0.0') } });
  sandbox.gitlab.commit(path, { 'set.yaml': applicationSet('proxy', '{{name}}-proxy', '3.0.1') });
  for (const name of ['prod-proxy', 'staging-proxy']) await notify(sandbox.gitlab, path, { application: name, status: 'firing', startsAt: START });
  const { rules } = await round(path, client(), 'application', 0, { mode: 'automatic', afterMinutes: 0 });
  await round(path, client(), 'application', 0, { mode: 'automatic', afterMinutes: 0 });
  expect([...rules.get(path)!]).toMatchObject([{ matchFileNames: ['set.yaml'], matchPackageNames: ['proxy'] }]);
  expect(sandbox.gitlab.project(path).mergeRequests.map(({ title }) => title)).toEqual(['Put proxy back to 3.0.0']);
  expect(sandbox.gitlab.project(path).issues.map(({ notes }) => notes.filter(({ body }) => body.includes('note="revert"')).length)).toEqual([1, 1]);
});

describe('the way back', () => {
  const AUTOMATIC = { mode: 'automatic', afterMinutes: 0 } as const;
  const WAY_BACK = { labels: ['renovate-argocd-revert'], autoMerge: false, notes: [] };
  const ANSWERED = { requests: [...HELD.requests, WAY_BACK], issues: [{ ...HELD.issues[0], notes: ['suspect', 'revert'] }] };
  const failing = { application: 'web', status: 'firing', startsAt: START } as const;
  const requests = (path: string): readonly string[] => sandbox.gitlab.project(path).mergeRequests.map(({ title, state }) => `${state}: ${title}`);

  it('by itself when the time is up, once, and with nothing but the version in it', async () => {
    const path = await world();
    await notify(sandbox.gitlab, path, failing);
    await round(path, client(), 'application', 0, { mode: 'automatic', afterMinutes: 10 });
    expect(stateOf(path)).toEqual(HELD);
    const { actions } = await round(path, client(), 'application', 0, AUTOMATIC);
    await round(path, client(), 'application', 0, AUTOMATIC);
    expect(stateOf(path)).toEqual(ANSWERED);
    expect(sandbox.gitlab.file(path, 'web.yaml', 'renovate-argocd/revert-1')).toBe(FILES['web.yaml']);
    expect(actions[0]?.actions.map(actionText)).toEqual(['#1: open a merge request: Put web back to 1.0.0 (suspect of #1)']);
  });

  it.each<[string, RevertOptions, readonly string[], boolean]>([
    ['a person labels the incident', { mode: 'on-request', afterMinutes: 0 }, ['renovate-argocd-revert'], true],
    ['nobody asks', { mode: 'on-request', afterMinutes: 0 }, [], false],
    ['it is switched off', { mode: 'off', afterMinutes: 0 }, ['renovate-argocd-revert'], false],
  ])('%s', async (_name, revert, labels, opened) => {
    const path = await world();
    await notify(sandbox.gitlab, path, failing);
    sandbox.gitlab.project(path).issues[0]!.labels.push(...labels);
    await round(path, client(), 'application', 0, revert);
    expect(requests(path).includes('opened: Put web back to 1.0.0')).toBe(opened);
  });

  it.each<[string, Parameters<typeof notify>[2], (path: string) => void]>([
    ['the application is only guessed from the title', { ...failing, markdown: '', title: 'web is degraded' }, () => {}],
    ['somebody changed the version on top', failing, (path) => sandbox.gitlab.commit(path, { 'web.yaml': application('web', '1.0.3') }, 'main', Date.now() + 2_000)],
    ['somebody put it back by hand', failing, (path) => sandbox.gitlab.commit(path, { 'web.yaml': application('web', '1.0.0') }, 'main', Date.now() + 2_000)],
    ['the application is gone', failing, (path) => sandbox.gitlab.commit(path, { 'web.yaml': '# nothing is here any more\n' }, 'main', Date.now() + 2_000)],
  ])('not by itself when %s', async (_name, alert, change) => {
    const path = await world();
    await notify(sandbox.gitlab, path, alert);
    change(path);
    const { problems } = await round(path, client(), 'application', 0, AUTOMATIC);
    expect([requests(path).filter((title) => title.includes('back')), problems]).toEqual([[], []]);
  });

  it.each<[string, (request: MergeRequest) => void]>([
    ['closed by a person', (request) => (request.state = 'closed')],
    ['no longer labelled: somebody wants the version', (request) => (request.labels = [])],
    ['rewritten', (request) => (request.description = 'mine')],
  ])('not again once it was %s', async (_name, change) => {
    const path = await world();
    await notify(sandbox.gitlab, path, failing);
    await round(path, client(), 'application', 0, AUTOMATIC);
    change(sandbox.gitlab.project(path).mergeRequests.at(-1)!);
    const { problems } = await round(path, client(), 'application', 0, AUTOMATIC);
    expect([requests(path).length, problems]).toEqual([4, []]);
  });

  it('one that is suspected itself stays one: the bad version is kept away, and it is not undone', async () => {
    const path = await world();
    await notify(sandbox.gitlab, path, failing);
    await round(path, client(), 'application', 0, AUTOMATIC);
    sandbox.gitlab.finishPipelines(path, 'success', 'renovate-argocd/revert-1');
    await api(path, 'PUT', 'merge_requests/4/merge');
    await notify(sandbox.gitlab, path, { ...failing, title: 'web is still degraded' });
    const { rules } = await round(path, client(), 'application', 0, AUTOMATIC);
    await round(path, client(), 'application', 0, AUTOMATIC);
    expect(sandbox.gitlab.project(path).mergeRequests[3]!.labels).toEqual(['renovate-argocd-revert', 'renovate-argocd-suspect']);
    expect(rules.get(path)).toContainEqual(expect.objectContaining({ matchNewValue: '/^v?1\\.0\\.1$/', force: { enabled: false } }));
    expect(requests(path).filter((title) => title.includes('back'))).toEqual(['merged: Put web back to 1.0.0']);
  });

  it('a label that asks for one that there is not is answered', async () => {
    const path = await world();
    await notify(sandbox.gitlab, path, failing);
    sandbox.gitlab.commit(path, { 'web.yaml': application('web', '1.0.3') }, 'main', Date.now() + 2_000);
    sandbox.gitlab.project(path).issues[0]!.labels.push('renovate-argocd-revert');
    await round(path);
    expect((await round(path)).actions).toEqual([]);
    expect(sandbox.gitlab.project(path).issues[0]!.notes.map(({ body }) => body)).toContainEqual(expect.stringMatching(/\*\*Nothing is put back:\*\* web\.yaml has 1\.0\.3 now, not 1\.0\.1/));
  });

  it('one that a person closed does not come again by itself with the next alert, but when it is asked for', async () => {
    const path = await world();
    await notify(sandbox.gitlab, path, failing);
    await round(path, client(), 'application', 0, AUTOMATIC);
    sandbox.gitlab.project(path).mergeRequests[3]!.state = 'closed';
    await notify(sandbox.gitlab, path, { ...failing, title: 'web fails again' });
    await round(path, client(), 'application', 0, AUTOMATIC);
    expect(requests(path).filter((title) => title.includes('back'))).toEqual(['closed: Put web back to 1.0.0']);
    sandbox.gitlab.project(path).issues[1]!.labels.push('renovate-argocd-revert');
    await round(path, client(), 'application', 0, AUTOMATIC);
    expect(requests(path).filter((title) => title.includes('back'))).toEqual(['closed: Put web back to 1.0.0', 'opened: Put web back to 1.0.0']);
  });

  it('not by itself when the version changed twice in a day: nobody knows which one it was', async () => {
    const path = await world();
    sandbox.gitlab.finishPipelines(path, 'success', 'renovate/web-1.0.x');
    expect(sandbox.gitlab.file(path, 'web.yaml')).toContain('1.0.2');
    await notify(sandbox.gitlab, path, failing);
    await round(path, client(), 'application', 0, AUTOMATIC);
    expect(requests(path).filter((title) => title.includes('back'))).toEqual([]);
    expect(sandbox.gitlab.project(path).issues[0]!.notes.map(({ body }) => body)).toContainEqual(expect.stringMatching(/\*\*Suspected, not for sure:\*\* `web` `1\.0\.1` → `1\.0\.2`.*\n\nAlso changed in the week before:\n- `web` `1\.0\.0` → `1\.0\.1`/));
  });

  it('two incidents about one failure have one', async () => {
    const path = await world();
    await notify(sandbox.gitlab, path, failing);
    await notify(sandbox.gitlab, path, { ...failing, title: 'web is not synced' });
    await round(path, client(), 'application', 0, AUTOMATIC);
    await round(path, client(), 'application', 0, AUTOMATIC);
    expect(requests(path).filter((title) => title.includes('back'))).toEqual(['opened: Put web back to 1.0.0']);
    expect(sandbox.gitlab.project(path).issues.map(({ notes }) => notes.filter(({ body }) => body.includes('note="revert"')).length)).toEqual([1, 1]);
  });

  it.each(Array.from({ length: MOST_REQUESTS + 8 }, (_, index) => [index + 1]))('killed at request %i: the next round makes it good', async (at) => {
    const path = await world();
    await notify(sandbox.gitlab, path, failing);
    await round(path, dying(client(), at).gitlab, 'application', 0, AUTOMATIC);
    await round(path, client(), 'application', 0, AUTOMATIC);
    expect(stateOf(path)).toEqual(ANSWERED);
  }, 30_000);

  it('a round with it asks no more than that many times', async () => {
    const path = await world();
    await notify(sandbox.gitlab, path, failing);
    const counting = dying(client(), Infinity);
    await round(path, counting.gitlab, 'application', 0, AUTOMATIC);
    expect(counting.calls()).toBeLessThanOrEqual(MOST_REQUESTS + 8);
  });
});
