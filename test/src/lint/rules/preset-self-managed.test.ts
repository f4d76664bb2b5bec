import { presetSelfManaged } from '../../../../src/lint/rules/preset-self-managed.ts';
import { testRule } from '../harness.ts';

const documents = { 'renovate.json': '{\n  "extends": ["gitlab>platform/presets//argocd#v1"]\n}' };
const files = ['.gitlab-ci.yml', 'renovate.json'];

testRule(presetSelfManaged, {
  accept: [
    { name: 'a repository without a pipeline for GitLab', documents, files: ['.github/workflows/ci.yaml'] },
    { name: 'a pipeline file of a subfolder', documents, files: ['template/.gitlab-ci.yml'] },
    { name: 'a config that speaks of gitlab.com', documents: { ...documents, 'shared.json': '{ "hostRules": [{ "matchHost": "https://gitlab.com/api/v4" }] }' }, files },
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
      name: 'one inside a rule',
      documents: { 'renovate.json': '{ "packageRules": [{ "extends": ["gitlab>a/b"] }] }' },
      files,
      findings: ['renovate.json:1:35 warning the preset "gitlab>a/b" is fetched from gitlab.com, also when this project is on another GitLab'],
      remedies: ['"local>a/b"'],
    },
  ],
});
