import { extendsIn, type WrittenText } from '../../base/config-walk.ts';
import type { Document, Draft, Rule } from '../rule.ts';

export const presetNpmDeprecated: Rule = {
  name: 'preset-npm-deprecated',
  severity: 'warning',
  summary: 'A preset comes from an npm package, which Renovate has deprecated',
  fixable: false,
  check: (model) => model.documents.flatMap(draftsOf),
};

function draftsOf({ source, value }: Document): Draft[] {
  return extendsIn(value)
    .flat()
    .filter(({ text }) => isNpm(text))
    .map((reference) => draftOf(source, reference));
}

/** Groups of built-in presets (config/presets/parse.js, 44.121.2), and those that Renovate migrates to one (config/presets/common.js). */
const BUILT_IN = /^(?:abandonments|compatibility|config|customManagers|default|docker|global|group|helpers|mergeConfidence|monorepo|npm|packages|preview|regexManagers|replacements|schedule|security|workarounds)?:/;

/** What parsePreset leaves to npm: everything that is not marked as something else. Templates are not guessed at. */
function isNpm(reference: string): boolean {
  if (reference.startsWith('npm>') || reference.startsWith('@')) return true;
  const name = reference.replace(/[(#].*$/s, '');
  return /^[\w.:-]+$/.test(name) && !BUILT_IN.test(name);
}

function draftOf(source: string, { text, path }: WrittenText): Draft {
  return {
    message: `the preset ${JSON.stringify(text)} is read from the npm package ${packageOf(text)}, which Renovate has deprecated`,
    remedy: remedyFor(text),
    target: { kind: 'config', source, path },
    data: { reference: text, package: packageOf(text) },
  };
}

/** `@scope` means `@scope/renovate-config`, `name` means `renovate-config-name`. */
function packageOf(reference: string): string {
  const name = reference.replace(/^npm>/, '').replace(/[:(#].*$/s, '');
  if (name.startsWith('@')) return name.includes('/') ? name : `${name}/renovate-config`;
  return name.startsWith('renovate-config-') ? name : `renovate-config-${name}`;
}

function remedyFor(reference: string): string {
  const move = 'Keep the preset in a repository and write local>GROUP/REPOSITORY.';
  return /^[\w-]+$/.test(reference) ? `${move} If a built-in preset was meant, its group is missing: ":${reference}", say.` : move;
}
