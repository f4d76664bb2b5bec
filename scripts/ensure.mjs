// Before `npm start` and `npm test`: installs when node_modules does not fit the lock file, builds when dist/ is stale. Runs under the
// machine's Node (20 or later), and says nothing when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function packagesOf(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null;
}

/** npm keeps in node_modules what it installed; optional packages of other platforms are missing there. */
function isInstalled() {
  if (!existsSync(join(root, 'node_modules/.bin/node'))) return false;
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  if (installed === null) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || (installed[path] === undefined && entry.optional === true)) return true;
    return installed[path]?.version === entry.version && installed[path]?.integrity === entry.integrity;
  });
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) process.stderr.write(`${command}: ${error.message}\n`);
  if (status !== 0) process.exit(status ?? 1);
}

// Without the packages' own scripts: none of them is needed here, and that of re2, which is optional, asks a host that is no registry and then compiles for minutes. `npm rebuild re2` has Renovate's regexes run by it.
if (!isInstalled()) run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
const { isFresh } = await import('./build.mjs');
if (!isFresh()) run(process.execPath, [join(root, 'scripts/build.mjs')]);
