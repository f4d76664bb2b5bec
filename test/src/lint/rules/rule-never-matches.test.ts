import { ruleNeverMatches } from '../../../../src/lint/rules/rule-never-matches.ts';
import { applied, packageRules, run, subject, testRule } from '../harness.ts';

function config(...rules: object[]): Record<string, string> {
  return { 'renovate.json': JSON.stringify({ packageRules: rules }, null, 1) };
}

const loki = { matchPackageNames: ['loki'], automerge: true };
const cilium = { matchPackageNames: ['/cilium/.*/'], automerge: false };
const byManager = { matchManagers: ['argocd'], matchPackageNames: ['loki'], automerge: true };
const workflow = { manager: 'github-actions', datasources: ['github-tags', 'docker'], categories: ['ci'], files: ['.github/workflows/x.yml'] };
const chart = subject({ depName: 'cilium', packageName: 'cilium' });
const typo = { matchPackageNames: ['cilium', 'cert-manger'], automerge: true };
const manager = subject();

const REST = { matchDatasources: ['helm'], matchPackageNames: ['!cilium'], automerge: true };

testRule(ruleNeverMatches, {
  accept: [
    { name: 'a rule that matches', documents: config(loki), packageRules: packageRules([chart], [applied(0, loki, ['matches'])]) },
    { name: 'a rule of which one entry matches', documents: config({ ...loki, matchPackageNames: ['loki', 'cilium'] }), packageRules: packageRules([chart], [applied(0, { ...loki, matchPackageNames: ['loki', 'cilium'] }, ['matches'])]) },
    { name: 'a rule that nobody can judge offline', documents: config(loki), packageRules: packageRules([chart], [applied(0, loki, ['undecidable matchSourceUrls'])]) },
    { name: 'no dependency at all', documents: config(loki), packageRules: packageRules([], [applied(0, loki, [])]) },
    { name: 'a name that another manager could find', documents: config(loki), packageRules: packageRules([chart], [applied(0, loki, ['fails matchPackageNames'])], [workflow]) },
    { name: 'a rule for a manager that is not run here', documents: config({ ...byManager, matchManagers: ['github-actions'] }), packageRules: packageRules([chart], [applied(0, { ...byManager, matchManagers: ['github-actions'] }, ['fails matchManagers matchPackageNames'])]) },
    { name: 'a rule for a manager that extracts nothing here, for which other rules know why', documents: config({ ...byManager, matchManagers: ['helmfile'] }), packageRules: packageRules([chart], [applied(0, { ...byManager, matchManagers: ['helmfile'] }, ['fails matchManagers matchPackageNames'])]) },
    { name: 'a rule for a datasource that is not asked here', documents: config({ matchDatasources: ['npm'], automerge: true }), packageRules: packageRules([chart], [applied(0, { matchDatasources: ['npm'], automerge: true }, ['fails matchDatasources'])]) },
    { name: 'an unresolvable preset, which may bring managers', documents: config(loki), missing: [{ reference: 'local>a/b', message: 'x' }], packageRules: packageRules([chart], [applied(0, loki, ['fails matchPackageNames'])]) },
    { name: 'a manager that failed', documents: config(loki), runs: [run({ error: 'x' })], packageRules: packageRules([chart], [applied(0, loki, ['fails matchPackageNames'])]) },
    { name: 'a rule of a shared preset for other repositories', documents: { 'renovate.json': '{}', 'shared.json': config(loki)['renovate.json']! }, packageRules: packageRules([chart], [applied(0, loki, ['fails matchPackageNames'], { source: { source: 'shared.json', index: 0 } })]) },
    { name: 'a rule whose block matches', documents: config(loki), packageRules: packageRules([chart], [applied(0, loki, ['fails matchPackageNames']), applied(1, loki, ['matches'], { source: { source: 'renovate.json', index: 0 } })]) },
    { name: 'a near name that something else keeps away', documents: config(typo), packageRules: packageRules([chart, manager], [applied(0, typo, ['matches', 'fails matchManagers matchPackageNames'])]) },
    { name: 'a near name that another entry fits', documents: config({ matchPackageNames: ['cert-manager', 'cert-manger'] }), packageRules: packageRules([manager], [applied(0, { matchPackageNames: ['cert-manager', 'cert-manger'] }, ['matches'])]) },
    { name: 'the placeholder of a preset', documents: config({ matchPackageNames: ['{{arg0}}'] }), packageRules: packageRules([chart], [applied(0, { matchPackageNames: ['{{arg0}}'] }, ['matches'])]) },
  ],
  reject: [
    {
      name: 'a chart that is not there',
      documents: config(loki),
      packageRules: packageRules([subject({}, { count: 11 }), chart], [applied(0, loki, ['fails matchPackageNames', 'fails matchPackageNames'])]),
      findings: ['renovate.json:4:25 warning the rule never matches in this repository: matchPackageNames fits none of the 12 dependencies here'],
      remedies: ['Delete the rule, or correct matchPackageNames: here there are cert-manager and cilium.'],
    },
    {
      name: 'a chart that is not there among those of a manager',
      documents: config(byManager),
      packageRules: packageRules([subject({}, { manager: 'helmv3' }), chart], [applied(0, byManager, ['fails matchManagers matchPackageNames', 'fails matchPackageNames'])], [workflow]),
      findings: ['renovate.json:7:25 warning the rule never matches in this repository: matchPackageNames fits not the only dependency that the other matchers fit'],
      remedies: ['here there is cilium.'],
    },
    {
      name: 'matchers that fit apart but not together',
      documents: config({ matchManagers: ['helmv3'], matchDatasources: ['docker'] }),
      packageRules: packageRules([subject({}, { manager: 'helmv3' }), subject({ datasource: 'docker' })], [applied(0, { matchManagers: ['helmv3'], matchDatasources: ['docker'] }, ['fails matchDatasources', 'fails matchManagers'])]),
      findings: ['renovate.json:7:24 warning the rule never matches in this repository: matchDatasources fits not the only dependency that the other matchers fit'],
      remedies: ['correct matchDatasources: here there is helm.'],
    },
    {
      name: 'a rule for all but those that are there, mildly',
      documents: config(REST),
      packageRules: packageRules([chart, subject({ datasource: 'docker' })], [applied(0, REST, ['fails matchPackageNames', 'fails matchDatasources'])]),
      findings: ['renovate.json:7:25 info the rule never matches in this repository: matchPackageNames fits not the only dependency that the other matchers fit'],
      remedies: ['Delete the rule'],
    },
    {
      name: 'a rule that only keeps something away, mildly',
      documents: config({ matchPackageNames: ['loki'], enabled: false }),
      packageRules: packageRules([chart], [applied(0, { matchPackageNames: ['loki'], enabled: false }, ['fails matchPackageNames'])]),
      findings: ['renovate.json:4:25 info the rule never matches in this repository: matchPackageNames fits not the only dependency here'],
      remedies: ['here there is cilium.'],
    },
    {
      name: 'a near miss, even where other managers have files',
      documents: config(cilium),
      packageRules: packageRules([chart], [applied(0, cilium, ['fails matchPackageNames'])], [workflow]),
      findings: ['renovate.json:5:6 warning matchPackageNames "/cilium/.*/" fits no dependency of this repository, so the rule has no effect; the nearest is "cilium" (argocd in values.yaml): the regex asks for a slash that the name does not have'],
      remedies: ['Write "cilium".'],
    },
    {
      name: 'an entry with a typo beside one that matches',
      documents: config(typo),
      packageRules: packageRules([chart, manager], [applied(0, typo, ['matches', 'fails matchPackageNames'])]),
      findings: ['renovate.json:6:6 warning matchPackageNames "cert-manger" fits no dependency of this repository, so this entry has no effect; the nearest is "cert-manager" (argocd in values.yaml): a letter differs'],
      remedies: ['Write "cert-manager".'],
    },
    {
      name: 'the depName where the packageName is asked for',
      documents: config({ matchPackageNames: ['app'] }),
      packageRules: packageRules([subject({ depName: 'app', packageName: 'https://gitlab.com/team/deploy' })], [applied(0, { matchPackageNames: ['app'] }, ['fails matchPackageNames'])]),
      findings: ['renovate.json:5:6 warning matchPackageNames "app" fits no dependency of this repository, so the rule has no effect; the nearest is "https://gitlab.com/team/deploy" (argocd in values.yaml): that is its depName'],
      remedies: ['Write "https://gitlab.com/team/deploy".'],
    },
    {
      name: 'a near miss, mildly where a preset is missing',
      documents: config(cilium),
      missing: [{ reference: 'local>a/b', message: 'x' }],
      packageRules: packageRules([chart], [applied(0, cilium, ['fails matchPackageNames'])]),
      findings: ['renovate.json:5:6 info matchPackageNames "/cilium/.*/" fits no dependency of this repository, so the rule has no effect; the nearest is "cilium" (argocd in values.yaml): the regex asks for a slash that the name does not have'],
      remedies: ['Write "cilium".'],
    },
  ],
});
