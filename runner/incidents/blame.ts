import { escapeRegex } from '../../src/base/escape-regex.ts';
import { changedLines } from './touched.ts';

/** The last change of one line, as `git blame --porcelain` tells it. */
export interface Blame {
  readonly sha: string;
  /** Where the line stood in that commit. */
  readonly file: string;
  readonly line: number;
  /** ISO 8601. */
  readonly at: string;
  readonly summary: string;
  /** The line was there from the first commit on, or from as far back as the history goes. */
  readonly boundary: boolean;
}

/** Null for what is no answer of blame. */
export function parseBlame(porcelain: string): Blame | null {
  const [head = '', ...rest] = porcelain.split('\n');
  const match = /^(?<sha>[0-9a-f]{40}) (?<line>\d+) \d+/.exec(head);
  if (match === null) return null;
  const field = (name: string): string => rest.find((text) => text.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
  const time = Number(field('committer-time'));
  return { sha: match.groups!['sha']!, line: Number(match.groups!['line']), file: field('filename'), at: new Date(time * 1000).toISOString(), summary: field('summary'), boundary: rest.includes('boundary') };
}

/** What a commit did to a line that says a version. */
export interface LineChange {
  /** Where it stood before; null when the line is new. */
  readonly line: number | null;
  /** The version before; null when the line is new, or more than the version changed in it. The same as after when only what stands around it changed. */
  readonly from: string | null;
}

/**
 * @param diff of the file in that commit
 * @param line where the line stands in the commit
 * @param version that it says there
 */
export function changeOf(diff: string, line: number, version: string): LineChange {
  const change = changedLines(diff).find(({ newLine }) => newLine === line);
  if (change?.after == null) return { line: null, from: null };
  if (says(change.before, version)) return { line: change.line, from: version };
  return { line: change.line, from: exchanged(change.before, change.after, version) };
}

/** Quotes or a comment came or went, the version stayed. */
function says(text: string, version: string): boolean {
  return new RegExp(`(?<![\\w.+-])${escapeRegex(version)}(?![\\w.+-])`).test(text);
}

/** What stood in the version's place, with all around it the same. */
function exchanged(before: string, after: string, version: string): string | null {
  const start = after.indexOf(version);
  if (start < 0) return null;
  const [prefix, suffix] = [after.slice(0, start), after.slice(start + version.length)];
  const fits = before.length > prefix.length + suffix.length && before.startsWith(prefix) && before.endsWith(suffix);
  const found = before.slice(prefix.length, before.length - suffix.length);
  return fits && /^[^\s"'#](?:[^"'#]*[^\s"'#])?$/.test(found) ? found : null;
}

export interface MergeRequestRef {
  readonly iid: number;
  readonly title: string;
  readonly url: string;
  readonly author: string;
  readonly labels: readonly string[];
  /** Address of the new version's release notes, where the merge request has one. */
  readonly releaseNotes: string | null;
}

/** A change of a version of the application, made before its incident. */
export interface Suspect {
  readonly file: string;
  /** In the tree at the time of the incident. */
  readonly line: number;
  /** Name of the chart, image or repository. */
  readonly name: string | null;
  /** How many of that name stand above it in the file. */
  readonly nth: number;
  /** Null when the version was new. */
  readonly from: string | null;
  readonly to: string;
  readonly sha: string;
  /** ISO 8601: when the merge request was merged, or the commit made. */
  readonly at: string;
  readonly summary: string;
  /** Null for a plain commit. */
  readonly mergeRequest: MergeRequestRef | null;
  /** The change was itself a way back: it is named, and never undone. */
  readonly isRevert: boolean;
}

export interface Accusation {
  /** The latest change before the incident; null when none is known. */
  readonly suspect: Suspect | null;
  /** Others of the same application within a week, the latest first. */
  readonly alternatives: readonly Suspect[];
  /** Whether the suspect stands alone: nothing else of the application changed in the day before. */
  readonly sure: boolean;
}

export const DAY_MS = 86_400_000;

/** Changes older than that are not suspected. */
export const SUSPECTED_MS = 7 * DAY_MS;

/** @param since ISO 8601: when the incident began */
export function accuse(suspects: readonly Suspect[], since: string): Accusation {
  const start = Date.parse(since);
  const before = suspects.filter(({ at }) => Date.parse(at) <= start).sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.file < b.file ? -1 : 1));
  const [suspect = null, ...others] = before.filter(({ at }) => Date.parse(at) > start - SUSPECTED_MS);
  // one merge request may have moved several versions: they are one change
  const apart = others.filter(({ sha }) => sha !== suspect?.sha);
  return { suspect, alternatives: others, sure: suspect !== null && !apart.some(({ at }) => Date.parse(at) > start - DAY_MS) };
}
