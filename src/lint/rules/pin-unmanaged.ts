import type { CoveredPin } from '../../coverage/coverage.ts';
import { fluxCause, folderPattern, isInCluster, orphanAbove, pinName, READ_BY_ARGOCD, unparsableAt, type Draft, type Lookup, type Model, type Rule } from '../rule.ts';

export const pinUnmanaged: Rule = {
  name: 'pin-unmanaged',
  severity: 'error',
  summary: 'A version that Argo CD or Flux deploys is updated by no Renovate manager',
  fixable: true,
  check: (model) => model.pins.filter((pin) => isUnmanaged(model, pin)).map((pin) => draftOf(model, pin)),
};

/** A branch or HEAD that nobody updates is no fault of the config: pin-floating speaks of it. What is no version to Renovate has version-unparsable. */
function isUnmanaged(model: Model, pin: CoveredPin): boolean {
  return pin.status === 'unmanaged' && pin.reason !== 'floating' && unparsableAt(model, pin) === null;
}

function draftOf(model: Model, pin: CoveredPin): Draft {
  const lookup = lookupOf(pin) ?? inferred(model, pin)?.lookup ?? null;
  const excuse = excuseOf(model, pin);
  return {
    ...(excuse === null ? {} : { severity: 'info' as const }),
    // without a config another program may look after it
    message: `${pin.value} of ${pinName(pin)} is ${model.config.file === null ? 'not updated by Renovate' : 'updated by nobody'}: ${whyNot(model, pin)}${excuse === null ? '' : `; but ${excuse}`}`,
    remedy: remedyFor(model, pin),
    target: { kind: 'pin', pin },
    data: { reason: pin.reason, kind: pin.kind, idiom: pin.idiom, name: pin.name, value: pin.value, repository: pin.repository },
    // without a config nothing would read what is written
    change: lookup === null || model.config.file === null || excuse !== null ? null : { kind: 'manage', pin, lookup },
  };
}

/** `08cde…0c-amd64`: a tag for each commit. */
const COMMIT = /^(?:sha-)?[0-9a-f]{40}(?![0-9a-z])/;

/** What may make it right all the same; null where nothing does. */
function excuseOf({ missing }: Model, pin: CoveredPin): string | null {
  if (pin.offered === true) return 'it is one of several versions that the chart offers side by side, which may be meant to stay';
  if (pin.kind === 'image' && COMMIT.test(pin.value)) return 'commits have no order, so none is the next one';
  if (isInCluster(pin)) return 'its registry can be reached inside the cluster only';
  const [first] = missing;
  return first === undefined ? null : `the preset ${first.reference}, which was not read, may bring a manager for it`;
}

function whyNot(model: Model, pin: CoveredPin): string {
  if (model.config.file === null) return 'the repository has no Renovate config';
  const flux = fluxCause(model, pin);
  if (flux !== null && orphanAbove(model, pin) === null) return flux.why;
  if (pin.reason === 'no-manager-reads-file') return `no manager reads the file${orphanAbove(model, pin) === null ? '' : ', in spite of the comment'}`;
  if (pin.reason === 'skipped') return 'Renovate extracts it but will not look it up';
  const orphan = orphanAbove(model, pin);
  if (orphan !== null) return `no manager reads the comment on line ${orphan}, though ${readers(model, pin)}`;
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
  const annotate = annotationFor(model, pin);
  const read = pin.reason === 'no-manager-reads-file' ? readIt(pin) : null;
  const flux = fluxCause(model, pin);
  const choices = [usesOwnPresets(model) || flux !== null ? null : extend, ...(flux?.ways ?? []), read, orphanAbove(model, pin) === null ? annotate : instead(annotate)].filter((choice) => choice !== null);
  return sentence(choices.length === 0 ? ['give a custom manager a pattern that fits'] : choices);
}

/** A second comment above the first would be read by nobody either. */
function instead(annotate: string | null): string {
  const how = annotate?.replace('a comment on the line above', 'the comment').replace('write this comment on the line above', 'write this comment instead of the one there');
  return `give a custom manager a regex that reads the comment${how === undefined ? '' : `\nor ${how}`}`;
}

function usesOwnPresets(model: Model): boolean {
  return JSON.stringify(model.documents.map((document) => document.value)).includes('/renovate-argocd');
}

