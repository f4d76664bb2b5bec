import { HOLD_LABEL } from '../../../runner/incidents/labels.ts';
import { holdRules, holdsOf, type AttributedIncident, type HeldPin, type Hold, type HoldOptions } from '../../../runner/incidents/hold.ts';

const NOW = Date.UTC(2026, 2, 1, 12);
const OPTIONS: HoldOptions = { scope: 'application', calmMinutes: 30, unattributed: 'project', now: NOW };
const PROJECTS = ['platform/cluster', 'platform/other', 'team/cluster'];

function incident(known: Partial<AttributedIncident> = {}): AttributedIncident {
  return { project: 'platform/cluster', iid: 3, title: 'web is degraded', url: 'https://gitlab.example.com/platform/cluster/-/issues/incident/3', application: 'web', closedAt: null, ...known };
}

function ago(minutes: number): string {
  return new Date(NOW - minutes * 60_000).toISOString();
}

it.each<[string, Partial<AttributedIncident>, Partial<HoldOptions>, readonly (readonly [string, string | null])[]]>([
  ['its application', {}, {}, [['platform/cluster', 'web']]],
  ['its project', {}, { scope: 'project' }, [['platform/cluster', null]]],
  ['its group', {}, { scope: 'group' }, [['platform/cluster', null], ['platform/other', null]]],
  ['all of the project, when nobody knows what it is about', { application: null }, {}, [['platform/cluster', null]]],
  ['nothing, when nobody knows what it is about and the config says so', { application: null }, { unattributed: 'nothing' }, []],
  ['still, in the calm after it was closed', { closedAt: ago(29) }, {}, [['platform/cluster', 'web']]],
  ['nothing, when the calm is over', { closedAt: ago(30) }, {}, []],
  ['nothing, with a calm of nothing', { closedAt: ago(0) }, { calmMinutes: 0 }, []],
  ['nothing in a project that is not run', { project: 'else/where' }, {}, []],
])('an incident holds %s', (_name, known, options, expected) => {
  expect(holdsOf([incident(known)], PROJECTS, { ...OPTIONS, ...options }).map(({ project, application }) => [project, application])).toEqual(expected);
});

const PINS: readonly HeldPin[] = [
  { application: 'web', file: 'apps/web.yaml', packageNames: ['web'] },
  { application: 'web', file: 'values.yaml', packageNames: ['registry.example.com/web'] },
  { application: 'db', file: 'values.yaml', packageNames: ['db'] },
  { application: 'odd', file: 'apps/{odd}.yaml', packageNames: ['odd'] },
  { application: 'unmanaged', file: 'apps/unmanaged.yaml', packageNames: [] },
];

function hold(application: string | null): Hold {
  return { project: 'platform/cluster', application, incident: { project: 'platform/cluster', iid: 3, title: 'x', url: 'https://x' }, until: null };
}

it.each<[string, readonly Hold[], readonly object[]]>([
  ['nothing', [], []],
  ['one application: by file and name together', [hold('web')], [{ matchFileNames: ['apps/web.yaml'], matchPackageNames: ['web'] }, { matchFileNames: ['values.yaml'], matchPackageNames: ['registry.example.com/web'] }]],
  ['a file with signs of a glob', [hold('odd')], [{ matchFileNames: ['/^apps/\\{odd\\}\\.yaml$/'], matchPackageNames: ['odd'] }]],
  ['two applications', [hold('db'), hold('odd')], [{ matchPackageNames: ['db'] }, { matchPackageNames: ['odd'] }]],
  ['two incidents of one application: one rule', [hold('db'), hold('db')], [{ matchPackageNames: ['db'] }]],
  ['the project', [hold(null)], [{ matchFileNames: ['**'] }]],
  ['an application that nobody knows: the project', [hold('gone')], [{ matchFileNames: ['**'] }]],
  ['an application without a version that Renovate updates: the project', [hold('unmanaged')], [{ matchFileNames: ['**'] }]],
])('rules for %s', (_name, holds, expected) => {
  const rules = holdRules(holds, PINS);
  expect(rules).toMatchObject(expected);
  expect(rules.every((rule) => JSON.stringify(rule['force']) === '{"automerge":false}' && String(rule['addLabels']) === HOLD_LABEL)).toBe(true);
});
