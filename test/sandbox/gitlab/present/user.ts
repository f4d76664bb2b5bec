import type { AccessToken, Note, StateEvent, User } from '../state.ts';
import { isActive } from '../accounts.ts';

/** GitLab's own field names, as far as Renovate and this project read them. */
export type Fields = Readonly<Record<string, unknown>>;

export function presentUser({ id, username, name }: User): Fields {
  return { id, username, name, state: 'active', locked: false, avatar_url: null };
}

export function presentToken(token: AccessToken): Fields {
  const { id, user, scopes, createdAt, expiresAt, revoked } = token;
  return { id, name: `token of ${user.username}`, description: null, revoked, created_at: createdAt, scopes, user_id: user.id, last_used_at: null, active: isActive(token), expires_at: expiresAt };
}

export function presentNote({ id, author, body, createdAt, updatedAt, system, resolved }: Note): Fields {
  return { id, type: resolved === null ? null : 'DiscussionNote', body, author: presentUser(author), created_at: createdAt, updated_at: updatedAt, system, resolvable: resolved !== null, ...(resolved === null ? {} : { resolved }), internal: false, confidential: false };
}

export function presentDiscussion(id: string, notes: readonly Note[]): Fields {
  return { id, individual_note: notes.every(({ resolved }) => resolved === null), notes: notes.map(presentNote) };
}

export function presentStateEvent({ id, user, createdAt, state }: StateEvent, issue: number): Fields {
  return { id, user: presentUser(user), created_at: createdAt, resource_type: 'Issue', resource_id: issue, state };
}
