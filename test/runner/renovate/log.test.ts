import { eventOf, parseLine, type LogEvent } from '../../../runner/renovate/log.ts';

function line(fields: object): string {
  return JSON.stringify({ name: 'renovate', level: 30, v: 0, ...fields });
}

it.each<[string, string, LogEvent | null]>([
  ['a project begins', line({ msg: 'Repository started', repository: 'g/a' }), { type: 'started', project: 'g/a' }],
  ['and ends', line({ msg: 'Repository finished', repository: 'g/a', result: 'done', durationMs: 2369 }), { type: 'finished', project: 'g/a', result: 'done', seconds: 2.369 }],
  ['it ends without a result', line({ msg: 'Repository finished', repository: 'g/a', durationMs: 5 }), { type: 'finished', project: 'g/a', result: null, seconds: 0.005 }],
  ['a merge request', line({ msg: 'PR created', repository: 'g/a', branch: 'renovate/web', pr: 1 }), { type: 'branch', project: 'g/a', branch: 'renovate/web', what: 'created' }],
  ['a merge without one', line({ msg: 'Branch automerged', repository: 'g/a', branch: 'renovate/web' }), { type: 'branch', project: 'g/a', branch: 'renovate/web', what: 'pushed' }],
  ['a warning with its reason', line({ level: 40, msg: 'Host error', repository: 'g/a', packageName: 'web', err: { message: '502' } }), { type: 'problem', project: 'g/a', severity: 'warning', message: 'Host error: web: 502' }],
  [
    'charts that cannot be looked up',
    line({ level: 20, msg: 'packageFiles with updates', repository: 'g/a', config: { argocd: [{ packageFile: 'db.yaml', deps: [{ depName: 'db', warnings: [{ topic: 'db', message: 'Failed to look up helm package db: no-result' }] }, { depName: 'web' }] }] } }),
    { type: 'lookups', project: 'g/a', failed: ['db.yaml: Failed to look up helm package db: no-result'] },
  ],
  ['an error of no project', line({ level: 60, msg: 'Authentication failure' }), { type: 'problem', project: null, severity: 'error', message: 'Authentication failure' }],
  ['a message of the same words about no project', line({ msg: 'Repository started' }), null],
  ['a warning about what a policy asks for', line({ level: 40, repository: 'g/a', msg: "Some upgrade(s) did not have a releaseTimestamp, but as we're running with minimumReleaseAgeBehaviour=timestamp-optional, proceeding. See debug logs for more information" }), null],
  ['what does not matter', line({ msg: 'Renovate started' }), null],
  ['branches that nobody can read', line({ msg: 'branches info extended', repository: 'g/a', branchesInformation: [{ branchName: 7 }] }), { type: 'branches', project: 'g/a', branches: [] }],
])('%s', (_name, text, expected) => {
  expect(eventOf(parseLine(text)!)).toEqual(expected);
});

it.each([['plain text of a crash'], ['{"level": 30, "msg": "cut o'], ['{}'], ['{"level": "30", "msg": "x"}'], ['']])('%j is no line of the log', (text) => {
  expect(parseLine(text)).toBeNull();
});
