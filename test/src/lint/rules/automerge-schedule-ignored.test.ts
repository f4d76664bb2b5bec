import { automergeScheduleIgnored } from '../../../../src/lint/rules/automerge-schedule-ignored.ts';
import { testRule } from '../harness.ts';

function config(value: object): Record<string, string> {
  return { 'renovate.json': JSON.stringify(value, null, 1) };
}

const automergeSchedule = ['after 10pm', 'before 5am'];
function text(schedule: string): string {
  return `the automergeSchedule "${schedule}" is ignored: platformAutomerge is on, so the platform merges as soon as the pipeline is green`;
}

testRule(automergeScheduleIgnored, {
  accept: [
    { name: 'Renovate merges by itself', documents: config({ automerge: true, platformAutomerge: false, automergeSchedule }) },
    { name: 'the platform merges elsewhere only', documents: config({ automerge: true, automergeSchedule, packageRules: [{ matchManagers: ['argocd'], platformAutomerge: false }] }) },
    { name: 'a preset switches it off', documents: config({ automerge: true, automergeSchedule }), resolved: { automerge: true, platformAutomerge: false } },
    { name: 'branches', documents: config({ automerge: true, automergeType: 'branch', automergeSchedule }) },
    { name: 'no schedule', documents: config({ automerge: true, automergeSchedule: ['at any time'] }) },
    { name: 'nothing is merged', documents: config({ automergeSchedule }) },
    { name: 'the schedule of merge requests', documents: config({ automerge: true, schedule: automergeSchedule, extends: ['schedule:daily'] }) },
  ],
  reject: [
    {
      name: 'beside automerge',
      documents: config({ automerge: true, automergeSchedule }),
      findings: [`renovate.json:3:23 warning ${text('after 10pm, before 5am')}`],
      remedies: ['"platformAutomerge": false'],
    },
    {
      name: 'in a rule, as a string, with the platform said aloud',
      documents: config({ platformAutomerge: true, packageRules: [{ matchUpdateTypes: ['minor'], automerge: true, automergeSchedule: 'before 5am' }] }),
      findings: [`renovate.json:9:26 warning ${text('before 5am')}`],
      remedies: ['"platformAutomerge": false'],
    },
    {
      name: 'a schedule of Renovate\'s own',
      documents: config({ extends: ['schedule:automergeDaily'], automerge: true }),
      findings: [`renovate.json:3:4 warning ${text('schedule:automergeDaily')}`],
      remedies: ['delete it'],
    },
    {
      name: 'one in a preset',
      documents: { 'renovate.json': '{ "packageRules": [{ "matchManagers": ["argocd"], "automerge": true }] }', 'shared.json': '{ "automergeSchedule": ["before 5am"] }' },
      findings: [`shared.json:1:24 warning ${text('before 5am')}`],
      remedies: ['delete it'],
    },
  ],
});
