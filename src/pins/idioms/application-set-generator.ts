import type { Idiom } from '../idiom.ts';
import { literalPins } from '../triples.ts';

/** A version among the parameters of a generator: list elements, cluster values, matrix and merge, whose overrides inherit chart and repository. */
export const applicationSetGenerator: Idiom = {
  name: 'application-set-generator',
  summary: 'version among the parameters of an ApplicationSet generator (list, clusters, git values, matrix, merge)',
  find: ({ triples }) => triples.filter((triple) => triple.fromRow).flatMap((triple) => literalPins(triple, 'application-set-generator')),
};
