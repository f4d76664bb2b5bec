import { ruleOverridden } from '../../../../src/lint/rules/rule-overridden.ts';
import { applied, packageRules, subject, testRule } from '../harness.ts';

function config(...rules: object[]): Record<string, string> {
  return { 'renovate.json': JSON.stringify({ packageRules: rules }, null, 1) };
}

const cilium = subject({ depName: 'cilium', packageName: 'cilium' });
const others = subject({}, { count: 4 });
const both = [cilium, others];

const guard = { matchPackageNames: ['cilium'], automerge: false };
const blanket = { matchManagers: ['argocd'], automerge: true };
const minors = { ...blanket, matchUpdateTypes: ['minor'] };
const onlyCilium = ['matches', 'fails matchPackageNames'];
const all = ['matches', 'matches'];
const shared = (index: number) => ({ source: { source: 'shared.json', index } });
const block = { matchPackageNames: ['cilium'], patch: { automerge: false } };
const soak = { ...guard, minimumReleaseAge: '14 days', groupName: 'network' };
const quick = { ...blanket, minimumReleaseAge: '3 days', groupName: 'charts', description: ['For all'] };

testRule(ruleOverridden, {
  accept: [
    { name: 'an exception behind a blanket rule', documents: config(blanket, guard), packageRules: packageRules(both, [applied(0, blanket, all), applied(1, guard, onlyCilium)]) },
    { name: 'a default whose exception fits all there is', documents: config(blanket, guard), packageRules: packageRules([cilium], [applied(0, blanket, ['matches']), applied(1, guard, ['matches'])]) },
    { name: 'a later rule with the same value', documents: config(guard, { ...blanket, automerge: false }), packageRules: packageRules(both, [applied(0, guard, onlyCilium), applied(1, { ...blanket, automerge: false }, all)]) },
    { name: 'a later rule for some update types', documents: config(guard, minors), packageRules: packageRules(both, [applied(0, guard, onlyCilium), applied(1, minors, all)]) },
    { name: 'a later rule for breaking updates', documents: config(guard, blanket), packageRules: packageRules(both, [applied(0, guard, onlyCilium), applied(1, blanket, all, { isBreaking: true })]) },
    { name: 'a later rule for some of its dependencies', documents: config(guard, blanket), packageRules: packageRules(both, [applied(0, guard, all), applied(1, blanket, ['matches', 'fails matchManagers'])]) },
    { name: 'a later rule that nobody can judge offline', documents: config(guard, blanket), packageRules: packageRules(both, [applied(0, guard, onlyCilium), applied(1, blanket, ['undecidable matchCurrentAge', 'undecidable matchCurrentAge'])]) },
    { name: 'another option', documents: config(guard, { ...blanket, automerge: undefined, groupName: 'a' }), packageRules: packageRules(both, [applied(0, guard, onlyCilium), applied(1, { matchManagers: ['argocd'], groupName: 'a' }, all)]) },
    { name: 'options that add up', documents: config({ addLabels: ['a'] }, { addLabels: ['b'] }), packageRules: packageRules(both, [applied(0, { addLabels: ['a'] }, all), applied(1, { addLabels: ['b'] }, all)]) },
    { name: 'a rule that says it again', documents: config(guard, blanket, guard), packageRules: packageRules(both, [applied(0, guard, onlyCilium), applied(1, blanket, all), applied(2, guard, onlyCilium)]) },
    { name: 'a rule that fits nothing', documents: config(guard, blanket), packageRules: packageRules([others], [applied(0, guard, ['fails matchPackageNames']), applied(1, blanket, ['matches'])]) },
    { name: 'a value that is forced', documents: config(guard, blanket), resolved: { force: { automerge: false } }, packageRules: packageRules(both, [applied(0, guard, onlyCilium), applied(1, blanket, all)]) },
    { name: 'the blocks of one rule', documents: config({ ...blanket, patch: { automerge: false } }), packageRules: packageRules(both, [applied(0, blanket, all), applied(1, { matchUpdateTypes: ['patch'], automerge: false }, all, { source: { source: 'renovate.json', index: 0 } })]) },
    { name: 'a rule of a preset that the config overrides', documents: { ...config(blanket), 'shared.json': config(guard)['renovate.json']! }, packageRules: packageRules(both, [applied(0, guard, onlyCilium, shared(0)), applied(1, blanket, all, { source: { source: 'renovate.json', index: 0 } })]) },
    { name: 'a rule of a built-in preset', packageRules: packageRules(both, [applied(0, guard, onlyCilium, { source: { source: ':x', index: 0 } }), applied(1, blanket, all)]) },
  ],
  reject: [
    {
      name: 'a guard in front of a blanket rule',
      documents: config(guard, blanket),
      packageRules: packageRules(both, [applied(0, guard, onlyCilium), applied(1, blanket, all)]),
      findings: ['renovate.json:7:17 warning automerge: false has no effect: packageRules[1] comes later, fits the same dependency and sets true, so they are merged by themselves'],
      remedies: ['Move this rule behind packageRules[1]'],
    },
    {
      name: 'all that one rule undoes, once, at what weighs most',
      documents: config({ ...soak, automerge: undefined }, quick),
      packageRules: packageRules(both, [applied(0, { matchPackageNames: ['cilium'], minimumReleaseAge: '14 days', groupName: 'network' }, onlyCilium), applied(1, quick, all)]),
      findings: ['renovate.json:7:26 warning minimumReleaseAge: "14 days" has no effect: packageRules[1] ("For all") comes later, fits the same dependency and sets "3 days". The same goes for groupName'],
      remedies: ['Move this rule behind packageRules[1] ("For all")'],
    },
    {
      name: 'a rule with the same matchers',
      documents: config(guard, { ...guard, automerge: true }),
      packageRules: packageRules([cilium], [applied(0, guard, ['matches']), applied(1, { ...guard, automerge: true }, ['matches'])]),
      findings: ['renovate.json:7:17 warning automerge: false has no effect: packageRules[1] comes later, fits the same dependency and sets true, so they are merged by themselves'],
      remedies: ['Move this rule'],
    },
    {
      name: 'a block for an update type',
      documents: config(block, minors),
      packageRules: packageRules(both, [applied(0, { matchPackageNames: ['cilium'], matchUpdateTypes: ['patch'], automerge: false }, onlyCilium), applied(1, { ...blanket, matchUpdateTypes: ['minor', 'patch'] }, all)]),
      findings: ['renovate.json:8:18 warning automerge: false has no effect: packageRules[1] comes later, fits the same dependency and sets true, so they are merged by themselves'],
      remedies: ['Move this rule'],
    },
    {
      name: 'a guard whose own age nobody can judge',
      documents: config(guard, blanket),
      packageRules: packageRules(both, [applied(0, guard, ['undecidable matchCurrentAge', 'undecidable matchCurrentAge']), applied(1, { automerge: true }, all)]),
      findings: ['renovate.json:7:17 warning automerge: false has no effect: packageRules[1] comes later, fits all 5 dependencies of this rule and sets true, so they are merged by themselves'],
      remedies: ['Move this rule'],
    },
    {
      name: 'a rule of a preset that a later preset undoes',
      documents: { 'renovate.json': '{}', 'shared.json': config(guard)['renovate.json']! },
      packageRules: packageRules(both, [applied(0, guard, onlyCilium, shared(0)), applied(1, blanket, all, { source: { source: 'other.json', index: 3 } })]),
      findings: ['shared.json:7:17 warning automerge: false has no effect: packageRules[3] of other.json comes later, fits the same dependency and sets true, so they are merged by themselves'],
      remedies: ['Set automerge in a rule of the config itself'],
    },
  ],
});
