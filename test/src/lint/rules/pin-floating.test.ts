import { pinFloating } from '../../../../src/lint/rules/pin-floating.ts';
import { pin, testRule } from '../harness.ts';

testRule(pinFloating, {
  accept: [
    { name: 'an exact version', pins: [pin()] },
    { name: 'a range that is ignored on purpose', pins: [pin({ floating: true, value: '^1.2.0', status: 'ignored', reason: 'disabled' })] },
  ],
  reject: [
    {
      name: 'a range of chart versions',
      pins: [pin({ floating: true, value: '^1.2.0' })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 warning ^1.2.0 of chart cert-manager is a range, not a version: what it deploys can change without a commit'],
      remedies: ['Write the exact version'],
    },
    {
      name: 'a tag that moves, which the chart offers beside others',
      pins: [pin({ floating: true, kind: 'image', value: 'latest', name: 'nats', offered: true })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 info latest of image nats is a tag that moves: what it deploys can change without a commit'],
      remedies: ['Write the exact version'],
    },
    {
      name: 'a tag of an OCIRepository that moves',
      pins: [pin({ floating: true, kind: 'oci', value: 'latest', status: 'ignored', reason: 'floating' })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 warning latest of chart cert-manager is a tag that moves: what it deploys can change without a commit'],
      remedies: ['Write the exact version'],
    },
    {
      name: 'a range of git tags',
      pins: [pin({ floating: true, kind: 'git', value: '>=1.0.0 <2', name: 'apps', status: 'ignored', reason: 'floating' })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 info >=1.0.0 <2 of repository apps is a range, not a version: what it deploys can change without a commit'],
      remedies: ['Write a tag'],
    },
    {
      name: 'a branch',
      pins: [pin({ floating: true, kind: 'git', value: 'HEAD', name: 'platform/apps', status: 'ignored', reason: 'floating' })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 info HEAD of repository platform/apps is a branch, not a tag: what it deploys can change without a commit'],
      remedies: ['Write a tag'],
    },
    {
      name: 'a tag that moves',
      pins: [pin({ floating: true, kind: 'image', value: 'latest', name: 'nginx' })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 warning latest of image nginx is a tag that moves: what it deploys can change without a commit'],
      remedies: ['Write the exact version'],
    },
  ],
});
