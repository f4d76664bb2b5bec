import { presetDuplicate } from '../../../../src/lint/rules/preset-duplicate.ts';
import { testRule } from '../harness.ts';

function extending(...references: string[]): Record<string, string> {
  return { 'renovate.json': JSON.stringify({ extends: references }, null, 1) };
}

testRule(presetDuplicate, {
  accept: [
    { name: 'different presets', documents: extending('config:recommended', ':label(a)', ':label(b)', 'local>a/b', 'local>a/b//c') },
    { name: 'some of our managers', documents: extending('local>g/renovate-argocd//presets/managers/values', 'local>g/renovate-argocd//presets/managers/application') },
    { name: 'our bundle beside presets that it does not contain', documents: extending('local>g/renovate-argocd', 'local>g/renovate-argocd//presets/policies/automerge', 'local>g/my-renovate-argocd//presets/managers/values') },
    { name: 'our bundle beside managers that it leaves to those who need them', documents: extending('local>g/renovate-argocd', 'local>g/renovate-argocd//presets/managers/flux') },
    { name: 'the same preset in different rules', documents: { 'renovate.json': '{ "extends": [":a"], "packageRules": [{ "extends": [":a"] }, { "extends": [":a"] }] }' } },
  ],
  reject: [
    {
      name: 'the same reference twice',
      documents: extending('local>a/b', 'config:recommended', 'local>a/b'),
      findings: ['renovate.json:5:4 warning the preset "local>a/b" stands twice in the same extends, so its managers and rules arrive twice'],
      remedies: ['Delete one of the two'],
    },
    {
      name: 'our bundle and parts of it, in any spelling',
      documents: extending('local>g/renovate-argocd//presets/managers/values#v1', 'gitlab>g/sub/renovate-argocd#v1', 'g/renovate-argocd//presets/managers/application.json'),
      findings: [
        'renovate.json:3:4 warning "gitlab>g/sub/renovate-argocd#v1" contains the preset "local>g/renovate-argocd//presets/managers/values#v1" already: the same managers read the same files twice',
        'renovate.json:5:4 warning "gitlab>g/sub/renovate-argocd#v1" contains the preset "g/renovate-argocd//presets/managers/application.json" already: the same managers read the same files twice',
      ],
      remedies: ['keep "gitlab>g/sub/renovate-argocd#v1" for all', 'keep "gitlab>g/sub/renovate-argocd#v1" for all'],
    },
    {
      name: 'the bundle by its file name, in a preset',
      documents: { 'renovate.json': '{}', 'shared.json': '{ "extends": ["local>g/renovate-argocd:default", "local>g/renovate-argocd//presets/managers/values"] }' },
      findings: ['shared.json:1:51 warning "local>g/renovate-argocd:default" contains the preset "local>g/renovate-argocd//presets/managers/values" already: the same managers read the same files twice'],
      remedies: ['Delete one'],
    },
  ],
});
