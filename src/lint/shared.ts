import { isFields, stringsOf, type Fields } from '../base/config-walk.ts';
import { escapeRegex } from '../base/escape-regex.ts';
import type { CoveredPin } from '../coverage/coverage.ts';
import { SOURCE_KEY, type EntrySource, type ExtractedDependency, type JsonObject, type TextRange } from '../renovate/types.ts';
import type { Model, WrittenManager } from './model.ts';
import type { Target } from './rule.ts';

// What several rules share: no rule imports another.

export { isOwnPreset, OPT_IN, ownPart } from '../base/own-preset.ts';

/** All YAML files of the file's folder, so that the next application needs no new line. */
export function folderPattern(file: string): string {
  const folder = escapeRegex(file.slice(0, file.lastIndexOf('/') + 1));
  return `/^${folder}[^/]+\\.ya?ml$/`;
}

/** The files of the pins that Renovate's argocd manager would read, as patterns. */
export function argocdPatterns({ pins }: Model): string[] {
  return [...new Set(pins.filter(({ idiom }) => READ_BY_ARGOCD.includes(idiom)).map(({ file }) => folderPattern(file)))];
}

/** Idioms that Renovate's argocd manager reads; for all others a comment is the way. */
export const READ_BY_ARGOCD: readonly string[] = ['application', 'application-set'];

/** Renovate's reason where the versioning refuses the value (workers/repository/process/lookup/index.js, 44.121.2); without a digit there is nothing to compare. */
export function isUnparsable({ enabled, skipReason, currentValue, versioning }: ExtractedDependency): boolean {
  return enabled && skipReason === 'invalid-value' && versioning !== null && /\d/.test(currentValue ?? '');
}

/** Whether an update of the dependency would change the text at the offset. */
export function writesTo({ writeBack }: ExtractedDependency, offset: number): boolean {
  return writeBack.kind === 'exact' ? writeBack.offset === offset : writeBack.kind === 'spread' && writeBack.offsets.includes(offset);
}

/** Why an unmanaged pin is not looked up, when it is because no version can be read from it; version-unparsable speaks then, else pin-unmanaged. */
export function unparsableAt({ runs, config }: Model, pin: CoveredPin): ExtractedDependency | null {
  // without a config Renovate skips nothing: it does not run
  if (config.file === null) return null;
  // a branch whose name has a number is no version to anybody
  if (pin.status !== 'unmanaged' || pin.reason !== 'skipped' || (pin.kind === 'git' && pin.floating)) return null;
  const here = runs.flatMap(({ dependencies }) => dependencies.filter(({ file }) => file === pin.file)).filter((dependency) => writesTo(dependency, pin.offset));
  return here.find(isUnparsable) ?? null;
}

/** Only with settings: `# renovate: see below` is prose. */
export const RENOVATE_COMMENT = /#[ \t]*renovate:[ \t]*(?<settings>\w+[ \t]*=.*?)[ \t\r]*$/;

/**
 * The line of the `# renovate:` comment that speaks of a version which nobody extracts: its own line, or one above without others in between.
 * pin-unmanaged reports both then; null where there is none.
 */
export function orphanAbove({ text, config }: Model, pin: CoveredPin): number | null {
  if (config.file === null || pin.status !== 'unmanaged') return null;
  const whole = text(pin.file);
  if (!whole.includes('renovate:')) return null;
  let end = whole.indexOf('\n', pin.offset);
  if (end === -1) end = whole.length;
  for (let line = pin.line; line > 0 && end >= 0; line -= 1) {
    const start = whole.lastIndexOf('\n', end - 1) + 1;
    const content = whole.slice(start, end);
    if (RENOVATE_COMMENT.test(content)) return line;
    if (line < pin.line && !/^[ \t\r]*(?:#.*)?$/.test(content)) return null;
    end = start - 1;
  }
  return null;
}

/** A rule or block that is about managers alone which are switched off. */
export function isForDisabledManagers({ config }: Model, fields: Fields): boolean {
  const managers = stringsOf(fields['matchManagers']);
  return managers.length > 0 && managers.every((name) => isFields(config.resolved[name]) && config.resolved[name]['enabled'] === false);
}

/** An address that only the cluster's own DNS knows (`.svc.cluster.local`), or that means the machine itself. */
export function isInCluster({ repository }: CoveredPin): boolean {
  const host = /^(?:[a-z+]+:\/\/)?(?<host>[^/:]+)/i.exec(repository ?? '')?.groups?.['host'] ?? '';
  return /\.svc$|\.cluster\.local$|^localhost$|^127\./i.test(host);
}

/** Extracted with the same name from the same file, two dependencies share a branch, and updates that differ are dropped but for one (workers/repository/updates/branchify.js, 44.121.2). */
export function shareBranch(dependencies: readonly ExtractedDependency[]): boolean {
  const names = new Set(dependencies.map(({ depName }) => depName));
  return dependencies.length > 1 && names.size === 1 && !names.has(null);
}

/** The entry of matchStrings that matched there, null when it cannot be told: Renovate does not keep it. */
export function entryOf({ patterns, text }: Model, { settings }: WrittenManager, file: string, match: TextRange | null): number | null {
  const regexes = settings['matchStrings'];
  if (!Array.isArray(regexes)) return null;
  if (regexes.length === 1) return 0;
  if (match === null) return null;
  const found = regexes.findIndex((regex) => typeof regex === 'string' && patterns.matchesOf(regex, text(file)).some(({ offset, length }) => offset === match.offset && length === match.length));
  return found === -1 ? null : found;
}

/** The entry of matchStrings, or the list of them. */
export function regexTarget({ source, path }: WrittenManager, entry: number | null): Target {
  return { kind: 'config', source, path: entry === null ? [...path, 'matchStrings'] : [...path, 'matchStrings', entry] };
}

/** Where an entry of the resolved `customManagers` or `packageRules` was written. */
export function entrySource(entry: JsonObject): EntrySource | null {
  return (entry[SOURCE_KEY] as unknown as EntrySource | undefined) ?? null;
}
