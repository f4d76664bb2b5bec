import { escapeRegex } from '../../base/escape-regex.ts';
import { lineIndex } from '../../base/location.ts';
import type { ExtractedDependency } from '../../renovate/types.ts';
import { isUnparsable, pinName, plural, unparsableAt, writesTo, type Draft, type Model, type Rule } from '../rule.ts';

export const versionUnparsable: Rule = {
  name: 'version-unparsable',
  severity: 'error',
  summary: 'The versioning that applies reads no version from a value, so Renovate never proposes an update',
  fixable: false,
  check: (model) => [...pinned(model), ...others(model)],
};

/** What Argo CD deploys, each at its place; pin-unmanaged leaves these to this rule. */
function pinned(model: Model): Draft[] {
  return model.pins.flatMap((pin): Draft[] => {
    const dependency = unparsableAt(model, pin);
    if (dependency === null) return [];
    return [{ ...wording(dependency, `${pin.value} of ${pinName(pin)}`), ...severityOf(model, 'error'), target: { kind: 'pin', pin } }];
  });
}

/** Anything else that looks like a version, once for each package: a team's own image tags are often names of builds, and meant to stay. */
function others(model: Model): Draft[] {
  if (model.config.file === null) return [];
  const found = model.runs.flatMap((run) => run.dependencies.filter((dependency) => isUnparsable(dependency) && isVersionLike(dependency) && !isPin(model, dependency)));
  const packages = Map.groupBy(found, ({ packageName, versioning }) => `${packageName ?? ''} ${versioning ?? ''}`);
  return [...packages.values()].map((dependencies): Draft => {
    const dependency = dependencies[0]!;
    const { message, ...rest } = wording(dependency, `${dependency.currentValue ?? ''} of ${dependency.depName ?? dependency.packageName ?? 'a dependency without a name'}`);
    const more = dependencies.length === 1 ? '' : ` (and ${plural(dependencies.length - 1, 'more such value')})`;
    return { ...rest, message: `${message}${more}`, ...severityOf(model, 'warning'), target: placeOf(model, dependency) };
  });
}

/** Numbers between dots, or a date; no quotes and braces, which manager-captured-syntax reports. */
function isVersionLike({ currentValue }: ExtractedDependency): boolean {
  const value = currentValue ?? '';
  return /\d\.\d|\d{4}-\d\d-\d\d/.test(value) && !/["'`#{}\s]/.test(value);
}

/** A version of Argo CD is judged as such, whatever came of it. */
function isPin({ pins }: Model, dependency: ExtractedDependency): boolean {
  return pins.some(({ file, offset }) => file === dependency.file && writesTo(dependency, offset));
}

/** A preset that could not be read may set another versioning. */
function severityOf({ missing }: Model, severity: 'error' | 'warning'): Pick<Draft, 'severity'> {
  return { severity: missing.length > 0 ? 'info' : severity };
}

function placeOf(model: Model, { file, currentValue, writeBack }: ExtractedDependency): Draft['target'] {
  const text = model.text(file);
  const value = currentValue ?? '';
  const offset = writeBack.kind === 'exact' ? writeBack.offset : Math.max(0, text.indexOf(value));
  return { kind: 'place', file, ...lineIndex(text).at(offset), length: Math.max(1, value.length) };
}

function wording(dependency: ExtractedDependency, subject: string): Pick<Draft, 'message' | 'remedy' | 'data'> {
  const { versioning, currentValue, datasource } = dependency;
  return {
    message: `${subject} is no version in Renovate's versioning ${versioning ?? ''}, so it is skipped (invalid-value) and never gets an update`,
    remedy: remedyFor(dependency),
    data: { value: currentValue, versioning, datasource },
  };
}

function remedyFor({ packageName, depName, versioning, datasource, currentValue }: ExtractedDependency): string {
  const value = currentValue ?? '';
  if (/[/@]|:/.test(value)) return 'Let currentValue capture the version alone, without the name before it.';
  const better = betterVersioning(versioning ?? '', datasource, value);
  const rule = { matchPackageNames: [packageName ?? depName ?? ''], versioning: better };
  return better === null ? 'Write a version that it can read, or add a package rule with another "versioning", such as "loose" or "regex:…" with the groups major, minor and patch.' : `Add a package rule: ${JSON.stringify(rule)}.`;
}

const USUAL: Readonly<Record<string, string>> = { docker: 'docker', helm: 'helm' };
/** `1.2.3-rc.1`: what the versionings of charts and images take. */
const PLAIN = /^v?\d+(?:\.\d+){0,2}(?:-[\w.-]+)?$/;

/** Null where no guess is better than another. */
function betterVersioning(versioning: string, datasource: string | null, value: string): string | null {
  const usual = USUAL[datasource ?? ''];
  const zeros = /(?:^v?|\.)0\d/.test(value);
  if (usual !== undefined && versioning !== usual && versioning !== 'helm' && PLAIN.test(value) && !zeros) return usual;
  if (versioning === 'docker' && /^[~^<>=v]*\d+(?:\.(?:\d+|[xX*]))*(?:[-+][\w.+-]+)?$/.test(value)) return 'helm';
  if (/^v?\d+(?:\.\d+)+(?:[-+._].*)?$/.test(value)) return 'loose';
  return fromNumbers(value);
}

/**
 * A regex of the value's own shape: what stands before the first two or three numbers stays, later numbers may change. `compatibility` keeps a number
 * there (`ubi9-…`), and a last number alone is the build (modules/versioning/regex/index.js, 44.121.2).
 */
function fromNumbers(value: string): string | null {
  const groups = [DOTTED, DATED].map((shape) => shape.exec(value)?.groups).find((found) => found !== undefined);
  if (groups === undefined) return null;
  const { before = '', separator = '.', patch, after = '' } = groups;
  const between = escapeRegex(separator);
  const kept = /\d/.test(before) ? `(?<compatibility>${escapeRegex(before).replaceAll(/\d+/g, '\\d+')})` : escapeRegex(before);
  const rest = /^-\d+$/.test(after) ? '-(?<build>\\d+)' : escapeRegex(after).replaceAll(/\d+/g, '\\d+');
  return `regex:^${kept}(?<major>\\d+)${between}(?<minor>\\d+)${patch === undefined ? '' : `${between}(?<patch>\\d+)`}${rest}$`;
}

const DOTTED = /^(?<before>.*?)\d+(?<separator>\.)\d+(?:\.(?<patch>\d+))?(?<after>.*)$/;
const DATED = /^(?<before>.*?)\d{4}(?<separator>-)\d\d-(?<patch>\d\d)(?<after>.*)$/;
