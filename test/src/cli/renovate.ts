import { openRenovate } from '../../../src/renovate/client.ts';
import type { Renovate } from '../../../src/renovate/types.ts';

/** Renovate's thread is a bundle and exists in dist/ only; `npm test` builds it first. */
export function openBuilt(): Renovate {
  return openRenovate({ worker: new URL('../../../dist/src/renovate/worker.js', import.meta.url) });
}
