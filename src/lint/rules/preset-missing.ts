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

function draftOf(model: Model, preset: MissingPreset): Draft {
  const { reference, message } = preset;
  const elsewhere = isElsewhere(preset);
  return {
    // whether it exists, only its host can say: the fault is that nobody looked
    ...(elsewhere ? { severity: 'warning' as const } : {}),
    message: elsewhere
      ? `the preset ${JSON.stringify(reference)} was not read, because it is another repository's: what it sets is not judged, and what it could change is reported as info only`
      : `the preset ${JSON.stringify(reference)} cannot be resolved: ${message}`,
    remedy: remedyFor(model, reference),
    target: targetOf(model, reference),
    data: { reference, reason: message },
  };
}

/** Of a host, and nobody named a copy. What this package or a copy on disk does not have, is nowhere. */
function isElsewhere({ reference, message }: MissingPreset): boolean {
  return message.startsWith("Cannot find preset's package") && /[>/]/.test(reference) && !/[/>]renovate-argocd(?![\w-])/.test(reference);
}

function remedyFor(model: Model, reference: string): string {
  if (/^[\w-]*:/.test(reference) && !reference.includes('/')) return 'Renovate has no built-in preset of this name: look for a typing error.';
  const here = fileHere(model, reference);
  if (here !== null) return `If it is ${here} of this repository: --preset '${nameOf(reference)}=${here}'. Else correct the reference, or name a copy of the preset on disk in the same way.`;
  return `Correct the reference, or, when it is right, name a copy of the preset on disk: --preset '${nameOf(reference)}=path/to/preset.json'.`;
}

/** Repositories extend presets of their own by their full name, but what the repository is called stands in none of its files. */
function fileHere({ files }: Model, reference: string): string | null {
  const path = /[^:/]\/\/(?<path>[^/].*)$/.exec(nameOf(reference))?.groups?.['path'];
  if (path === undefined) return null;
  return files.find((file) => [path, `${path}.json`, `${path}.json5`].includes(file)) ?? null;
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
