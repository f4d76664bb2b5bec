import { presetRelativeInRepository } from '../../../../src/lint/rules/preset-relative-in-repository.ts';
import { testRule } from '../harness.ts';

testRule(presetRelativeInRepository, {
  accept: [
    { name: 'full references', documents: { 'renovate.json': '{ "extends": ["config:recommended", "local>platform/presets//argocd/rules", "platform/presets"] }' } },
    { name: 'a relative reference inside a preset', documents: { 'renovate.json': '{ "extends": ["local>platform/presets"] }', 'shared.json': '{ "extends": ["./rules", "/argocd/rules"] }' } },
    { name: 'a path that is no preset', documents: { 'renovate.json': '{ "includePaths": ["./charts"] }' } },
  ],
  reject: [
    {
      name: 'beside the config, in a folder and from the root',
      documents: { 'renovate.json': '{ "extends": ["./rules", "../shared/rules(a)", "/presets/rules"] }' },
      findings: [
        'renovate.json:1:16 error the relative preset "./rules" stands in a repository config: Renovate knows no preset that it could be relative to, and stops',
        'renovate.json:1:27 error the relative preset "../shared/rules(a)" stands in a repository config: Renovate knows no preset that it could be relative to, and stops',
        'renovate.json:1:49 error the relative preset "/presets/rules" stands in a repository config: Renovate knows no preset that it could be relative to, and stops',
      ],
      remedies: ['"local>GROUP/REPOSITORY:rules"', '"local>GROUP/REPOSITORY//shared/rules(a)"', '"local>GROUP/REPOSITORY//presets/rules"'],
    },
    {
      name: 'a package rule',
      documents: { 'renovate.json': '{\n  "packageRules": [{ "extends": ["./automerge"] }]\n}' },
      findings: ['renovate.json:2:35 error the relative preset "./automerge" stands in a repository config: Renovate knows no preset that it could be relative to, and stops'],
      remedies: ['Write the full reference'],
    },
  ],
});
