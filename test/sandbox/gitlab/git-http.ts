import { serveGit, type Files } from '../git.ts';
import { text, type Answer, type Request } from '../loopback.ts';
import { accessOf, DEVELOPER, isActive, mayPush, tokenOf } from './accounts.ts';
import { afterPush } from './merging.ts';
import { mayTransfer } from './scopes.ts';
import type { State } from './state.ts';

/** git over HTTP: members only, main by role. Hidden refs refuse a push ("deny updating a hidden ref"), which spares a hook. */
export async function gitAnswer(state: State, request: Request): Promise<Answer> {
  const path = decodeURIComponent(request.url.pathname);
  const project = state.projects.find((candidate) => path.startsWith(`/${candidate.path}.git/`));
  const token = tokenOf(state, passwordOf(request));
  const writes = `${path}${request.url.search}`.endsWith('git-receive-pack');
  if (token === null || !isActive(token)) return { ...text(401, 'HTTP Basic: Access denied'), headers: { 'www-authenticate': 'Basic realm="GitLab"' } };
  const access = project === undefined ? 0 : accessOf(state, project, token.user);
  if (project === undefined || access === 0) return text(404, 'The project you were looking for could not be found');
  if (!mayTransfer(token.scopes, writes)) return text(403, 'HTTP Basic: Access denied. The token lacks the scope');
  if (writes && (access < DEVELOPER || project.settings.archived)) return text(403, 'You are not allowed to push code to this project');
  const hidden: Files = mayPush(state, project, 'main', token.user) ? {} : { 'receive.hideRefs': 'refs/heads/main' };
  const answer = await serveGit(state.root, path, request, hidden);
  if (writes && request.method === 'POST') afterPush(state, project, token.user);
  return answer;
}

function passwordOf({ headers }: Request): string {
  const [, encoded = ''] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString().split(':').slice(1).join(':');
}
