import type { EntrySource } from './types.ts';

/**
 * What a text must have for one of this package's own custom managers to find anything in it. Most files of a cluster repository are plain
 * Applications, in which none of them can match; asking Renovate would parse each again to learn that. Only a saving: a contract test holds
 * extraction with hints against extraction without, and managers of anybody else are always asked.
 */
const NECESSARY: Readonly<Record<string, (text: string) => boolean>> = {
  'application-revision': (text) => text.includes('targetRevision') && (/targetRevision:[ \t]+\d+\.\d+[ \t]*(?:#|\r?\n|$)/.test(text) || /\{\{[^\n]*\b(?:default|else)\b/.test(text)),
  'application-set-generator': (text) => /kind["']?:\s*["']?(?:ApplicationSet|List)/.test(text),
  'custom-resource': (text) => OTHER_KIND.test(text),
  'helm-values-image': (text) => text.includes('argoproj.io/') && /(?:tag|[iI]mage):/.test(text),
  annotation: (text) => text.includes('renovate:'),
  values: (text) => /(?:https?|oci):\/\/|\.[a-z]/.test(text) && hasDocumentWithoutKind(text),
  'versions-file': (text) => text.includes('://'),
};

/** A document of another kind than Application, as far as block style shows it; flow style is always worth a look. */
const OTHER_KIND = /^[ \t]*["']?kind["']?:(?![ \t]*["']?Application["']?[ \t]*(?:#.*)?\r?$)|^\{/m;

function hasDocumentWithoutKind(text: string): boolean {
  if (!/^(?:kind|apiVersion):/m.test(text)) return true;
  return text.split(/^---/m).some((document) => !/^(?:kind|apiVersion):/m.test(document) && /^[ \t]*[^#\s]/m.test(document));
}

/** Whether a manager that was written here can be spared this text. */
export function spared(source: EntrySource | null, text: string): boolean {
  const name = /^presets\/managers\/(?<name>[\w-]+)\.json$/.exec(source?.source ?? '')?.groups?.['name'];
  const necessary = name === undefined ? undefined : NECESSARY[name];
  return necessary !== undefined && !necessary(text);
}

/** What the flux manager wants of a resource's apiVersion, and the one file that it knows by its name (flux/schema.js and common.js, 44.121.2). */
export function speaksOfFlux(file: string, text: string): boolean {
  return text.includes('.toolkit.fluxcd.io/') || /(?:^|\/)gotk-components\.ya?ml$/.test(file);
}
