import { runJobs, type Batch, type BatchEnd, type EngineOptions, type Job, type Progress } from '../../runner/engine.ts';
import type { LogEvent } from '../../runner/renovate/log.ts';
import type { ProcessEnd } from '../../runner/renovate/outcome.ts';

/** What Renovate does to a project, attempt by attempt: a result of its own, or an end of the whole process while it is at work. */
type Script = Readonly<Record<string, readonly (string | { readonly dies: ProcessEnd })[]>>;

interface Played {
  readonly batches: readonly (readonly string[])[];
  readonly outcomes: Readonly<Record<string, string>>;
  readonly slept: readonly number[];
  readonly progress: readonly Progress[];
}

const A = 'a';

async function play(script: Script, options: Partial<EngineOptions> & { readonly drainAfter?: string } = {}): Promise<Played> {
  const played: { batches: string[][]; slept: number[]; progress: Progress[] } = { batches: [], slept: [], progress: [] };
  const seen = new Map<string, number>();
  const draining = new AbortController();
  async function runBatch({ projects }: Batch, tell: (event: LogEvent) => void): Promise<BatchEnd> {
    played.batches.push([...projects]);
    for (const project of projects) {
      const turn = seen.get(project) ?? 0;
      seen.set(project, turn + 1);
      const act = script[project]![turn] ?? 'done';
      if (act === 'nothing') return { end: 'crashed', lastWords: 'cannot start' };
      tell({ type: 'started', project });
      if (typeof act !== 'string') return { end: act.dies, lastWords: 'Error: boom' };
      tell({ type: 'finished', project, result: act, seconds: 2 });
      if (project === options.drainAfter) {
        draining.abort();
        return { end: 'interrupted', lastWords: '' };
      }
    }
    return { end: null, lastWords: '' };
  }
  const jobs: Job[] = Object.keys(script).map((path) => ({ path, account: '', seconds: 10 }));
  const results = await runJobs(jobs, {
    concurrency: 1,
    batch: { seconds: 1000, projects: 10 },
    retries: 2,
    retryDelaySeconds: 15,
    draining: draining.signal,
    runBatch,
    tell: (progress) => void played.progress.push(progress),
    sleep: async (ms) => void played.slept.push(ms),
    ...options,
  });
  return { ...played, outcomes: Object.fromEntries(results.map(({ path, outcome, attempts }) => [path, `${outcome} ${attempts}`])) };
}

it.each<[string, Script, { readonly outcomes: Record<string, string>; readonly batches: string[][] }]>([
  ['all goes well', { a: ['done'], b: ['done'] }, { outcomes: { a: 'done 1', b: 'done 1' }, batches: [['a', 'b']] }],
  ['a failure that lasts is final at once', { a: ['config-validation'], b: ['done'] }, { outcomes: { a: 'config-validation 1', b: 'done 1' }, batches: [['a', 'b']] }],
  ['a temporary one is tried again, alone of its batch', { a: ['external-host-error', 'done'], b: ['done'] }, { outcomes: { a: 'done 2', b: 'done 1' }, batches: [['a', 'b'], ['a']] }],
  ['and again, but not for ever', { a: Array<string>(9).fill('external-host-error') }, { outcomes: { a: 'external-host-error 3' }, batches: [['a'], ['a'], ['a']] }],
  [
    'a crash: what was finished stays, what stood behind runs without the culprit, which runs alone',
    { a: ['done'], b: [{ dies: 'crashed' }, 'done'], c: ['done'], d: ['done'] },
    { outcomes: { a: 'done 1', b: 'done 2', c: 'done 1', d: 'done 1' }, batches: [['a', 'b', 'c', 'd'], ['c', 'd'], ['b']] },
  ],
  ['one that always crashes', { a: [{ dies: 'crashed' }, { dies: 'crashed' }, { dies: 'crashed' }], b: ['done'] }, { outcomes: { a: 'crashed 3', b: 'done 1' }, batches: [['a', 'b'], ['b'], ['a'], ['a']] }],
  ['one that hangs is not tried again', { a: [{ dies: 'hung' }], b: ['done'] }, { outcomes: { a: 'hung 1', b: 'done 1' }, batches: [['a', 'b'], ['b']] }],
  ['two culprits in one batch', { a: [{ dies: 'hung' }], b: [{ dies: 'time-limit' }], c: ['done'] }, { outcomes: { a: 'hung 1', b: 'time-limit 1', c: 'done 1' }, batches: [['a', 'b', 'c'], ['b', 'c'], ['c']] }],
  ['killed for memory', { a: [{ dies: 'out-of-memory' }, 'done'] }, { outcomes: { a: 'done 2' }, batches: [['a'], ['a']] }],
  ['a process that never begins', { a: Array<string>(9).fill('nothing'), b: ['done'] }, { outcomes: { a: 'not-started 3', b: 'not-started 3' }, batches: [['a', 'b'], ['a', 'b'], ['a', 'b']] }],
  ['a result that nobody knows', { a: ['brand-new'] }, { outcomes: { a: 'unknown 1' }, batches: [['a']] }],
])('%s', async (_name, script, expected) => {
  const { outcomes, batches } = await play(script);
  expect({ outcomes, batches }).toEqual(expected);
});

it('waits longer before each further attempt', async () => {
  expect((await play({ a: ['external-host-error', 'rate-limit-exceeded', 'done'] })).slept).toEqual([15_000, 30_000]);
});

it('a signal: what is finished stays, what is not is done in the next run', async () => {
  const { outcomes, batches } = await play({ a: ['done'], b: ['done'], c: ['done'] }, { drainAfter: A, batch: { seconds: 1000, projects: 2 } });
  expect(outcomes).toEqual({ a: 'done 1', b: 'interrupted 0', c: 'interrupted 0' });
  expect(batches).toEqual([['a', 'c']]);
});

it('every project has one result, told once, and the count of those left goes down', async () => {
  const script = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`p${index}`, [[{ dies: 'crashed' as const }], ['external-host-error'], ['done']][index % 3]!]));
  const { progress, outcomes } = await play(script, { concurrency: 4, batch: { seconds: 1000, projects: 7 } });
  const told = progress.filter((one) => one.type === 'result');
  expect(told.map(({ left }) => left)).toEqual(Array.from({ length: 40 }, (_, index) => 39 - index));
  expect(new Set(told.map(({ result }) => result.path)).size).toBe(40);
  expect(new Set(Object.values(outcomes))).toEqual(new Set(['done 1', 'done 2']));
});

it('batches hold projects of one account', async () => {
  const batches: Batch[] = [];
  const jobs = ['x/1', 'x/2', 'y/1'].map((path): Job => ({ path, account: path.slice(0, 1), seconds: 1 }));
  await runJobs(jobs, {
    concurrency: 2,
    batch: { seconds: 1000, projects: 10 },
    retries: 0,
    retryDelaySeconds: 0,
    draining: new AbortController().signal,
    tell: () => {},
    sleep: async () => {},
    runBatch: async (batch, tell) => {
      batches.push(batch);
      batch.projects.forEach((project) => tell({ type: 'finished', project, result: 'done', seconds: 1 }));
      return { end: null, lastWords: '' };
    },
  });
  expect(batches.map(({ account, projects }) => [account, projects])).toEqual([['x', ['x/1', 'x/2']], ['y', ['y/1']]]);
});
