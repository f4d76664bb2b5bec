import { isCron, nextRun } from './gitlab/cron.ts';
import type { GitLab } from './gitlab/index.ts';
import { at, openGitLab, rest } from './rest.ts';

const here = `${at('g/ci')}/pipeline_schedules`;
const DEVELOPER = 'token-of-a-developer';
const schedule = { description: 'renovate', ref: 'topic', cron: '0 4 * * 1-5', cron_timezone: 'Europe/Berlin' };

describe('pipeline schedules', () => {
  let gitlab: GitLab;
  const made = async (body: Readonly<Record<string, unknown>> = {}, token = DEVELOPER): Promise<any> => (await rest(gitlab, `POST ${here}`, { token, body: { ...schedule, ...body } })).body;

  beforeAll(async () => {
    gitlab = await openGitLab([{ path: 'g/ci', files: { 'a.txt': 'a\n' }, tags: ['v1', 'topic-or-tag'], members: { dev: 30 }, botAccess: 40 }, { path: 'g/locked', files: { 'a.txt': 'a\n' }, variablesRole: 'no_one_allowed' }], { users: [{ username: 'dev', token: DEVELOPER }] });
    gitlab.commit('g/ci', { 'b.txt': 'b\n' }, 'topic');
    gitlab.commit('g/ci', { 'b.txt': 'b\n' }, 'topic-or-tag');
  });
  afterAll(() => gitlab.close());

  it('is made, and shown with and without its variables', async () => {
    const { id } = await made();
    await rest(gitlab, `POST ${here}/${id}/variables`, { token: DEVELOPER, body: { key: 'SHARD', value: '1' } });
    const shown = async (path: string, token: string): Promise<any> => (await rest(gitlab, `GET ${here}${path}`, { token })).body;
    expect(await shown(`/${id}`, DEVELOPER)).toMatchObject({ id, description: 'renovate', ref: 'refs/heads/topic', cron: '0 4 * * 1-5', cron_timezone: 'Europe/Berlin', active: true, owner: { username: 'dev' }, last_pipeline: null, variables: [{ key: 'SHARD', value: '1', variable_type: 'env_var' }] });
    expect((await shown('', DEVELOPER)).find((entry: any) => entry.id === id)).not.toHaveProperty('variables');
    expect(await shown(`/${id}`, gitlab.token)).toHaveProperty('variables');
    const { id: ofTheBot } = await made({}, gitlab.token);
    expect(await shown(`/${ofTheBot}`, DEVELOPER)).not.toHaveProperty('variables');
  });

  it.each<[string, Readonly<Record<string, unknown>>, unknown]>([
    ['no cron', { cron: '61 * * * *' }, { message: { cron: [' is invalid syntax'] } }],
    ['seconds', { cron: '0 0 4 * * *' }, { message: { cron: [' is invalid syntax'] } }],
    ['no timezone', { cron_timezone: 'Europe/Nowhere' }, { message: { cron_timezone: [' is invalid syntax'] } }],
    ['no branch', { ref: 'nothing' }, { message: { ref: ['does not exist'] } }],
    ['a branch and a tag', { ref: 'topic-or-tag' }, { message: { base: ['Ref is ambiguous'] } }],
    ['a protected branch', { ref: 'main' }, { message: { base: ['The current user is not authorized to create the pipeline schedule'] } }],
    ['nothing', { description: null, cron: null }, { error: 'description is missing, cron is missing' }],
  ])('refuses %s', async (_name, body, expected) => {
    expect(await rest(gitlab, `POST ${here}`, { token: DEVELOPER, body: { ...schedule, ...body } })).toMatchObject({ status: 400, body: expected });
  });

  it.each([
    ['topic', 'refs/heads/topic'],
    ['refs/heads/topic', 'refs/heads/topic'],
    ['v1', 'refs/tags/v1'],
    ['refs/tags/topic-or-tag', 'refs/tags/topic-or-tag'],
  ])('keeps %s as %s', async (ref, kept) => {
    expect((await made({ ref })).ref).toBe(kept);
  });

  it.each<[string, 'the owner' | 'a Maintainer' | 'another Developer', string, number]>([
    ['edited', 'the owner', 'PUT :id', 200],
    ['edited', 'a Maintainer', 'PUT :id', 403],
    ['edited', 'another Developer', 'PUT :id', 403],
    ['given a variable', 'a Maintainer', 'POST :id/variables', 403],
    ['robbed of a variable', 'a Maintainer', 'DELETE :id/variables/OLD', 202],
    ['taken over', 'the owner', 'POST :id/take_ownership', 200],
    ['taken over', 'a Maintainer', 'POST :id/take_ownership', 201],
    ['taken over', 'another Developer', 'POST :id/take_ownership', 403],
    ['played', 'another Developer', 'POST :id/play', 201],
    ['deleted', 'a Maintainer', 'DELETE :id', 204],
    ['deleted', 'another Developer', 'DELETE :id', 403],
  ])('is %s by %s: %s %s', async (_what, who, line, status) => {
    gitlab.project('g/ci').settings.members = { dev: 30, other: 30 };
    const { id } = await made();
    gitlab.project('g/ci').schedules.find((entry) => entry.id === id)!.variables.push({ key: 'OLD', value: 'o', type: 'env_var' });
    gitlab.project('g/ci').settings.botAccess = who === 'a Maintainer' ? 40 : 30;
    const token = { 'the owner': DEVELOPER, 'a Maintainer': gitlab.token, 'another Developer': gitlab.token }[who];
    const [method, path] = line.split(' ');
    expect((await rest(gitlab, `${method} ${here}/${path!.replace(':id', String(id))}`, { token, body: { key: 'NEW', value: 'v', cron: '0 5 * * *' } })).status).toBe(status);
  });

  it('whoever took it over edits it', async () => {
    gitlab.project('g/ci').settings.botAccess = 40;
    const { id } = await made();
    await rest(gitlab, `POST ${here}/${id}/take_ownership`, { token: gitlab.token });
    expect((await rest(gitlab, `PUT ${here}/${id}`, { token: gitlab.token, body: { active: false, ref: 'refs/heads/main' } })).body).toMatchObject({ owner: { username: 'renovate-bot' }, active: false, ref: 'refs/heads/main', cron: schedule.cron });
    expect((await rest(gitlab, `PUT ${here}/${id}`, { token: DEVELOPER, body: {} })).status).toBe(403);
  });

  it('plays a pipeline of source schedule with its variables', async () => {
    const { id } = await made();
    await rest(gitlab, `POST ${here}/${id}/variables`, { token: DEVELOPER, body: { key: 'SHARD', value: '1' } });
    expect((await rest(gitlab, `POST ${here}/${id}/play`, { token: DEVELOPER })).body).toEqual({ message: '201 Created' });
    const { last_pipeline: pipeline } = (await rest(gitlab, `GET ${here}/${id}`)).body;
    expect((await rest(gitlab, `GET ${at('g/ci')}/pipelines?source=schedule&ref=topic`)).body[0]).toMatchObject({ id: pipeline.id, source: 'schedule', status: 'success' });
    expect((await rest(gitlab, `GET ${at('g/ci')}/pipelines/${pipeline.id}/variables`)).body).toMatchObject([{ key: 'SHARD', value: '1' }]);
    expect((await rest(gitlab, `GET ${here}/${id}/pipelines`)).body).toHaveLength(1);
  });

  it('variables are changed, removed, and kept from everybody where the project says so', async () => {
    const { id } = await made();
    const call = async (line: string, body: unknown = {}): Promise<number> => (await rest(gitlab, line, { token: DEVELOPER, body })).status;
    const path = `${here}/${id}/variables`;
    expect([await call(`POST ${path}`, { key: 'A', value: '1' }), await call(`POST ${path}`, { key: 'A', value: '1' }), await call(`POST ${path}`, { key: 'A B', value: '1' })]).toEqual([201, 400, 400]);
    expect([await call(`PUT ${path}/A`, { value: '2' }), await call(`PUT ${path}/B`, { value: '2' }), await call(`DELETE ${path}/A`), await call(`DELETE ${path}/A`)]).toEqual([200, 404, 202, 404]);
    const locked = `${at('g/locked')}/pipeline_schedules`;
    const other = (await rest(gitlab, `POST ${locked}`, { body: { ...schedule, ref: 'main' } })).body;
    expect((await rest(gitlab, `POST ${locked}/${other.id}/variables`, { body: { key: 'A', value: '1' } })).status).toBe(403);
  });
});

describe('crons', () => {
  const now = new Date('2026-03-06T12:00:00Z');

  it.each([
    ['0 4 * * *', 'UTC', '2026-03-07T04:03:00.000Z'],
    ['3 4 * * *', 'UTC', '2026-03-07T04:03:00.000Z'],
    ['4 4 * * *', 'UTC', '2026-03-07T04:13:00.000Z'],
    ['0 4 * * *', 'Europe/Berlin', '2026-03-07T03:03:00.000Z'],
    ['0 4 * * 1-5', 'UTC', '2026-03-09T04:03:00.000Z'],
    ['@daily', 'UTC', '2026-03-07T00:03:00.000Z'],
  ])('%s in %s runs when GitLab looks next: %s', (cron, timezone, next) => {
    expect(nextRun(cron, timezone, now)).toBe(next);
  });

  it.each<[string, boolean]>([
    ['*/10 0-6 1,15 * MON', true],
    [' 0 4 * * * ', true],
    ['@weekly', true],
    ['@reboot', false],
    ['0 4 * *', false],
    ['0 4 31 2 *', false],
    ['every day', false],
    ['', false],
  ])('"%s" is one: %s', (cron, expected) => {
    expect(isCron(cron)).toBe(expected);
  });
});
