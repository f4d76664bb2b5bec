/**
 * Proves the rules by breaking what works: every operator of mutate/operators.mjs is applied to every place of sound configs. A mutant that changes what Renovate
 * would extract or decide has to be reported by a rule that its operator names. Prints the score, and each survivor. `--fast` takes every fifth mutant.
 * Exits 1 below 95 %, and when an unmutated config has a finding.
 */
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyse } from '../src/cli/analyse.ts';
import { judge } from '../src/cli/judge.ts';
import { rules } from '../src/lint/rules/index.ts';
import { openRenovate } from '../src/renovate/client.ts';
import { decided, extracted } from './mutate/decide.mjs';
import { operators } from './mutate/operators.mjs';
import { subjects } from './mutate/subjects.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const fast = process.argv.includes('--fast');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
const GOAL = 0.95;
/** A mutant's regex may backtrack for ever: its thread is ended and the next mutant gets a new one. */
const LIMIT = 5_000;

function open() {
  return openRenovate({ worker: new URL('../dist/src/renovate/worker.js', import.meta.url), limit: LIMIT });
}

let shared = open();
async function look(folder, texts) {
  const analysis = await analyse({ root: folder, config: join(folder, [...texts.keys()][0]), presets: { packageRoot: root, mapped: [] }, cwd: folder, validate: true, texts, open: () => ({ ...shared, close: async () => {} }) });
  const findings = judge(analysis, rules);
  return { analysis, findings };
}

async function lookOrTimeOut(folder, texts) {
  try {
    return await look(folder, texts);
  } catch (error) {
    if (error.failure?.code !== 'renovate-timeout') throw error;
    await shared.close();
    shared = open();
    return null;
  }
}

function written({ file, complete }, config) {
  return new Map([[file, JSON.stringify(complete(config), null, 2)]]);
}

const began = performance.now();
const chosen = subjects(root).filter(({ name }) => only === undefined || name.includes(only));
const alarms = [];
const survivors = [];
const counts = new Map();
let tried = 0;
let changed = 0;
let killed = 0;
for (const subject of chosen) {
  const base = await look(subject.root, written(subject, subject.config));
  alarms.push(...base.findings.filter(({ severity }) => severity !== 'info').map(({ rule, message }) => `${subject.name}: ${rule} ${message}`));
  const known = new Set(base.findings.map(({ rule, message }) => `${rule} ${message}`));
  const before = { extracted: extracted(base.analysis).join('\n'), decided: decided(base.analysis).join('\n') };
  for (const operator of operators) {
    for (const { config, where } of operator.mutate(subject.config)) {
      tried += 1;
      if (fast && tried % 5 !== 0) continue;
      const mutant = await lookOrTimeOut(subject.root, written(subject, config));
      // one that never comes back is refused by every run
      if (mutant === null) continue;
      const differs = extracted(mutant.analysis).join('\n') !== before.extracted || decided(mutant.analysis).join('\n') !== before.decided;
      if (!differs) continue;
      changed += 1;
      const reported = mutant.findings.filter(({ rule, message }) => !known.has(`${rule} ${message}`)).map(({ rule }) => rule);
      const right = reported.some((rule) => operator.expects.includes(rule));
      const count = counts.get(operator.name) ?? { changed: 0, killed: 0 };
      counts.set(operator.name, { changed: count.changed + 1, killed: count.killed + (right ? 1 : 0) });
      if (right) killed += 1;
      else if (process.argv.includes('--show')) console.log(where, extracted(mutant.analysis).filter((row) => !before.extracted.includes(row)), decided(mutant.analysis).filter((row) => !before.decided.includes(row)).slice(0, 2), mutant.findings.map(({ message }) => message));
      else survivors.push(`${subject.name}: ${operator.name} at ${where}${reported.length === 0 ? '' : ` (reported as ${[...new Set(reported)].join(', ')})`}`);
    }
  }
}
await shared.close();

for (const [name, count] of counts) console.log(`${String(count.killed).padStart(4)} of ${String(count.changed).padEnd(4)} ${name}`);
console.log(`\n${chosen.length} configs, ${operators.length} operators, ${tried} mutants, ${changed} change what is extracted or decided${fast ? ' (of a fifth)' : ''}; ${killed} reported by the right rule: ${((100 * killed) / changed).toFixed(1)} % (${((performance.now() - began) / 1000).toFixed(0)} s)`);
if (survivors.length > 0) console.log(`\nsurvivors:\n  ${survivors.join('\n  ')}`);
if (alarms.length > 0) console.log(`\nfalse alarms on what is sound:\n  ${alarms.join('\n  ')}`);
process.exitCode = killed / changed >= GOAL && alarms.length === 0 ? 0 : 1;
