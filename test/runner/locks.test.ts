import type { GitLab } from '../../runner/gitlab/port.ts';
import { fakeGitLab, refusing } from './fake-gitlab.ts';
import { acquire, LEASE_MS, LOCK_LABEL, release, renew, type LockOptions } from '../../runner/locks.ts';
import { lockedBatch } from '../../runner/locked-batch.ts';
import type { LogEvent } from '../../runner/renovate/log.ts';

/** A GitLab with nothing but labels. */
interface Labels {
  readonly gitlab: GitLab;
  readonly all: Map<string, { readonly id: number; readonly name: string; description: string }>;
}

function labels(): Labels {
  const all: Labels['all'] = new Map();
  let last = 0;
  const byId = (id: number): [string, { description: string }] | undefined => [...all].find(([, label]) => label.id === id);
  const gitlab = fakeGitLab({
    createLabel: async (project: number, name: string, description: string) => {
      const key = `${project} ${name}`;
      last += 1;
      const label = { id: last, name, description };
      return all.has(key) ? null : (all.set(key, label), label);
    },
    label: async (project: number, name: string) => all.get(`${project} ${name}`) ?? null,
    describeLabel: async (_project: number, id: number, description: string) => {
      const found = byId(id);
      if (found !== undefined) found[1].description = description;
      return found !== undefined;
    },
    deleteLabel: async (_project: number, id: number) => void all.delete(byId(id)?.[0] ?? ''),
  });
  return { gitlab, all };
}

function options(gitlab: GitLab, run: string, now = 0): LockOptions {
  return { gitlab, run, now: () => now };
}

it('the first has it, the second is told so, and has it when it is given back', async () => {
  const { gitlab } = labels();
  const [first, second] = [options(gitlab, 'a'), options(gitlab, 'b')];
  const lock = await acquire(1, first);
  expect(lock).toMatchObject({ state: 'held' });
  expect(await acquire(1, second)).toEqual({ state: 'busy' });
  expect(await acquire(2, second)).toMatchObject({ state: 'held' });
  await release(1, lock.state === 'held' ? lock.label : 0, first);
  expect(await acquire(1, second)).toMatchObject({ state: 'held' });
});

it.each([
  ['within its lease', LEASE_MS - 1, 'busy'],
  ['after its lease', LEASE_MS + 1, 'held'],
])('a runner that was killed, %s', async (_name, later, state) => {
  const { gitlab } = labels();
  await acquire(1, options(gitlab, 'killed'));
  expect(await acquire(1, options(gitlab, 'next', later))).toMatchObject({ state });
});

it('one that lives says so', async () => {
  const { gitlab } = labels();
  const lock = await acquire(1, options(gitlab, 'long'));
  expect(await renew(1, lock.state === 'held' ? lock.label : 0, options(gitlab, 'long', LEASE_MS))).toBe(true);
  expect(await acquire(1, options(gitlab, 'next', LEASE_MS + 1))).toEqual({ state: 'busy' });
});

it('of two that find a dead lock one takes it', async () => {
  const { gitlab } = labels();
  await acquire(1, options(gitlab, 'killed'));
  const locks = await Promise.all(['a', 'b', 'c'].map((run) => acquire(1, options(gitlab, run, LEASE_MS * 2))));
  expect(locks.map(({ state }) => state).sort()).toEqual(['busy', 'busy', 'held']);
});

it('a label of that name that somebody else made locks nothing', async () => {
  const { gitlab } = labels();
  await gitlab.createLabel(1, LOCK_LABEL, 'until the end of days');
  expect(await acquire(1, options(gitlab, 'a'))).toMatchObject({ state: 'held' });
});

it('where GitLab refuses labels, the reason is told', async () => {
  const gitlab = fakeGitLab({ createLabel: refusing('gitlab-forbidden', '403') });
  expect(await acquire(1, options(gitlab, 'a'))).toEqual({ state: 'unlockable', reason: '403' });
});

it('a batch leaves out what is busy, and gives each project back when it is finished', async () => {
  const { gitlab, all } = labels();
  await acquire(2, options(gitlab, 'other'));
  const heldThen: number[] = [];
  const events: LogEvent[] = [];
  const run = lockedBatch(
    async ({ projects }, tell) => {
      for (const project of projects) {
        heldThen.push(all.size);
        tell({ type: 'finished', project, result: 'done', seconds: 1 });
        await Promise.resolve();
      }
      return { end: null, lastWords: '' };
    },
    { ...options(gitlab, 'mine'), idOf: (path) => Number(path.slice(1)), warn: () => {} },
  );
  await run({ number: 1, account: '', projects: ['p1', 'p2', 'p3'] }, (event) => void events.push(event));
  expect(events.map((event) => (event.type === 'finished' ? [event.project, event.result] : event.type))).toEqual([['p2', 'busy'], ['p1', 'done'], ['p3', 'done']]);
  expect(heldThen).toEqual([3, 2]);
  expect([...all.keys()]).toEqual([`2 ${LOCK_LABEL}`]);
});

it('a batch that throws gives all back', async () => {
  const { gitlab, all } = labels();
  const run = lockedBatch(() => Promise.reject(new Error('boom')), { ...options(gitlab, 'mine'), idOf: () => 1, warn: () => {} });
  await expect(run({ number: 1, account: '', projects: ['p'] }, () => {})).rejects.toThrow('boom');
  expect(all.size).toBe(0);
});
