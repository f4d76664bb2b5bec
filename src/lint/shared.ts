import type { CoveredPin, ManagedBy } from '../coverage/coverage.ts';
import { SOURCE_KEY, type EntrySource, type ExtractedDependency, type JsonObject, type TextRange } from '../renovate/types.ts';
import type { Model, WrittenManager } from './model.ts';
import type { Target } from './rule.ts';

// What several rules share: no rule imports another.

/** All YAML files of the file's folder, so that the next application needs no new line. */
export function folderPattern(file: string): string {
  const folder = file.slice(0, file.lastIndexOf('/') + 1).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return `/^${folder}[^/]+\\.ya?ml$/`;
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
export function unparsableAt({ runs }: Model, pin: CoveredPin): ExtractedDependency | null {
  // a branch whose name has a number is no version to anybody
  if (pin.status !== 'unmanaged' || pin.reason !== 'skipped' || (pin.kind === 'git' && pin.floating)) return null;
  const here = runs.flatMap(({ dependencies }) => dependencies.filter(({ file }) => file === pin.file)).filter((dependency) => writesTo(dependency, pin.offset));
  return here.find(isUnparsable) ?? null;
}


export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `chart cert-manager` or, when its name is not known, what the value is. */
export function pinName(pin: CoveredPin): string {
  const what = { helm: 'chart', oci: 'chart', git: 'repository', image: 'image' }[pin.kind];
  return pin.name === null ? `a ${what} without a static name` : `${what} ${pin.name}`;
}

/** `argocd (renovate.json)`: the manager and who brought it. */
export function managerName(manager: ManagedBy): string {
  return manager.source === null ? manager.manager : `${manager.manager} (${manager.source})`;
}

/** `a, b and 3 more`. */
export function someOf(items: readonly string[], shown = 3): string {
  const first = items.slice(0, shown);
  if (items.length > shown) return `${first.join(', ')} and ${items.length - shown} more`;
  if (first.length < 2) return first.join('');
  return `${first.slice(0, -1).join(', ')} and ${first.at(-1)}`;
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

/** Presets of this package, as `EntrySource.source` names them: its own tests judge them. */
export function isOwnPreset(source: string): boolean {
  return source.startsWith('presets/') || source === 'default.json';
}

/** Where an entry of the resolved `customManagers` or `packageRules` was written. */
export function entrySource(entry: JsonObject): EntrySource | null {
  return (entry[SOURCE_KEY] as unknown as EntrySource | undefined) ?? null;
}
