import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../src/cli/harness.ts';
import { manifest } from '../src/deploy/support/cluster.ts';
import { projectRoot, temporaryFolder } from '../support/fixtures.ts';

/** The rule of docs/deploy.md keeps Renovate's hands off what the CD job deploys, and is needed. */
const [rules] = /(?<=^```json\n)"packageRules"[^`]*/m.exec(readFileSync(join(projectRoot, 'docs/deploy.md'), 'utf8'))!;

it.each([
  ['without it', '', 'managed'],
  ['with it', `, ${rules}`, 'ignored'],
])('%s', async (_name, more, status) => {
  const folder = temporaryFolder({ 'renovate.json': `{ "extends": ["local>platform/renovate-argocd"]${more} }`, 'applications/templates/app-shop.yaml': manifest('shop', 'v1.0.0') });
  const { stdout } = await run(['pins', '--format', 'json'], { cwd: folder.root });
  folder.remove();
  expect((JSON.parse(stdout) as { pins: object[] }).pins).toEqual([expect.objectContaining({ name: 'shop', value: 'v1.0.0', status })]);
});
