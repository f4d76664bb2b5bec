import { mergeChildConfig } from 'renovate/dist/config/utils.js';
import { compile } from 'renovate/dist/util/template/index.js';
import { confirmIfDepUpdated, doAutoReplace } from 'renovate/dist/workers/repository/update/branch/auto-replace.js';
import { madeUpDigest, madeUpVersion } from './made-up.ts';
import type { DependencyConfig } from './rules.ts';
import type { WriteBack } from './types.ts';
import { forgetExtractions } from './upstream/managers.ts';

/** A dependency as flattenUpdates (workers/repository/updates/flatten.js, 44.121.2) passes it to auto-replace. */
export interface Upgrade extends DependencyConfig {
  readonly depIndex: number;
}

/** One place that auto-replace would change, when there can be only one. */
interface Edit {
  readonly upgrade: Upgrade;
  readonly index: number;
  /** Of the value. */
  readonly offset: number;
}

/** The upgrade to the made-up version; null when there is no version. */
export function upgradeOf(config: DependencyConfig, depIndex: number): Upgrade | null {
  const { currentValue, currentDigest } = config;
  const digestAlone = digestOf(config);
  if (digestAlone !== null) return mergeChildConfig(config, { depIndex, newDigest: madeUpDigest(digestAlone) }) as unknown as Upgrade;
  if (typeof currentValue !== 'string') return null;
  const newValue = madeUpVersion(currentValue);
  // a pinned digest goes with its version; kept as it is, it shows whether the version alone is written to the right place
  const digest = typeof currentDigest === 'string' ? { newDigest: currentDigest } : {};
  return newValue === null ? null : (mergeChildConfig(config, { depIndex, newValue, newVersion: newValue, ...digest }) as unknown as Upgrade);
}

/**
 * The commit or digest that an update would change alone, because no version stands beside it (a branch may). Only flux: elsewhere the oracle calls no
 * digest a version.
 */
function digestOf({ manager, datasource, currentValue, currentDigest }: DependencyConfig): string | null {
  if (manager !== 'flux' || typeof currentDigest !== 'string') return null;
  // of git-refs the value is the branch, whatever number it has
  return datasource !== 'git-refs' && typeof currentValue === 'string' && madeUpVersion(currentValue) !== null ? null : currentDigest;
}

/** The text that an upgrade changes, and what to. */
function changeOf({ currentValue, newValue, currentDigest, newDigest }: Upgrade): { before: string; after: string } {
  return typeof newValue === 'string' ? { before: currentValue as string, after: newValue } : { before: currentDigest as string, after: newDigest as string };
}

/**
 * What auto-replace does for each dependency of one file, in order.
 *
 * Auto-replace tries one occurrence after the other and extracts the whole file again for each, so a file of 150 images would be parsed
 * thousands of times. Where the text to replace occurs once and holds the value once, only one change is possible and the question
 * is just whether extraction confirms it: all those changes are made at once and confirmed, by Renovate's own
 * `confirmIfDepUpdated`, on a single extraction. Whatever is not confirmed so, or may stand in several places, goes the whole way.
 */
export async function writeBack(text: string, upgrades: readonly (Upgrade | null)[], manager: string): Promise<WriteBack[]> {
  const answers: WriteBack[] = upgrades.map(() => ({ kind: 'none' }));
  const edits: Edit[] = [];
  upgrades.forEach((upgrade, index) => {
    const offset = upgrade === null ? null : onlyPlace(text, upgrade);
    if (upgrade !== null && offset !== null) edits.push({ upgrade, index, offset });
  });
  const open = edits.filter(({ upgrade, index, offset }) => {
    if (!evident(manager, text, offset, changeOf(upgrade).before)) return true;
    answers[index] = { kind: 'exact', offset };
    return false;
  });
  const together = applyAll(text, open);
  for (const { upgrade, index, offset } of open) {
    if (await confirmIfDepUpdated(upgrade, together)) answers[index] = { kind: 'exact', offset };
  }
  for (const [index, upgrade] of upgrades.entries()) {
    if (upgrade !== null && answers[index]!.kind === 'none') answers[index] = await replaceAlone(text, upgrade);
  }
  forgetExtractions();
  return answers;
}

