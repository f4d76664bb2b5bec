// `npm version` calls it: components install the version that they belong to, and pages name the tag of the presets.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const files = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`), ...readdirSync(join(root, 'templates')).map((name) => `templates/${name}/template.yml`)];
for (const file of files) {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replaceAll(/(renovate-argocd(?:\/[\w/-]+)?[@#]v?)\d+\.\d+\.\d+/g, `$1${version}`).replace(/(^ {4}version:\n {6}default: )\S+/m, `$1${version}`));
}
