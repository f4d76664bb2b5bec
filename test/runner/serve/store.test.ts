import { chmodSync, copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Reason } from '../../../runner/serve/job.ts';
import { openDatabase } from '../../../runner/serve/database.ts';
import { openStore, type Store } from '../../../runner/serve/store.ts';
import { line } from '../report/fixture.ts';
import { failureOf } from './support/failures.ts';
import { broken, done, jobsIn, runAll, temporaryStores } from './support/stores.ts';

const stores = temporaryStores();
afterAll(stores.remove);

const NOW = Date.parse('2026-03-02T04:00:00Z');
const DAY = 86_400_000;

function gone(): { outcome: string; message: string } {
  return { outcome: 'archived', message: 'archived' };
}

function tick(store: Store, projects: readonly string[], now = NOW, reason: Reason = 'cron'): number {
  return store.tick({ projects, reason, now, gone });
}

function begin(store: Store, path: string): number {
  const { id } = store.queue(100).find(({ project }) => project === path)!;
  store.begin(id, '', NOW);
  return id;
}

/** As after a kill: nothing was closed, and the lock went with the process. What lies on the disk is what another process finds. */
function afterKill(store: Store, path: string): Store {
  const copy = stores.path();
  for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, `${copy}${suffix}`);
  store.close();
  return stores.open(copy);
}

interface History {
  readonly name: string;
  run(store: Store): void;
  readonly expected: readonly string[];
}

describe('histories', () => {
  it.each<History>([
    { name: 'nothing', run: () => {}, expected: [] },
    { name: 'one job', run: (store) => store.enqueue('g/a', 'push', NOW), expected: ['g/a queued by push'] },
    {
      name: 'the same project twice is one job',
      run: (store) => {
        store.enqueue('g/a', 'push', NOW);
        store.enqueue('g/a', 'dashboard', NOW);
      },
      expected: ['g/a queued by push'],
    },
    {
      name: 'who did something himself goes before those that come by the clock, and takes their place for his project',
      run: (store) => {
        tick(store, ['g/a', 'g/b', 'g/c']);
        store.enqueue('g/d', 'push', NOW);
        store.enqueue('g/b', 'dashboard', NOW);
      },
      expected: ['g/b queued by dashboard', 'g/d queued by push', 'g/a queued by cron', 'g/c queued by cron'],
    },
    {
      name: 'the clock takes nobody a place',
      run: (store) => {
        store.enqueue('g/b', 'dashboard', NOW);
        tick(store, ['g/a', 'g/b']);
      },
      expected: ['g/b queued by dashboard', 'g/a queued by cron'],
    },
    {
      name: 'what comes while the project runs queues one more, and no third',
      run: (store) => {
        store.enqueue('g/a', 'push', NOW);
        begin(store, 'g/a');
        store.enqueue('g/a', 'dashboard', NOW);
        store.enqueue('g/a', 'merged', NOW);
      },
      expected: ['g/a queued by dashboard', 'g/a running by push'],
    },
    {
      name: 'done and failed',
      run: (store) => {
        tick(store, ['g/a', 'g/b']);
        runAll(store, NOW, (path) => (path === 'g/a' ? done(path) : broken(path)));
      },
      expected: ['g/b failed config-validation by cron', 'g/a done done by cron'],
    },
    {
      name: 'a job that never began may end as well',
      run: (store) => {
        store.enqueue('g/a', 'push', NOW);
        store.finish(store.next(1)[0]!.id, { state: 'done', outcome: 'archived', message: 'archived', report: null }, NOW);
      },
      expected: ['g/a done archived by push'],
    },
    {
      name: 'what was interrupted goes back, with what was queued meanwhile, and in its place',
      run: (store) => {
        tick(store, ['g/a', 'g/b']);
        const id = begin(store, 'g/a');
        store.enqueue('g/a', 'dashboard', NOW);
        store.release([id]);
      },
      expected: ['g/a queued by dashboard', 'g/b queued by cron'],
    },
    {
      name: 'to release what never began changes nothing',
      run: (store) => {
        store.enqueue('g/a', 'push', NOW);
        store.release(store.next(10).map(({ id }) => id));
      },
      expected: ['g/a queued by push'],
    },
    {
      name: 'a project that is gone is noted once; one that is queued still, by whoever takes it',
      run: (store) => {
        tick(store, ['g/a', 'g/b', 'g/c']);
        runAll(store, NOW);
        store.enqueue('g/b', 'push', NOW + 1);
        tick(store, ['g/a'], NOW + 2);
        tick(store, ['g/a'], NOW + 3);
      },
      expected: ['g/b queued by push', 'g/a queued by cron', 'g/c done archived by cron', 'g/c done done by cron', 'g/b done done by cron', 'g/a done done by cron'],
    },
    {
      name: 'one that comes back is run again',
      run: (store) => {
        tick(store, ['g/a']);
        runAll(store, NOW);
        tick(store, [], NOW + 1);
        tick(store, ['g/a'], NOW + 2);
      },
      expected: ['g/a queued by cron', 'g/a done archived by cron', 'g/a done done by cron'],
    },
  ])('$name', ({ run, expected }) => {
    const store = stores.open();
    run(store);
    expect(jobsIn(store)).toEqual(expected);
  });
});

