import type { ParsedFile } from './context.ts';
import type { Deployment } from './deployments.ts';
import { makePin } from './make-pin.ts';
import type { Pin } from './pin.ts';
import { NOWHERE, pathsOf, patternOf, resolveText, substitute } from './resolve.ts';
import type { Symbolic } from './symbols.ts';

/** Version, chart and repository of one deployment under one set of generator parameters. */
export interface Triple {
  readonly deployment: Deployment;
  /** Where a version stands that is written out: the deployment's file, or one that includes it as a named template. */
  readonly file: ParsedFile;
  readonly path: Symbolic | null;
  readonly version: Symbolic;
  readonly chart: Symbolic | null;
  readonly repository: Symbolic;
  readonly application: Symbolic;
  /** The version was written in a generator row. */
  readonly fromRow: boolean;
}

/** One triple for a deployment without parameters; else one for each generator row that says a version. */
export function triplesOf(deployment: Deployment): Triple[] {
  const { file, version, chart, repository, path, application, generators } = deployment;
  if (pathsOf(version, 'parameters').length === 0) {
    // a literal version beside a parametrised chart: the rows are asked for the chart only
    const rows = generators.rows;
    return [{ deployment, file, path, version, chart: chart && substitute(chart, file, rows), repository: substitute(repository, file, rows), application, fromRow: false }];
  }
  const triples: Triple[] = [];
  for (const row of generators.rows) {
    const own = substitute(version, file, [row]);
    if (own === version || JSON.stringify(own) === JSON.stringify(version)) continue;
    const rows = [row, ...generators.rows.filter((other) => other !== row && other.group === row.group)];
    triples.push({ deployment, file, path, version: own, chart: chart && substitute(chart, file, rows), repository: substitute(repository, file, rows), application: substitute(application, file, rows), fromRow: true });
  }
  // what no row says, a file that a git generator reads may say
  if (generators.files.length > 0) {
    const rows = generators.rows;
    triples.push({ deployment, file, path, version, chart: chart && substitute(chart, file, rows), repository: substitute(repository, file, rows), application, fromRow: false });
  }
  return triples;
}

/** The pin of a version that stands literally in the file of its deployment, or in a row there. */
export function literalPins(triple: Triple, idiom: string): Pin[] {
  const { file, path, version } = triple;
  const texts = version.kind === 'first' ? version.of : [version];
  return texts.flatMap((text) => {
    if (text.kind !== 'text' || text.offset === null) return [];
    const pin = makePin({
      file,
      idiom,
      offset: text.offset,
      value: text.value,
      chart: triple.chart && resolveText(triple.chart, NOWHERE),
      repository: resolveText(triple.repository, NOWHERE),
      application: resolveText(triple.application, NOWHERE),
      applicationPattern: patternOf(triple.application, NOWHERE),
      path: path !== null,
    });
    return pin ? [pin] : [];
  });
}

