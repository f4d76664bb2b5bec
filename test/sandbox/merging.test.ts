import type { GitLab } from './gitlab/index.ts';
import type { ProjectSpec } from './gitlab/spec.ts';
import { at, openGitLab, rest } from './rest.ts';

const files = { 'a.txt': 'a\n' };

/** A project with a branch and a merge request of it. */
async function opened(gitlab: GitLab, spec: ProjectSpec): Promise<any> {
  gitlab.add({ files, ...spec });
  gitlab.commit(spec.path, { 'b.txt': 'b\n' }, 'topic');
  return (await rest(gitlab, `POST ${at(spec.path)}/merge_requests`, { token: gitlab.token, body: { source_branch: 'topic', title: 'topic' } })).body;
}

describe('settings, approvals, threads and pipelines', () => {
  let gitlab: GitLab;

  beforeAll(async () => {
    gitlab = await openGitLab([], { users: [{ username: 'ada', token: 'token-of-ada' }] });
  });
  afterAll(() => gitlab.close());

  it.each<[string, ProjectSpec, Readonly<Record<string, unknown>>, string]>([
    ['pipelines must succeed', { path: 's/red', ci: 'failed' }, { only_allow_merge_if_pipeline_succeeds: true }, 'ci_must_pass'],
    ['they need not', { path: 's/red-off', ci: 'failed', pipelinesMustSucceed: true }, { only_allow_merge_if_pipeline_succeeds: false }, 'mergeable'],
    ['skipped ones do not count', { path: 's/skipped', ci: 'skipped', pipelinesMustSucceed: true }, {}, 'ci_must_pass'],
    ['skipped ones count', { path: 's/skipped-on', ci: 'skipped', pipelinesMustSucceed: true }, { allow_merge_on_skipped_pipeline: true }, 'mergeable'],
    ['merge requests must be on top', { path: 's/ff' }, { merge_method: 'ff' }, 'need_rebase'],
  ])('%s', async (_name, spec, settings, status) => {
    await opened(gitlab, spec);
    gitlab.commit(spec.path, { 'main.txt': 'm\n' });
    expect((await rest(gitlab, `PUT ${at(spec.path)}`, { body: settings })).body).toMatchObject(settings);
    expect((await rest(gitlab, `GET ${at(spec.path)}/merge_requests/1`)).body.detailed_merge_status).toBe(status);
  });

  it.each<[string, number, Readonly<Record<string, unknown>>, number]>([
    ['a Developer changes settings', 30, { merge_method: 'ff' }, 403],
    ['a Maintainer does', 40, { merge_method: 'ff' }, 200],
    ['a setting gets a value that it has not', 40, { merge_method: 'squash' }, 400],
  ])('%s', async (name, botAccess, body, status) => {
    const path = `r/${name.replaceAll(' ', '-')}`;
    gitlab.add({ path, files, botAccess });
    expect((await rest(gitlab, `PUT ${at(path)}`, { token: gitlab.token, body })).status).toBe(status);
  });

  it.each<[string, boolean | undefined, boolean, string[]]>([
    ['the project\'s way', undefined, true, ['main']],
    ['the project\'s other way', undefined, false, ['main', 'topic']],
    ['its own way', false, true, ['main', 'topic']],
  ])('the branch goes %s', async (name, own, setting, branches) => {
    const path = `b/${name.replaceAll(/\W/g, '-')}`;
    gitlab.add({ path, files });
    gitlab.commit(path, { 'b.txt': 'b\n' }, 'topic');
    await rest(gitlab, `PUT ${at(path)}`, { body: { remove_source_branch_after_merge: setting } });
    await rest(gitlab, `POST ${at(path)}/merge_requests`, { body: { source_branch: 'topic', title: 't', ...(own === undefined ? {} : { remove_source_branch: own }) } });
    expect((await rest(gitlab, `PUT ${at(path)}/merge_requests/1/merge`, { body: {} })).status).toBe(200);
    expect(gitlab.branches(path)).toEqual(branches);
  });

  it('an open thread holds a merge up until it is resolved', async () => {
    const path = at('t/threads');
    await opened(gitlab, { path: 't/threads', discussionsMustBeResolved: true });
    const { id } = (await rest(gitlab, `POST ${path}/merge_requests/1/discussions`, { body: { body: 'why?' } })).body;
    await rest(gitlab, `POST ${path}/merge_requests/1/notes`, { body: { body: 'a remark' } });
    expect((await rest(gitlab, `GET ${path}/merge_requests/1/discussions`)).body).toMatchObject([{ id, individual_note: false, notes: [{ body: 'why?', resolvable: true, resolved: false }] }, { individual_note: true, notes: [{ body: 'a remark', resolvable: false }] }]);
    expect((await rest(gitlab, `PUT ${path}/merge_requests/1/merge`, { body: {} })).status).toBe(405);
    expect((await rest(gitlab, `GET ${path}/merge_requests/1`)).body).toMatchObject({ detailed_merge_status: 'discussions_not_resolved', blocking_discussions_resolved: false });
    await rest(gitlab, `PUT ${path}/merge_requests/1/discussions/${id}`, { body: { resolved: true } });
    expect((await rest(gitlab, `PUT ${path}/merge_requests/1/merge`, { body: {} })).status).toBe(200);
  });

  it('a rule that names people waits for them', async () => {
    const path = at('a/rules');
    await opened(gitlab, { path: 'a/rules', approvalsRequired: 1, members: { ada: 30 }, approvalRules: [{ name: 'Ada', required: 1, approvers: ['ada'] }, { name: 'elsewhere', required: 1, branches: ['release'] }] });
    expect((await rest(gitlab, `GET ${path}/approval_rules`)).body).toMatchObject([{ name: 'All Members', rule_type: 'any_approver', approvals_required: 1 }, { name: 'Ada', rule_type: 'regular', eligible_approvers: [{ username: 'ada' }] }, { name: 'elsewhere' }]);
    expect((await rest(gitlab, `GET ${path}/approvals`)).body).toMatchObject({ approvals_before_merge: 1 });
    const left = async (token: string): Promise<any> => (await rest(gitlab, `POST ${path}/merge_requests/1/approve`, { token })).body;
    expect(await left(gitlab.maintainerToken)).toMatchObject({ approvals_required: 2, approvals_left: 1, approved: false });
    expect((await rest(gitlab, `GET ${path}/merge_requests/1`)).body.detailed_merge_status).toBe('not_approved');
    expect(await left('token-of-ada')).toMatchObject({ approvals_left: 0, approved: true });
  });

  it.each<[string, Partial<ProjectSpec>, unknown, number]>([
    ['roles', { pushAccess: 40, mergeAccess: 30 }, { push_access_levels: [{ access_level: 40, access_level_description: 'Maintainers' }], merge_access_levels: [{ access_level: 30, access_level_description: 'Developers + Maintainers' }] }, 200],
    ['nobody', { pushAccess: 0, mergeAccess: 0 }, { merge_access_levels: [{ access_level: 0, access_level_description: 'No one' }] }, 401],
    ['a person', { mergeAccess: 40, mergeUsers: ['ada'], botAccess: 30 }, { merge_access_levels: [{ access_level: 40 }, { user_id: expect.any(Number) }] }, 401],
    ['the bot by name', { mergeAccess: 40, mergeUsers: ['renovate-bot'], botAccess: 30 }, { merge_access_levels: [{ access_level: 40 }, { user_id: 1 }] }, 200],
  ])('main is protected for %s', async (name, spec, shown, status) => {
    const path = `p/${name.replaceAll(' ', '-')}`;
    await opened(gitlab, { path, ...spec });
    expect((await rest(gitlab, `GET ${at(path)}/protected_branches`)).body).toMatchObject([{ name: 'main', ...(shown as object) }]);
    expect((await rest(gitlab, `PUT ${at(path)}/merge_requests/1/merge`, { token: gitlab.token, body: {} })).status).toBe(status);
  });

  it('main can be without protection', async () => {
    gitlab.add({ path: 'p/open', files, mainProtected: false, botAccess: 30 });
    expect((await rest(gitlab, `GET ${at('p/open')}/protected_branches`)).body).toEqual([]);
    expect((await rest(gitlab, `GET ${at('p/open')}/repository/branches/main`, { token: gitlab.token })).body).toMatchObject({ protected: false, can_push: true });
  });

  it.each<[NonNullable<ProjectSpec['ciSource']>, string[], string]>([
    ['push', ['push main', 'push other', 'push topic', 'push topic'], 'push'],
    ['merge_request_event', ['merge_request_event refs/merge-requests/1/head', 'merge_request_event refs/merge-requests/1/head', 'push main'], 'merge_request_event'],
  ])('pipelines come with %s', async (ciSource, pipelines, source) => {
    const path = `c/${ciSource}`;
    await opened(gitlab, { path, ciSource, ci: 'running' });
    gitlab.commit(path, { 'c.txt': 'c\n' }, 'topic');
    gitlab.commit(path, { 'c.txt': 'c\n' }, 'other');
    gitlab.commit(path, { 'c.txt': 'c\n' });
    expect((await rest(gitlab, `GET ${at(path)}/pipelines`)).body.map((pipeline: any) => `${pipeline.source} ${pipeline.ref}`).sort()).toEqual(pipelines);
    expect((await rest(gitlab, `GET ${at(path)}/merge_requests/1`)).body.head_pipeline).toMatchObject({ source, status: 'running' });
    gitlab.finishPipelines(path, 'success', 'topic');
    const { head_pipeline: head } = (await rest(gitlab, `GET ${at(path)}/merge_requests/1`)).body;
    expect((await rest(gitlab, `GET ${at(path)}/pipelines/${head.id}`)).body).toMatchObject({ status: 'success', user: { username: 'maintainer' } });
    expect((await rest(gitlab, `GET ${at(path)}/pipelines/${head.id}/jobs`)).body).toMatchObject([{ name: 'check', status: 'success', pipeline: { id: head.id } }]);
    expect((await rest(gitlab, `GET ${at(path)}/pipelines?source=${source}&status=success`)).body.map(({ id }: any) => id)).toContain(head.id);
  });
});
