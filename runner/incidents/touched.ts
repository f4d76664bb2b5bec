import type { FileDiff } from '../gitlab/schema.ts';

/** A version in the current files, with its whole line. */
export interface PinLine {
  readonly application: string | null;
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  readonly text: string;
}

export interface ChangedLine {
  /** In the old file. */
  readonly line: number;
  /** In the new file, of what stands in its place; null when it was removed. */
  readonly newLine: number | null;
  readonly before: string;
  /** What stands in its place; null when it was removed. */
  readonly after: string | null;
}

/** Lines of the old file that a unified diff removes or replaces, paired in the order in which they stand. */
export function changedLines(diff: string): ChangedLine[] {
  const changed: ChangedLine[] = [];
  let line = 0;
  let newLine = 0;
  let removed: { line: number; text: string }[] = [];
  let added: { line: number; text: string }[] = [];
  function flush(): void {
    removed.forEach((one, index) => changed.push({ line: one.line, newLine: added[index]?.line ?? null, before: one.text, after: added[index]?.text ?? null }));
    removed = [];
    added = [];
  }
  for (const text of diff.split(/\r?\n/)) {
    const hunk = /^@@ -(?<start>\d+)(?:,\d+)? \+(?<newStart>\d+)(?:,\d+)? @@/.exec(text);
    if (hunk !== null) {
      flush();
      line = Number(hunk.groups!['start']);
      newLine = Number(hunk.groups!['newStart']);
    } else if (text.startsWith('-')) {
      if (added.length > 0) flush();
      removed.push({ line, text: text.slice(1) });
      line += 1;
    } else if (text.startsWith('+')) {
      added.push({ line: newLine, text: text.slice(1) });
      newLine += 1;
    } else if (text.startsWith(' ') || text === '') {
      flush();
      line += 1;
      newLine += 1;
    }
  }
  flush();
  return changed;
}

/**
 * Versions that a change touches. Lines are compared by their text, because the target may have moved on since the change was made; a line that occurs several times in a file is compared by its number,
 * too, where one fits. A file that is renamed, removed or too long to be shown touches all that stands in it.
 */
export function touchedPins<P extends PinLine>(diffs: readonly FileDiff[], pins: readonly P[]): P[] {
  return diffs.flatMap((file) => {
    const inside = pins.filter((pin) => pin.file === file.oldPath);
    if (file.truncated || file.oldPath !== file.newPath) return inside;
    return changedLines(file.diff).flatMap(({ line, before }) => {
      const same = inside.filter((pin) => pin.text === before);
      const exact = same.filter((pin) => pin.line === line);
      return exact.length > 0 ? exact : same;
    });
  });
}

/** Names of what versions are of, each once. */
export function applicationsOf(pins: readonly Pick<PinLine, 'application'>[]): string[] {
  return [...new Set(pins.flatMap(({ application }) => application ?? []))].sort();
}
