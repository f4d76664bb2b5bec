import type { GitLab } from './gitlab/index.ts';
import { at, openGitLab, rest } from './rest.ts';

const here = `${at('g/issues')}`;

describe('issues', () => {
  let gitlab: GitLab;
  let middle: string;

  beforeAll(async () => {
    gitlab = await openGitLab([{ path: 'g/issues', files: {} }, { path: 'g/other', files: {} }, { path: 'g/secret', files: {}, botAccess: 0 }]);
    await rest(gitlab, `POST ${here}/issues`, { body: { title: 'first', labels: 'a,b', description: 'needle' } });
    await rest(gitlab, `POST ${here}/issues`, { body: { title: 'second', labels: ['b'] } });
    await rest(gitlab, `POST ${here}/issues`, { body: { title: 'third', issue_type: 'incident' } });
    await rest(gitlab, `PUT ${here}/issues/2`, { body: { state_event: 'close' } });
    for (const path of ['g/other', 'g/secret']) await rest(gitlab, `POST ${at(path)}/issues`, { body: { title: 'elsewhere' } });
    middle = gitlab.project('g/issues').issues[1]!.updatedAt;
  });
  afterAll(() => gitlab.close());

  it.each<[string, string, number[]]>([
    ['all', '', [3, 2, 1]],
    ['incidents', '?issue_type=incident', [3]],
    ['open ones', '?state=opened', [3, 1]],
    ['with a label', '?labels=b', [2, 1]],
    ['with both labels', '?labels=a,b', [1]],
    ['without labels', '?labels=None', [3]],
    ['by text', '?search=needle', [1]],
    ['by text of the title', '?search=needle&in=title', []],
    ['by number', '?iids[]=1&iids[]=3', [3, 1]],
  ])('lists %s', async (_name, query, iids) => {
    expect((await rest(gitlab, `GET ${here}/issues${query}`)).body.map(({ iid }: any) => iid)).toEqual(iids);
  });

  it('lists what changed since', async () => {
    expect((await rest(gitlab, `GET ${here}/issues?updated_after=${middle}`)).body.map(({ iid }: any) => iid)).toContain(2);
    expect((await rest(gitlab, `GET ${here}/issues?updated_after=2999-01-01T00:00:00Z`)).body).toEqual([]);
  });

  it('labels are added and removed, and made where they are not', async () => {
    await rest(gitlab, `POST ${here}/issues`, { body: { title: 'labelled', labels: 'one' } });
    const { iid } = gitlab.project('g/issues').issues.at(-1)!;
    expect((await rest(gitlab, `PUT ${here}/issues/${iid}`, { body: { add_labels: 'two,three', remove_labels: 'one' } })).body.labels).toEqual(['two', 'three']);
    expect((await rest(gitlab, `GET ${here}/labels?search=t`)).body.map(({ name }: any) => name)).toEqual(expect.arrayContaining(['two', 'three']));
    expect([(await rest(gitlab, `POST ${here}/labels`, { body: { name: 'new', color: '#ff0000' } })).status, (await rest(gitlab, `POST ${here}/labels`, { body: { name: 'new', color: '#ff0000' } })).status]).toEqual([201, 409]);
    await rest(gitlab, `PUT ${here}/issues/${iid}`, { body: { state_event: 'close' } });
  });

  it('of labels with one scope the last stays', async () => {
    await rest(gitlab, `POST ${here}/issues`, { body: { title: 'scoped', labels: 'a::1,b::1,c' } });
    const { iid } = gitlab.project('g/issues').issues.at(-1)!;
    expect((await rest(gitlab, `PUT ${here}/issues/${iid}`, { body: { add_labels: 'a::2' } })).body.labels).toEqual(['b::1', 'c', 'a::2']);
    await rest(gitlab, `PUT ${here}/issues/${iid}`, { body: { state_event: 'close' } });
  });

  it('are linked, seen from both ends, and unlinked', async () => {
    const links = async (path: string): Promise<any[]> => (await rest(gitlab, `GET ${path}/links`)).body;
    expect((await rest(gitlab, `POST ${here}/issues/1/links`, { body: { target_project_id: 'g/other', target_issue_iid: 1 } })).body).toMatchObject({ source_issue: { title: 'first' }, target_issue: { title: 'elsewhere' }, link_type: 'relates_to' });
    expect(await links(`${at('g/other')}/issues/1`)).toMatchObject([{ title: 'first', link_type: 'relates_to', issue_link_id: expect.any(Number) }]);
    const [{ issue_link_id: id }] = (await links(`${here}/issues/1`)) as [any];
    expect((await rest(gitlab, `GET ${at('g/other')}/issues/1/notes`)).body).toMatchObject([{ system: true, body: 'marked this issue as related to g/issues#1' }]);
    expect([(await rest(gitlab, `DELETE ${here}/issues/1/links/${id}`)).status, await links(`${at('g/other')}/issues/1`)]).toEqual([200, []]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, number]>([
    ['twice', { target_project_id: 'g/issues', target_issue_iid: 2 }, 409],
    ['with nothing', { target_project_id: 'g/issues', target_issue_iid: 99 }, 404],
    ['with itself', { target_project_id: 'g/issues', target_issue_iid: 3 }, 404],
    ['with what one may not see', { target_project_id: 'g/secret', target_issue_iid: 1 }, 404],
    ['in no way that there is', { target_project_id: 'g/other', target_issue_iid: 1, link_type: 'likes' }, 400],
    ['without saying with what', {}, 400],
  ])('are not linked %s', async (_name, body, status) => {
    await rest(gitlab, `POST ${here}/issues/3/links`, { body: { target_project_id: 'g/issues', target_issue_iid: 2 } });
    expect((await rest(gitlab, `POST ${here}/issues/3/links`, { token: gitlab.token, body })).status).toBe(status);
  });

  it('notes are their authors\', and GitLab\'s are nobody\'s', async () => {
    gitlab.add({ path: 'g/notes', files: {}, botAccess: 30 });
    const notes = `${at('g/notes')}/issues/1/notes`;
    await rest(gitlab, `POST ${at('g/notes')}/issues`, { body: { title: 'broken', issue_type: 'incident' } });
    const { id } = (await rest(gitlab, `POST ${notes}`, { body: { body: 'mine' } })).body;
    const { id: ofTheBot } = (await rest(gitlab, `POST ${notes}`, { token: gitlab.token, body: { body: 'the bot\'s' } })).body;
    await rest(gitlab, `PUT ${at('g/notes')}/issues/1`, { body: { state_event: 'close' } });
    const system = gitlab.project('g/notes').issues[0]!.notes.at(-1)!.id;
    const status = async (line: string, token: string): Promise<number> => (await rest(gitlab, line, { token, body: { body: 'changed' } })).status;
    expect(await status(`PUT ${notes}/${id}`, gitlab.token)).toBe(403);
    expect(await status(`PUT ${notes}/${ofTheBot}`, gitlab.token)).toBe(200);
    expect(await status(`DELETE ${notes}/${ofTheBot}`, gitlab.maintainerToken)).toBe(204);
    expect(await status(`DELETE ${notes}/${system}`, gitlab.maintainerToken)).toBe(403);
  });
});
