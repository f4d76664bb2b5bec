import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RE2JS } from 're2js';
import type { JsonObject, Renovate } from '../src/renovate/types.ts';
import { openBuilt } from './src/renovate/harness.ts';
import { projectRoot, temporaryFolder } from './support/fixtures.ts';

interface Manager {
  readonly customType: string;
  readonly description?: readonly string[];
  readonly matchStrings: readonly string[];
}

interface Preset {
  readonly description?: readonly string[];
  readonly customManagers?: readonly Manager[];
  readonly packageRules?: readonly { readonly description?: readonly string[] }[];
}

const folder = join(projectRoot, 'presets/managers');
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
const read = (name: string): Preset => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Preset;
const regexes = names.flatMap((name) => (read(name).customManagers ?? []).filter((manager) => manager.customType === 'regex').flatMap((manager, i) => manager.matchStrings.map((regex, j) => [`${name} ${i}.${j}`, regex] as const)));

let renovate: Renovate;
beforeAll(() => {
  renovate = openBuilt({ limit: 30_000 });
});
afterAll(() => renovate.close());

test.each(names)('%s: Renovate finds nothing to object to', async (name) => {
  expect(await renovate.validate({ config: read(name) as unknown as JsonObject, source: `presets/managers/${name}.json` })).toEqual([]);
});

test.each(names)('%s: it, each manager and each rule say what they are for', (name) => {
  const { description, customManagers = [], packageRules = [] } = read(name);
  const described = [{ description }, ...customManagers, ...packageRules].map((part) => (part.description ?? []).join('').length > 20);
  expect(described).not.toContain(false);
});

test.each(regexes)('%s compiles in RE2 and in RegExp', (_name, regex) => {
  expect(() => [RE2JS.compile(regex), new RegExp(regex)]).not.toThrow();
});

/** Texts on which an ambiguous quantifier backtracks for ever: the watchdog of Renovate's thread would end the run. */
test('no regex of the presets hangs on long runs of what it repeats', async () => {
  const folder = temporaryFolder({
    'indentation.yaml': `apiVersion: argoproj.io/v1alpha1\n${' '.repeat(20_000)}x`,
    'blank-lines.yaml': `repoURL: https://x\n${' \n'.repeat(10_000)}x`,
    'keys.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\n  helm:\n${'  repoURL: https://x.example.org\n'.repeat(2_000)}`,
    'comments.yaml': '# renovate: datasource=helm\n'.repeat(2_000),
    'versions/crlf.yaml': `apiVersion: argoproj.io/v1alpha1\r\nkind: Application\r\n  helm:\r\n${'    tag: 1.0.0\r\n'.repeat(2_000)}`,
  });
  const { customManagers } = JSON.parse(readFileSync(join(projectRoot, 'default.json'), 'utf8')) as JsonObject;
  const files = ['indentation.yaml', 'blank-lines.yaml', 'keys.yaml', 'comments.yaml', 'versions/crlf.yaml'];
  try {
    const runs = await renovate.extract({ root: folder.root, files, config: { enabledManagers: ['custom.regex'], customManagers: customManagers! } });
    expect(runs.map((run) => run.error)).toEqual(runs.map(() => null));
  } finally {
    folder.remove();
  }
});
