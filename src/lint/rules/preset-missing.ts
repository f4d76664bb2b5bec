import type { Json, MissingPreset } from '../../renovate/types.ts';
import type { Draft, Model, Rule, Target } from '../rule.ts';

export const presetMissing: Rule = {
  name: 'preset-missing',
  severity: 'error',
  summary: 'A preset named in extends cannot be found without network',
  fixable: false,
  check: (model) => model.missing.filter((preset) => !isRelativeInRepository(model, preset)).map((preset) => draftOf(model, preset)),
};

/** preset-relative-in-repository speaks of those: where they stand, no preset of any name would be found. */
function isRelativeInRepository({ documents }: Model, { reference }: MissingPreset): boolean {
  const [repository] = documents;
  return /^\.{0,2}\//.test(reference) && repository !== undefined && findReference(repository.value, reference, []) !== null;
}

function draftOf(model: Model, { reference, message }: MissingPreset): Draft {
  return {
    message: `the preset ${JSON.stringify(reference)} cannot be resolved: ${message}`,
    remedy: remedyFor(reference),
    target: targetOf(model, reference),
    data: { reference, reason: message },
  };
}

function remedyFor(reference: string): string {
  if (/^[\w-]*:/.test(reference) && !reference.includes('>')) return 'Renovate has no built-in preset of this name: look for a typing error.';
  return `Correct the reference, or, when it is right, name a copy of the preset on disk: --preset '${nameOf(reference)}=path/to/preset.json'.`;
}

/** Without tag and arguments, as `--preset` takes it. */
function nameOf(reference: string): string {
  return reference.replace(/\(.*$/s, '').replace(/#.*$/s, '');
}

function targetOf(model: Model, reference: string): Target {
  for (const { source, value } of model.documents) {
    const path = findReference(value, reference, []);
    if (path !== null) return { kind: 'config', source, path };
  }
  // It is named by a preset that was not read from disk: the user's own extends brought that one in.
  return { kind: 'config', source: model.documents[0]?.source ?? '', path: ['extends'] };
}

function findReference(value: Json, reference: string, path: readonly (string | number)[]): readonly (string | number)[] | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, entry] of Object.entries(value) as [string, Json][]) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (entry === reference && path.at(-1) === 'extends') return here;
    const deeper = findReference(entry, reference, here);
    if (deeper !== null) return deeper;
  }
  return null;
}
