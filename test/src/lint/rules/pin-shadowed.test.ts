import { pinShadowed } from '../../../../src/lint/rules/pin-shadowed.ts';
import type { Override, Shadow } from '../../../../src/pins/shadow.ts';
import { dependency, pin, run, testRule } from '../harness.ts';

const FILE = 'platform/values.yaml';
const base = pin({ file: FILE, line: 4, column: 12, offset: 80, value: 'v1.11.0' });

function override(overrides: Partial<Override> = {}): Override {
  return { by: 'parameter', file: 'root.yaml', line: 16, column: 18, offset: 240, value: 'v1.15.3', ...overrides };
}

function shadow(...overrides: readonly Override[]): Shadow {
  return { file: FILE, offset: 80, overrides };
}

testRule(pinShadowed, {
  accept: [
    { name: 'no shadow', pins: [base] },
    { name: 'a shadow of another place', pins: [{ ...base, offset: 81 }], shadows: [shadow(override())] },
    { name: 'a pin that is left alone on purpose', pins: [{ ...base, status: 'ignored', reason: 'disabled' }], shadows: [shadow(override())] },
  ],
  reject: [
    {
      name: 'a parameter that nobody updates',
      pins: [base],
      shadows: [shadow(override())],
      findings: ['platform/values.yaml:4:12 warning v1.11.0 of chart cert-manager is deployed nowhere: the helm parameter at root.yaml:16 says v1.15.3, so updating it changes nothing'],
      remedies: ['see that updates go there, where nobody makes them now'],
    },
    {
      name: 'an override that Renovate updates',
      pins: [base],
      shadows: [shadow(override())],
      runs: [run({ dependencies: [dependency({ file: 'root.yaml', writeBack: { kind: 'exact', offset: 240 } })] })],
      findings: ['platform/values.yaml:4:12 warning v1.11.0 of chart cert-manager is deployed nowhere: the helm parameter at root.yaml:16 says v1.15.3, so updating it changes nothing'],
      remedies: ['Renovate updates root.yaml:16 too: remove the version here, or remove that one'],
    },
    {
      name: 'a patch of each environment',
      pins: [base],
      shadows: [shadow(override({ by: 'patch', file: 'dev/kustomization.yaml', line: 7, value: 'v1.16.0' }), override({ by: 'patch', file: 'prod/kustomization.yaml', line: 7 }))],
      findings: ['platform/values.yaml:4:12 warning v1.11.0 of chart cert-manager is deployed nowhere: the kustomize patch at dev/kustomization.yaml:7 says v1.16.0 and the kustomize patch at prod/kustomization.yaml:7 says v1.15.3, so updating it changes nothing'],
      remedies: ['without dev/kustomization.yaml:7 and prod/kustomization.yaml:7 this version counts'],
    },
    {
      name: 'values beside a valuesObject',
      pins: [base],
      shadows: [shadow(override({ by: 'values-object', value: null }))],
      findings: ['platform/values.yaml:4:12 warning v1.11.0 of chart cert-manager is deployed nowhere: valuesObject at root.yaml:16 takes the place of these values, so updating it changes nothing'],
      remedies: ['Remove one of the two'],
    },
    {
      name: 'a default that values.yaml makes idle',
      pins: [base],
      shadows: [shadow(override({ by: 'default', file: 'values.yaml', line: 2 }))],
      findings: ['platform/values.yaml:4:12 warning v1.11.0 of chart cert-manager is deployed nowhere: the values file values.yaml:2 says v1.15.3 before this default, so updating it changes nothing'],
      remedies: ['Remove one of the two'],
    },
  ],
});
