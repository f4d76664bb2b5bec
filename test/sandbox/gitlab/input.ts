import type { Input } from './router.ts';
import type { State, User } from './state.ts';

/** Reading what a client sent: JSON documents, query strings and lists in both of GitLab's forms. */
export function textOf(input: Input, key: string): string | null {
  const value = input[key];
  return value === undefined || value === null ? null : String(value);
}

export function flagOf(input: Input, key: string): boolean {
  return input[key] === true || input[key] === 'true' || input[key] === '1';
}

/** `a,b` or a list; null when it is not there. */
export function listOf(input: Input, key: string): string[] | null {
  const value = input[key];
  if (value === undefined || value === null) return null;
  return (Array.isArray(value) ? value.map(String) : String(value).split(',')).map((part) => part.trim()).filter(Boolean);
}

export function usersOf(state: State, input: Input, key: string): User[] | null {
  return listOf(input, key)?.flatMap((id) => [state.bot, state.maintainer].filter((user) => String(user.id) === id)) ?? null;
}

/** The labels after `labels`, `add_labels` and `remove_labels`. */
export function labelsAfter(labels: readonly string[], input: Input): string[] {
  const removed = new Set(listOf(input, 'remove_labels') ?? []);
  const all = [...(listOf(input, 'labels') ?? labels), ...(listOf(input, 'add_labels') ?? [])];
  return [...new Set(all)].filter((label) => !removed.has(label));
}

interface Listed {
  readonly iid: number;
  readonly state: string;
  readonly author: User;
  readonly labels: readonly string[];
  readonly title: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The filters and orders that lists of issues and of merge requests have in common. */
export function filtered<T extends Listed>(entries: readonly T[], input: Input, user: User): T[] {
  const state = textOf(input, 'state') ?? 'all';
  const labels = listOf(input, 'labels') ?? [];
  const search = textOf(input, 'search')?.toLowerCase() ?? '';
  const author = textOf(input, 'author_username');
  const after = textOf(input, 'updated_after');
  const iids = listOf(input, 'iids');
  const kept = entries.filter(
    (entry) =>
      (state === 'all' || entry.state === state) &&
      (textOf(input, 'scope') !== 'created_by_me' || entry.author === user) &&
      (author === null || entry.author.username === author) &&
      (after === null || Date.parse(entry.updatedAt) >= Date.parse(after)) &&
      (iids === null || iids.includes(String(entry.iid))) &&
      labels.every((label) => entry.labels.includes(label)) &&
      entry.title.toLowerCase().includes(search),
  );
  const key = textOf(input, 'order_by') === 'updated_at' ? 'updatedAt' : 'createdAt';
  const ascending = kept.sort((a, b) => Date.parse(a[key]) - Date.parse(b[key]) || a.iid - b.iid);
  return textOf(input, 'sort') === 'asc' ? ascending : ascending.reverse();
}
