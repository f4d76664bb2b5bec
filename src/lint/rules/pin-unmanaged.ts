import type { CoveredPin } from '../../coverage/coverage.ts';
import { folderPattern, pinName, READ_BY_ARGOCD, type Draft, type Lookup, type Model, type Rule } from '../rule.ts';

export const pinUnmanaged: Rule = {
  name: 'pin-unmanaged',
  severity: 'error',
  summary: 'A version that Argo CD deploys is updated by no Renovate manager',
  fixable: true,
  check: (model) => model.pins.filter(isUnmanaged).map((pin) => draftOf(model, pin)),
};

/** A branch or HEAD that nobody updates is no fault of the config: pin-floating speaks of it. */
function isUnmanaged(pin: CoveredPin): boolean {
  return pin.status === 'unmanaged' && pin.reason !== 'floating';
}

function draftOf(model: Model, pin: CoveredPin): Draft {
  const lookup = lookupOf(pin);
  return {
    message: `${pin.value} of ${pinName(pin)} is updated by nobody: ${whyNot(model, pin)}`,
    remedy: remedyFor(model, pin),
    target: { kind: 'pin', pin },
    data: { reason: pin.reason, kind: pin.kind, idiom: pin.idiom, name: pin.name, value: pin.value, repository: pin.repository },
    // without a config nothing would read what is written
    change: lookup === null || model.config.file === null ? null : { kind: 'manage', pin, lookup },
  };
}

function whyNot(model: Model, pin: CoveredPin): string {
  if (model.config.file === null) return 'the repository has no Renovate config';
  if (pin.reason === 'no-manager-reads-file') return 'no manager reads the file';
  if (pin.reason === 'skipped') return 'Renovate extracts it but will not look it up';
  return `${readers(model, pin)}, but no version is extracted from this line`;
}

function readers(model: Model, pin: CoveredPin): string {
  const names = model.runs.filter((run) => run.matchedFiles.includes(pin.file)).map((run) => run.manager);
  const distinct = [...new Set(names)];
  return distinct.length === 0 ? 'a manager reads the file' : `${new Intl.ListFormat('en-GB').format(distinct)} ${distinct.length === 1 ? 'reads' : 'read'} the file`;
}

function remedyFor(model: Model, pin: CoveredPin): string {
  const extend = 'extend "local>GROUP/renovate-argocd", with your own group';
  if (model.config.file === null) return `Create renovate.json with { "extends": ["local>GROUP/renovate-argocd"] }, with your own group.`;
  const annotate = annotationFor(pin);
  const read = pin.reason === 'no-manager-reads-file' ? readIt(pin) : null;
  const choices = [usesOwnPresets(model) ? null : extend, read, annotate].filter((choice) => choice !== null);
  return sentence(choices.length === 0 ? ['give a custom manager a pattern that fits'] : choices);
}

function usesOwnPresets(model: Model): boolean {
  return JSON.stringify(model.documents.map((document) => document.value)).includes('/renovate-argocd');
}

function readIt(pin: CoveredPin): string | null {
  if (!READ_BY_ARGOCD.includes(pin.idiom)) return null;
  return `let the argocd manager read the file: { "argocd": { "managerFilePatterns": [${JSON.stringify(folderPattern(pin.file))}] } }`;
}

/** The comment that the annotation preset reads, with a gap where the oracle does not know enough. */
function annotationFor(pin: CoveredPin): string | null {
  const lookup = lookupOf(pin);
  if (lookup !== null) return `write this comment on the line above: ${annotation(lookup)}`;
  if (pin.name === null || pin.kind !== 'helm') return null;
  return `say where the chart comes from, in a comment on the line above, which no file here does: ${annotation({ datasource: 'helm', depName: pin.name, registryUrl: 'https://…' })}`;
}

function annotation(lookup: Lookup): string {
  return `# renovate: ${Object.entries(lookup).map(([key, value]) => `${key}=${value}`).join(' ')}`;
}

/** How Renovate has to look the version up; null when the oracle does not know enough. */
function lookupOf({ kind, name, repository }: CoveredPin): Lookup | null {
  if (name === null) return null;
  if (kind === 'image') return { datasource: 'docker', depName: name };
  if (repository === null) return null;
  if (kind === 'git') return { datasource: 'git-tags', depName: name, packageName: repository };
  // `@name` and `alias:name` of a Chart.yaml are no addresses.
  if (kind === 'helm') return /^https?:\/\//.test(repository) ? { datasource: 'helm', depName: name, registryUrl: repository } : null;
  const registry = repository.replace(/^oci:\/\//, '').replace(/\/$/, '');
  const packageName = registry === name || registry.endsWith(`/${name}`) ? registry : `${registry}/${name}`;
  return { datasource: 'docker', depName: name, packageName, versioning: 'helm' };
}

/** One way a line, so that a comment or pattern can be copied. */
function sentence(choices: readonly string[]): string {
  const text = choices.join('\nor ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
