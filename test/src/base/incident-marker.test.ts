import { MARKER_TEMPLATE, markersIn, type MarkerText } from '../../../src/base/incident-marker.ts';

const web = { application: 'web', namespace: 'argocd' };
const marker = '<!-- renovate-argocd application="web" namespace="argocd" -->';

it.each<[name: string, markdown: string, found: readonly (MarkerText | null)[]]>([
  ['one on a line of its own', `It fails.\n\n${marker}\n`, [web]],
  ['one in a sentence', `See ${marker}.`, [web]],
  ['one with other blanks', '<!--renovate-argocd  application="web"  namespace="argocd"-->', [web]],
  ['two', `${marker}\n${marker.replace('web', 'db')}`, [web, { ...web, application: 'db' }]],
  ['one before Prometheus has filled it in', MARKER_TEMPLATE, [{ application: '{{ $labels.name }}', namespace: '{{ $labels.namespace }}' }]],
  ['one without a namespace', '<!-- renovate-argocd application="web" -->', [{ ...web, namespace: null }]],
  ['one with an empty name', marker.replace('web', ''), [null]],
  ['one that goes over lines', marker.replace(' namespace', '\nnamespace'), [null]],
  ['one in another order', '<!-- renovate-argocd namespace="argocd" application="web" -->', [null]],
  ['one with more behind', marker.replace(' -->', ' x="y" -->'), [null]],
  ['one without an end', marker.replace('-->', ''), [null]],
  ['another comment', '<!-- renovate: datasource=helm -->', []],
  ['none', '', []],
])('%s', (_name, markdown, found) => {
  expect(markersIn(markdown)).toEqual(found);
});
