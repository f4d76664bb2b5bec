import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface InstalledRenovate {
  readonly version: string;
  /** Its program, to be run by Node. */
  readonly entry: string;
}

/** The Renovate that this package depends on; it is started, never loaded. */
export function installedRenovate(): InstalledRenovate {
  const manifest = createRequire(import.meta.url).resolve('renovate/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return { version, entry: join(dirname(manifest), 'dist/renovate.js') };
}
