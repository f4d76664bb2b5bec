import { attribute, type Attribution } from '../../../runner/incidents/attribution.ts';
import { markersIn } from '../../../runner/incidents/marker.ts';
import type { MarkerText } from '../../../src/base/incident-marker.ts';

function marker(application: string, namespace = 'argocd'): string {
  return `<!-- renovate-argocd application="${application}" namespace="${namespace}" -->`;
}

it.each<[string, string, readonly MarkerText[]]>([
  ['none', 'nothing', []],
  ['one', `text\n\n${marker('cert-manager')}\n`, [{ application: 'cert-manager', namespace: 'argocd' }]],
  ['the same one twice', `${marker('web')} ${marker('web')}`, [{ application: 'web', namespace: 'argocd' }]],
  ['two', `${marker('web')}\n${marker('db')}`, [{ application: 'web', namespace: 'argocd' }, { application: 'db', namespace: 'argocd' }]],
  ['without a namespace', '<!-- renovate-argocd application="web" -->', [{ application: 'web', namespace: null }]],
  ['with capitals', marker('Web'), []],
  ['with a shell in it', marker('$(id)'), []],
  ['with a way out', marker('../../etc'), []],
  ['with a quote', '<!-- renovate-argocd application="a" namespace="b" onload="x" -->', []],
  ['that is cut off', '<!-- renovate-argocd application="web"', []],
  ['with a name that is too long', marker('a'.repeat(254)), []],
])('%s', (_name, text, expected) => {
  expect(markersIn(text)).toEqual(expected);
});

const KNOWN = ['web', 'cert-manager', 'cert-manager-webhook', 'db'];

it.each<[string, { title?: string; description?: string; labels?: readonly string[] }, Partial<Attribution>]>([
  ['a marker', { description: marker('web') }, { application: 'web', confidence: 'marker' }],
  ['a marker over label and title', { title: 'db is down', description: marker('web'), labels: ['application::db'] }, { application: 'web', confidence: 'marker' }],
  ['a marker for something else', { description: marker('gone') }, { application: 'gone', confidence: 'marker' }],
  ['two markers: somebody has added one', { description: `${marker('web')}${marker('db')}` }, { application: null, reason: 'its text names several applications: web, db' }],
  ['a label', { labels: ['severity::high', 'application::web'] }, { application: 'web', confidence: 'label' }],
  ['two labels', { labels: ['application::web', 'application::db'] }, { application: null }],
  ['a label that is no name', { labels: ['application::$(id)'] }, { application: null }],
  ['the title', { title: 'Application web is degraded' }, { application: 'web', confidence: 'title' }],
  ['the longest name in the title', { title: 'cert-manager-webhook out of sync' }, { application: 'cert-manager-webhook', confidence: 'title' }],
  ['a name inside a word', { title: 'webhooks are slow' }, { application: null }],
  ['two names in the title', { title: 'web and db are down' }, { application: null, reason: 'its title names several applications: web, db' }],
  ['nothing', { title: 'ArgoCdNotSynced' }, { application: null, confidence: null, reason: 'neither a marker nor a label nor the title names an application' }],
])('an incident with %s', (_name, incident, expected) => {
  expect(attribute({ title: '', description: '', labels: [], ...incident } as Parameters<typeof attribute>[0], KNOWN)).toMatchObject(expected);
});
