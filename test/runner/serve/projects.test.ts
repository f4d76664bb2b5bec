import type { GitLab } from '../../../runner/gitlab/port.ts';
import { Project } from '../../../runner/gitlab/schema.ts';
import { tokenFrom } from '../../../src/base/secrets.ts';
import { openProjects, type Projects } from '../../../runner/serve/projects.ts';
import type { Account } from '../../../runner/setup.ts';
import { fakeGitLab, refusing } from '../fake-gitlab.ts';
import { failureOfPromise } from './support/failures.ts';

function projectOf(path: string, level = 40): Project {
  return Project.parse({ id: [...path].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7), path_with_namespace: path, default_branch: 'main', web_url: `https://gitlab.example.com/${path}`, permissions: { project_access: { access_level: level }, group_access: null } });
}

/** What one token sees. */
function gitlabWith(paths: Readonly<Record<string, number>>, methods: Partial<GitLab> = {}): GitLab {
  const all = Object.entries(paths).map(([path, level]) => projectOf(path, level));
  return fakeGitLab({
    user: async () => ({ id: 7, username: 'renovate-bot', bot: true, admin: false }),
    project: async (path) => all.find((one) => one.path === path) ?? null,
    groupProjects: async (group) => all.filter(({ path }) => path.startsWith(`${group}/`)),
    memberProjects: async (topic) => (topic === null ? all : all.filter(({ path }) => path.includes(topic))),
    tree: async () => [{ path: 'renovate.json', type: 'blob' }],
    ...methods,
  });
}

function account(name: string, gitlab: GitLab, selection: Partial<Account['selection']>): Account {
  return { name, token: tokenFrom('TOKEN', 'x'), gitlab, selection: { projects: [], groups: [], topics: [], exclude: [], forks: false, onboarding: false, ...selection } };
}

const ACCOUNTS = [
  account('first', gitlabWith({ 'platform/a': 40, 'platform/low': 20, 'shared/with-platform': 40, 'x/argocd-app': 40 }), { groups: ['platform'], topics: ['argocd'], exclude: ['platform/out-*'] }),
  account('second', gitlabWith({ 'platform/a': 40, 'platform/low': 40, 'Team/One': 40, 'globbed/one': 40 }), { projects: ['team/one', 'globbed/*', 'platform/low'] }),
];

let projects: Projects;
beforeEach(() => {
  projects = openProjects({ accounts: ACCOUNTS });
});

it.each<[string, boolean]>([
  ['platform/a', true],
  ['platform/not/there/yet', true],
  ['PLATFORM/A', true],
  ['platform', false],
  ['platform-2/a', false],
  ['platform/out-of-it', false],
  ['team/one', true],
  ['team/two', false],
  ['globbed/two', true],
  ['globbed/two/deep', false],
  ['x/argocd-app', false],
])('selects %s by its path: %s', (path, expected) => {
  expect(projects.selects(path)).toBe(expected);
});

it('knows what only a list tells, once it was asked for', async () => {
  const { members } = await projects.all();
  expect(members.map(({ project, account: { name } }) => `${project.path} by ${name}`)).toEqual(['globbed/one by second', 'platform/a by first', 'platform/low by second', 'x/argocd-app by first']);
  expect([projects.selects('x/argocd-app'), projects.count()]).toEqual([true, 4]);
  expect((await projects.some(['x/argocd-app'])).members).toHaveLength(1);
});

it('looks at single projects: the first account that may run it, or why none does', async () => {
  const { members, left } = await projects.some(['platform/a', 'platform/low', 'platform/nowhere', 'other/x', 'platform/out-of-it']);
  expect(members.map(({ project, account: { name } }) => `${project.path} by ${name}`)).toEqual(['platform/a by first', 'platform/low by second']);
  expect(left.map(({ path, end }) => [path, end.state, end.outcome])).toEqual([
    ['platform/nowhere', 'done', 'not-found'],
    ['other/x', 'done', 'not-selected'],
    ['platform/out-of-it', 'done', 'not-selected'],
  ]);
});

it('a project that answers by a new path is not the one that was asked for', async () => {
  const moved = openProjects({ accounts: [account('', gitlabWith({}, { project: async () => projectOf('platform/new') }), { groups: ['platform'] })] });
  expect(await moved.some(['platform/old'])).toMatchObject({ members: [], left: [{ path: 'platform/old', end: { outcome: 'not-found' } }] });
});

it('what GitLab refuses for one project is that one\u2019s failure; that it cannot be asked is everybody\u2019s', async () => {
  const gitlab = (code: 'gitlab-forbidden' | 'gitlab-unreachable'): GitLab => gitlabWith({ 'platform/a': 40, 'platform/b': 40 }, { tree: async (id) => (id === projectOf('platform/b').id ? refusing(code, 'no')() : [{ path: 'renovate.json', type: 'blob' }]) });
  const refused = openProjects({ accounts: [account('', gitlab('gitlab-forbidden'), { groups: ['platform'] })] });
  expect(await refused.some(['platform/a', 'platform/b'])).toMatchObject({ members: [{ project: { path: 'platform/a' } }], left: [{ path: 'platform/b', end: { state: 'failed', outcome: 'gitlab-forbidden', message: 'no' } }] });
  const dead = openProjects({ accounts: [account('', gitlab('gitlab-unreachable'), { groups: ['platform'] })] });
  expect(await failureOfPromise(dead.some(['platform/a', 'platform/b']))).toMatchObject({ code: 'gitlab-unreachable' });
});
