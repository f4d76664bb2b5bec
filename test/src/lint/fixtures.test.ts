import { fileURLToPath } from 'node:url';
import { analyse } from '../../../src/cli/analyse.ts';
import { judge } from '../../../src/cli/judge.ts';
import { rules } from '../../../src/lint/rules/index.ts';
import { openBuilt } from '../cli/renovate.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

async function found(rule: string, folder: 'bad' | 'good'): Promise<string[]> {
  const directory = `${root}test/fixtures/lint/${rule}/${folder}`;
  const analysis = await analyse({ root: directory, config: null, presets: { packageRoot: root, mapped: [] }, cwd: root, validate: true, open: openBuilt });
  return [...new Set(judge(analysis, rules).map((finding) => finding.rule))];
}

/** The folder is the assertion: real files, real Renovate. */
describe.each(rules)('fixture of $name', ({ name }) => {
  it('bad/ has this finding', async () => {
    expect(await found(name, 'bad')).toContain(name);
  });

  it('good/ is clean', async () => {
    expect(await found(name, 'good')).toEqual([]);
  });
});
