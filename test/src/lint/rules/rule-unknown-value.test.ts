import { KNOWN_NAMES } from '../../../../src/lint/known-names.ts';
import { ruleUnknownValue } from '../../../../src/lint/rules/rule-unknown-value.ts';
import { findingsOf, testRule } from '../harness.ts';

function matching(option: string, ...values: string[]): Record<string, string> {
  return { 'renovate.json': JSON.stringify({ packageRules: [{ [option]: values }] }, null, 1) };
}

testRule(ruleUnknownValue, {
  accept: [
    { name: 'names', documents: matching('matchManagers', 'argocd', 'helmv3', 'custom.regex', 'custom.jsonata') },
    { name: 'names in another case, because they are globs', documents: matching('matchUpdateTypes', 'Minor', 'pindigest') },
    { name: 'old names, which are migrated', documents: matching('matchManagers', 'regex') },
    { name: 'globs, regexes and negations', documents: matching('matchDatasources', 'git-*', '{helm,docker}', '*', '/^github-/', '!docker', '!/^GIT/i') },
    { name: 'a datasource of its own', documents: { 'renovate.json': '{ "customDatasources": { "grafana": {} }, "packageRules": [{ "matchDatasources": ["custom.grafana"] }] }' } },
    { name: 'a category', documents: matching('matchCategories', 'cd', 'kubernetes') },
    { name: 'the placeholder of a preset', documents: matching('matchUpdateTypes', '{{args}}') },
    { name: 'a regex that RE2 refuses, which regex-not-re2 reports', documents: matching('matchManagers', '/argo(?=cd)/') },
    { name: 'other matchers', documents: matching('matchPackageNames', 'argo') },
  ],
  reject: [
    {
      name: 'misspelt managers',
      documents: matching('matchManagers', 'argo-cd', 'jsonata', 'something-else'),
      findings: [
        'renovate.json:5:6 error matchManagers: Renovate has no manager "argo-cd", so this entry matches nothing',
        'renovate.json:6:6 error matchManagers: Renovate has no manager "jsonata", so this entry matches nothing',
        'renovate.json:7:6 error matchManagers: Renovate has no manager "something-else", so this entry matches nothing',
      ],
      remedies: ['Write "argocd".', 'Write "custom.jsonata".', 'Write the manager that reads the file'],
    },
    {
      name: 'a regex in the wrong case and a glob of nothing',
      documents: matching('matchManagers', '/^ArgoCD$/', 'argocd-*'),
      findings: [
        'renovate.json:5:6 error matchManagers: Renovate has no manager "/^ArgoCD$/", so this entry matches nothing',
        'renovate.json:6:6 error matchManagers: Renovate has no manager "argocd-*", so this entry matches nothing',
      ],
      remedies: ['', ''],
    },
    {
      name: 'datasources',
      documents: matching('matchDatasources', 'git-tag', 'custom.grafana', '!dockerhub'),
      findings: [
        'renovate.json:5:6 error matchDatasources: Renovate has no datasource "git-tag", so this entry matches nothing',
        'renovate.json:6:6 error matchDatasources: Renovate has no datasource "custom.grafana", so this entry matches nothing',
        'renovate.json:7:6 error matchDatasources: Renovate has no datasource "dockerhub", so this entry excepts nothing',
      ],
      remedies: ['Write "git-tags".', '', ''],
    },
    {
      name: 'a manager among the datasources',
      documents: matching('matchDatasources', 'helm', 'github-actions'),
      findings: ['renovate.json:6:6 error matchDatasources: Renovate has no datasource "github-actions", so this entry matches nothing'],
      remedies: ['That is a manager: name it with matchManagers'],
    },
    {
      name: 'update types, one of them as a string in a preset',
      documents: { 'renovate.json': '{ "packageRules": [{ "matchUpdateTypes": ["patches"] }] }', 'shared.json': '{ "packageRules": [{ "matchUpdateTypes": "security" }] }' },
      findings: [
        'renovate.json:1:44 error matchUpdateTypes: Renovate has no update type "patches", so this entry matches nothing',
        'shared.json:1:43 error matchUpdateTypes: Renovate has no update type "security", so this entry matches nothing',
      ],
      remedies: ['Write "patch".', 'Write one of major, minor'],
    },
    {
      name: 'a category',
      documents: matching('matchCategories', 'argocd'),
      findings: ['renovate.json:5:6 error matchCategories: Renovate has no category "argocd", so this entry matches nothing'],
      remedies: ['Write one of ansible'],
    },
  ],
});

interface Managers {
  readonly default: ReadonlyMap<string, { readonly categories?: readonly string[] }>;
}

it('knows the managers and categories that Renovate has', async () => {
  const { init } = (await import('renovate/dist/logger/index.js' as string)) as { init(): Promise<void> };
  await init();
  const { default: builtIn } = (await import('renovate/dist/modules/manager/api.js' as string)) as Managers;
  const { default: custom } = (await import('renovate/dist/modules/manager/custom/api.js' as string)) as Managers;
  const categories = [...builtIn.values(), ...custom.values()].flatMap((manager) => manager.categories ?? []);

  expect(KNOWN_NAMES.managers).toEqual([...builtIn.keys(), ...[...custom.keys()].map((name) => `custom.${name}`)].sort());
  expect(KNOWN_NAMES.categories).toEqual([...new Set(categories)].sort());
}, 60_000);

it('knows the update types that Renovate has', async () => {
  const { getOptions } = (await import('renovate/dist/config/options/index.js' as string)) as { getOptions(): readonly { readonly name: string; readonly allowedValues?: readonly string[] }[] };
  const types = getOptions().find(({ name }) => name === 'matchUpdateTypes')!.allowedValues!;

  const [finding] = findingsOf(ruleUnknownValue, { name: 'unknown', documents: matching('matchUpdateTypes', 'everything-else') });

  expect(finding?.remedy).toBe(`Write one of ${types.join(', ')}.`);
});