describe('a service that is killed', () => {
  it('keeps what was committed, and runs again what it ran', () => {
    const path = stores.path();
    const store = stores.open(path);
    tick(store, ['g/a', 'g/b', 'g/c', 'g/d']);
    store.finish(begin(store, 'g/a'), done('g/a', { opened: [line(4, 'Update chart')] }), NOW + 5);
    begin(store, 'g/b');
    begin(store, 'g/c');
    store.enqueue('g/c', 'dashboard', NOW + 6);
    const again = afterKill(store, path);
    expect(again.recover(NOW + 10)).toEqual({ requeued: 2, crashed: [] });
    expect(jobsIn(again)).toEqual(['g/d queued by cron', 'g/c queued by dashboard lost 1', 'g/b queued by cron lost 1', 'g/a done done by cron']);
    expect(again.history(1)[0]?.report?.opened).toEqual([line(4, 'Update chart')]);
    expect(again.ticked()).toBe(NOW);
  });

  it('a suspect runs alone, behind all others', () => {
    const store = stores.open();
    tick(store, ['g/a', 'g/b', 'g/c', 'g/d']);
    begin(store, 'g/a');
    begin(store, 'g/b');
    store.recover(NOW);
    expect(store.next(10).map(({ project }) => project)).toEqual(['g/c', 'g/d']);
    runAll(store, NOW);
    expect(store.next(10).map(({ project }) => project)).toEqual(['g/a']);
    runAll(store, NOW);
    expect(store.next(10).map(({ project }) => project)).toEqual(['g/b']);
  });

  it('gives a project up that was running three times, and then gives it one try at a time', () => {
    const store = stores.open();
    tick(store, ['g/poison']);
    const lost = (): unknown => {
      begin(store, 'g/poison');
      return store.recover(NOW);
    };
    expect([lost(), lost(), lost()]).toEqual([
      { requeued: 1, crashed: [] },
      { requeued: 1, crashed: [] },
      { requeued: 0, crashed: ['g/poison'] },
    ]);
    expect(jobsIn(store)).toEqual(['g/poison failed crashed by cron lost 3']);
    tick(store, ['g/poison'], NOW + DAY);
    expect(lost()).toEqual({ requeued: 0, crashed: ['g/poison'] });
    tick(store, ['g/poison'], NOW + 2 * DAY);
    runAll(store, NOW);
    tick(store, ['g/poison'], NOW + 3 * DAY);
    expect(jobsIn(store)[0]).toBe('g/poison queued by cron');
  });

  it('what is queued for it meanwhile has one try as well', () => {
    const store = stores.open();
    tick(store, ['g/poison']);
    for (let times = 0; times < 2; times += 1) {
      begin(store, 'g/poison');
      store.recover(NOW);
    }
    begin(store, 'g/poison');
    store.enqueue('g/poison', 'push', NOW);
    store.recover(NOW);
    expect(jobsIn(store)).toEqual(['g/poison queued by push lost 2', 'g/poison failed crashed by cron lost 3']);
  });
});

it('a job has one result', () => {
  const store = stores.open();
  store.enqueue('g/a', 'push', NOW);
  const id = begin(store, 'g/a');
  store.finish(id, done('g/a'), NOW);
  expect(() => store.finish(id, broken('g/a'), NOW)).toThrow('has ended already');
  expect(jobsIn(store)).toEqual(['g/a done done by push']);
});

it('a start is remembered with its jobs, or neither', () => {
  const store = stores.open();
  expect(store.ticked()).toBeNull();
  expect(tick(store, ['g/a', 'g/b'])).toBe(2);
  expect(tick(store, ['g/a', 'g/c'], NOW + 1)).toBe(1);
  runAll(store, NOW + 1);
  expect(() => store.tick({ projects: ['g/new'], reason: 'cron', now: NOW + 2, gone: () => { throw new Error('no reason'); } })).toThrow('no reason');
  expect([store.ticked(), jobsIn(store)]).toEqual([NOW + 1, ['g/c done done by cron', 'g/b done done by cron', 'g/a done done by cron']]);
  store.setTicked(NOW - 1);
  expect(store.ticked()).toBe(NOW - 1);
});

