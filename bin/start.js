// Finds a Node that Renovate runs on, then hands over to dist/. Plain JavaScript of any Node, because the old one must read it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const own = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
/** Only in a checkout: the published package carries dist/ and no scripts. */
const build = fileURLToPath(new URL('../scripts/build.mjs', import.meta.url));

/** Runs a program of dist/ by its name, with its entry from there. */
export async function start(name, entry) {
  const program = new URL(`../dist/${entry}`, import.meta.url);
  if (major > 24 || (major === 24 && minor >= 11)) {
    if (!existsSync(program) && existsSync(build)) spawnSync(process.execPath, [build], { stdio: ['ignore', 'ignore', 'inherit'] });
    if (existsSync(program)) {
      nodeModule.enableCompileCache();
      await import(program.href);
    } else {
      process.stderr.write(`${name} is not built: run \`npm ci\` or \`npm run build\` in its directory.\n`);
      process.exitCode = 3;
    }
  } else if (existsSync(own) && own !== process.execPath) {
    await handOver();
  } else {
    process.stderr.write(`${name} needs Node 24.11 or later, as Renovate does; this is ${process.version}.\n`);
    process.exitCode = 2;
  }
}

/** The same command line under the Node that the lock file brings; signals go on to it. */
function handOver() {
  const child = spawn(own, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('exit', (status) => {
      process.exitCode = status ?? 3;
      resolve();
    });
  });
}
