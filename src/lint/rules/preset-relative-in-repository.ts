import { extendsIn, type WrittenText } from '../../base/config-walk.ts';
import type { Draft, Model, Rule } from '../rule.ts';

export const presetRelativeInRepository: Rule = {
  name: 'preset-relative-in-repository',
  severity: 'error',
  summary: 'A repository config extends a relative preset, which works only inside presets',
  fixable: false,
  check: inConfig,
};

/** The first document is the repository's config; the others are presets, where relative references are right. */
function inConfig({ documents, config }: Model): Draft[] {
  const document = documents[0];
  if (document === undefined || config.file === null) return [];
  return extendsIn(document.value)
    .flat()
    .filter(({ text }) => isRelative(text))
    .map((reference) => draftOf(document.source, reference));
}

/** As isRelativePresetReference (config/presets/parse.js, 44.121.2). */
function isRelative(reference: string): boolean {
  return /^\.{0,2}\//.test(reference);
}

function draftOf(source: string, { text, path }: WrittenText): Draft {
  return {
    message: `the relative preset ${JSON.stringify(text)} stands in a repository config: Renovate knows no preset that it could be relative to, and stops`,
    remedy: `Write the full reference, with this project's own path when the preset stands in this repository: ${JSON.stringify(fullReference(text))}.`,
    target: { kind: 'config', source, path },
    data: { reference: text },
  };
}

/** With placeholders: no file says what the project is called. `local>` reads the default branch, whatever is checked out. */
function fullReference(reference: string): string {
  const inRepository = reference.replace(/^(?:\.{0,2}\/)+/, '');
  return `local>GROUP/REPOSITORY${inRepository.includes('/') ? '//' : ':'}${inRepository}`;
}
