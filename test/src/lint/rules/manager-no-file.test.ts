import { managerNoFile } from '../../../../src/lint/rules/manager-no-file.ts';
import { run, testRule } from '../harness.ts';

const files = ['applications/templates/app-a.yaml', 'applications/templates/app-b.yaml', 'README.md'];
const argocd = run({ manager: 'argocd', index: null, source: null });

function config(pattern: string): Record<string, string> {
  return { 'renovate.json': `{\n  "argocd": { "managerFilePatterns": [${JSON.stringify(pattern)}] }\n}` };
}

testRule(managerNoFile, {
  accept: [
    { name: 'the argocd manager without patterns, which has its own rule', documents: { 'renovate.json': '{ "argocd": { "enabled": true } }' }, files },
    { name: 'a manager with files', documents: config('/app/'), files, runs: [{ ...argocd, matchedFiles: files }] },
    { name: 'a built-in manager without patterns of the user', documents: { 'renovate.json': '{ "helmv3": { "enabled": true } }' }, files, runs: [run({ manager: 'helmv3', index: null, filePatterns: ['/Chart.yaml/'] })] },
    { name: 'presets of this package', documents: { 'renovate.json': '{}' }, files, runs: [run({ source: { source: 'presets/managers/application.json', index: 0 } })] },
    { name: 'a built-in manager that is off', documents: { 'renovate.json': '{ "argocd": { "enabled": false, "managerFilePatterns": ["/x/"] } }' }, files },
    { name: 'patterns of a preset that nobody extends', documents: { 'renovate.json': '{}', 'shared.json': '{ "argocd": { "managerFilePatterns": ["/x/"] } }' }, resolved: { argocd: { managerFilePatterns: ['/app/'] } }, files },
    { name: 'presets built into Renovate', documents: { 'renovate.json': '{}' }, files, runs: [run({ source: { source: 'customManagers:biomeVersions', index: 0 } })] },
  ],
  reject: [
    {
      name: 'a slip beside a pattern that matches other files',
      documents: { 'renovate.json': '{ "argocd": { "managerFilePatterns": ["/README/", "/-a.yaml", "/nothing/"] } }' },
      files,
      runs: [{ ...argocd, matchedFiles: ['README.md'] }],
      findings: ['renovate.json:1:52 warning the argocd manager: "/-a.yaml" matches no file: the closing slash is missing, so it is read as a glob'],
      remedies: ['Write "/-a.yaml/": it matches 1 file (applications/templates/app-a.yaml).'],
    },
    {
      name: 'a regex without slashes',
      documents: config('^applications/.+\\.yaml$'),
      files,
      findings: ['renovate.json:2:40 warning the argocd manager: "^applications/.+\\\\.yaml$" matches no file: it stands between no slashes, so it is read as a glob and not as a regex'],
      remedies: ['Write "/^applications/.+\\\\.yaml$/": it matches 2 files (applications/templates/app-a.yaml and applications/templates/app-b.yaml).'],
    },
    {
      name: 'a missing closing slash',
      documents: config('/^applications/.+\\.yaml$'),
      files,
      findings: ['renovate.json:2:40 warning the argocd manager: "/^applications/.+\\\\.yaml$" matches no file: the closing slash is missing, so it is read as a glob'],
      remedies: ['Write "/^applications/.+\\\\.yaml$/": it matches 2 files'],
    },
    {
      name: 'a double slash',
      documents: config('/^applications//templates/'),
      files,
      findings: ['renovate.json:2:40 warning the argocd manager: "/^applications//templates/" matches no file: paths have no double slash'],
      remedies: ['Write "/^applications/templates/": it matches 2 files'],
    },
    {
      name: 'a leading slash inside the regex',
      documents: config('/^\\/applications/'),
      files,
      findings: ['renovate.json:2:40 warning the argocd manager: "/^\\\\/applications/" matches no file: paths start without a slash'],
      remedies: ['Write "/^applications/": it matches 2 files'],
    },
    {
      name: 'another case',
      documents: config('/^Applications/'),
      files,
      findings: ['renovate.json:2:40 warning the argocd manager: "/^Applications/" matches no file: it differs from the path in upper and lower case'],
      remedies: ['Write "/^Applications/i": it matches 2 files'],
    },
    {
      name: 'a folder that ignorePaths takes away',
      documents: config('/^test/'),
      files: ['test/app.yaml'],
      resolved: { ignorePaths: ['**/test/**'] },
      findings: ['renovate.json:2:40 warning the argocd manager: "/^test/" matches no file: test/app.yaml fits, but ignorePaths "**/test/**" keeps Renovate away from it'],
      remedies: ['Write your own "ignorePaths"'],
    },
    {
      name: 'a glob that fits nothing',
      documents: { 'renovate.json': '{ "customManagers": [{ "managerFilePatterns": ["clusters/*.yaml"] }] }' },
      files,
      runs: [run()],
      findings: ['renovate.json:1:49 warning customManagers[0] (custom.regex): "clusters/*.yaml" matches no file: no path of the repository fits this glob'],
      remedies: ['Correct it'],
    },
    {
      name: 'a manager of a preset from disk',
      documents: { 'renovate.json': '{}', 'shared/charts.json': '{\n "customManagers": [{}, { "managerFilePatterns": ["x.yaml"] }] }' },
      files,
      runs: [run({ source: { source: 'shared/charts.json', index: 1 } })],
      findings: ['shared/charts.json:2:52 info customManagers[1] (custom.regex): "x.yaml" matches no file: no path of the repository fits this glob'],
      remedies: ['Correct it'],
    },
    {
      name: 'patterns of an old config',
      documents: { 'renovate.json': '{ "argocd": { "fileMatch": ["^clusters/.+"] } }' },
      files,
      findings: ['renovate.json:1:30 warning the argocd manager: "/^clusters/.+/" matches no file: no path of the repository fits this regex'],
      remedies: ['Correct it'],
    },
    {
      name: 'another manager that has no patterns of its own',
      documents: { 'renovate.json': '{ "kubernetes": { "enabled": true } }' },
      files,
      findings: ['renovate.json:1:4 warning the kubernetes manager has no managerFilePatterns, so it reads no file'],
      remedies: ['Name its files: "kubernetes"'],
    },
  ],
});
