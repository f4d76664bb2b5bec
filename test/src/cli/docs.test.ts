import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../../../', import.meta.url);

interface Generator {
  docs(): Promise<Record<string, string>>;
}

/** UPDATE=1 rewrites what is stale, as `node scripts/generate-docs.mjs` does. */
it('docs/rules.md and docs/cli.md say what the tool does today', async () => {
  const { docs } = (await import('../../../scripts/generate-docs.mjs' as string)) as Generator;
  const generated = Object.entries(await docs());
  generated.filter(() => process.env['UPDATE'] === '1').forEach(([path, text]) => writeFileSync(new URL(path, root), text));
  expect(generated.map(([path]) => [path, readFileSync(new URL(path, root), 'utf8')])).toEqual(generated);
}, 180_000);