/**
 * Nothing is left to confirm where argocd's only occurrence of the value is the plain scalar of a `targetRevision:` on a line of its own: no other
 * text of the file can have given the value, and a changed digit in a plain scalar changes no structure. Saves a second parse of nearly every file.
 */
function evident(manager: string, text: string, offset: number, value: string): boolean {
  if (manager !== 'argocd' || !/^[\w.+-]+$/.test(value)) return false;
  const line = text.slice(text.lastIndexOf('\n', offset) + 1, offset);
  const end = text.indexOf('\n', offset);
  const rest = text.slice(offset + value.length, end === -1 ? undefined : end);
  return /^[ \t]*(?:-[ \t]+)?targetRevision:[ \t]+["']?$/.test(line) && /^["']?[ \t]*(?:[ \t]#[^{}]*)?\r?$/.test(rest) && /["']$/.test(line) === /^["']/.test(rest);
}

/** Where the value stands when auto-replace has no choice. */
function onlyPlace(text: string, upgrade: Upgrade): number | null {
  const { autoReplaceStringTemplate } = upgrade;
  const { before, after } = changeOf(upgrade);
  const replaced: string = upgrade['replaceString'] ?? before;
  const start = text.indexOf(replaced);
  const inside = replaced.indexOf(before);
  if (start === -1 || inside === -1) return null;
  if (text.includes(replaced, start + 1) || replaced.includes(before, inside + 1)) return null;
  const simple = replaced.slice(0, inside) + after + replaced.slice(inside + before.length);
  if (autoReplaceStringTemplate && fromTemplate(autoReplaceStringTemplate, upgrade) !== simple) return null;
  return start + inside;
}

function fromTemplate(template: string, upgrade: Upgrade): string | null {
  try {
    return compile(template, upgrade, false) as string;
  } catch {
    return null;
  }
}

/** From the end, so that offsets hold; several dependencies can share one place. */
function applyAll(text: string, edits: readonly Edit[]): string {
  let result = text;
  let last = Infinity;
  for (const { upgrade, offset } of [...edits].sort((a, b) => b.offset - a.offset)) {
    const { before, after } = changeOf(upgrade);
    if (offset + before.length > last) continue;
    result = result.slice(0, offset) + after + result.slice(offset + before.length);
    last = offset;
  }
  return result;
}

async function replaceAlone(text: string, upgrade: Upgrade): Promise<WriteBack> {
  let changed: string;
  try {
    // A dependency without a replaceString must at least show its value, or Renovate reports success and changes nothing.
    changed = (await doAutoReplace(upgrade, text, false)) as string;
  } catch (error) {
    const { message } = error as Error;
    return { kind: 'failed', reason: message === 'update-failure' ? 'no occurrence of the version, when changed, is extracted as the new version' : message };
  }
  if (changed === text) return { kind: 'failed', reason: 'the text to replace does not occur in the file' };
  const { offsets, onlyValues } = difference(text, changed, changeOf(upgrade));
  return onlyValues && offsets.length === 1 ? { kind: 'exact', offset: offsets[0]! } : { kind: 'spread', offsets };
}

/** Offsets of what changed, and whether it was nothing but the value: old and new value never begin alike, so one walk decides. */
function difference(before: string, after: string, value: { readonly before: string; readonly after: string }): { offsets: number[]; onlyValues: boolean } {
  const offsets: number[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (before.startsWith(value.before, i) && after.startsWith(value.after, j)) {
      offsets.push(i);
      i += value.before.length;
      j += value.after.length;
    } else if (before[i] === after[j]) {
      i += 1;
      j += 1;
    } else {
      offsets.push(i);
      return { offsets, onlyValues: false };
    }
  }
  return { offsets, onlyValues: true };
}
