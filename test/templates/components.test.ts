import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { childPipeline, type PipelineInput } from '../../runner/shard/pipeline.ts';
import { projectRoot } from '../support/fixtures.ts';

/** Each component is a form: documented inputs that are used, and jobs that an including project can give another name. */
interface Input {
  readonly default?: unknown;
  readonly description?: string;
}

const NAMES = readdirSync(join(projectRoot, 'templates')).sort();
const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };

function templateOf(name: string): { text: string; inputs: Record<string, Input>; jobs: Record<string, { variables?: Record<string, string> }> } {
  const text = readFileSync(join(projectRoot, 'templates', name, 'template.yml'), 'utf8');
  const [head, body] = parseAllDocuments(text).map((document) => document.toJS({ maxAliasCount: 50 })) as [{ spec: { inputs: Record<string, Input> } }, Record<string, { variables?: Record<string, string> }>];
  return { text, inputs: head.spec.inputs, jobs: body };
}

it.each(NAMES)('%s documents its inputs, and uses each', (name) => {
  const { text, inputs } = templateOf(name);
  const used = new Set([...text.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, input]) => input));
  expect(Object.keys(inputs).sort()).toEqual([...used].sort());
  expect(Object.entries(inputs).filter(([, input]) => (input.description ?? '') === '' || input.default === undefined)).toEqual([]);
});

it.each(NAMES)('%s installs the version that it belongs to', (name) => {
  expect(templateOf(name).inputs['version']?.default).toBe(version);
});

it.each(NAMES)('the jobs of %s have the name that was asked for', (name) => {
  expect(Object.keys(templateOf(name).jobs).filter((job) => !/^\$\[\[ inputs\.job \]\](-\w+)?$/.test(job))).toEqual([]);
});

/** Text of inputs in a script would be a program; as a variable it is a value. */
it.each(NAMES)('no script of %s has an input in it', (name) => {
  const scripts = Object.values(templateOf(name).jobs).flatMap((job) => ['before_script', 'script'].flatMap((key) => (job as Record<string, unknown>)[key] ?? []));
  expect(scripts.filter((line) => String(line).includes('$[['))).toEqual([]);
});

it.each(NAMES)('docs/components.md has %s', (name) => {
  expect(readFileSync(join(projectRoot, 'docs/components.md'), 'utf8')).toMatch(new RegExp(`^## ${name}$[^]*<!-- inputs: ${name} -->`, 'm'));
});

it('in shards, the plan goes by the report that the child pipeline leaves', () => {
  const { cache } = templateOf('run').jobs['$[[ inputs.job ]]-plan'] as { cache: { key: string; paths: readonly string[] } };
  const config = { shard: { image: 'node:24', tags: [], install: null }, report: { directory: 'renovate-report' }, cacheDir: null, accounts: [], exclude: [] } as unknown as PipelineInput['config'];
  const { report } = JSON.parse(childPipeline({ shards: [], config, configFile: null, version })) as { report: { cache: readonly { key: string; paths: readonly string[] }[] } };
  expect(report.cache).toMatchObject([{ key: cache.key, paths: cache.paths }]);
});