it('counts', () => {
  const store = stores.open();
  expect(store.counts()).toEqual({ queued: 0, running: 0, oldestQueued: null, lastSuccess: null });
  store.enqueue('g/a', 'push', NOW);
  runAll(store, NOW + 5);
  store.enqueue('g/b', 'push', NOW + 6);
  runAll(store, NOW + 7, broken);
  store.enqueue('g/c', 'push', NOW + 8);
  begin(store, 'g/c');
  store.enqueue('g/c', 'push', NOW + 9);
  store.enqueue('g/a', 'push', NOW + 10);
  expect(store.counts()).toEqual({ queued: 2, running: 1, oldestQueued: NOW + 9, lastSuccess: NOW + 5 });
  expect(store.latest().map(({ project, state }) => [project, state])).toEqual([['g/a', 'done'], ['g/b', 'failed']]);
  expect(store.latest(['g/b', 'g/x']).map(({ project }) => project)).toEqual(['g/b']);
});

it('forgets what is old, but never what a project was last', () => {
  const store = stores.open();
  store.enqueue('g/quiet', 'push', NOW);
  runAll(store, NOW);
  for (let run = 0; run < 120; run += 1) {
    store.enqueue('g/busy', 'push', NOW + run);
    runAll(store, NOW + run);
  }
  for (const day of [1, 2]) {
    store.enqueue('g/old', 'push', NOW + day);
    runAll(store, NOW + day);
  }
  store.prune(NOW + 200);
  const kept = store.history(1_000);
  expect(kept.filter(({ project }) => project === 'g/busy')).toHaveLength(100);
  expect(kept.filter(({ project, report }) => project === 'g/busy' && report !== null)).toHaveLength(10);
  store.prune(NOW + 31 * DAY);
  expect(store.history(1_000).map(({ project }) => project).sort()).toEqual(['g/busy', 'g/old', 'g/quiet']);
  expect(store.latest().every(({ report }) => report !== null)).toBe(true);
});

it('a report that this version cannot read is none', () => {
  const path = stores.path();
  const store = stores.open(path);
  store.enqueue('g/a', 'push', NOW);
  runAll(store, NOW);
  store.close();
  const raw = new DatabaseSync(path);
  raw.exec(`UPDATE jobs SET report = '{"path": 1}'`);
  raw.close();
  expect(stores.open(path).latest()).toMatchObject([{ project: 'g/a', state: 'done', report: null }]);
});

describe('the file', () => {
  it('is private, in a folder that need not exist', () => {
    const path = join(stores.folder, 'deep/er/jobs.sqlite');
    stores.open(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('belongs to one service, by whatever name; and to the next one when it is closed', () => {
    const path = stores.path();
    const store = stores.open(path);
    const other = join(dirname(path), `../${dirname(path).split('/').at(-1)}/${path.split('/').at(-1)}`);
    for (const name of [path, other]) expect(failureOf(() => openStore(name))).toMatchObject({ code: 'database-unusable', message: `another service works with ${name}` });
    store.close();
    stores.open(path);
  });

  it('syncs at every commit', () => {
    const path = stores.path();
    stores.open(path);
    expect(readFileSync(path).subarray(18, 20)).toEqual(Buffer.from([2, 2]));
  });

  it.each<[string, (path: string) => void, string]>([
    ['no database', (path) => writeFileSync(path, 'this is a text, long enough to be read as the head of a file. '.repeat(20)), 'it is no SQLite database'],
    ['a folder', (path) => mkdirSync(path), 'EISDIR'],
    ['of another program', (path) => new DatabaseSync(path).exec('CREATE TABLE notes (text TEXT)'), 'is a database of another program'],
    ['of a later version', (path) => new DatabaseSync(path).exec('PRAGMA user_version = 99'), 'was written by a later version of this program'],
    ['damaged', damage, 'it is damaged'],
  ])('%s', (_name, prepare, words) => {
    const path = stores.path();
    prepare(path);
    expect(failureOf(() => openStore(path))).toMatchObject({ code: 'database-unusable', message: expect.stringContaining(words) as string, remedy: expect.stringContaining('serve.database') as string });
  });

  it('a full disk is told, and what was before stays', () => {
    const database = openDatabase(stores.path());
    database.sql.exec(`CREATE TABLE notes (text TEXT); PRAGMA max_page_count = ${(database.sql.prepare('PRAGMA page_count').get() as { page_count: number }).page_count + 2}`);
    const write = (text: string): unknown => database.transaction(() => database.sql.prepare('INSERT INTO notes VALUES (?)').run(text));
    write('small');
    expect(failureOf(() => database.transaction(() => [database.sql.prepare('INSERT INTO notes VALUES (?)').run('small, too'), database.sql.prepare('INSERT INTO notes VALUES (?)').run('x'.repeat(100_000))]))).toMatchObject({ code: 'database-unusable', message: expect.stringContaining('its disk is full') as string });
    expect(database.sql.prepare('SELECT text FROM notes').all()).toEqual([{ text: 'small' }]);
    write('goes on');
    database.close();
  });
});

function damage(path: string): void {
  const store = openStore(path);
  tick(store, Array.from({ length: 500 }, (_, index) => `group/project-${index}`));
  store.close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, 100, 3_000);
  writeFileSync(path, bytes);
  chmodSync(path, 0o600);
}
