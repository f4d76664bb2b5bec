import { managerNoMatch } from '../../../../src/lint/rules/manager-no-match.ts';
import { dependency, pin, run, testRule } from '../harness.ts';

const documents = { 'renovate.json': '{\n  "customManagers": [{ "matchStrings": ["x: (?<currentValue>.+)"] }],\n  "argocd": { "managerFilePatterns": ["/x/"] }\n}' };

const MANY = ['0.yaml', '1.yaml', '2.yaml', '3.yaml', '4.yaml', '5.yaml', '6.yaml', '7.yaml', '8.yaml', '9.yaml'];

testRule(managerNoMatch, {
  accept: [
    { name: 'a manager that extracts', documents, runs: [run({ matchedFiles: ['values.yaml'], dependencies: [dependency()] })] },
    { name: 'a manager without files', documents, runs: [run()] },
    { name: 'a preset of this package', documents, runs: [run({ matchedFiles: ['values.yaml'], source: { source: 'presets/managers/annotation.json', index: 0 } })] },
    { name: 'a built-in manager without settings', documents, runs: [run({ manager: 'helmv3', index: null, source: null, matchedFiles: ['Chart.yaml'] })] },
    { name: 'a manager whose matches are discarded, which has its own rule', documents, runs: [run({ matchedFiles: ['values.yaml'], dropped: [{ file: 'values.yaml', match: null, missing: ['datasource'], value: '1' }] })] },
    { name: 'a regex that RE2 refuses, which has its own rule', documents, runs: [run({ matchedFiles: ['values.yaml'], matchStrings: ['a(?=b)'], error: 'Invalid regular expression' })] },
    { name: 'a regex that only RE2 accepts, which has its own rule', documents, runs: [run({ matchedFiles: ['values.yaml'], matchStrings: ['(?i)x'], error: 'Invalid regular expression' })] },
    { name: 'a regex that finds something with the other engine', documents, texts: { 'values.yaml': 'x: 1\r\n' }, runs: [run({ matchedFiles: ['values.yaml'], matchStrings: ['x: (?<currentValue>.+)\\n'] })] },
  ],
  reject: [
    {
      name: 'a regex that matches nothing',
      documents,
      runs: [run({ matchedFiles: ['values.yaml', 'b.yaml', 'c.yaml', 'd.yaml'], matchStrings: ['x: (?<currentValue>.+)'] })],
      findings: ['renovate.json:2:42 warning customManagers[0] (custom.regex) reads 4 files (values.yaml, b.yaml, c.yaml and 1 more) but extracts nothing: not even the beginning of the regex stands in them: `x: (?<currentValue>.+)`'],
      remedies: ['Hold matchStrings against one of these files'],
    },
    {
      name: 'a regex that another order of keys stops: the nearest file, and how far it gets',
      documents,
      runs: [run({ matchedFiles: ['values.yaml', 'b.yaml'], matchStrings: ['chart: (?<depName>\\S+)\\s+version: (?<currentValue>\\S+)'] })],
      texts: { 'values.yaml': 'charts: []\n', 'b.yaml': '- chart: redis\n  repo: x\n  version: 1.2.3\n' },
      findings: [
        'renovate.json:2:42 warning customManagers[0] (custom.regex) reads 2 files (values.yaml and b.yaml) but extracts nothing: at b.yaml:2 the regex fits up to `chart: (?<depName>\\S+)\\s+` and then finds no `version: (?<currentValue>\\S+)`',
      ],
      remedies: ['keys in the order of the file'],
    },
    {
      name: 'of several regexes the one that gets furthest',
      documents: { 'renovate.json': '{\n  "customManagers": [{ "matchStrings": ["x", "key=(?<currentValue>\\\\S+) #"] }]\n}' },
      runs: [run({ matchedFiles: ['values.yaml'], matchStrings: ['(x|y)+', 'key=(?<currentValue>\\S+) #'] })],
      texts: { 'values.yaml': 'key=1.2.3\n' },
      findings: [
        'renovate.json:2:47 warning customManagers[0] (custom.regex) reads 1 file (values.yaml) but extracts nothing: at values.yaml:1 the regex fits up to `key=(?<currentValue>\\S+)` and then finds no ` #`',
      ],
      remedies: ['keys in the order of the file'],
    },
    {
      name: 'many files in which nothing waits for a manager',
      documents,
      runs: [run({ matchedFiles: MANY, matchStrings: ['x: (?<currentValue>.+)'] })],
      findings: ['renovate.json:2:42 info customManagers[0] (custom.regex) reads 10 files (0.yaml, 1.yaml, 2.yaml and 7 more) but extracts nothing: not even the beginning of the regex stands in them: `x: (?<currentValue>.+)`'],
      remedies: ['Hold matchStrings'],
    },
    {
      name: 'many files in one of which the regex gets far',
      documents,
      texts: { '4.yaml': 'x: 1' },
      runs: [run({ matchedFiles: MANY, matchStrings: ['x: (?<currentValue>.+) y'] })],
      findings: ['renovate.json:2:42 warning customManagers[0] (custom.regex) reads 10 files (0.yaml, 1.yaml, 2.yaml and 7 more) but extracts nothing: at 4.yaml:1 the regex fits up to `x: (?<currentValue>.+)` and then finds no ` y`'],
      remedies: ['keys in the order'],
    },
    {
      name: 'many files in one of which a version waits: of equally near ones that one',
      documents,
      texts: { '4.yaml': 'x: ', '7.yaml': '\nx: ' },
      pins: [pin({ file: '7.yaml', status: 'unmanaged', reason: 'not-extracted' })],
      runs: [run({ matchedFiles: MANY, matchStrings: ['x: (?<currentValue>\\d+)'] })],
      findings: ['renovate.json:2:42 warning customManagers[0] (custom.regex) reads 10 files (0.yaml, 1.yaml, 2.yaml and 7 more) but extracts nothing: at 7.yaml:2 the regex fits up to `x: ` and then finds no `(?<currentValue>\\d+)`'],
      remedies: ['keys in the order'],
    },
    {
      name: 'a manager of a preset, which is written for other repositories too',
      documents: { 'renovate.json': '{}', 'shared.json': documents['renovate.json'] },
      runs: [run({ source: { source: 'shared.json', index: 0 }, matchedFiles: ['values.yaml'], matchStrings: ['x: (?<currentValue>.+)'] })],
      findings: ['shared.json:2:42 info customManagers[0] (custom.regex) reads 1 file (values.yaml) but extracts nothing: not even the beginning of the regex stands in it: `x: (?<currentValue>.+)`'],
      remedies: ['Hold matchStrings'],
    },
    {
      name: 'a query that fails',
      documents,
      runs: [run({ manager: 'custom.jsonata', matchedFiles: ['values.yaml'], error: 'cannot look up undefined' })],
      findings: ['renovate.json:2:42 warning customManagers[0] (custom.jsonata) reads 1 file (values.yaml) but extracts nothing: cannot look up undefined'],
      remedies: ['$string'],
    },
    {
      name: 'a built-in manager on files of another kind',
      documents,
      runs: [run({ manager: 'argocd', index: null, source: null, matchedFiles: ['x.yaml'] })],
      findings: ['renovate.json:3:38 warning the argocd manager reads 1 file (x.yaml) but extracts nothing'],
      remedies: ['Narrow managerFilePatterns'],
    },
  ],
});
