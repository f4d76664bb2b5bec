import { presentUser } from '../present.ts';
import { inProject, ok, refused, type Call, type Routes } from '../router.ts';
import { accessOf, type Project, type User } from '../state.ts';

export const GITLAB_VERSION = '18.5.0';

export const userRoutes: Routes = {
  'GET /version': () => ok({ version: GITLAB_VERSION, revision: 'sandbox' }),
  'GET /user': ({ user }) => ok({ ...presentUser(user), email: user.email, commit_email: user.email, public_email: user.email, bot: false }),
  'GET /personal_access_tokens/self': ({ user }) => ok({ id: user.id, name: 'sandbox', active: true, revoked: false, scopes: ['api', 'write_repository'], user_id: user.id, expires_at: null }),
  'GET /users': ({ state, input }) => ok(people(state).filter(({ username }) => input['username'] === undefined || username === input['username']).map(presentUser)),
  'GET /users/:name/status': () => ok({ availability: null, emoji: null, message: null }),
  'GET /groups/:id/members': () => refused(404, 'Group Not Found'),
  'GET /projects/:id/members': inProject((call, project) => ok(members(call, project))),
  'GET /projects/:id/members/all': inProject((call, project) => ok(members(call, project))),
};

function people({ bot, maintainer }: Call['state']): User[] {
  return [bot, maintainer];
}

function members({ state }: Call, project: Project): unknown[] {
  return people(state)
    .map((user) => ({ ...presentUser(user), access_level: accessOf(state, project, user) }))
    .filter((member) => member.access_level > 0);
}
