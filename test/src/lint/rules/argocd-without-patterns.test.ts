import { argocdWithoutPatterns } from '../../../../src/lint/rules/argocd-without-patterns.ts';
import { pin, testRule } from '../harness.ts';

const files = ['applications/templates/app-a.yaml'];

testRule(argocdWithoutPatterns, {
  accept: [
    { name: 'patterns beside it', documents: { 'renovate.json': '{ "enabledManagers": ["argocd"], "argocd": { "managerFilePatterns": ["/x/"] } }' }, files },
    { name: 'patterns of an older config', documents: { 'renovate.json': '{ "argocd": { "fileMatch": ["x"] } }' }, resolved: { argocd: { managerFilePatterns: ['/x/'] } }, files },
    { name: 'the argocd manager with patterns of a preset', documents: { 'renovate.json': '{ "enabledManagers": ["argocd"], "argocd": { "enabled": true } }' }, resolved: { argocd: { managerFilePatterns: ['/x/'] } }, files },
    { name: 'a manager that is off', documents: { 'renovate.json': '{ "argocd": { "enabled": false } }' }, files },
    { name: 'other managers', documents: { 'renovate.json': '{ "enabledManagers": ["helmv3"] }' }, files },
    { name: 'enabledManagers of a preset that nobody extends', documents: { 'renovate.json': '{}', 'shared.json': '{ "enabledManagers": ["argocd"] }' }, resolved: {}, files },
  ],
  reject: [
    {
      name: 'the argocd manager without patterns, with Applications in four folders',
      documents: { 'renovate.json': '{ "argocd": { "enabled": true } }' },
      files,
      pins: ['a', 'b', 'c', 'd'].map((folder) => pin({ file: `${folder}/app.yaml` })),
      findings: ['renovate.json:1:4 warning the argocd manager has no managerFilePatterns, so it reads no file'],
      remedies: ['"managerFilePatterns": ["/^a/[^/]+\\\\.ya?ml$/","/^b/[^/]+\\\\.ya?ml$/","/^c/[^/]+\\\\.ya?ml$/"] }, and 1 more folder.'],
    },
    {
      name: 'the argocd manager without patterns',
      documents: { 'renovate.json': '{ "argocd": { "enabled": true } }' },
      files,
      findings: ['renovate.json:1:4 warning the argocd manager has no managerFilePatterns, so it reads no file'],
      remedies: ['Name its files: "argocd"'],
    },
    {
      name: 'the argocd manager enabled, but never given a file',
      documents: { 'renovate.json': '{ "enabledManagers": ["argocd"] }' },
      files,
      findings: ['renovate.json:1:24 warning the argocd manager is enabled, but has no managerFilePatterns, so it reads no file'],
      remedies: ['Name its files: "argocd"'],
    },
    {
      name: 'a preset that may name them',
      documents: { 'renovate.json': '{ "argocd": { "enabled": true } }' },
      missing: [{ reference: 'local>team/presets', message: 'not found' }],
      files,
      findings: ['renovate.json:1:4 info the argocd manager has no managerFilePatterns, so it reads no file'],
      remedies: ['Name its files: "argocd"'],
    },
    {
      name: 'both, once',
      documents: { 'renovate.json': '{ "enabledManagers": ["argocd"], "argocd": { "enabled": true } }' },
      files,
      findings: ['renovate.json:1:35 warning the argocd manager has no managerFilePatterns, so it reads no file'],
      remedies: ['Name its files: "argocd"'],
    },
  ],
});
