import type { CoveredPin } from '../coverage/coverage.ts';
import type { Json } from '../renovate/types.ts';

/** A repair of the config as data; paths are those of the document as it was judged. */
export type ConfigChange =
  /** Replaces a value, or adds the key with the objects around it. */
  | { readonly kind: 'set'; readonly path: readonly (string | number)[]; readonly value: Json }
  /** To the end of a list, which is made when it is not there. */
  | { readonly kind: 'append'; readonly path: readonly (string | number)[]; readonly value: Json }
  /** Before the entry of a list that stands there now. */
  | { readonly kind: 'insert'; readonly path: readonly (string | number)[]; readonly value: Json }
  | { readonly kind: 'remove'; readonly path: readonly (string | number)[] };

/** How Renovate looks a version up: the settings of a `# renovate:` comment, in the order in which they are written. */
export type Lookup = Readonly<Partial<Record<'datasource' | 'depName' | 'packageName' | 'registryUrl' | 'versioning', string>>>;

/** What `--fix` does about a fault without a person's decision. */
export type Change =
  | { readonly kind: 'config'; readonly source: string; readonly changes: readonly ConfigChange[] }
  /** A version that nobody manages, and how it is looked up. */
  | { readonly kind: 'manage'; readonly pin: CoveredPin; readonly lookup: Lookup };

/** A repair that writes one value. */
export function setting(source: string, path: readonly (string | number)[], value: Json): Change {
  return { kind: 'config', source, changes: [{ kind: 'set', path, value }] };
}
