import type { JsonObject, Renovate } from '../../../src/renovate/types.ts';
import { temporaryFolder } from '../../support/fixtures.ts';
import { application } from '../../support/application.ts';
import { dependenciesOf, extractFrom, openBuilt, written } from './harness.ts';

let renovate: Renovate;

beforeAll(() => {
  renovate = openBuilt();
});
afterAll(() => renovate.close());

const ARGOCD = { argocd: { managerFilePatterns: ['**'] } };
const REGEX = (matchString: string, more: JsonObject = {}): JsonObject => ({
  customManagers: [{ customType: 'regex', managerFilePatterns: ['**'], matchStrings: [matchString], datasourceTemplate: 'helm', ...more }],
});

it.each<[string, JsonObject, string, string[]]>([
  ['one value', ARGOCD, application('a', 'v1.2.3'), ['exact 9:v1.2.3']],
  ['two equal versions in one file', ARGOCD, `${application('a', '1.2.3')}---\n${application('b', '1.2.3')}`, ['exact 9:1.2.3', 'exact 19:1.2.3']],
  ['the value in another name, too', ARGOCD, application('a', '1.2.3').replace('name: a', 'name: a-1.2.3'), ['exact 9:1.2.3']],
  ['a value that begins another', ARGOCD, `${application('a', '1.2.30')}---\n${application('b', '1.2.3')}`, ['exact 9:1.2.30', 'exact 19:1.2.3']],
  ['nine becomes ten', ARGOCD, application('a', '1.2.9'), ['exact 9:1.2.9']],
  ['a version with its digest', REGEX('tag: (?<currentValue>[\\w.]+)@(?<currentDigest>sha256:[a-f0-9]+)', { depNameTemplate: 'a', datasourceTemplate: 'docker' }), `tag: 1.6.0@sha256:${'a'.repeat(64)}\n`, ['exact 1:1.6.0']],
  ['a branch', ARGOCD, application('a', 'HEAD'), ['none']],
  ['one anchor for two charts', ARGOCD, `${application('a', '&v 1.2.3')}---\n${application('b', '1.2.3')}`, ['exact 9:1.2.3', 'exact 19:1.2.3']],
  [
    'every occurrence in the matched text, for autoReplaceGlobalMatch',
    REGEX('name: (?<depName>\\w+)-[\\d.]+\\nversion: (?<currentValue>\\S+)'),
    'name: a-1.2.3\nversion: 1.2.3\n',
    ['spread 1:1.2.3 2:1.2.3'],
  ],
  [
    'the first occurrence only without autoReplaceGlobalMatch, and that is the wrong one',
    { ...REGEX('name: (?<depName>\\w+)-[\\d.]+\\nversion: (?<currentValue>\\S+)'), autoReplaceGlobalMatch: false },
    'name: a-1.2.3\nversion: 1.2.3\n',
    ['failed: no occurrence of the version, when changed, is extracted as the new version'],
  ],
  [
    'a template that writes more than the value',
    REGEX('(?<depName>\\w+): (?<currentValue>\\S+)', { autoReplaceStringTemplate: '{{depName}}: {{newValue}} # renovated' }),
    'a: 1.2.3\n',
    ['spread 1:1.2.3 1:\n'],
  ],
  ['a template that writes the value', REGEX('(?<depName>\\w+): (?<currentValue>\\S+)', { autoReplaceStringTemplate: '{{depName}}: {{newValue}}' }), 'a: 1.2.3\n', ['exact 1:1.2.3']],
  [
    'a value made by a template, which the file does not show',
    REGEX('(?<depName>\\w+): (?<version>\\S+)', { currentValueTemplate: 'v{{version}}' }),
    'a: 1.2.3\n',
    ['failed: no occurrence of the version, when changed, is extracted as the new version'],
  ],
  ['a name that extraction copies', REGEX('(?<packageName>\\w+): (?<currentValue>\\S+)'), 'a: 1.2.3\n', ['exact 1:1.2.3']],
])('%s', async (_name, config, text, expected) => {
  const folder = temporaryFolder({ 'app.yaml': text });
  try {
    const runs = await extractFrom(renovate, folder.root, ['app.yaml'], config);
    expect(dependenciesOf(runs).map((dependency) => written(text, dependency))).toEqual(expected);
  } finally {
    folder.remove();
  }
});
