import * as z from 'zod';
import { REVERT_LABEL } from '../incidents/labels.ts';
import type { Reason } from './job.ts';

/** What the service reads of GitLab's webhook events (https://docs.gitlab.com/user/project/integrations/webhook_events/); everything else is ignored. Texts are compared and never kept. */

/** GitLab's own rule for paths: nothing in them that a glob, a shell or a page would read otherwise. */
const ProjectPath = z.string().max(1_000).regex(/^[\w.-]+(?:\/[\w.-]+)+$/);
const Project = z.object({ path_with_namespace: ProjectPath, default_branch: z.string().nullish() });
const User = z.object({ id: z.number().nullish(), username: z.string().nullish() }).nullish();
const Labels = z.array(z.object({ title: z.string() })).nullish();
const Changes = z.object({ description: z.object({ previous: z.string().nullish(), current: z.string().nullish() }).nullish(), labels: z.object({ previous: Labels, current: Labels }).nullish() }).nullish();

const Event = z.discriminatedUnion('object_kind', [
  z.object({ object_kind: z.literal('push'), ref: z.string(), after: z.string().nullish(), user_id: z.number().nullish(), project: Project }),
  // incidents come as issues, or by their newer name as work items
  z.object({ object_kind: z.enum(['issue', 'incident', 'work_item']), user: User, project: Project, object_attributes: z.object({ title: z.string(), type: z.string().nullish(), action: z.string().nullish(), author_id: z.number().nullish() }), changes: Changes }),
  z.object({ object_kind: z.literal('merge_request'), user: User, project: Project, object_attributes: z.object({ source_branch: z.string(), action: z.string().nullish(), author_id: z.number().nullish() }), changes: Changes }),
]);
type Event = z.infer<typeof Event>;

const Kind = z.object({ object_kind: z.string() });

export interface Wish {
  readonly project: string;
  readonly reason: Reason;
}

/** By what the service knows its own. */
export interface Own {
  /** Ids of the users that Renovate acts as; empty as long as GitLab has not told them. */
  readonly bots: ReadonlySet<number>;
  /** `dependencyDashboardTitle` of Renovate. */
  readonly dashboard: string;
  /** `branchPrefix` of Renovate. */
  readonly branchPrefix: string;
}

/** Whether an event asks for a run; null when it does not. `unreadable` for what is no event of GitLab. */
export function wishOf(body: unknown, own: Own): Wish | null | 'unreadable' {
  const kind = Kind.safeParse(body);
  if (!kind.success) return 'unreadable';
  if (!['push', 'issue', 'incident', 'work_item', 'merge_request'].includes(kind.data.object_kind)) return null;
  const event = Event.safeParse(body);
  if (!event.success) return 'unreadable';
  const reason = reasonOf(event.data, own);
  return reason === null ? null : { project: event.data.project.path_with_namespace, reason };
}

function reasonOf(event: Event, own: Own): Reason | null {
  switch (event.object_kind) {
    case 'push':
      return pushReason(event, own);
    case 'issue':
    case 'incident':
    case 'work_item':
      return issueReason(event, own);
    case 'merge_request':
      return mergeRequestReason(event, own);
  }
}

/** The bot's own merges come as events of their merge requests. */
function pushReason({ ref, after, user_id: user, project }: Extract<Event, { object_kind: 'push' }>, { bots }: Own): Reason | null {
  const deleted = /^0+$/.test(after ?? '');
  return ref === `refs/heads/${project.default_branch}` && !deleted && !isBot(user, bots) ? 'push' : null;
}

/** Who opened or closed an incident is no matter: mostly GitLab itself did. */
const OF_INCIDENTS = ['open', 'close', 'reopen'];

function issueReason({ object_kind: kind, user, object_attributes: { title, type, action, author_id: author }, changes }: Extract<Event, { object_kind: 'issue' | 'incident' | 'work_item' }>, { bots, dashboard }: Own): Reason | null {
  if (kind === 'incident' || type?.toLowerCase() === 'incident') return OF_INCIDENTS.includes(action ?? '') || (action === 'update' && isRevertAsked(changes)) ? 'incident' : null;
  const ours = bots.size === 0 ? title === dashboard : isBot(author, bots);
  return ours && action === 'update' && !isBot(user?.id, bots) && newlyTicked(changes).length > 0 ? 'dashboard' : null;
}

/** By a label, which the program itself puts on merge requests only. */
function isRevertAsked(changes: z.infer<typeof Changes>): boolean {
  const { previous, current } = changes?.labels ?? {};
  const has = (labels: z.infer<typeof Labels>): boolean => labels?.some(({ title }) => title === REVERT_LABEL) ?? false;
  return has(current) && !has(previous);
}

function mergeRequestReason({ user, object_attributes: { source_branch: branch, action, author_id: author }, changes }: Extract<Event, { object_kind: 'merge_request' }>, { bots, branchPrefix }: Own): Reason | null {
  if (!branch.startsWith(branchPrefix) && !isBot(author, bots)) return null;
  // whoever merged it: GitLab does it in the bot's name when a pipeline ends, and the next update may come now
  if (action === 'merge') return 'merged';
  // what the bot does to its merge requests it does in a run
  if (isBot(user?.id, bots)) return null;
  if (action === 'close') return 'closed';
  return action === 'update' && newlyTicked(changes).includes('rebase-check') ? 'rebase' : null;
}

function isBot(id: number | null | undefined, bots: ReadonlySet<number>): boolean {
  return typeof id === 'number' && bots.has(id);
}

/**
 * Renovate reads a checkbox by the comment behind it: ` - [x] <!-- approve-branch=renovate/x-1.x -->`, ` - [x] <!-- rebase-all-open-prs -->`, ` - [x] <!-- rebase-check -->`
 * (workers/repository/dependency-dashboard.js and modules/platform/pr-body.js, 44.121.2).
 */
function newlyTicked(changes: z.infer<typeof Changes>): string[] {
  const before = new Set(tickedIn(changes?.description?.previous ?? ''));
  return tickedIn(changes?.description?.current ?? '').filter((name) => !before.has(name));
}

function tickedIn(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const name = /^ {0,8}- \[x\] <!-- (?<name>[^>]{1,300}?) -->/.exec(line)?.groups?.['name'];
    return name === undefined ? [] : [name];
  });
}
