import type { GitLab } from './gitlab/index.ts';
import { at, openGitLab, rest } from './rest.ts';

const files = { 'README.md': 'one\ntwo\n', 'apps/web.yaml': 'v1\n', 'apps/deep/db.yaml': 'v1\n', 'z.txt': 'z\n' };
const here = at('g/repo');

describe('repositories', () => {
  let gitlab: GitLab;
  let first: string;

  beforeAll(async () => {
    gitlab = await openGitLab([{ path: 'g/repo', files, tags: ['v1'], botAccess: 30 }]);
    first = gitlab.project('g/repo').heads.get('main')!;
    gitlab.commit('g/repo', { 'apps/web.yaml': 'v2\n' });
    gitlab.commit('g/repo', { 'README.md': 'one\n2\n' }, 'topic');
  });
  afterAll(() => gitlab.close());

  it.each<[string, string, unknown]>([
    ['the top, folders first', '', ['apps tree', 'README.md blob', 'z.txt blob']],
    ['a folder', '?path=apps', ['apps/deep tree', 'apps/web.yaml blob']],
    ['everything below', '?path=apps&recursive=true', ['apps/deep tree', 'apps/deep/db.yaml blob', 'apps/web.yaml blob']],
    ['a tag', '?ref=v1&path=apps/deep', ['apps/deep/db.yaml blob']],
    ['a page', '?per_page=1&page=2', ['README.md blob']],
    ['a folder that is not there', '?path=nothing', '404 invalid revision or path Not Found'],
    ['a branch that is not there', '?ref=nothing', '404 Tree Not Found'],
  ])('tree: %s', async (_name, query, expected) => {
    const { status, body } = await rest(gitlab, `GET ${here}/repository/tree${query}`);
    expect(status === 200 ? body.map(({ path, type }: any) => `${path} ${type}`) : body.message).toEqual(expected);
  });

  it('a file comes as JSON, raw and as headers', async () => {
    const path = `${here}/repository/files/apps%2Fweb.yaml`;
    const [json, raw, head] = [await rest(gitlab, `GET ${path}?ref=main`), await rest(gitlab, `GET ${path}/raw`), await rest(gitlab, `HEAD ${path}?ref=v1`)];
    expect(json.body).toMatchObject({ file_name: 'web.yaml', file_path: 'apps/web.yaml', size: 3, encoding: 'base64', content: Buffer.from('v2\n').toString('base64'), execute_filemode: false });
    expect([raw.body, raw.headers.get('x-gitlab-blob-id'), raw.headers.get('content-type')]).toEqual(['v2\n', json.body.blob_id, 'text/plain']);
    expect([head.status, head.body, head.headers.get('x-gitlab-last-commit-id'), head.headers.get('x-gitlab-size')]).toEqual([200, null, first, '3']);
  });

  it.each([
    ['without a ref', 'README.md', 400, { error: 'ref is missing' }],
    ['of a branch that is not there', 'README.md?ref=nothing', 404, { message: '404 Commit Not Found' }],
    ['that is not there', 'nothing?ref=main', 404, { message: '404 File Not Found' }],
    ['that is a folder', 'apps?ref=main', 404, { message: '404 File Not Found' }],
  ])('a file %s', async (_name, path, status, body) => {
    expect(await rest(gitlab, `GET ${here}/repository/files/${path}`)).toMatchObject({ status, body });
  });

  it.each<[string, string, string[]]>([
    ['of main', '', ['Change by hand', 'Initial commit']],
    ['of a file', '?path=apps/deep/db.yaml', ['Initial commit']],
    ['of a branch', '?ref_name=topic', ['Change by hand', 'Change by hand', 'Initial commit']],
    ['since tomorrow', '?since=2090-01-01T00:00:00Z', []],
    ['of a branch that is not there', '?ref_name=nothing', []],
  ])('commits %s', async (_name, query, titles) => {
    expect((await rest(gitlab, `GET ${here}/repository/commits${query}`)).body.map(({ title }: any) => title)).toEqual(titles);
  });

  it('a commit shows what it changed', async () => {
    const [of, root] = [await rest(gitlab, `GET ${here}/repository/commits/main/diff`), await rest(gitlab, `GET ${here}/repository/commits/${first}/diff`)];
    expect(of.body).toMatchObject([{ old_path: 'apps/web.yaml', new_path: 'apps/web.yaml', new_file: false, deleted_file: false, renamed_file: false, a_mode: '100644', b_mode: '100644', diff: '@@ -1 +1 @@\n-v1\n+v2\n' }]);
    expect(root.body.map(({ new_path, new_file }: any) => [new_path, new_file])).toEqual(Object.keys(files).sort().map((path) => [path, true]));
    expect((await rest(gitlab, `GET ${here}/repository/commits/main`)).body).toMatchObject({ stats: { additions: 1, deletions: 1, total: 2 }, parent_ids: [first], status: 'success' });
  });

  it('branches are compared from where they part', async () => {
    const compared = async (query: string): Promise<any> => (await rest(gitlab, `GET ${here}/repository/compare?${query}`)).body;
    gitlab.commit('g/repo', { 'z.txt': 'main only\n' });
    expect((await compared('from=main&to=topic')).diffs.map(({ new_path }: any) => new_path)).toEqual(['README.md']);
    expect((await compared('from=main&to=topic&straight=true')).diffs.map(({ new_path }: any) => new_path)).toEqual(['README.md', 'z.txt']);
    expect(await compared('from=main&to=main')).toMatchObject({ compare_same_ref: true, commits: [], diffs: [], commit: null });
  });

  it('a merge request shows its commits and changes, and each commit its merge requests', async () => {
    await rest(gitlab, `POST ${here}/merge_requests`, { body: { source_branch: 'topic', title: 'topic' } });
    const get = async (path: string): Promise<any> => (await rest(gitlab, `GET ${here}/${path}`)).body;
    const [commit] = await get('merge_requests/1/commits');
    await rest(gitlab, `PUT ${here}/merge_requests/1/merge`, { body: {} });
    const { merge_commit_sha: merged } = await get('merge_requests/1');
    expect((await get('merge_requests/1/diffs')).map(({ new_path }: any) => new_path)).toEqual(['README.md']);
    expect(await get('merge_requests/1/changes')).toMatchObject({ changes_count: '1', overflow: false, changes: [{ new_path: 'README.md' }] });
    expect(await Promise.all([commit.id, merged, first].map(async (sha) => (await get(`repository/commits/${sha}/merge_requests`)).map(({ iid }: any) => iid)))).toEqual([[1], [1], []]);
  });

  it('several files change in one commit on a new branch', async () => {
    const actions = [
      { action: 'update', file_path: 'README.md', content: Buffer.from('neu\n').toString('base64'), encoding: 'base64' },
      { action: 'create', file_path: 'new "quoted" name.txt', content: 'new\n' },
      { action: 'delete', file_path: 'apps/web.yaml' },
      { action: 'move', file_path: 'moved.txt', previous_path: 'z.txt' },
    ];
    const { status, body } = await rest(gitlab, `POST ${here}/repository/commits`, { token: gitlab.token, body: { branch: 'written', start_branch: 'v1', commit_message: 'Several\n\nat once', actions, author_name: 'Ada', author_email: 'ada@example.org' } });
    expect([status, body.title, body.author_name, body.parent_ids]).toEqual([201, 'Several', 'Ada', [first]]);
    expect(['README.md', 'new "quoted" name.txt', 'apps/web.yaml', 'z.txt', 'moved.txt'].map((file) => gitlab.file('g/repo', file, 'written'))).toEqual(['neu\n', 'new\n', null, null, 'z\n']);
  });

  const create = { action: 'create', file_path: 'n.txt', content: 'n' };
  it.each<[string, Readonly<Record<string, unknown>>, number, string]>([
    ['what is there already', { branch: 'topic-2', start_branch: 'main', actions: [{ ...create, file_path: 'README.md' }] }, 400, 'A file with this name already exists'],
    ['what is not there', { branch: 'topic-2', start_branch: 'main', actions: [{ action: 'update', file_path: 'nothing', content: '' }] }, 400, "A file with this name doesn't exist"],
    ['on a branch that is there', { branch: 'v1-branch', start_branch: 'main', actions: [create] }, 400, "A branch called 'v1-branch' already exists. Switch to that branch in order to make changes"],
    ['from no branch', { branch: 'topic-2', start_branch: 'nothing', actions: [create] }, 400, "Cannot find start branch 'nothing'"],
    ['outside of the repository', { branch: 'topic-2', start_branch: 'main', actions: [{ ...create, file_path: '../n.txt' }] }, 400, 'Path cannot include directory traversal'],
    ['on a protected branch', { branch: 'main', actions: [create] }, 403, '403 Forbidden - You are not allowed to push into this branch'],
  ])('a commit is refused %s', async (_name, body, status, message) => {
    await rest(gitlab, `POST ${here}/repository/branches`, { body: { branch: 'v1-branch', ref: 'v1' } });
    expect(await rest(gitlab, `POST ${here}/repository/commits`, { token: gitlab.token, body: { commit_message: 'm', ...body } })).toMatchObject({ status, body: { message } });
  });

  it.each([
    ['a branch again', { branch: 'topic-3', ref: 'main' }, 400, 'Branch already exists'],
    ['a branch from nothing', { branch: 'b', ref: 'nothing' }, 400, 'Invalid reference name: nothing'],
    ['a branch whose name git refuses', { branch: 'a b', ref: 'main' }, 400, 'Branch name is invalid'],
  ])('refuses %s', async (_name, body, status, message) => {
    await rest(gitlab, `POST ${here}/repository/branches`, { body: { branch: 'topic-3', ref: 'main' } });
    expect(await rest(gitlab, `POST ${here}/repository/branches`, { body })).toMatchObject({ status, body: { message } });
  });
});
