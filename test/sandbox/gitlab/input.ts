import type { Request } from '../loopback.ts';
import type { State, User } from './state.ts';

/** Reading what a client sent: JSON documents, forms, query strings and lists in both of GitLab's forms. */
export type Input = Readonly<Record<string, unknown>>;

/** Null when the document is none. */
export function inputOf({ url, headers, body }: Request): Input | null {
  try {
    return { ...pairsOf(url.searchParams), ...(isForm(headers['content-type']) ? pairsOf(new URLSearchParams(body.toString())) : documentOf(body)) };
  } catch {
    return null;
  }
}

function isForm(type = ''): boolean {
  return type.startsWith('application/x-www-form-urlencoded');
}

/** `name[]=a&name[]=b` is a list. */
function pairsOf(pairs: URLSearchParams): Input {
  return Object.fromEntries([...pairs.keys()].map((key) => (key.endsWith('[]') ? [key.slice(0, -2), pairs.getAll(key)] : [key, pairs.get(key)])));
}

function documentOf(body: Buffer): Input {
  return body.length === 0 ? {} : (JSON.parse(body.toString()) as Input);
}

export function textOf(input: Input, key: string): string | null {
  const value = input[key];
  return value === undefined || value === null ? null : String(value);
}

export function flagOf(input: Input, key: string): boolean {
  return input[key] === true || input[key] === 'true' || input[key] === '1';
}

/** Null when it is not there. */
export function optionalFlag(input: Input, key: string): boolean | null {
  return input[key] === undefined || input[key] === null ? null : flagOf(input, key);
}

/** `a,b` or a list; null when it is not there. */
export function listOf(input: Input, key: string): string[] | null {
  const value = input[key];
  if (value === undefined || value === null) return null;
  return (Array.isArray(value) ? value.map(String) : String(value).split(',')).map((part) => part.trim()).filter(Boolean);
}

export function usersOf(state: State, input: Input, key: string): User[] | null {
  return listOf(input, key)?.flatMap((id) => state.users.filter((user) => String(user.id) === id)) ?? null;
}

/** The labels after `labels`, `add_labels` and `remove_labels`. */
export function labelsAfter(labels: readonly string[], input: Input): string[] {
  const removed = new Set(listOf(input, 'remove_labels') ?? []);
  const all = [...(listOf(input, 'labels') ?? labels), ...(listOf(input, 'add_labels') ?? [])];
  const scopes = new Map(all.flatMap((label) => (scopeOf(label) === null ? [] : [[scopeOf(label), label]])));
  return [...new Set(all)].filter((label) => !removed.has(label) && (scopeOf(label) === null || scopes.get(scopeOf(label)) === label));
}

/** Of labels with one scope (`priority::high`) GitLab Premium keeps the last. */
function scopeOf(label: string): string | null {
  const end = label.lastIndexOf('::');
  return end < 0 ? null : label.slice(0, end);
}

interface Listed {
  readonly iid: number;
  readonly state: string;
  readonly author: User;
  readonly labels: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The filters and orders that lists of issues and of merge requests have in common. */
export function filtered<T extends Listed>(entries: readonly T[], input: Input, user: User): T[] {
  const state = textOf(input, 'state') ?? 'all';
  const labels = listOf(input, 'labels') ?? [];
  const search = textOf(input, 'search')?.toLowerCase() ?? '';
  const fields = listOf(input, 'in') ?? ['title', 'description'];
  const author = textOf(input, 'author_username');
  const iids = listOf(input, 'iids');
  const kept = entries.filter(
    (entry) =>
      (state === 'all' || entry.state === state) &&
      (textOf(input, 'scope') !== 'created_by_me' || entry.author === user) &&
      (author === null || entry.author.username === author) &&
      isBetween(entry.updatedAt, textOf(input, 'updated_after'), textOf(input, 'updated_before')) &&
      isBetween(entry.createdAt, textOf(input, 'created_after'), textOf(input, 'created_before')) &&
      (iids === null || iids.includes(String(entry.iid))) &&
      hasLabels(entry.labels, labels) &&
      fields.some((field) => (field === 'title' ? entry.title : entry.description).toLowerCase().includes(search)),
  );
  const key = textOf(input, 'order_by') === 'updated_at' ? 'updatedAt' : 'createdAt';
  const ascending = kept.sort((a, b) => Date.parse(a[key]) - Date.parse(b[key]) || a.iid - b.iid);
  return textOf(input, 'sort') === 'asc' ? ascending : ascending.reverse();
}

function isBetween(time: string, after: string | null, before: string | null): boolean {
  return (after === null || Date.parse(time) >= Date.parse(after)) && (before === null || Date.parse(time) <= Date.parse(before));
}

/** `None` and `Any` are words of GitLab's. */
function hasLabels(labels: readonly string[], wanted: readonly string[]): boolean {
  if (wanted.includes('None')) return labels.length === 0;
  if (wanted.includes('Any')) return labels.length > 0;
  return wanted.every((label) => labels.includes(label));
}
