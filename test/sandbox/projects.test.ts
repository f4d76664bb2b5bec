import type { GitLab } from './gitlab/index.ts';
import type { ProjectSpec } from './gitlab/spec.ts';
import { at, openGitLab, rest } from './rest.ts';

const files = { 'a.txt': 'a\n' };

const VARIATIONS: readonly (readonly [string, ProjectSpec, Readonly<Record<string, unknown>>])[] = [
  ['an ordinary one', { path: 'v/plain', files }, { default_branch: 'main', empty_repo: false, archived: false, marked_for_deletion_on: null, name: 'plain', ssh_url_to_repo: 'git@127.0.0.1:v/plain.git' }],
  ['an empty one', { path: 'v/empty', empty: true }, { default_branch: null, empty_repo: true }],
  ['a fork of another', { path: 'v/fork', files, fork: 'v/plain' }, { forked_from_project: expect.objectContaining({ path_with_namespace: 'v/plain' }) }],
  ['a fork of what nobody sees', { path: 'v/secret-fork', files, fork: true }, { forked_from_project: { id: 1 } }],
  ['one that is to be deleted', { path: 'v/doomed', files, pendingDeletion: '2026-01-31' }, { marked_for_deletion_on: '2026-01-31', marked_for_deletion_at: '2026-01-31' }],
  ['one without merge requests', { path: 'v/no-requests', files, mergeRequestsOff: true }, { merge_requests_access_level: 'disabled', merge_requests_enabled: false }],
  ['one without issues and pipelines', { path: 'v/bare', files, issuesOff: true, pipelinesOff: true }, { issues_access_level: 'disabled', builds_access_level: 'disabled' }],
  ['one without ssh', { path: 'v/http', files, sshUrl: false }, { ssh_url_to_repo: null }],
  ['one with a name', { path: 'v/named', files, name: 'Клъстер "prod" $(x)' }, { name: 'Клъстер "prod" $(x)', path: 'named', path_with_namespace: 'v/named' }],
];

const LISTED: readonly ProjectSpec[] = [
  { path: 'l/one', files, topics: ['argocd', 'prod'] },
  { path: 'l/two', files, topics: ['argocd'], archived: true },
  { path: 'l/deep/three', files, botAccess: 20 },
  { path: 'l/hidden', files, botAccess: 0 },
  { path: 'other/shared', files, sharedWith: ['l'], mergeRequestsOff: true },
];

describe('projects', () => {
  let gitlab: GitLab;

  beforeAll(async () => {
    gitlab = await openGitLab([...VARIATIONS.map(([, spec]) => spec), ...LISTED]);
  });
  afterAll(() => gitlab.close());

  it.each(VARIATIONS)('%s', async (_name, { path }, fields) => {
    expect((await rest(gitlab, `GET ${at(path)}`)).body).toMatchObject(fields);
  });

  it.each<[string, string, string[] | number]>([
    ['what the bot is a member of, the newest first', 'projects?membership=true&search=l/&search_namespaces=true', ['l/deep/three', 'l/two', 'l/one']],
    ['without archived ones', 'projects?membership=true&archived=false&search=l/&search_namespaces=true', ['l/deep/three', 'l/one']],
    ['archived ones alone', 'projects?archived=true', ['l/two']],
    ['by role', 'projects?min_access_level=30&search=l/&search_namespaces=true', ['l/two', 'l/one']],
    ['by topic', 'projects?topic=argocd', ['l/two', 'l/one']],
    ['by all of several topics', 'projects?topic=argocd,prod', ['l/one']],
    ['by name', 'projects?search=one&order_by=path&sort=asc', ['l/one']],
    ['those with merge requests', 'projects?with_merge_requests_enabled=true&search=shared', []],
    ['a group', 'groups/l/projects', ['other/shared', 'l/two', 'l/one']],
    ['a group and those below it', 'groups/l/projects?include_subgroups=true', ['other/shared', 'l/deep/three', 'l/two', 'l/one']],
    ['a group without what is shared with it', 'groups/l/projects?include_subgroups=true&with_shared=false&sort=asc', ['l/one', 'l/two', 'l/deep/three']],
    ['a group of groups', 'groups/l%2Fdeep/projects', ['l/deep/three']],
    ['no such group', 'groups/nobody/projects', 404],
    ['part of a group\'s name', 'groups/l%2Fde/projects', 404],
  ])('lists %s', async (_name, path, expected) => {
    const { status, body } = await rest(gitlab, `GET ${path}`, { token: gitlab.token });
    expect(status === 200 ? body.map((project: any) => project.path_with_namespace) : status).toEqual(expected);
  });

  it.each<[string, boolean, boolean]>([
    ['projects?search=one', true, true],
    ['projects?search=one&simple=true', false, false],
    ['groups/l/projects?search=one', false, true],
    ['groups/l/projects?search=one&simple=true', false, false],
  ])('%s: permissions %s, settings %s', async (path, permissions, settings) => {
    const [project] = (await rest(gitlab, `GET ${path}`, { token: gitlab.token })).body;
    expect([project.permissions?.project_access?.access_level === 40, project.merge_method === 'merge']).toEqual([permissions, settings]);
  });

  it.each([
    ['merge requests where they are off', 'GET projects/v%2Fno-requests/merge_requests', 403],
    ['issues where they are off', 'GET projects/v%2Fbare/issues', 403],
    ['the tree of nothing', 'GET projects/v%2Fempty/repository/tree', 404],
    ['protected branches of nothing', 'GET projects/v%2Fempty/protected_branches', 200],
    ['a branch that is not protected', 'GET projects/v%2Fplain/protected_branches/topic', 404],
  ])('answers for %s', async (_name, line, status) => {
    expect((await rest(gitlab, line)).status).toBe(status);
  });

  it('an empty project gets its first commit', () => {
    gitlab.commit('v/empty', files);
    expect(gitlab.file('v/empty', 'a.txt')).toBe('a\n');
  });
});
