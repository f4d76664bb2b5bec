import type { Idiom } from '../idiom.ts';
import { literalPins } from '../triples.ts';

/** An ApplicationSet whose template says the version for every Application it makes. */
export const applicationSet: Idiom = {
  name: 'application-set',
  summary: 'targetRevision written in the template of an ApplicationSet',
  find: ({ triples }) => triples.filter((triple) => triple.deployment.kind === 'ApplicationSet' && !triple.fromRow).flatMap((triple) => literalPins(triple, 'application-set')),
};
