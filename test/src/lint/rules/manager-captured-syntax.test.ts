import { managerCapturedSyntax } from '../../../../src/lint/rules/manager-captured-syntax.ts';
import type { ExtractedDependency } from '../../../../src/renovate/types.ts';
import { dependency, run, testRule, type Case } from '../harness.ts';

const documents = { 'renovate.json': '{\n  "customManagers": [\n    { "matchStrings": ["x"] }\n  ]\n}' };

function given(name: string, ...dependencies: Partial<ExtractedDependency>[]): Case {
  return { name, documents, runs: [run({ dependencies: dependencies.map(dependency) })] };
}

const subject = 'renovate.json:3:25 error customManagers[0] (custom.regex) captures';

testRule(managerCapturedSyntax, {
  accept: [
    given('names and versions', { registryUrls: ['https://charts.jetstack.io/'] }),
    given('a range', { currentValue: '>=1.0.0, <2.0.0' }),
    given('a dependency that is off', { currentValue: '1.5.23"', enabled: false }),
    { ...given('a built-in manager'), documents: { 'renovate.json': '{ "argocd": { "managerFilePatterns": ["/x/"] } }' }, runs: [run({ manager: 'argocd', index: null, source: null, dependencies: [dependency({ depName: '"x"' })] })] },
    { ...given('a preset of this package'), runs: [run({ source: { source: 'presets/managers/values.json', index: 0 }, dependencies: [dependency({ depName: '"x"' })] })] },
  ],
  reject: [
    { ...given('a quote', { currentValue: '1.5.23"' }), findings: [`${subject} a quote in currentValue: "1.5.23\\"" (values.yaml)`], remedies: ['Let currentValue end before it'] },
    { ...given('a comma', { currentValue: '1.5.23,' }), findings: [`${subject} a comma in currentValue: "1.5.23," (values.yaml)`], remedies: ['Let currentValue end before it'] },
    { ...given('white space', { currentValue: '1.5.23\r' }), findings: [`${subject} white space in currentValue: "1.5.23\\r" (values.yaml)`], remedies: ['Let currentValue end before it'] },
    { ...given('white space inside a name', { depName: 'redis registryUrl=https://x.org', packageName: 'redis' }), findings: [`${subject} white space in depName: "redis registryUrl=https://x.org" (values.yaml)`], remedies: ['Let depName end before it'] },
    { ...given('a comment', { depName: 'redis # old' }), findings: [`${subject} a comment in depName: "redis # old" (values.yaml)`], remedies: ['Let depName end before it'] },
    { ...given('a template', { packageName: '{{ .Values.chart }}' }), findings: [`${subject} the braces of a template in packageName: "{{ .Values.chart }}" (values.yaml)`], remedies: ['packageNameTemplate'] },
    { ...given('an address with a quote', { registryUrls: ['https://charts.jetstack.io/%22'] }), findings: [`${subject} a quote in registryUrl: "https://charts.jetstack.io/%22" (values.yaml)`], remedies: ['Let registryUrl end before it'] },
    {
      ...given('several values, once for each field', { depName: "'a'" , packageName: "'a'", currentValue: '"1"' }, { depName: "'b'", packageName: "'b'" }, { depName: "'c'", packageName: "'c'" }),
      findings: [`${subject} a quote in currentValue: "\\"1\\"" (values.yaml)`, `${subject} a quote in depName: "'a'" (values.yaml), and 2 more such values`],
      remedies: ['Let currentValue end before it', 'Let depName end before it'],
    },
  ],
});
