import type { GitLab } from '../../../runner/gitlab/port.ts';
import type { Project } from '../../../runner/gitlab/schema.ts';
import { known } from '../../../runner/preflight/check.ts';
import { projectFacts, tokenFacts } from '../../../runner/preflight/facts.ts';
import { fakeGitLab, refusing } from '../fake-gitlab.ts';
import { BOT, branch, hook, pipeline, project, self } from './made-up.ts';

function gitlab(files: Readonly<Record<string, string>>, methods: Partial<GitLab> = {}, fields: Partial<Project> = {}): GitLab {
  return fakeGitLab({
    project: async () => project(fields),
    tree: async () => [...new Set(Object.keys(files).map((path) => path.split('/')[0]!))].map((path) => ({ path, type: 'blob' })),
    file: async (_project, path) => files[path] ?? null,
    branch: async () => branch(),
    protectedBranches: async () => [],
    approvalRules: async () => null,
    pipelines: async () => [],
    hooks: async () => [hook()],
    latestIncident: async () => null,
    ...methods,
  });
}

function request(of: GitLab, webhook: string | null = null): Parameters<typeof projectFacts>[1] {
  return { gitlab: of, bot: BOT, version: '18.5.0', webhook, globalAutomerge: false };
}

const MERGES = '{ "automerge": true }';

it.each<[string, Readonly<Record<string, string>>, boolean]>([
  ['no config', { 'README.md': '' }, false],
  ['at the root', { 'renovate.json': MERGES }, true],
  ["the first in Renovate's order", { 'renovate.json': '{}', 'renovate.json5': MERGES }, false],
  ['in a folder', { '.gitlab/renovate.json5': '{ automerge: true }' }, true],
  ['in a package.json', { 'package.json': `{ "renovate": ${MERGES} }` }, true],
  ['in a package.json, by one preset', { 'package.json': '{ "renovate": ":automergeAll" }' }, true],
  ['a package.json without', { 'package.json': '{}' }, false],
  ['a package.json that is broken', { 'package.json': '{' }, false],
])('may Renovate merge by itself: %s', async (_name, files, expected) => {
  expect((await projectFacts('a/b', request(gitlab(files))))?.automerges).toBe(expected);
});

it.each<[string, Readonly<Record<string, string>>, Partial<Project>, boolean | null]>([
  ['the usual file', { '.gitlab-ci.yml': '' }, {}, true],
  ['none', { 'README.md': '' }, {}, false],
  ['of another name', { 'ci.yml': '' }, { ciConfigPath: 'ci.yml' }, true],
  ['in a folder', { 'ci/main.yml': '' }, { ciConfigPath: 'ci/main.yml' }, true],
  ['in a folder, not there', { 'ci/other.yml': '' }, { ciConfigPath: 'ci/main.yml' }, false],
  ['in another project', {}, { ciConfigPath: 'main.yml@platform/ci' }, null],
  ['somewhere', {}, { ciConfigPath: 'https://example.com/ci.yml' }, null],
  ['Auto DevOps', {}, { autoDevOps: true }, true],
])('the CI configuration: %s', async (_name, files, fields, expected) => {
  expect((await projectFacts('a/b', request(gitlab(files, {}, fields))))?.hasCiConfig).toEqual(known(expected));
});

it('looks for pipelines of merge requests when the last ones are of something else', async () => {
  const asked: unknown[] = [];
  const facts = await projectFacts('a/b', request(gitlab({}, { pipelines: async (_project, query) => (asked.push(query), query.source === undefined ? [pipeline('push', 'main')] : [pipeline('merge_request_event', 'refs/merge-requests/1/head')]) })));
  expect(asked).toEqual([{}, { source: 'merge_request_event' }]);
  expect(facts?.pipelines).toMatchObject({ value: [{ source: 'push' }, { source: 'merge_request_event' }] });
});

it('what GitLab refuses is a fact, and the rest is there', async () => {
  const of = gitlab({ 'renovate.json': '{}' }, { tree: refusing('gitlab-forbidden'), protectedBranches: refusing('gitlab-forbidden'), approvalRules: refusing('gitlab-forbidden'), latestIncident: refusing('gitlab-missing'), pipelines: refusing('gitlab-unreachable'), branch: refusing('gitlab-unreadable') });
  const refused = { known: false, failure: { code: 'gitlab-forbidden' } };
  expect(await projectFacts('a/b', request(of))).toMatchObject({
    level: 40,
    automerges: true,
    hasCiConfig: refused,
    protectedBranches: refused,
    approvalRules: refused,
    incident: { known: false, failure: { code: 'gitlab-missing' } },
    pipelines: { known: false, failure: { code: 'gitlab-unreachable' } },
    branch: { known: false, failure: { code: 'gitlab-unreadable' } },
  });
});

it('webhooks are asked for only when one is looked for', async () => {
  const of = gitlab({});
  expect(await projectFacts('a/b', request({ ...of, hooks: refusing('gitlab-forbidden') }))).toMatchObject({ hooks: known(null) });
  expect(await projectFacts('a/b', request(of, 'https://renovate.example.com/webhook'))).toMatchObject({ hooks: known([hook()]) });
});

it('an administrator may do everything', async () => {
  expect(await projectFacts('a/b', { ...request(gitlab({}, {}, { accessLevel: 0 })), bot: { ...BOT, admin: true } })).toMatchObject({ level: 50 });
});

it('no such project', async () => {
  expect(await projectFacts('a/b', request(gitlab({}, { project: async () => null })))).toBeNull();
});

it('a signal ends it', async () => {
  await expect(projectFacts('a/b', request(gitlab({}, { branch: refusing('interrupted') })))).rejects.toMatchObject({ failure: { code: 'interrupted' } });
});

it('a token that is refused', async () => {
  const of = fakeGitLab({ user: refusing('gitlab-unauthorised'), token: async () => self(), version: async () => '18.5.0' });
  expect(await tokenFacts(of)).toMatchObject({ user: { known: false, failure: { code: 'gitlab-unauthorised' } }, token: known(self()), version: known('18.5.0') });
});
