// The part of CI behind the tests: nothing generated is stale, the types hold, and the closing line with the counts of both.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(project, 'node_modules/.bin/node');

const checks = [
  ['types', [join(project, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']],
  ['default.json is generated from presets/', ['scripts/generate.mjs', '--check']],
  ['docs are generated', ['scripts/generate-docs.mjs', '--check']],
  ['the rules notice what breaks a config (npm run mutate)', ['scripts/mutate.mjs', '--fast']],
];

let passed = 0;
let failed = 0;
const results = process.argv[2];
if (results && existsSync(results)) {
  try {
    const report = JSON.parse(readFileSync(results, 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  } catch {
    console.log('the tests left no report');
    failed += 1;
  }
}
for (const [name, args] of checks) {
  const out = spawnSync(existsSync(node) ? node : process.execPath, args, { cwd: project, encoding: 'utf8' });
  if (out.status === 0) {
    passed += 1;
  } else {
    failed += 1;
    console.log(`not ok: ${name}\n${out.stdout}${out.stderr}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
