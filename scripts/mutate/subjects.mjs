import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import JSON5 from 'json5';

/**
 * What is broken: sound configs as others write them, each with a repository that it fits, and each preset of this package as if a user had
 * written it, with a repository that it manages whole.
 */
export function subjects(root) {
  return [...configs(root), ...presets(root)];
}

function configs(root) {
  const folder = join(root, 'test/fixtures/mutation-configs');
  return readdirSync(folder).sort().map((name) => {
    const file = readdirSync(join(folder, name)).find((candidate) => /^renovate\.json5?$/.test(candidate));
    const config = JSON5.parse(readFileSync(join(folder, name, file), 'utf8'));
    return { name, root: join(folder, name), file, config, complete: (mutant) => mutant };
  });
}

/** Presets that speak of what another one extracts. */
const BESIDE = { 'application-revision': ['application'], 'git-tag': ['application'], 'helm-values-image': ['application'] };

function presets(root) {
  return readdirSync(join(root, 'presets/managers')).sort().map((file) => {
    const name = file.replace(/\.json$/, '');
    const config = read(root, name);
    const beside = (BESIDE[name] ?? []).map((other) => read(root, other));
    const folder = join(root, 'test/fixtures/mutation-presets', name);
    return { name: `presets/managers/${name}`, root: folder, file: 'renovate.json', config, complete: (mutant) => beside.reduce(merged, mutant) };
  });
}

function read(root, name) {
  const { $schema, description, ...config } = JSON.parse(readFileSync(join(root, 'presets/managers', `${name}.json`), 'utf8'));
  return config;
}

/** As Renovate merges presets: lists add up. */
function merged(config, other) {
  const lists = ['customManagers', 'packageRules'].filter((key) => config[key] !== undefined || other[key] !== undefined);
  return { ...other, ...config, ...Object.fromEntries(lists.map((key) => [key, [...(other[key] ?? []), ...(config[key] ?? [])]])) };
}