function readIt(pin: CoveredPin): string | null {
  if (!READ_BY_ARGOCD.includes(pin.idiom)) return null;
  return `let the argocd manager read the file: { "argocd": { "managerFilePatterns": [${JSON.stringify(folderPattern(pin.file))}] } }`;
}

/** The comment that the annotation preset reads, with a gap where nothing here says enough. */
function annotationFor(model: Model, pin: CoveredPin): string | null {
  const lookup = lookupOf(pin);
  if (lookup !== null) return `write this comment on the line above: ${annotation(lookup)}`;
  const guess = inferred(model, pin);
  if (guess !== null) return `no file says where this chart comes from. If it is ${guess.lookup.registryUrl} (${guess.because}), write this comment on the line above: ${annotation(guess.lookup)}`;
  if (pin.name === null || pin.kind !== 'helm') return null;
  return `say where the chart comes from, in a comment on the line above, which no file here does: ${annotation({ datasource: 'helm', depName: pin.name, registryUrl: 'https://…' })}`;
}

interface Inferred {
  readonly lookup: Lookup;
  readonly because: string;
}

/** How many versions beside it have to agree. */
const NEIGHBOURS = 3;

/**
 * Where a chart comes from whose repository is a parameter or empty: from where the same chart comes everywhere else in this repository, or everywhere
 * at all, or from where all its neighbours come. A lookup there that finds nothing says so, and changes nothing.
 */
function inferred({ pins, names }: Model, pin: CoveredPin): Inferred | null {
  if (pin.repository !== null || pin.name === null || pin.kind !== 'helm') return null;
  const known = pins.filter(({ repository, kind }) => repository !== null && kind === 'helm');
  const namesakes = known.filter(({ name }) => name === pin.name);
  const neighbours = known.filter(({ file }) => folderOf(file) === folderOf(pin.file));
  const guesses: readonly (readonly [string | null, () => string])[] = [
    [agreed(namesakes), () => `the chart of this name at ${namesakes[0]!.file}:${namesakes[0]!.line} comes from there`],
    // namesakes that disagree say that nothing is certain here
    [namesakes.length === 0 ? (names.charts[pin.name] ?? null) : null, () => 'charts of this name do'],
    [namesakes.length === 0 && neighbours.length >= NEIGHBOURS ? agreed(neighbours) : null, () => `all ${neighbours.length} charts beside it do`],
  ];
  const guess = guesses.find(([repository]) => repository !== null);
  const lookup = guess === undefined ? null : lookupOf({ ...pin, repository: guess[0] });
  return lookup === null ? null : { lookup, because: guess![1]() };
}

function agreed(pins: readonly CoveredPin[]): string | null {
  const repositories = new Set(pins.map(({ repository }) => repository!.replace(/\/+$/, '')));
  return repositories.size === 1 ? pins[0]!.repository : null;
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

function annotation(lookup: Lookup): string {
  return `# renovate: ${Object.entries(lookup).map(([key, value]) => `${key}=${value}`).join(' ')}`;
}

/** How Renovate has to look the version up; null when the oracle does not know enough. */
function lookupOf({ kind, name, repository, value }: CoveredPin): Lookup | null {
  // a commit or a digest has no next one that a comment could ask for
  if (name === null || isDigest(value)) return null;
  if (kind === 'image') return { datasource: 'docker', depName: name };
  if (repository === null) return null;
  if (kind === 'git') return { datasource: 'git-tags', depName: name, packageName: repository };
  // `@name` and `alias:name` of a Chart.yaml are no addresses.
  if (kind === 'helm') return /^https?:\/\//.test(repository) ? { datasource: 'helm', depName: name, registryUrl: repository } : null;
  const registry = repository.replace(/^oci:\/\//, '').replace(/\/$/, '');
  const packageName = registry === name || registry.endsWith(`/${name}`) ? registry : `${registry}/${name}`;
  return { datasource: 'docker', depName: name, packageName, versioning: 'helm' };
}

/** Of a source of Flux. */
function isDigest(value: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(value);
}

/** One way a line, so that a comment or pattern can be copied. */
function sentence(choices: readonly string[]): string {
  const text = choices.join('\nor ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
