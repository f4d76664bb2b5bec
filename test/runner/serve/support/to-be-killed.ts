import { createInterface } from 'node:readline';
import { openStore } from '../../../../runner/serve/store.ts';
import { openWorker } from '../../../../runner/serve/worker.ts';
import type { Member } from '../../../../runner/run.ts';
import { project } from '../../report/fixture.ts';

/** Works through a queue and says so line by line, each time until it is told to go on, killed, or nothing is left. Arguments: the database, how many projects a new one gets, and one at which it hangs. */
const [path = '', projects = '0', poison = ''] = process.argv.slice(2);
const store = openStore(path);
const draining = new AbortController();
const answers = createInterface(process.stdin)[Symbol.asyncIterator]();

async function say(line: string): Promise<void> {
  process.stdout.write(`${line}\n`);
  await answers.next();
}

store.recover(Date.now());
if (store.ticked() === null) store.tick({ projects: Array.from({ length: Number(projects) }, (_, index) => `group/project-${index}`), reason: 'start', now: Date.now(), gone: () => ({ outcome: '', message: '' }) });

const worker = openWorker({
  store,
  some: async (paths) => ({ members: paths.map((one) => ({ project: { path: one }, account: { name: '' } }) as Member), left: [] }),
  runProjects: async (members, listener) => {
    for (const { project: { path: one } } of members) {
      listener.started(one);
      await say(`began ${one}`);
      if (one === poison) await forever();
      listener.finished(project(one));
      await say(`ended ${one}`);
    }
    stopWhenDone();
  },
  draining: draining.signal,
  now: Date.now,
  sleep: async () => {},
  log: () => {},
  ended: () => {},
});

function stopWhenDone(): void {
  if (store.counts().queued === 0) draining.abort();
}

function forever(): Promise<void> {
  setInterval(() => {}, 60_000);
  return new Promise(() => {});
}

stopWhenDone();
await worker.work();
store.close();
process.stdin.destroy();
