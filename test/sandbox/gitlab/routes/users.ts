import { membersOf } from '../accounts.ts';
import { textOf } from '../input.ts';
import { presentToken, presentUser } from '../present/user.ts';
import { inProject, noContent, ok, refused, type Call, type Routes } from '../router.ts';
import type { Project } from '../state.ts';

export const GITLAB_VERSION = '18.5.0';

export const userRoutes: Routes = {
  'GET /version': () => ok({ version: GITLAB_VERSION, revision: 'sandbox' }),
  'GET /metadata': () => ok({ version: GITLAB_VERSION, revision: 'sandbox', kas: { enabled: false, externalUrl: null, version: null }, enterprise: false }),
  'GET /user': ({ user }) => ok({ ...presentUser(user), email: user.email, commit_email: user.email, public_email: user.email, bot: user.bot }),
  'GET /personal_access_tokens/self': ({ token }) => ok(presentToken(token)),
  'DELETE /personal_access_tokens/self': ({ token }) => {
    token.revoked = true;
    return noContent;
  },
  'GET /users': ({ state, input }) => ok(state.users.filter(({ username }) => [null, username].includes(textOf(input, 'username'))).map(presentUser)),
  'GET /users/:name/status': () => ok({ availability: null, emoji: null, message: null }),
  'GET /groups/:id/members': () => refused(404, 'Group Not Found'),
  'GET /projects/:id/members': inProject((call, project) => ok(members(call, project))),
  'GET /projects/:id/members/all': inProject((call, project) => ok(members(call, project))),
};

function members({ state }: Call, project: Project): unknown[] {
  return membersOf(state, project).map(([user, access]) => ({ ...presentUser(user), access_level: access, expires_at: null, membership_state: 'active' }));
}
