import { managerCrossMatch } from '../../../../src/lint/rules/manager-cross-match.ts';
import { dependency, pin, run, testRule, type Case } from '../harness.ts';

const lazy = 'chart: (?<depName>\\S+)[\\s\\S]*?version: (?<currentValue>\\d\\S*)';

/** One dependency for the whole text, which the regex is to match from `from` to its end. */
function given(name: string, text: string, { regex = lazy, more = '', file = 'values.yaml', from = 'chart', depName = 'redis' } = {}): Case {
  const match = { offset: text.indexOf(from), length: text.trimEnd().length - text.indexOf(from) };
  return {
    name,
    texts: { [file]: text },
    documents: { 'renovate.json': `{\n  "customManagers": [\n    { "matchStrings": [${JSON.stringify(regex)}]${more} }\n  ]\n}` },
    runs: [run({ matchStrings: [regex], dependencies: [dependency({ file, depName, packageName: depName, match })] })],
  };
}

const subject = 'renovate.json:3:25 error customManagers[0] (custom.regex): this regex pairs';
const effect = 'Renovate looks up one and rewrites the other';
const items = 'a:\n  - chart: redis\n    version: latest\n  - chart: loki\n    version: 2.0.0\n';
const keys = { regex: '(?<depName>\\w+):\\n[\\s\\S]*?version: (?<currentValue>\\d\\S*)', from: 'redis' };
const named = 'chart: redis\nrepo: x\nversion: 2.0.0\n';
const here = pin({ file: 'values.yaml', offset: 30, name: 'loki' });

testRule(managerCrossMatch, {
  accept: [
    given('neighbours', 'chart: redis\nversion: 1.0.0\n'),
    given('other keys of the entry in between', '- chart: redis\n  repo: https://example.org\n  helm:\n    values: x\n  version: 1.0.0\n'),
    given('a version that stands deeper', 'chart: redis\nspec:\n  source:\n    version: 1.0.0\n'),
    given('a version of all items', 'a:\n  - chart: redis\n  - chart: loki\nversion: 1.0.0\n'),
    given('two branches of a template', 'chart: redis\n{{- if .x }}\nversion: {{ .y }}\n{{- else }}\nversion: 1.0.0\n'),
    given('a comment above the document', '# chart: redis\n---\nkind: x\nversion: 1.0.0\n'),
    given('a list of parameters', '- name: image\n  value: redis\n- name: policy\n  value: Always\n- name: tag\n  value: 1.0.0\n', { regex: 'value: (?<depName>[a-z]+)[\\s\\S]*?value: (?<currentValue>\\d\\S*)', from: 'value' }),
    given('a key that is the name', 'redis:\n  enabled: true\n  version: 1.0.0\n', keys),
    given('another kind of file', items, { file: 'README.md' }),
    given('a combination', items, { more: ', "matchStringsStrategy": "combination"' }),
    { ...given('a dependency that is off', items), runs: [run({ dependencies: [dependency({ enabled: false, match: { offset: 7, length: 70 } })] })] },
    { ...given('the only version of the file, under a name of its own', named), pins: [here] },
  ],
  reject: [
    { ...given('the next item of a list', items), findings: [`${subject} redis (values.yaml:2) with 2.0.0, which stands in another entry (line 5): ${effect}`], remedies: ['instead of [\\s\\S]*?'] },
    { ...given('the next entry of a map', 'a:\n  chart: redis\nb:\n  chart: loki\n  version: 2.0.0\n'), findings: [`${subject} redis (values.yaml:2) with 2.0.0, which stands in another entry (line 5): ${effect}`], remedies: ['jsonata'] },
    { ...given('the next document', 'chart: redis\n---\nkind: x\nversion: 2.0.0\n'), findings: [`${subject} redis (values.yaml:1) with 2.0.0, which stands in another document, beyond --- (line 4): ${effect}`], remedies: ['instead of'] },
    {
      ...given('an item whose version does not fit', '- chart: redis\n  version: "{{ .x }}"\n- repo: y\n  version: 2.0.0\n'),
      findings: [`${subject} redis (values.yaml:1) with 2.0.0, which stands in another entry (line 4): ${effect}`],
      remedies: ['instead of'],
    },
    {
      ...given('a key that is the name of another entry', 'redis:\n  enabled: true\nloki:\n  version: 2.0.0\n', keys),
      findings: [`${subject} redis (values.yaml:1) with 2.0.0, which stands in another entry (line 4): ${effect}`],
      remedies: ['instead of'],
    },
    {
      ...given('a version before its name', '- version: 2.0.0\n  repo: x\n- version: latest\n  chart: redis\n', { regex: 'version: (?<currentValue>\\d\\S*)[\\s\\S]*?chart: (?<depName>\\S+)', from: 'version' }),
      findings: [`${subject} redis (values.yaml:4) with 2.0.0, which stands in another entry (line 1): ${effect}`],
      remedies: ['instead of'],
    },
    {
      ...given('a comment with another one below', '# renovate: datasource=helm depName=redis\n# renovate: datasource=helm depName=loki\nx: y\nversion: 2.0.0\n', { regex: 'renovate: datasource=helm depName=(?<depName>\\S+)[\\s\\S]*?version: (?<currentValue>\\d\\S*)', from: 'renovate' }),
      findings: [`${subject} redis (values.yaml:1) with 2.0.0, which stands in another entry (line 4): ${effect}`],
      remedies: ['instead of'],
    },
    {
      ...given('an address of another entry', '- url: https://a.example\n- chart: redis\n  url: https://b.example\n  version: 2.0.0\n', { regex: 'url: (?<registryUrl>\\S+)\\n- chart: (?<depName>\\S+)[\\s\\S]*?version: (?<currentValue>\\d\\S*)', from: 'url' }),
      findings: [`${subject} https://a.example (values.yaml:1) with 2.0.0, which stands in another entry (line 4): ${effect}`],
      remedies: ['instead of'],
    },
    {
      ...given('a name that belongs to another version of the file', named),
      pins: [here, pin({ file: 'values.yaml', offset: 99, name: 'redis' })],
      findings: [`${subject} redis (values.yaml:1) with 2.0.0, which stands in another entry (line 3): ${effect}`],
      remedies: ['instead of'],
    },
    {
      ...given('several pairs, once', items),
      texts: { 'values.yaml': items, 'b.yaml': items },
      runs: [run({ dependencies: ['values.yaml', 'b.yaml'].map((file) => dependency({ file, match: { offset: 7, length: 67 } })) })],
      findings: [`${subject} redis (values.yaml:2) with 2.0.0, which stands in another entry (line 5), and 1 more such pair: ${effect}`],
      remedies: ['instead of'],
    },
  ],
});
