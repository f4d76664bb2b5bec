import type { CoveredPin } from '../../coverage/coverage.ts';
import { pinName, unparsableAt, type Draft, type Model, type Rule } from '../rule.ts';

export const pinUnmanaged: Rule = {
  name: 'pin-unmanaged',
  severity: 'error',
  summary: 'A version that Argo CD deploys is updated by no Renovate manager',
  fixable: false,
  check: (model) => model.pins.filter((pin) => isUnmanaged(model, pin)).map((pin) => draftOf(model, pin)),
};

/** A branch or HEAD that nobody updates is no fault of the config: pin-floating speaks of it. What is no version to Renovate has version-unparsable. */
function isUnmanaged(model: Model, pin: CoveredPin): boolean {
  return pin.status === 'unmanaged' && pin.reason !== 'floating' && unparsableAt(model, pin) === null;
}

function draftOf(model: Model, pin: CoveredPin): Draft {
  return {
    message: `${pin.value} of ${pinName(pin)} is updated by nobody: ${whyNot(model, pin)}`,
    remedy: remedyFor(model, pin),
    target: { kind: 'pin', pin },
    data: { reason: pin.reason, kind: pin.kind, idiom: pin.idiom, name: pin.name, value: pin.value, repository: pin.repository },
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
  const own = annotation(pin);
  const annotate = own === null ? null : `write this comment on the line above: ${own}`;
  const read = pin.reason === 'no-manager-reads-file' ? readIt(pin) : null;
  const choices = [usesOwnPresets(model) ? null : extend, read, annotate].filter((choice) => choice !== null);
  return sentence(choices.length === 0 ? ['give a custom manager a pattern that fits'] : choices);
}

function usesOwnPresets(model: Model): boolean {
  return JSON.stringify(model.documents.map((document) => document.value)).includes('/renovate-argocd');
}

/** Idioms of the argocd manager; for all others the annotation is the way. */
const READ_BY_ARGOCD = ['application', 'application-set'];

function readIt(pin: CoveredPin): string | null {
  if (!READ_BY_ARGOCD.includes(pin.idiom)) return null;
  return `let the argocd manager read the file: { "argocd": { "managerFilePatterns": [${JSON.stringify(filePattern(pin.file))}] } }`;
}

/** All YAML files of the folder, so that the next application needs no new line. */
function filePattern(file: string): string {
  const folder = file.slice(0, file.lastIndexOf('/') + 1).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return `/^${folder}[^/]+\\.ya?ml$/`;
}

/** The comment that the annotation preset reads; null when the oracle does not know enough to write it. */
function annotation(pin: CoveredPin): string | null {
  if (pin.name === null) return null;
  if (pin.kind === 'image') return `# renovate: datasource=docker depName=${pin.name}`;
  if (pin.repository === null) return null;
  // `@name` and `alias:name` of a Chart.yaml are no addresses.
  if (pin.kind === 'helm' && !/^https?:\/\//.test(pin.repository)) return null;
  if (pin.kind === 'helm') return `# renovate: datasource=helm depName=${pin.name} registryUrl=${pin.repository}`;
  if (pin.kind === 'git') return `# renovate: datasource=git-tags depName=${pin.name} packageName=${pin.repository}`;
  const registry = pin.repository.replace(/^oci:\/\//, '').replace(/\/$/, '');
  const packageName = registry === pin.name || registry.endsWith(`/${pin.name}`) ? registry : `${registry}/${pin.name}`;
  return `# renovate: datasource=docker depName=${pin.name} packageName=${packageName} versioning=helm`;
}

/** One way a line, so that a comment or pattern can be copied. */
function sentence(choices: readonly string[]): string {
  const text = choices.join('\nor ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
