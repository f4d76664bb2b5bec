import { presetSelfManaged } from '../../../../src/lint/rules/preset-self-managed.ts';
import { pin, testRule } from '../harness.ts';

const documents = { 'renovate.json': '{\n  "extends": ["gitlab>platform/presets//argocd#v1"]\n}' };
const files = ['.gitlab-ci.yml', 'renovate.json'];

testRule(presetSelfManaged, {
  accept: [
    { name: 'a repository without a pipeline for GitLab', documents, files: ['.github/workflows/ci.yaml'] },
    { name: 'a pipeline file of a subfolder', documents, files: ['template/.gitlab-ci.yml'] },
    { name: 'a config that speaks of gitlab.com', documents: { ...documents, 'shared.json': '{ "hostRules": [{ "matchHost": "https://gitlab.com/api/v4" }] }' }, files },
    { name: 'an Application that deploys from gitlab.com', documents, files, pins: [pin({ kind: 'git', repository: 'https://gitlab.com/platform/cluster-config.git' })] },
    { name: 'one that does so by ssh', documents, files, pins: [pin({ kind: 'git', repository: 'git@gitlab.com:platform/cluster-config.git' })] },
    { name: 'presets of the own instance and of other hosts', documents: { 'renovate.json': '{ "extends": ["local>a/b", "a/b", "github>a/b"] }' }, files },
  ],
  reject: [
    {
      name: 'a preset of gitlab.com in a repository with a pipeline',
      documents,
      files,
      findings: ['renovate.json:2:16 warning the preset "gitlab>platform/presets//argocd#v1" is fetched from gitlab.com, also when this project is on another GitLab'],
      remedies: ['write "local>platform/presets//argocd#v1"'],
    },
    {
      name: 'one beside a chart, and a repository whose host only begins so',
      documents,
      files,
      pins: [pin({ repository: 'https://gitlab.com/api/v4/projects/1/packages/helm/stable' }), pin({ kind: 'git', repository: 'https://gitlab.com.example.org/a/b.git' })],
      findings: ['renovate.json:2:16 warning the preset "gitlab>platform/presets//argocd#v1" is fetched from gitlab.com, also when this project is on another GitLab'],
      remedies: ['write "local>platform/presets//argocd#v1"'],
    },
    {
      name: 'one inside a rule',
      documents: { 'renovate.json': '{ "packageRules": [{ "extends": ["gitlab>a/b"] }] }' },
      files,
      findings: ['renovate.json:1:35 warning the preset "gitlab>a/b" is fetched from gitlab.com, also when this project is on another GitLab'],
      remedies: ['"local>a/b"'],
    },
  ],
});
