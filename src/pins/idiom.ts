import type { Context } from './context.ts';
import type { Flux } from './flux.ts';
import type { Pin } from './pin.ts';
import type { Triple } from './triples.ts';

/** What an idiom may look at. */
export interface Reading extends Context {
  /** Version, chart and repository of every source of every Application and ApplicationSet, as symbols. */
  readonly triples: readonly Triple[];
  /** Every custom resource of Flux. Read when it is first asked for. */
  flux(): Flux;
}

/** One idiom: a way in which a repository says which version Argo CD or Flux deploys. File, fixture folder and docs anchor have its name. */
export interface Idiom {
  readonly name: string;
  /** One line for the docs. */
  readonly summary: string;
  find(reading: Reading): readonly Pin[];
}
