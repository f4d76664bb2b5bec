// Stands in for Renovate where it must fail in ways that the real one cannot be made to: what a project is called says what happens to it. Writes the log lines that the runner reads.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const { repositories } = JSON.parse(readFileSync(process.env.RENOVATE_CONFIG_FILE, 'utf8'));

function say(fields) {
  process.stdout.write(`${JSON.stringify({ name: 'renovate', level: 30, v: 0, ...fields })}\n`);
}

const ACTS = {
  throws: () => Promise.reject(new Error('something upstream is undefined')),
  exits: () => process.exit(0),
  aborts: () => process.abort(),
  killed: () => process.kill(process.pid, 'SIGKILL'),
  silent: () => wait(600_000),
  heap: () => {
    process.stderr.write('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n');
    process.exit(134);
  },
  hog: async () => {
    const kept = [];
    for (;;) {
      kept.push(Buffer.alloc(50e6, 1));
      say({ msg: 'still going' });
      await wait(5);
    }
  },
  garbage: () => {
    process.stdout.write('{"level": 30, "msg": "cut o\n\u001b[31mnot json\u001b[0m\n{}\n');
    process.stdout.write(`${JSON.stringify({ level: 30, msg: 'x'.repeat(3e6) })}\n`);
  },
  leaks: (repository) => say({ level: 40, repository, msg: `failed to fetch https://oauth2:${process.env.RENOVATE_TOKEN}@gitlab.example.com`, err: { message: Buffer.from(`oauth2:${process.env.RENOVATE_TOKEN}`).toString('base64') } }),
  slow: () => wait(1_500),
};

const RESULTS = { invalid: 'config-validation', dead: 'external-host-error', unheard: 'brand-new-result' };

for (const repository of repositories) {
  const [act] = /[a-z]+$/.exec(repository) ?? [''];
  say({ msg: 'Repository started', repository });
  await ACTS[act]?.(repository);
  say({ msg: 'Repository finished', repository, result: RESULTS[act] ?? 'done', durationMs: 10 });
  // the real one puts its cache away before it goes on
  if (act === 'slow') await wait(100);
}
