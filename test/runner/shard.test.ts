import { RunnerConfig } from '../../runner/config/schema.ts';
import { childPipeline, LONGEST_VARIABLE, MOST_BYTES, variableBytes } from '../../runner/shard/pipeline.ts';
import { MOST_JOBS, shards, type Shard, type Shardable } from '../../runner/shard/plan.ts';
import { sum } from '../../runner/projects/batches.ts';
import { parseWithLibrary } from '../../src/source/yaml.ts';

function projects(count: number, account = '', seconds: (index: number) => number = () => 10): Shardable[] {
  return Array.from({ length: count }, (_, index) => ({ path: `group-${account}/team-${index % 37}/project-${String(index).padStart(4, '0')}`, account, seconds: seconds(index) }));
}

const MINUTES = { jobs: null, minutes: 30 };

it.each<[string, readonly Shardable[], { jobs: number | null; minutes: number }, readonly number[]]>([
  ['no project, no job', [], MINUTES, []],
  ['little work: one job', projects(20), MINUTES, [20]],
  ['by minutes', projects(360), MINUTES, [180, 180]],
  ['as many as asked for', projects(10), { jobs: 3, minutes: 30 }, [4, 3, 3]],
  ['no more jobs than projects', projects(2), { jobs: 9, minutes: 30 }, [1, 1]],
  ['no more projects than fit a variable', projects(1000, '', () => 0.5), { jobs: 1, minutes: 30 }, [334, 333, 333]],
  ['a job of its own for an account', [...projects(10, 'a'), ...projects(2, 'b')], { jobs: 1, minutes: 30 }, [10, 2]],
  ['more jobs for the account with more work', [...projects(30, 'a'), ...projects(2, 'b')], { jobs: 4, minutes: 30 }, [10, 10, 10, 2]],
])('%s', (_name, given, limits, sizes) => {
  expect(shards(given, limits).map((shard) => shard.projects.length)).toEqual(sizes);
});

describe('5,000 projects of two accounts, as unequal as in life', () => {
  const given = [...projects(4_200, 'a', (index) => 1 + ((index * 7919) % 97) ** 2 / 60), ...projects(800, 'b', (index) => 2 + ((index * 104_729) % 89) ** 2 / 80)];
  const planned = shards(given, { jobs: 200, minutes: 30 });
  const pipeline = childPipeline({ shards: planned, config: RunnerConfig.parse({ accounts: [{ name: 'a', token: 'A' }, { name: 'b', token: 'B' }] }), configFile: null, version: '0.1.0' });

  it('each is in one job', () => {
    const all = planned.flatMap((shard) => shard.projects);
    expect(all).toHaveLength(5_000);
    expect(new Set(all).size).toBe(5_000);
  });

  it('the longest job is near the mean, and no job mixes accounts', () => {
    expect(planned).toHaveLength(MOST_JOBS);
    expect(Math.max(...planned.map(({ seconds }) => seconds))).toBeLessThan((sum(given) / MOST_JOBS) * 1.2);
    const accountOf = new Map(given.map(({ path, account }) => [path, account]));
    expect(planned.every((shard) => shard.projects.every((path) => accountOf.get(path) === shard.account))).toBe(true);
  });

  it("keeps GitLab's limits", () => {
    expect(Buffer.byteLength(pipeline)).toBeLessThan(MOST_BYTES / 5);
    expect(Math.max(...planned.map(variableBytes))).toBeLessThan(LONGEST_VARIABLE);
  });
});

it('the longest paths that GitLab allows fit the variable', () => {
  const longest = Array.from({ length: 480 }, (_, index) => ({ path: `${'g'.repeat(250)}${index}`, account: 'some account', seconds: 1 }));
  expect(variableBytes(shards(longest, { jobs: 1, minutes: 30 })[0]!)).toBeLessThan(LONGEST_VARIABLE);
});

const HOSTILE: Shard = { number: 1, account: '', projects: ['a/$(id)', 'b/"quoted"', "c/it's", 'd/line\nbreak', 'e/日本語', 'f/${CI_JOB_TOKEN}'], seconds: 10 };

describe('the child pipeline', () => {
  const config = RunnerConfig.parse({ cacheDir: 'cache', shard: { tags: ['renovate'], install: 'true' } });
  const text = childPipeline({ shards: [HOSTILE], config, configFile: "conf/it's here.json5", version: '0.1.0' });
  const pipeline = JSON.parse(text) as Record<string, { script?: string[]; variables?: Record<string, { value: string; expand: boolean }> }>;

  it('is YAML', () => {
    expect(parseWithLibrary(text)).toHaveLength(1);
  });

  it('has projects in a variable that is not expanded, and never in a script', () => {
    const job = pipeline['run 1/1']!;
    expect(job.variables?.['RENOVATE_ARGOCD_PROJECTS']).toEqual({ value: JSON.stringify(HOSTILE.projects), expand: false });
    expect(job.script).toEqual([`renovate-argocd-runner run --config 'conf/it'\\''s here.json5' --report renovate-report-1`]);
  });

  it('ends with one report, whatever became of the jobs', () => {
    expect(pipeline['report']).toMatchObject({ stage: 'report', when: 'always', script: [expect.stringContaining('shard --collect') as string] });
    expect(pipeline['stages']).toEqual(['run', 'report']);
  });
});
