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
  ['an error of no project', line({ level: 60, msg: 'Authentication failure' }), { type: 'problem', project: null, severity: 'error', message: 'Authentication failure' }],
  ['a message of the same words about no project', line({ msg: 'Repository started' }), null],
  ['what does not matter', line({ msg: 'Renovate started' }), null],
  ['branches that nobody can read', line({ msg: 'branches info extended', repository: 'g/a', branchesInformation: [{ branchName: 7 }] }), { type: 'branches', project: 'g/a', branches: [] }],
])('%s', (_name, text, expected) => {
  expect(eventOf(parseLine(text)!)).toEqual(expected);
});

it.each([['plain text of a crash'], ['{"level": 30, "msg": "cut o'], ['{}'], ['{"level": "30", "msg": "x"}'], ['']])('%j is no line of the log', (text) => {
  expect(parseLine(text)).toBeNull();
});
