import type { GitLab } from './gitlab/index.ts';
import { at, openGitLab, rest } from './rest.ts';

/** A GitLab with one of everything, and a spare one of what an example takes away. */
export interface World {
  readonly gitlab: GitLab;
  /** What stands for the parameters of a route, by name; those of the spare ones end in `!`. */
  readonly names: Readonly<Record<string, string>>;
}

const PATH = 'g/everything';
const SPARE_TOKEN = 'sandbox-token-to-be-revoked';

export async function openWorld(): Promise<World> {
  const gitlab = await openGitLab([{ path: PATH, files: { 'a.txt': 'a\n', 'folder/b.txt': 'b\n' }, tags: ['v1'], fork: true, topics: ['argocd'], pendingDeletion: '2026-01-31', approvalsRequired: 1, sharedWith: ['other'], ci: 'running', ciSource: 'merge_request_event', members: { spare: 30 } }], { users: [{ username: 'spare', token: SPARE_TOKEN }] });
  const post = async (path: string, body: unknown): Promise<any> => (await rest(gitlab, `POST ${at(PATH)}/${path}`, { body })).body;
  const postTwice = async (path: string, body: unknown): Promise<readonly [any, any]> => [await post(path, body), await post(path, body)];

  for (const branch of ['topic', 'waiting', 'free', 'spare']) gitlab.commit(PATH, { [`${branch}.txt`]: 'x\n' }, branch);
  for (const source_branch of ['topic', 'waiting']) await post('merge_requests', { source_branch, title: source_branch, labels: 'one', assignee_ids: [1], reviewer_ids: [2] });
  for (const title of ['first', 'second', 'third']) await post('issues', { title, labels: 'one' });
  for (const target_issue_iid of [2, 3]) await post('issues/1/links', { target_project_id: PATH, target_issue_iid });
  const links = (await rest(gitlab, `GET ${at(PATH)}/issues/1/links`)).body;
  const schedules = await postTwice('pipeline_schedules', { description: 'renovate', ref: 'main', cron: '0 4 * * *' });
  const others = (await rest(gitlab, `POST ${at(PATH)}/pipeline_schedules`, { token: SPARE_TOKEN, body: { description: 'theirs', ref: 'topic', cron: '0 4 * * *' } })).body;
  for (const key of ['KEY', 'SPARE']) await post(`pipeline_schedules/${schedules[0].id}/variables`, { key, value: 'v' });
  await post(`pipeline_schedules/${schedules[0].id}/play`, {});
  const hooks = await postTwice('hooks', { url: 'http://127.0.0.1:9/', token: 't' });
  const rules = await postTwice('merge_requests/1/approval_rules', { name: 'r', approvals_required: 0 });
  const notes = [...(await postTwice('merge_requests/1/notes', { body: 'n' })), ...(await postTwice('issues/1/notes', { body: 'n' }))];
  const thread = await post('merge_requests/1/discussions', { body: 'open' });
  await rest(gitlab, `PUT ${at(PATH)}/merge_requests/2/merge`, { body: { auto_merge: true } });
  const { sha } = gitlab.project(PATH).mergeRequests[0]!;
  await post(`statuses/${sha}`, { state: 'success', name: 'outside' });

  const names = {
    id: PATH,
    group: 'g',
    iid: '1',
    'iid!': '2',
    sha,
    branch: 'topic',
    'branch!': 'spare',
    path: 'folder/b.txt',
    name: 'main',
    key: 'KEY',
    'key!': 'SPARE',
    pipeline: gitlab.project(PATH).pipelines[0]!.id,
    link: links[0].issue_link_id,
    'link!': links[1].issue_link_id,
    schedule: schedules[0].id,
    'schedule!': schedules[1].id,
    'schedule of another': others.id,
    hook: hooks[0].id,
    'hook!': hooks[1].id,
    rule: rules[0].id,
    'rule!': rules[1].id,
    note: notes[0].id,
    'note!': notes[1].id,
    issueNote: notes[2].id,
    'issueNote!': notes[3].id,
    discussion: thread.id,
  };
  return { gitlab, names: Object.fromEntries(Object.entries(names).map(([name, value]) => [name, String(value)])) };
}

