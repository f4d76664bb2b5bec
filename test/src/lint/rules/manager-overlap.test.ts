import { managerOverlap } from '../../../../src/lint/rules/manager-overlap.ts';
import type { ExtractedDependency } from '../../../../src/renovate/types.ts';
import { dependency, pin, run, testRule } from '../harness.ts';

const documents = { 'renovate.json': '{\n  "customManagers": [\n    { "matchStrings": ["x"] },\n    { "matchStrings": ["y"] }\n  ]\n}' };
const texts = { 'values.yaml': 'tag: 7.4.1\ntag: 7.4.2\n' };
const argocd = run({ manager: 'argocd', index: null, source: null });
const annotation = run({ source: { source: 'presets/managers/annotation.json', index: 0 } });
const second = run({ index: 1, source: { source: 'renovate.json', index: 1 } });

function at(offset: number, overrides: Partial<ExtractedDependency> = {}): ExtractedDependency {
  return dependency({ writeBack: { kind: 'exact', offset }, ...overrides });
}

/** Of another name, so that it has a branch of its own. */
const OTHER = { depName: 'jetstack/cert-manager' };

testRule(managerOverlap, {
  accept: [
    { name: 'one manager', documents, texts, runs: [run({ dependencies: [at(5)] })] },
    { name: 'one manager that extracts a place twice', documents, texts, runs: [run({ dependencies: [at(5), at(5)] })] },
    { name: 'two managers in two places', documents, texts, runs: [run({ dependencies: [at(5)] }), { ...second, dependencies: [at(16)] }] },
    { name: 'the same offset of two files', documents, texts, runs: [run({ dependencies: [at(5)] }), { ...second, dependencies: [at(5, { file: 'b.yaml' })] }] },
    { name: 'a dependency that is off', documents, texts, runs: [run({ dependencies: [at(5)] }), { ...second, dependencies: [at(5, { enabled: false })] }] },
    { name: 'a dependency that is skipped', documents, texts, runs: [run({ dependencies: [at(5)] }), { ...second, dependencies: [at(5, { skipReason: 'invalid-value' })] }] },
    { name: 'a version of Argo CD, which pin-duplicate reports', documents, texts, pins: [pin({ file: 'values.yaml', offset: 5, status: 'duplicate', reason: 'several-managers' })], runs: [run({ dependencies: [at(5)] }), { ...second, dependencies: [at(5)] }] },
    { name: 'two managers that nobody here can correct', documents, texts, runs: [{ ...argocd, dependencies: [at(5)] }, { ...annotation, dependencies: [at(5)] }] },
  ],
  reject: [
    {
      name: 'two custom managers of the config, once',
      documents,
      texts,
      runs: [run({ dependencies: [at(5), at(16)] }), { ...second, dependencies: [at(16, OTHER), at(5, OTHER)] }],
      findings: ['renovate.json:4:5 warning customManagers[1] (custom.regex) and customManagers[0] (custom.regex) extract the same 2 places (the first is values.yaml:2), so Renovate opens two merge requests for each'],
      remedies: ['Remove one of the two'],
    },
    {
      name: 'a custom and a built-in one',
      documents,
      texts,
      runs: [{ ...argocd, dependencies: [at(5)] }, run({ dependencies: [at(5, OTHER)] })],
      findings: ['renovate.json:3:5 warning customManagers[0] (custom.regex) and the argocd manager extract the same place (values.yaml:1), so Renovate opens two merge requests for it'],
      remedies: ['Remove one of the two'],
    },
    {
      name: 'two managers that give it one name, and so one branch',
      documents,
      texts,
      runs: [{ ...argocd, dependencies: [at(5)] }, run({ dependencies: [at(5)] })],
      findings: ['renovate.json:3:5 info customManagers[0] (custom.regex) and the argocd manager extract the same place (values.yaml:1), so the merge request for it lists it twice'],
      remedies: ['Remove one of the two'],
    },
    {
      name: 'a custom one and a preset of this package',
      documents,
      texts,
      runs: [run({ dependencies: [at(5)] }), { ...annotation, dependencies: [at(5, OTHER)] }],
      findings: ['renovate.json:3:5 warning customManagers[0] (custom.regex) and custom.regex of presets/managers/annotation.json extract the same place (values.yaml:1), so Renovate opens two merge requests for it'],
      remedies: ['Remove one of the two'],
    },
  ],
});
