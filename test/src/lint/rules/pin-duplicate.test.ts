import { pinDuplicate } from '../../../../src/lint/rules/pin-duplicate.ts';
import { dependency, manager, pin, run, testRule } from '../harness.ts';

const here = dependency({ file: pin().file, writeBack: { kind: 'exact', offset: pin().offset } });

testRule(pinDuplicate, {
  accept: [
    { name: 'a managed version', pins: [pin()] },
    { name: 'an unmanaged version', pins: [pin({ status: 'unmanaged', reason: 'not-extracted' })] },
  ],
  reject: [
    {
      name: 'a built-in and a custom manager on one line',
      pins: [pin({ status: 'duplicate', reason: 'several-managers', managers: [manager({ source: null }), manager({ manager: 'custom.regex', source: 'renovate.json' })] })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager is extracted 2 times, by argocd and custom.regex (renovate.json): under different names, so each proposes its own update'],
      remedies: ['Keep one of them'],
    },
    {
      name: 'two managers that give it one name, and so one branch',
      pins: [pin({ status: 'duplicate', reason: 'several-managers', managers: [manager({ source: null }), manager({ manager: 'custom.regex', source: 'renovate.json' })] })],
      runs: [run({ manager: 'argocd', index: null, source: null, dependencies: [here] }), run({ dependencies: [here] })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 warning v1.11.0 of chart cert-manager is extracted 2 times, by argocd and custom.regex (renovate.json): its merge request lists it as often, and updates that differ are dropped but for one'],
      remedies: ['Keep one of them'],
    },
  ],
});