/** What a call needs besides its path: a document or a query, and parameters that are not the usual ones, by the name under which the world has them. */
export interface Example {
  readonly body?: unknown;
  readonly query?: string;
  readonly params?: Readonly<Record<string, string>>;
  /** The maintainer's when left out. */
  readonly token?: string;
}

/** Routes that need more than their parameters. What removes something removes the spare one. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  'DELETE /personal_access_tokens/self': { token: SPARE_TOKEN },
  'GET /groups/:id/projects': { params: { id: 'group' } },
  'PUT /projects/:id': { body: { only_allow_merge_if_pipeline_succeeds: false } },
  'GET /projects/:id/repository/files/:path': { query: 'ref=main' },
  'HEAD /projects/:id/repository/files/:path': { query: 'ref=main' },
  'POST /projects/:id/repository/branches': { body: { branch: 'new', ref: 'main' } },
  'DELETE /projects/:id/repository/branches/:branch': { params: { branch: 'branch!' } },
  'POST /projects/:id/repository/commits': { body: { branch: 'written', start_branch: 'main', commit_message: 'm', actions: [{ action: 'create', file_path: 'c.txt', content: 'c' }] } },
  'POST /projects/:id/statuses/:sha': { body: { state: 'success', name: 'outside' } },
  'GET /projects/:id/repository/compare': { query: 'from=main&to=topic' },
  'POST /projects/:id/pipeline_schedules': { body: { description: 'd', ref: 'main', cron: '0 4 * * *' } },
  'PUT /projects/:id/pipeline_schedules/:schedule': { body: { cron: '0 5 * * *' } },
  'POST /projects/:id/pipeline_schedules/:schedule/take_ownership': { params: { schedule: 'schedule of another' } },
  'DELETE /projects/:id/pipeline_schedules/:schedule': { params: { schedule: 'schedule!' } },
  'POST /projects/:id/pipeline_schedules/:schedule/variables': { body: { key: 'NEW', value: 'v' } },
  'PUT /projects/:id/pipeline_schedules/:schedule/variables/:key': { body: { value: 'w' } },
  'DELETE /projects/:id/pipeline_schedules/:schedule/variables/:key': { params: { key: 'key!' } },
  'POST /projects/:id/merge_requests': { body: { source_branch: 'free', title: 'free' } },
  'PUT /projects/:id/merge_requests/:iid': { body: { title: 'changed' } },
  'PUT /projects/:id/merge_requests/:iid/merge': { body: { auto_merge: true } },
  'POST /projects/:id/merge_requests/:iid/cancel_merge_when_pipeline_succeeds': { params: { iid: 'iid!' } },
  'POST /projects/:id/issues/:iid/links': { params: { iid: 'iid!' }, body: { target_project_id: PATH, target_issue_iid: 3 } },
  'DELETE /projects/:id/issues/:iid/links/:link': { params: { link: 'link!' } },
  'POST /projects/:id/hooks': { body: { url: 'http://127.0.0.1:9/' } },
  'PUT /projects/:id/hooks/:hook': { body: { url: 'http://127.0.0.1:9/' } },
  'DELETE /projects/:id/hooks/:hook': { params: { hook: 'hook!' } },
};

/** `GET projects/g%2Feverything/…` for a route. */
export function lineOf({ names }: World, route: string): string {
  const { query, params = {} } = EXAMPLES[route] ?? {};
  const path = route.replaceAll(/:(\w+)/g, (_all, name: string) => encodeURIComponent(names[params[name] ?? name] ?? ''));
  return query === undefined ? path : `${path}?${query}`;
}
