import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ApprovalRule, Approvals, Branch, Hook, Incident, MergeRequest, Pipeline, PipelineSchedule, Project, ProtectedBranch, RelatedIssue, TokenSelf, TreeEntry, User, Version } from '../../runner/gitlab/schema.ts';
import { ROUTES } from './gitlab/routes/index.ts';
import { CORRECTIONS, LISTS, STATUSES } from './openapi-corrections.ts';
import { operationOf, violations, type Description, type Schema } from './openapi.ts';
import { rest } from './rest.ts';
import { EXAMPLES, lineOf, openWorld, type World } from './world.ts';

/** Every route that GitLab's own description knows is called, and its answer held against it and against those who read it. */
const file = fileURLToPath(new URL('../../../shared/gitlab-api/openapi_v2.subset.json', import.meta.url));
const description = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Description) : null;
const routes = Object.keys(ROUTES);
const described = description === null ? [] : routes.filter((route) => operationOf(description, route) !== null);

const definitions = { Thing: { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' }, labels: { type: 'string' }, at: { type: 'string', format: 'date-time' }, role: { type: 'string', enum: ['a', 'b'] }, on: { type: 'boolean' }, owner: { $ref: '#/definitions/Thing' } } } };
const corrections = [{ of: /^Thing$/, why: 'a list that is not marked', fields: { labels: { type: 'array', items: { type: 'string' } } } }];
const thing: Schema = { $ref: '#/definitions/Thing' };

describe('the checker', () => {
  it.each<[string, Schema, unknown, string[]]>([
    ['what is as described', thing, { id: 1, name: 'n', labels: ['l'], at: '2026-01-31T00:00:00Z', role: 'a', on: true, owner: { id: 2 } }, []],
    ['fields that are not described, and null', thing, { other: 1, name: null }, []],
    ['a number where text should be', thing, { name: 1 }, ['$.name: 1 is no string']],
    ['text where a number should be', thing, { id: '1' }, ['$.id: "1" is no integer']],
    ['a fraction', thing, { id: 1.5 }, ['$.id: 1.5 is no integer']],
    ['text where yes or no should be', thing, { on: 'true' }, ['$.on: "true" is no boolean']],
    ['no time', thing, { at: 'soon' }, ['$.at: "soon" is no date-time']],
    ['a word that is not foreseen', thing, { role: 'c' }, ['$.role: "c" is none of a, b']],
    ['a corrected field by the correction', thing, { labels: 'l' }, ['$.labels: no array']],
    ['something deep inside', { type: 'array', items: thing }, [{ owner: { owner: { id: 'x' } } }], ['$[0].owner.owner.id: "x" is no integer']],
    ['nothing', thing, null, ['$: null']],
    ['a list where one should be', thing, [], ['$: no object']],
    ['one where a list should be', { type: 'array', items: thing }, {}, ['$: no array']],
    ['a name that the description lacks', { $ref: '#/definitions/Other' }, {}, ['$: the description has no Other']],
  ])('finds %s', (_name, schema, value, found) => {
    expect(violations({ definitions, corrections }, schema, value)).toEqual(found);
  });
});

/** What this project's client reads; `without` are those fields that this answer does not have in GitLab either. */
const READ: Readonly<Record<string, { readonly schema: z.ZodType; readonly without?: readonly string[] }>> = {
  'GET /user': { schema: User, without: ['is_admin'] },
  'GET /version': { schema: Version },
  'GET /metadata': { schema: Version },
  'GET /personal_access_tokens/self': { schema: TokenSelf },
  'GET /projects': { schema: Project },
  'GET /groups/:id/projects': { schema: Project, without: ['permissions'] },
  'GET /projects/:id': { schema: Project },
  'GET /projects/:id/protected_branches': { schema: ProtectedBranch },
  'GET /projects/:id/approval_rules': { schema: ApprovalRule },
  'GET /projects/:id/repository/tree': { schema: TreeEntry },
  'GET /projects/:id/pipelines': { schema: Pipeline },
  'GET /projects/:id/pipeline_schedules': { schema: PipelineSchedule, without: ['variables'] },
  'GET /projects/:id/pipeline_schedules/:schedule': { schema: PipelineSchedule },
  'POST /projects/:id/pipeline_schedules': { schema: PipelineSchedule },
  'GET /projects/:id/merge_requests': { schema: MergeRequest, without: ['head_pipeline', 'user'] },
  'GET /projects/:id/merge_requests/:iid': { schema: MergeRequest },
  'GET /projects/:id/merge_requests/:iid/approvals': { schema: Approvals },
  'GET /projects/:id/hooks': { schema: Hook },
  'GET /projects/:id/repository/branches/:branch': { schema: Branch },
  'GET /projects/:id/issues': { schema: Incident },
  'GET /projects/:id/issues/:iid/links': { schema: RelatedIssue },
};

/** What Renovate 44.121.2 reads besides (lib/modules/platform/gitlab). */
const RENOVATE: Readonly<Record<string, readonly string[]>> = {
  'GET /user': ['name', 'email', 'commit_email'],
  'GET /projects': ['path_with_namespace', 'mirror', 'marked_for_deletion_at'],
  'GET /groups/:id/projects': ['path_with_namespace', 'mirror', 'marked_for_deletion_at'],
  'GET /projects/:id': ['archived', 'mirror', 'repository_access_level', 'merge_requests_access_level', 'default_branch', 'empty_repo', 'merge_method', 'merge_trains_enabled', 'squash_option', 'forked_from_project', 'http_url_to_repo', 'ssh_url_to_repo'],
  'GET /projects/:id/members': ['username', 'access_level'],
  'GET /users': ['id'],
  'GET /projects/:id/repository/files/:path': ['content'],
  'GET /projects/:id/repository/commits/:sha': ['last_pipeline'],
  'GET /projects/:id/repository/commits/:sha/statuses': ['status', 'name', 'allow_failure'],
  'GET /projects/:id/merge_requests': ['iid', 'title', 'description', 'state', 'source_branch', 'target_branch', 'created_at', 'updated_at', 'merge_status', 'detailed_merge_status', 'assignee', 'assignees', 'reviewers', 'labels', 'sha'],
  'GET /projects/:id/merge_requests/:iid': ['pipeline', 'head_pipeline', 'diverged_commits_count', 'merge_status', 'detailed_merge_status'],
  'POST /projects/:id/merge_requests': ['iid', 'title', 'source_branch', 'target_branch', 'state', 'sha'],
  'GET /projects/:id/merge_requests/:iid/approval_rules': ['id', 'name'],
  'GET /projects/:id/merge_requests/:iid/notes': ['id', 'body'],
  'GET /projects/:id/issues': ['iid', 'title', 'state', 'description'],
  'GET /projects/:id/issues/:iid': ['description'],
};

function keysOf(schema: z.ZodType): string[] {
  return Object.keys(((schema instanceof z.ZodPipe ? schema.in : schema) as z.ZodObject).shape);
}

describe('an answer has what its readers read', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.gitlab.close());

  it.each(Object.keys({ ...READ, ...RENOVATE }))('%s', async (route) => {
    const { status, body } = await rest(world.gitlab, lineOf(world, route), EXAMPLES[route]);
    const { schema = z.looseObject({}), without = [] } = READ[route] ?? {};
    const wanted = [...(READ[route] === undefined ? [] : keysOf(schema)), ...(RENOVATE[route] ?? [])].filter((key) => !without.includes(key));
    const entries = [body].flat() as Readonly<Record<string, unknown>>[];
    expect([200, 201]).toContain(status);
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.map((entry) => wanted.filter((key) => !(key in entry)))).toEqual(entries.map(() => []));
    expect(entries.map((entry) => schema.safeParse(entry).error?.message ?? null)).toEqual(entries.map(() => null));
  });

});

describe('an answer is as GitLab describes it', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.gitlab.close());

  it(description === null ? 'left out: ../shared is not here' : `${described.length} of ${routes.length} routes`, () => {
    expect(described.length > 40).toBe(description !== null);
    expect(Object.keys(EXAMPLES).filter((route) => !routes.includes(route))).toEqual([]);
  });

  (description === null ? [] : described).forEach((route) => {
    it(route, async () => {
      const { responses } = operationOf(description!, route)!;
      const { status, body } = await rest(world.gitlab, lineOf(world, route), EXAMPLES[route]);
      const documented = Object.keys(responses).filter((code) => code.startsWith('2')).map(Number);
      expect(STATUSES[route] === undefined ? documented : [STATUSES[route]]).toContain(status);
      const { schema } = responses[String(documented[0])] ?? {};
      const wanted = schema === undefined || schema.type === 'file' || status === 204 || status === 404 || route.startsWith('HEAD ') ? null : schema;
      const listed = wanted !== null && LISTS.has(route) ? { type: 'array', items: wanted } : wanted;
      expect(listed === null ? [] : violations({ definitions: description!.definitions, corrections: CORRECTIONS }, listed, body)).toEqual([]);
    });
  });
});
