import { attribute, type Attribution, type KnownApplication } from '../../../runner/incidents/attribution.ts';
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

const KNOWN: readonly KnownApplication[] = [
  ...['web', 'cert-manager', 'cert-manager-webhook', 'db', 'argocd'].map((name) => ({ name, patterns: [] })),
  { name: 'addons', patterns: ['addon-*-cert-manager'] },
  { name: '*-manager', patterns: ['*-manager'] },
  { name: 'monitoring', patterns: ['*-kube-*-stack'] },
  ...['eu', 'us'].map((name) => ({ name, patterns: ['shop-*'] })),
  { name: 'umbrella', patterns: ['prod-umbrella', 'test-umbrella'] },
  { name: 'prod-umbrella', patterns: [] },
];

it.each<[string, { title?: string; description?: string; labels?: readonly string[] }, Partial<Attribution>]>([
  ['a marker', { description: marker('web') }, { application: 'web', confidence: 'marker' }],
  ['a marker over label and title', { title: 'db is down', description: marker('web'), labels: ['application::db'] }, { application: 'web', confidence: 'marker' }],
  ['a marker for something else', { description: marker('gone') }, { application: 'gone', confidence: 'marker' }],
  ['a marker for a name that a template makes', { description: marker('prod-log-manager') }, { application: '*-manager', confidence: 'marker' }],
  ['a marker for a name that fits two: the closer one', { description: marker('addon-prod-cert-manager') }, { application: 'addons', confidence: 'marker' }],
  ['a marker for a name with two holes', { description: marker('prod-kube-prometheus-stack') }, { application: 'monitoring', confidence: 'marker' }],
  ['a marker for a name with parts that overlap', { description: marker('prod-kube-stack') }, { application: 'prod-kube-stack', confidence: 'marker' }],
  ['a marker for a name that two make', { description: marker('shop-1') }, { application: null, reason: 'shop-1 may be any of eu, us' }],
  ['a marker for one of two that deploy a folder: what is in the folder', { description: marker('prod-umbrella') }, { application: 'umbrella', confidence: 'marker' }],
  ['a label for a name that a template makes', { labels: ['application::prod-log-manager'] }, { application: '*-manager', confidence: 'label' }],
  ['two markers: somebody has added one', { description: `${marker('web')}${marker('db')}` }, { application: null, reason: 'its text names several applications: web, db' }],
  ['a label', { labels: ['severity::high', 'application::web'] }, { application: 'web', confidence: 'label' }],
  ['two labels', { labels: ['application::web', 'application::db'] }, { application: null }],
  ['a label that is no name', { labels: ['application::$(id)'] }, { application: null }],
  ['the title', { title: 'Application web is degraded' }, { application: 'web', confidence: 'title' }],
  ['the longest name in the title', { title: 'cert-manager-webhook out of sync' }, { application: 'cert-manager-webhook', confidence: 'title' }],
  ['a namespace before the name in the title', { title: 'argocd/web is unhealthy' }, { application: 'web', confidence: 'title' }],
  ['a name beside a longer word', { title: 'webhooks fail and so does web' }, { application: 'web', confidence: 'title' }],
  ['a name inside a word', { title: 'webhooks are slow' }, { application: null }],
  ['two names in the title', { title: 'web and db are down' }, { application: null, reason: 'its title names several applications: web, db' }],
  ['nothing', { title: 'ArgoCdNotSynced' }, { application: null, confidence: null, reason: 'neither a marker nor a label nor the title names an application' }],
])('an incident with %s', (_name, incident, expected) => {
  expect(attribute({ title: '', description: '', labels: [], ...incident } as Parameters<typeof attribute>[0], KNOWN)).toMatchObject(expected);
});
