import { mayAutomerge, valueMayAutomerge } from '../../../runner/preflight/automerge.ts';

it.each<[string, string | null, boolean]>([
  ['no config', null, false],
  ['an empty one', '{}', false],
  ['at the top', '{ "automerge": true }', true],
  ['in a rule', '{ "packageRules": [{ "matchUpdateTypes": ["patch"], "automerge": true }] }', true],
  ['for patches', '{ patch: { automerge: true } }', true],
  ['said to be off', '{ "automerge": false, "extends": ["config:recommended", ":dependencyDashboard", "group:monorepos"] }', false],
  ["a preset of Renovate's", '{ "extends": [":automergeMinor"] }', true],
  ["another of Renovate's", '{ "extends": [":automergeDisabled"] }', false],
  ['in a rule by a preset', '{ "packageRules": [{ "extends": ["default:automergeDigest"] }] }', true],
  ['somebody else\'s preset: who knows', '{ "extends": ["local>platform/presets"] }', true],
  ['an npm preset: who knows', '{ "extends": ["mine:base"] }', true],
  ['one string instead of a list', '{ "extends": "local>platform/presets" }', true],
  ['our bundle', '{ "extends": ["local>platform/renovate-argocd"] }', true],
  ['our managers', '{ "extends": ["local>platform/renovate-argocd//presets/managers/application#v1", "local>platform/renovate-argocd//presets/charts/cilium"] }', false],
  ['our policy without', '{ "extends": ["local>platform/renovate-argocd//presets/policy/manual", "local>platform/renovate-argocd//presets/automerge/none(web)"] }', false],
  ['our policy with', '{ "extends": ["local>platform/renovate-argocd//presets/policy/fast"] }', true],
  ['our preset for patches', '{ "extends": ["local>platform/renovate-argocd//presets/automerge/patch(web)"] }', true],
  ['broken: who knows', '{ "extends": [', true],
])('%s', (_name, text, expected) => {
  expect(mayAutomerge(text)).toBe(expected);
});

it.each<[Readonly<Record<string, unknown>>, boolean]>([
  [{}, false],
  [{ globalExtends: ['local>platform/presets'] }, true],
  [{ force: { automerge: true } }, true],
])('the global options %j: %s', (options, expected) => {
  expect(valueMayAutomerge(options)).toBe(expected);
});
