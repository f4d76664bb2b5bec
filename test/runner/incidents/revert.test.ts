import { accuse, type Suspect } from '../../../runner/incidents/blame.ts';
import type { MergeRequest } from '../../../runner/gitlab/schema.ts';
import type { DeployedPin } from '../../../runner/incidents/investigate.ts';
import { exclusionRules, planRevert, revertDescription } from '../../../runner/incidents/revert.ts';
import type { Memory } from '../../../runner/incidents/memory.ts';

/** What is put back, on the files as they are now. */
const INCIDENT = { iid: 3, title: 'web is degraded', description: '', labels: [], open: true, confidential: false, author: 'alert-bot', createdAt: '2026-03-08T12:00:00Z', closedAt: null, webUrl: 'https://gitlab.example.com/p/-/issues/incident/3' };

function suspect(known: Partial<Suspect> = {}): Suspect {
  return { file: 'web.yaml', line: 2, name: 'web', nth: 0, from: '1.0.0', to: '1.0.1', sha: 'a', at: '2026-03-08T11:00:00Z', summary: '', mergeRequest: null, isRevert: false, ...known };
}

/** The versions in a text that stand behind the name of their chart: `web: 1.0.1`. */
function pinsIn(text: string): DeployedPin[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => [...line.matchAll(/(?<name>\w+): (?<value>\S+?)(?=[ ,}]|$)/g)].map(({ groups, index: start, 0: all }) => ({ application: 'web', file: 'web.yaml', line: index + 1, column: start + all.length - groups!['value']!.length + 1, value: groups!['value']!, name: groups!['name']!, text: line, patterns: [], packageNames: [groups!['name']!] })));
}

/** Two sources that share a version by an alias: two pins at one place. */
function aliased(pins: readonly DeployedPin[], text: string): readonly DeployedPin[] {
  return text.includes('# sidecar') ? [...pins, ...pins.map((pin) => ({ ...pin, name: 'sidecar' }))] : pins;
}

function plan(suspects: readonly Suspect[], text: string, earlier: readonly MergeRequest[] = []): ReturnType<typeof planRevert> {
  return planRevert({ judged: { incident: INCIDENT, attribution: { application: 'web', confidence: 'marker', reason: null }, pins: [], accusation: accuse(suspects, INCIDENT.createdAt) }, pins: aliased(pinsIn(text), text), earlier, text: () => text });
}

const SIDECAR = suspect({ name: 'sidecar', from: '2.0.0', to: '2.10.0' });

it.each<[string, readonly Suspect[], string, string]>([
  ['a version', [suspect()], 'a\nweb: 1.0.1\n', 'a\nweb: 1.0.0\n'],
  ['a version that has moved', [suspect()], '# new\na\nweb: 1.0.1\n', '# new\na\nweb: 1.0.0\n'],
  ['ends of lines stay', [suspect()], 'a\r\nweb: 1.0.1 \r\n', 'a\r\nweb: 1.0.0 \r\n'],
  ['two of one change', [suspect(), SIDECAR], 'web: 1.0.1\nsidecar: 2.10.0\n', 'web: 1.0.0\nsidecar: 2.0.0\n'],
  ['two in one line', [suspect(), SIDECAR], '{ sidecar: 2.10.0, web: 1.0.1 }\n', '{ sidecar: 2.0.0, web: 1.0.0 }\n'],
  ['both of one name', [suspect(), suspect({ nth: 1 })], 'web: 1.0.1\nweb: 1.0.1\n', 'web: 1.0.0\nweb: 1.0.0\n'],
  ['one that two sources have by an alias', [suspect(), suspect({ name: 'sidecar', to: '1.0.1' })], 'web: 1.0.1 # sidecar\n', 'web: 1.0.0 # sidecar\n'],
  ['the second of one name', [suspect({ nth: 1 })], 'web: 1.0.1\nweb: 1.0.1\n', 'web: 1.0.1\nweb: 1.0.0\n'],
])('puts back %s', (_name, suspects, before, after) => {
  expect(plan(suspects, before)).toMatchObject({ possible: true, files: [{ path: 'web.yaml', content: after }] });
});

const MEMORY: Memory = { incident: 2, application: 'web', versions: [{ file: 'web.yaml', packageNames: ['web'], good: '1.0.0', bad: '1.0.1' }] };

function earlier(state: string, memory = MEMORY): MergeRequest {
  return { iid: 7, state, source: 'renovate-argocd/revert-2', description: revertDescription(memory, INCIDENT) } as MergeRequest;
}

it.each<[string, readonly Suspect[], string, readonly MergeRequest[], string]>([
  ['nothing changed', [], 'web: 1.0.1', [], 'no-suspect'],
  ['the last change was a way back', [suspect({ isRevert: true })], 'web: 1.0.1', [], 'is-revert'],
  ['the version was new', [suspect({ from: null })], 'web: 1.0.1', [], 'version-unknown'],
  ['somebody put it back', [suspect()], 'web: 1.0.0', [], 'already-back'],
  ['somebody changed it since', [suspect()], 'web: 1.0.2', [], 'changed-since'],
  ['it is gone', [suspect()], '# nothing', [], 'changed-since'],
  ['the other of its name is gone', [suspect({ nth: 1 })], 'web: 1.0.1', [], 'changed-since'],
  ['another incident about it has one', [suspect()], 'web: 1.0.1', [earlier('opened')], 'merge-request-open'],
  ['another incident about it had one', [suspect()], 'web: 1.0.1', [earlier('merged')], 'done-before'],
  ['its own was closed', [suspect()], 'web: 1.0.1', [earlier('closed', { ...MEMORY, incident: 3 })], 'closed-by-person'],
])('puts nothing back when %s', (_name, suspects, text, requests, code) => {
  expect(plan(suspects, text, requests)).toMatchObject({ possible: false, code });
});

it('a merge request of another incident that a person closed says nothing about this one', () => {
  expect(plan([suspect()], 'web: 1.0.1', [earlier('closed')])).toMatchObject({ possible: true });
});

it.each<[string, MergeRequest, readonly object[]]>([
  ['is switched off, and nothing else', earlier('merged'), [{ matchFileNames: ['web.yaml'], matchPackageNames: ['web'], matchNewValue: '/^v?1\\.0\\.1$/', force: { enabled: false } }]],
  ['is so before the merge request is merged', earlier('opened'), [{ force: { enabled: false } }]],
  ['is not when the merge request was closed', earlier('closed'), []],
  ['is not when Renovate does not know it', earlier('merged', { ...MEMORY, versions: [{ ...MEMORY.versions[0]!, packageNames: [] }] }), []],
  ['is not when somebody has rewritten the merge request', { ...earlier('merged'), description: 'mine' }, []],
])('a bad version %s', (_name, request, expected) => {
  expect(exclusionRules([request])).toMatchObject(expected);
});
