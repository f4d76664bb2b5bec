import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { besideOwn, OPT_IN } from '../../../src/base/own-preset.ts';
import { projectRoot } from '../../support/fixtures.ts';

it.each<[string, string | null]>([
  ['local>platform/renovate-argocd', 'local>platform/renovate-argocd//presets/managers/flux'],
  ['local>platform/renovate-argocd#v1', 'local>platform/renovate-argocd//presets/managers/flux#v1'],
  ['gitlab>a/b/renovate-argocd:default', 'gitlab>a/b/renovate-argocd//presets/managers/flux'],
  ['platform/renovate-argocd:default.json5#v1', 'platform/renovate-argocd//presets/managers/flux#v1'],
  ['local>platform/renovate-argocd//presets/policy/fast', null],
  ['local>platform/renovate-argocd:other', null],
  ['config:recommended', null],
  ['local>platform/my-renovate-argocd', null],
])('the preset for Flux beside %s', (reference, expected) => {
  expect(besideOwn(reference, 'presets/managers/flux')).toBe(expected);
});

test('what is opt-in is there, and no part of default.json', () => {
  const bundle = readFileSync(join(projectRoot, 'default.json'), 'utf8');
  const managers = readdirSync(join(projectRoot, 'presets/managers')).map((file) => `presets/managers/${file.replace(/\.json$/, '')}`);
  expect(managers).toEqual(expect.arrayContaining([...OPT_IN]));
  expect(bundle).not.toContain('"flux"');
});
