import { accessOf } from '../accounts.ts';
import { textOf } from '../input.ts';
import { addNote } from '../notes.ts';
import { presentLink, presentRelated } from '../present/issue.ts';
import { findProject } from '../projects.ts';
import { created, invalid, ok, refused, type Call, type Handler, type Reply, type Routes } from '../router.ts';
import { nextId, now, type Issue, type IssueLink, type Project, type User } from '../state.ts';
import { onIssue } from './issues.ts';

export const issueLinkRoutes: Routes = {
  'GET /projects/:id/issues/:iid/links': onIssue((call, _project, issue) => ok(linksOf(call, issue).map((link) => presentRelated(link, issue, call.origin)))),
  'POST /projects/:id/issues/:iid/links': onIssue(create),
  'GET /projects/:id/issues/:iid/links/:link': onLink((call, link) => ok(presentLink(link, call.origin))),
  'DELETE /projects/:id/issues/:iid/links/:link': onLink((call, link) => {
    call.state.links.splice(call.state.links.indexOf(link), 1);
    return ok(presentLink(link, call.origin));
  }),
};

const TYPES = ['relates_to', 'blocks', 'is_blocked_by'];

/** Those whose other issue the caller may see. */
function linksOf({ state, user }: Call, issue: Issue): IssueLink[] {
  return state.links.filter(({ source, target }) => (source.issue === issue || target.issue === issue) && accessOf(state, source.project, user) > 0 && accessOf(state, target.project, user) > 0);
}

function onLink(handler: (call: Call, link: IssueLink) => Reply): Handler {
  return onIssue((call, _project, issue) => {
    const link = linksOf(call, issue).find(({ id }) => String(id) === call.params['link']);
    return link === undefined ? refused(404, 'Not found') : handler(call, link);
  });
}

function create(call: Call, project: Project, issue: Issue): Reply {
  const { state, user, input, origin } = call;
  const type = textOf(input, 'link_type') ?? 'relates_to';
  const missing = ['target_project_id', 'target_issue_iid'].filter((key) => textOf(input, key) === null);
  if (missing.length > 0) return invalid(missing.map((key) => `${key} is missing`).join(', '));
  if (!TYPES.includes(type)) return invalid('link_type does not have a valid value');
  const target = findProject(state, textOf(input, 'target_project_id')!);
  const other = target?.issues.find(({ iid }) => String(iid) === textOf(input, 'target_issue_iid'));
  if (target === null || other === undefined || other === issue || accessOf(state, target, user) === 0) return refused(404, 'Not found');
  if (linksOf(call, issue).some(({ source, target: end }) => source.issue === other || end.issue === other)) return refused(409, 'Issue(s) already assigned');
  const link: IssueLink = { id: nextId(state), type, createdAt: now(), source: { project, issue }, target: { project: target, issue: other } };
  state.links.push(link);
  remark(call, issue, user, project, target, other);
  remark(call, other, user, target, project, issue);
  return created(presentLink(link, origin));
}

function remark({ state }: Call, { notes, type }: Issue, user: User, here: Project, there: Project, { iid }: Issue): void {
  addNote(state, notes, user, `marked this ${type} as related to ${here === there ? '' : there.path}#${iid}`, { system: true });
}
