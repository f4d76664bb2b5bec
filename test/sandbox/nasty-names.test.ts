import type { GitLab } from './gitlab/index.ts';
import { at, openGitLab, rest } from './rest.ts';

/** Names that break what quotes badly: for a shell, a URL, a header, git's own formats. */
const NAMES = ['plain', '$(touch x)', "it's", 'a"quoted"b', 'ünïcödé-日本', 'semi;colon&and|pipe', 'back`tick`', 'per%cent', 'a#b+c=d', '-dash', '@at,comma'];

describe('nasty names', () => {
  let gitlab: GitLab;
  const here = at('g/nasty');

  beforeAll(async () => {
    gitlab = await openGitLab([{ path: 'g/nasty', files: { 'a.txt': 'a\n' }, name: 'Na"me $(x)\nЖ', description: 'two\nlines' }]);
  });
  afterAll(() => gitlab.close());

  it.each(NAMES)('a file, a branch, a merge request and its merge: %s', async (name) => {
    const file = `folder ${name}/${name}\nnext line.txt`;
    const branch = `renovate/${name.replaceAll(' ', '_')}`;
    const title = `Update ${name}`;
    const description = `first ${name}\n\n- [ ] second\r\n<!-- ${name} -->`;
    const call = async (line: string, body?: unknown): Promise<any> => (await rest(gitlab, line, { body })).body;
    const made = await call(`POST ${here}/repository/commits`, { branch, start_branch: 'main', commit_message: `${title}\n\nbody`, actions: [{ action: 'create', file_path: file, content: name }] });
    expect(made).toMatchObject({ title, message: `${title}\n\nbody` });
    expect((await call(`GET ${here}/repository/branches/${encodeURIComponent(branch)}`)).name).toBe(branch);
    expect((await call(`GET ${here}/repository/tree?ref=${encodeURIComponent(branch)}&path=${encodeURIComponent(`folder ${name}`)}`)).map(({ path }: any) => path)).toEqual([file]);
    expect(await call(`GET ${here}/repository/files/${encodeURIComponent(file)}/raw?ref=${encodeURIComponent(branch)}`)).toBe(name);
    expect((await call(`GET ${here}/repository/commits?ref_name=${encodeURIComponent(branch)}&path=${encodeURIComponent(file)}`)).map((commit: any) => commit.title)).toEqual([title]);
    const { iid } = await call(`POST ${here}/merge_requests`, { source_branch: branch, title, description, labels: [`label ${name.replace(',', '')}`] });
    expect(await call(`GET ${here}/merge_requests?source_branch=${encodeURIComponent(branch)}`)).toMatchObject([{ iid, title, description, source_branch: branch }]);
    expect(await call(`GET ${here}/merge_requests/${iid}/diffs`)).toMatchObject([{ new_path: file, new_file: true }]);
    expect(await call(`PUT ${here}/merge_requests/${iid}/merge`, {})).toMatchObject({ state: 'merged' });
    expect(gitlab.file('g/nasty', file)).toBe(name);
    expect(gitlab.branches('g/nasty')).toEqual(['main']);
  });

  it('an issue, its notes and the project itself', async () => {
    const text = NAMES.join('\n');
    const { iid } = (await rest(gitlab, `POST ${here}/issues`, { body: { title: text, description: text } })).body;
    await rest(gitlab, `POST ${here}/issues/${iid}/notes`, { body: { body: text } });
    expect((await rest(gitlab, `GET ${here}/issues/${iid}`)).body).toMatchObject({ title: text, description: text });
    expect((await rest(gitlab, `GET ${here}/issues/${iid}/notes`)).body).toMatchObject([{ body: text }]);
    expect((await rest(gitlab, `GET ${here}`)).body).toMatchObject({ name: 'Na"me $(x)\nЖ', description: 'two\nlines' });
  });
});
