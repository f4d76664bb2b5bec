import type { DependencyConfig } from './rules.ts';
import type { DroppedMatch, NecessaryField, TextRange } from './types.ts';
import { readLocalFile } from './upstream/fs.ts';

/** What checkIsValidDependency (custom/utils.js, 44.121.2) logs about a dependency that it refuses. */
export interface Discarded {
  readonly packageDependency: DependencyConfig;
  readonly packageFile: string;
}

/** In the order in which Renovate threw them away, which is that of the text for each regex. */
export async function droppedMatches(discarded: readonly Discarded[]): Promise<DroppedMatch[]> {
  const last = new Map<string, number>();
  const matches: DroppedMatch[] = [];
  for (const { packageDependency: dependency, packageFile: file } of discarded) {
    const { replaceString } = dependency;
    const text = typeof replaceString === 'string' && replaceString !== '' ? ((await readLocalFile(file)) ?? '') : '';
    matches.push({ file, match: text === '' ? null : nextPlace(last, file, text, replaceString), missing: missingFields(dependency), value: valueOf(dependency) });
  }
  return matches;
}

/** Renovate keeps what matched, not where: the same text is dropped wherever it stands, so each time it is the next one. */
function nextPlace(last: Map<string, number>, file: string, text: string, matched: string): TextRange | null {
  const key = `${file}\0${matched}`;
  const offset = text.indexOf(matched, (last.get(key) ?? -1) + 1);
  if (offset === -1) return null;
  last.set(key, offset);
  return { offset, length: matched.length };
}

function missingFields({ depName, packageName, currentValue, currentDigest, datasource }: DependencyConfig): NecessaryField[] {
  const fields: readonly [NecessaryField, boolean][] = [
    ['name', isFilled(depName) || isFilled(packageName)],
    ['value', isFilled(currentValue) || isFilled(currentDigest)],
    ['datasource', isFilled(datasource)],
  ];
  return fields.flatMap(([field, there]) => (there ? [] : [field]));
}

function valueOf({ currentValue, currentDigest }: DependencyConfig): string | null {
  return [currentValue, currentDigest].find(isFilled) ?? null;
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
