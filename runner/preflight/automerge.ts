import { objectsIn, textsIn } from '../../src/base/config-walk.ts';
import { parseJson5 } from '../../src/source/json5.ts';

/**
 * Whether a Renovate config may merge anything by itself: it says `automerge: true` somewhere, or extends a preset that might. Where nobody can tell the answer is yes: the settings of GitLab must
 * hold then.
 * @param text null when there is none
 */
export function mayAutomerge(text: string | null): boolean {
  if (text === null) return false;
  const parsed = parseJson5(text, 'json5');
  return parsed.ok ? valueMayAutomerge(parsed.value) : true;
}

export function valueMayAutomerge(config: unknown): boolean {
  return [...objectsIn(config)].some(({ fields }) => fields['automerge'] === true || ['extends', 'globalExtends'].some((key) => textsIn(fields[key], []).some(({ text }) => presetMayAutomerge(text))));
}

/** Renovate's own say it in their name (44.121.2, config/presets/internal: `:automergeMinor`, `schedule:automergeDaily`, …). */
const BUILT_IN = /^(?:abandonments|config|customManagers|default|docker|global|group|helpers|mergeConfidence|monorepo|packages|preview|replacements|schedule|security|workarounds)?:/;

/** This package's presets that find versions or name times, and those that leave the merging to people. */
const NEVER = /renovate-argocd\/\/presets\/(?:(?:managers|charts|group|versioning|schedule)\/|(?:policy\/manual|automerge\/none)(?:\W|$))/;

function presetMayAutomerge(reference: string): boolean {
  if (BUILT_IN.test(reference)) return /automerge(?!Disabled)/i.test(reference);
  return !NEVER.test(reference);
}
