import { entriesOf, valueAt, valueOf, type Yaml } from '../source/yaml.ts';
import type { ParsedFile } from './context.ts';
import { deployerOf, helmRepository, placeOf, plainText, referenceOf, agreed, urlOf, type Flux, type FluxResource, type Place } from './flux.ts';
import { makePin } from './make-pin.ts';
import type { Pin, PinKind } from './pin.ts';
import { isFloating } from './version.ts';

/** A chart as `spec.chart.spec` of a HelmRelease or `spec` of a HelmChart names it. */
export interface FluxChart {
  /** It lies in a git repository or bucket, where the version of the source counts and `version` is not read (source-controller, HelmChart). */
  readonly fromSource: boolean;
  readonly name: string | null;
  readonly repository: string | null;
}

const UNKNOWN: FluxChart = { fromSource: false, name: null, repository: null };

/** Keys that lead to the chart. */
export const CHART_AT: Partial<Record<FluxResource['kind'], readonly string[]>> = { HelmRelease: ['spec', 'chart', 'spec'], HelmChart: ['spec'] };

/**
 * The chart of a HelmRelease or HelmChart. One that is a patch for another of its name (an overlay that sets the version only) has what that one says.
 */
export function chartOf(flux: Flux, resource: FluxResource): FluxChart {
  if (isPatch(resource)) return sharedChart(flux, flux.named(resource.kind, resource.name).filter((one) => one !== resource));
  const spec = valueAt(resource.node, CHART_AT[resource.kind]!);
  const reference = referenceOf(resource, valueOf(spec, 'sourceRef'));
  return {
    fromSource: reference.kind === 'GitRepository' || reference.kind === 'Bucket',
    name: plainText(resource.file, valueOf(spec, 'chart')),
    repository: helmRepository(flux, reference, resource.file),
  };
}

/** What the charts of several resources have in common. */
export function sharedChart(flux: Flux, resources: readonly FluxResource[]): FluxChart {
  const charts = resources.filter((one) => !isPatch(one)).map((one) => chartOf(flux, one));
  if (charts.length === 0) return UNKNOWN;
  return { fromSource: charts.every(({ fromSource }) => fromSource), name: agreed(charts, ({ name }) => name), repository: agreed(charts, ({ repository }) => repository) };
}

function isPatch({ kind, node }: FluxResource): boolean {
  const at = CHART_AT[kind];
  return at !== undefined && valueOf(valueAt(node, at), 'chart') === undefined;
}

/** Pins of the version of a chart, at one or several places: an if/else in a template leaves two. */
export function chartPins(file: ParsedFile, versions: readonly (Yaml | undefined)[], chart: FluxChart, application: string | null, idiom: string): Pin[] {
  if (chart.fromSource) return [];
  return versions.flatMap((version) => {
    const place = placeOf(file, version);
    const pin = place && makePin({ file, idiom, ...place, chart: chart.name, repository: chart.repository, application, path: false });
    return pin ? [pin] : [];
  });
}

/** Versions of the chart of a HelmRelease or HelmChart. */
export function chartVersions({ kind, node }: FluxResource): Yaml[] {
  return entriesOf(valueAt(node, CHART_AT[kind]!), 'version').map(({ value }) => value);
}

/** In the order in which Flux heeds them: the first that is there counts (source-controller, OCIRepositoryRef and GitRepositoryRef). */
export const REF_KEYS: Partial<Record<FluxResource['kind'], readonly string[]>> = {
  OCIRepository: ['digest', 'semver', 'tag'],
  GitRepository: ['commit', 'name', 'semver', 'tag', 'branch'],
};

/**
 * The pin of an OCIRepository or GitRepository. A tag beside a digest is the version that people read, and is updated together with the digest.
 */
export function sourcePins(flux: Flux, resource: FluxResource, idiom: string): Pin[] {
  const ref = valueAt(resource.node, ['spec', 'ref']);
  const key = REF_KEYS[resource.kind]!.find((one) => valueOf(ref, one) !== undefined);
  const shown = key === 'digest' && valueOf(ref, 'tag') !== undefined && valueOf(ref, 'semver') === undefined ? 'tag' : key;
  return shown === undefined ? [] : refPins({ file: resource.file, node: valueOf(ref, shown), key: shown, kind: resource.kind, url: urlOf(resource), application: deployerOf(flux, resource), idiom });
}

export interface Ref {
  readonly file: ParsedFile;
  readonly node: Yaml | undefined;
  /** `tag`, `semver`, `digest`, … */
  readonly key: string;
  readonly kind: FluxResource['kind'];
  readonly url: string | null;
  readonly application: string | null;
  readonly idiom: string;
}

/** The pin of one value of a `ref`. */
export function refPins({ file, node, key, kind: resource, url, application, idiom }: Ref): Pin[] {
  const written = placeOf(file, node);
  if (written === null) return [];
  const { value, offset } = key === 'name' ? withoutRefs(written) : written;
  const kind: PinKind = resource === 'OCIRepository' ? 'oci' : 'git';
  return [{ file: file.path, ...file.lines.at(offset), offset, value, kind, idiom, floating: floats(key, value, kind), name: nameOf(url), repository: url, application }];
}

/** `refs/tags/v1.2.3`; other references stay as they are. */
function withoutRefs({ value, offset }: Place): Place {
  const prefix = 'refs/tags/';
  return value.startsWith(prefix) ? { value: value.slice(prefix.length), offset: offset + prefix.length } : { value, offset };
}

function floats(key: string, value: string, kind: PinKind): boolean {
  if (key === 'digest' || key === 'commit') return false;
  return isFloating(value, key === 'semver' ? 'helm' : kind);
}

function nameOf(url: string | null): string | null {
  return url === null ? null : (url.replace(/\/+$/, '').replace(/\.git$/, '').split(/[/:]/).at(-1) ?? null);
}
