import { listProjects, type Wanted } from '../../../runner/projects/list.ts';
import type { GitLab } from '../../../runner/gitlab/port.ts';
import { Project, TreeEntry } from '../../../runner/gitlab/schema.ts';
import { fakeGitLab } from '../fake-gitlab.ts';

/** As GitLab answers: the lists of groups say nothing of the token's role. */
function project(path: string, id: number, raw: object = {}): Project {
  return Project.parse({ id, path_with_namespace: path, default_branch: 'main', web_url: `https://gitlab.example.com/${path}`, ...raw });
}

const DEVELOPER = { permissions: { project_access: { access_level: 30 }, group_access: null } };

interface Shelf {
  readonly groups?: Readonly<Record<string, readonly Project[]>>;
  readonly members?: readonly Project[];
  readonly named?: readonly Project[];
  /** Root files by project; a renovate.json where none are said. */
  readonly trees?: Readonly<Record<number, readonly string[]>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly admin?: boolean;
}

function gitlab({ groups = {}, members = [], named = [], trees = {}, files = {}, admin = false }: Shelf): GitLab {
  return fakeGitLab({
    user: async () => ({ id: 1, username: 'bot', bot: true, admin }),
    project: async (path) => named.find((one) => one.path === path) ?? null,
    groupProjects: async (group) => groups[group] ?? null,
    memberProjects: async (topic) => members.filter(({ topics }) => topic === null || topics.includes(topic)),
    tree: async (id, folder) => (trees[id] ?? ['renovate.json']).filter((path) => path.startsWith(folder)).map((path) => TreeEntry.parse({ path, type: 'blob' })),
    file: async (id, path) => files[`${id} ${path}`] ?? null,
  });
}

const WANTED: Wanted = { projects: [], groups: [], topics: [], exclude: [], forks: false, onboarding: false };

it.each<[string, Shelf, Partial<Wanted>, readonly string[], readonly string[]]>([
  ['a project by name', { named: [project('a/b', 1, DEVELOPER)] }, { projects: ['a/b'] }, ['a/b'], []],
  ['one that is not there', {}, { projects: ['a/b'] }, [], ['a/b not-found']],
  ['a group, with the role by the memberships', { groups: { a: [project('a/b', 1), project('a/c', 2)] }, members: [project('a/b', 1, DEVELOPER)] }, { groups: ['a'] }, ['a/b'], ['a/c role-too-low']],
  ['a group for an administrator', { groups: { a: [project('a/b', 1)] }, admin: true }, { groups: ['a'] }, ['a/b'], []],
  ['a group that is not there', {}, { groups: ['a'] }, [], ['a/ not-found']],
  ['a glob', { members: [project('a/b', 1, DEVELOPER), project('a/sub/c', 2, DEVELOPER)] }, { projects: ['a/*'] }, ['a/b'], []],
  ['a topic', { members: [project('a/b', 1, { ...DEVELOPER, topics: ['t'] }), project('a/c', 2, DEVELOPER)] }, { topics: ['t'] }, ['a/b'], []],
  ['one that is named three times', { groups: { a: [project('a/b', 1)] }, members: [project('a/b', 1, { ...DEVELOPER, topics: ['t'] })], named: [project('a/b', 1, DEVELOPER)] }, { projects: ['a/b', 'a/*'], groups: ['a'], topics: ['t'] }, ['a/b'], []],
  ['no config', { named: [project('a/b', 1, DEVELOPER)], trees: { 1: ['README.md'] } }, { projects: ['a/b'] }, [], ['a/b no-config']],
  ['a config in a folder', { named: [project('a/b', 1, DEVELOPER)], trees: { 1: ['.gitlab', '.gitlab/renovate.json5'] } }, { projects: ['a/b'] }, ['a/b'], []],
  ['a package.json with the key', { named: [project('a/b', 1, DEVELOPER)], trees: { 1: ['package.json'] }, files: { '1 package.json': '{"renovate":{}}' } }, { projects: ['a/b'] }, ['a/b'], []],
  ['a package.json without it', { named: [project('a/b', 1, DEVELOPER)], trees: { 1: ['package.json'] }, files: { '1 package.json': '{}' } }, { projects: ['a/b'] }, [], ['a/b no-config']],
  ['a package.json that is broken', { named: [project('a/b', 1, DEVELOPER)], trees: { 1: ['package.json'] }, files: { '1 package.json': '{' } }, { projects: ['a/b'] }, [], ['a/b no-config']],
])('%s', async (_name, shelf, wanted, run, left) => {
  const { projects, skipped } = await listProjects(gitlab(shelf), { ...WANTED, ...wanted });
  expect([projects.map(({ path }) => path), skipped.map(({ path, reason }) => `${path} ${reason}`)]).toEqual([run, left]);
});
