import { presetNpmDeprecated } from '../../../../src/lint/rules/preset-npm-deprecated.ts';
import { testRule } from '../harness.ts';

function extending(...references: string[]): Record<string, string> {
  return { 'renovate.json': JSON.stringify({ extends: references }, null, 1) };
}

testRule(presetNpmDeprecated, {
  accept: [
    { name: 'built-in presets, new and old', documents: extending('config:recommended', ':dependencyDashboard', 'npm:unpublishSafe', 'regexManagers:dockerfileVersions', ':label(a)') },
    { name: 'presets of repositories', documents: extending('local>a/b', 'a/b:c', 'github>a/b#v1', 'gitlab>a/b(c)', 'gitea>a/b', 'forgejo>a/b') },
    { name: 'URLs and relative presets', documents: extending('https://git.example.com/preset.json', './rules', '/rules') },
    { name: 'a template', documents: extending('{{ env.PRESET }}') },
  ],
  reject: [
    {
      name: 'a scope, a scoped package, a prefix, a bare name',
      documents: extending('@acme', '@acme/presets:argocd', 'npm>acme', 'acme', 'renovate-config-acme:argocd'),
      findings: [
        'renovate.json:3:4 warning the preset "@acme" is read from the npm package @acme/renovate-config, which Renovate has deprecated',
        'renovate.json:4:4 warning the preset "@acme/presets:argocd" is read from the npm package @acme/presets, which Renovate has deprecated',
        'renovate.json:5:4 warning the preset "npm>acme" is read from the npm package renovate-config-acme, which Renovate has deprecated',
        'renovate.json:6:4 warning the preset "acme" is read from the npm package renovate-config-acme, which Renovate has deprecated',
        'renovate.json:7:4 warning the preset "renovate-config-acme:argocd" is read from the npm package renovate-config-acme, which Renovate has deprecated',
      ],
      remedies: ['local>GROUP/REPOSITORY', 'local>GROUP/REPOSITORY', 'local>GROUP/REPOSITORY', '":acme", say', 'local>GROUP/REPOSITORY'],
    },
  ],
});
