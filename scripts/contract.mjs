/**
 * Holds our extraction against Renovate's own, over a folder of repositories:
 *   node scripts/contract.mjs REPOSITORIES [CONFIG]
 * REPOSITORIES holds one folder a repository; CONFIG is a Renovate config in JSON, this package's default.json when left out. Prints each
 * disagreement; the exit code is 1 when there is one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openRenovate } from '../dist/src/renovate/client.js';
import { SOURCE_KEY } from '../dist/src/renovate/types.js';
import { realExtraction, repositoryCopy, rowsOf } from '../test/src/renovate/harness.ts';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const [folder, configFile = join(project, 'default.json')] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('Usage: node scripts/contract.mjs REPOSITORIES [CONFIG]\n');
  process.exit(2);
}

/** As JSON for Renovate, which knows no sources. Both sides look up nothing, so package rules are left out of both. */
function plain({ packageRules: _, ...config }) {
  return JSON.parse(JSON.stringify(config, (key, value) => (key === SOURCE_KEY ? undefined : value)));
}

function differences(ours, theirs) {
  const counts = new Map();
  for (const row of theirs) counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) + 1);
  const extra = [];
  for (const row of ours) {
    const key = JSON.stringify(row);
    if (counts.get(key) > 0) counts.set(key, counts.get(key) - 1);
    else extra.push(key);
  }
  const missing = [...counts].flatMap(([key, count]) => Array(count).fill(key));
  return [...missing.map((row) => `  only Renovate: ${row}`), ...extra.map((row) => `  only ours:     ${row}`)];
}

const renovate = openRenovate();
const config = JSON.parse(readFileSync(configFile, 'utf8'));
const resolved = await renovate.resolve({ config, source: configFile, presets: { packageRoot: project, mapped: [] } });
for (const { message } of resolved.missing) console.log(message);
let total = 0;
let compared = 0;
for (const name of readdirSync(folder).sort()) {
  const copy = repositoryCopy(resolve(folder, name), plain(resolved.config));
  try {
    // with its sources, so that what spares work for this package's own presets is held against Renovate too
    const { packageRules: _rules, ...own } = resolved.config;
    const runs = await renovate.extract({ root: copy.root, files: copy.files, config: own });
    const ours = rowsOf(runs.map((run) => ({ ...run, dependencies: run.dependencies.filter(({ enabled }) => enabled) })));
    const theirs = realExtraction(copy.root);
    const found = differences(ours, theirs);
    total += found.length;
    compared += theirs.length;
    console.log(`${name}: ${theirs.length} dependencies, ${found.length} disagreements`);
    for (const line of found) console.log(line);
    for (const { manager, index, error } of runs) if (error !== null) console.log(`  ${manager} ${index ?? ''}: ${error}`);
  } finally {
    copy.remove();
  }
}
await renovate.close();
console.log(`${compared} dependencies compared, ${total} disagreements`);
process.exitCode = total === 0 ? 0 : 1;
