import { pinDuplicate } from '../../../../src/lint/rules/pin-duplicate.ts';
import { manager, pin, testRule } from '../harness.ts';

testRule(pinDuplicate, {
  accept: [
    { name: 'a managed version', pins: [pin()] },
    { name: 'an unmanaged version', pins: [pin({ status: 'unmanaged', reason: 'not-extracted' })] },
  ],
  reject: [
    {
      name: 'a built-in and a custom manager on one line',
      pins: [pin({ status: 'duplicate', reason: 'several-managers', managers: [manager({ source: null }), manager({ manager: 'custom.regex', source: 'renovate.json' })] })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager is extracted 2 times, by argocd and custom.regex (renovate.json)'],
      remedies: ['Keep one of them'],
    },
  ],
});
