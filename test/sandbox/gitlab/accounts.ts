import { randomUUID } from 'node:crypto';
import type { UserSpec } from './spec.ts';
import { nextId, now, type AccessToken, type Project, type State, type User } from './state.ts';

/** Who asks, and what they may do. */
export const DEVELOPER = 30;
export const MAINTAINER = 40;

/** Another one for each sandbox: a test that looks for its token on the whole machine must not find its neighbour's. */
export function newToken(username: string): string {
  return `sandbox-token-of-${username}-${randomUUID()}`;
}

export function addUser(state: State, { username, token, name = username, scopes = ['api'], expiresAt = null, bot = false }: UserSpec): User {
  if (state.users.some((user) => user.username === username)) throw new Error(`two users ${username}`);
  const user = { id: nextId(state), username, name, email: `${username}@example.org`, bot };
  state.users.push(user);
  addToken(state, user, token, scopes, expiresAt);
  return user;
}

export function addToken(state: State, user: User, value: string, scopes: readonly string[], expiresAt: string | null = null): void {
  if (state.tokens.some((token) => token.value === value)) throw new Error('two users with one token');
  state.tokens.push({ id: nextId(state), value, user, scopes, createdAt: now(), expiresAt, revoked: false });
}

export function tokenOf(state: State, value: string): AccessToken | null {
  return state.tokens.find((token) => token.value === value) ?? null;
}

/** On its last day it is refused already. */
export function isExpired({ expiresAt }: AccessToken): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now();
}

export function isActive(token: AccessToken): boolean {
  return !token.revoked && !isExpired(token);
}

export function accessOf(state: State, project: Project, user: User): number {
  if (user === state.maintainer) return 50;
  return project.settings.members[user.username] ?? (user === state.bot ? project.settings.botAccess : 0);
}

export function membersOf(state: State, project: Project): readonly (readonly [User, number])[] {
  return state.users.map((user) => [user, accessOf(state, project, user)] as const).filter(([, access]) => access > 0);
}

export function isProtected({ settings }: Project, branch: string): boolean {
  return branch === 'main' && settings.mainProtected;
}

export function mayPush(state: State, project: Project, branch: string, user: User): boolean {
  return may(state, project, branch, user, project.settings.pushAccess, project.settings.pushUsers);
}

export function mayMerge(state: State, project: Project, branch: string, user: User): boolean {
  return may(state, project, branch, user, project.settings.mergeAccess, project.settings.mergeUsers);
}

function may(state: State, project: Project, branch: string, user: User, level: number, named: readonly string[]): boolean {
  const access = accessOf(state, project, user);
  return isProtected(project, branch) ? reaches(access, level) || (named.includes(user.username) && access >= DEVELOPER) : access >= DEVELOPER;
}

/** To start pipelines on a branch either right will do. */
export function mayUpdate(state: State, project: Project, branch: string, user: User): boolean {
  return mayPush(state, project, branch, user) || mayMerge(state, project, branch, user);
}

/** 0 is "No one". */
function reaches(access: number, level: number): boolean {
  return level > 0 && access >= level;
}
