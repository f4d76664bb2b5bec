import { NOWHERE, resolveText } from '../resolve.ts';
import type { Idiom } from '../idiom.ts';
import type { Pin } from '../pin.ts';
import { literalPins, type Triple } from '../triples.ts';

/** An Application whose targetRevision stands in it: plain, inside a Helm template, in a List, among several sources. */
export const application: Idiom = {
  name: 'application',
  summary: 'targetRevision written in an Application, plain or inside a Helm template',
  find({ triples }) {
    const own = triples.filter((triple) => triple.deployment.kind === 'Application');
    const bases = basesByName(own);
    return own.flatMap((triple) => literalPins(triple, 'application').map((pin) => completed(pin, bases)));
  },
};

type Bases = ReadonlyMap<string, Pick<Pin, 'name' | 'repository' | 'kind'>>;

/** Chart and repository of the Applications that say both, by name. */
function basesByName(triples: readonly Triple[]): Bases {
  const bases = new Map<string, Pick<Pin, 'name' | 'repository' | 'kind'>>();
  for (const triple of triples) {
    const name = resolveText(triple.application, NOWHERE);
    const chart = triple.chart && resolveText(triple.chart, NOWHERE);
    const repository = resolveText(triple.repository, NOWHERE);
    if (name && chart && repository) bases.set(name, { name: chart, repository, kind: repository.includes('://') && !repository.startsWith('oci://') ? 'helm' : 'oci' });
  }
  return bases;
}

/** A patch of kustomize says the version only; chart and repository are those of the Application of the same name. */
function completed(pin: Pin, bases: Bases): Pin {
  const base = pin.name === null && pin.repository === null && pin.application !== null ? bases.get(pin.application) : undefined;
  return base ? { ...pin, ...base } : pin;
}
