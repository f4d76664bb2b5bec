import { createRequire } from 'node:module';
import { version } from 'renovate-facts';

const require = createRequire(import.meta.url);

/** Stands in for `expose.js`, which finds Renovate's package.json beside itself: in the bundle it is not there. */
export const pkg = { name: 'renovate', version };

/** The native engine when it is installed; util/regex.js falls back to RegExp when this throws. */
export function re2(): unknown {
  return require('re2');
}
function absent(): never {
  throw new Error('not part of the bundle');
}
export { absent as bunyan, absent as openpgp, absent as prettier };
