import { MARKER_TEMPLATE } from '../../../../src/base/incident-marker.ts';
import { alertNoMarker } from '../../../../src/lint/rules/alert-no-marker.ts';
import { alertmanager, BY_APPLICATION, rules, TITLE } from '../alert-texts.ts';
import { testRule, type Case, type RejectCase } from '../harness.ts';

function given(name: string, markdown: string | null, expression = BY_APPLICATION): Case {
  const annotations = { title: TITLE, ...(markdown === null ? {} : { gitlab_incident_markdown: `|\n${markdown.replaceAll(/^/gm, '          ')}` }) };
  return { name, texts: { 'rules.yml': rules(expression, annotations), 'alertmanager.yml': alertmanager() } };
}

function fault(name: string, markdown: string | null, words: string, expression = BY_APPLICATION): RejectCase {
  return { ...given(name, markdown, expression), findings: [`rules.yml:7:35 warning Broken ${words}`], remedies: ['Write this line into the annotation'] };
}

const chart = { 'c/Chart.yaml': 'name: c\n' };

testRule(alertNoMarker, {
  accept: [
    given('a marker', `It fails.\n\n${MARKER_TEMPLATE}`),
    given('a marker in a sentence, and the same again', `See ${MARKER_TEMPLATE}\n${MARKER_TEMPLATE}`),
    given('a marker for one Application', '<!-- renovate-argocd application="web" namespace="argocd" -->\nIt fails.'),
    given('another comment beside it', `<!-- by hand -->\n${MARKER_TEMPLATE}`),
    given('a label that Prometheus has under another name', MARKER_TEMPLATE.replace('$labels.namespace', '$labels.exported_namespace'), 'argocd_app_info == 1'),
    given('the number of them', null, 'count(argocd_app_info{health_status!="Healthy"}) > 3'),
    given('no Application at all', null, 'absent(argocd_app_info)'),
    given('another metric', null, 'up == 0'),
    { name: 'what Helm fills in', texts: { ...chart, 'c/templates/r.yml': rules(BY_APPLICATION, { gitlab_incident_markdown: '{{ .Values.markdown | quote }}' }) } },
    { name: 'annotations that Helm makes', texts: { ...chart, 'c/templates/r.yml': `${rules(BY_APPLICATION, {})}      annotations:\n        {{- toYaml .Values.annotations | nindent 8 }}\n` } },
    { name: 'no receiver in sight', texts: { 'rules.yml': rules(BY_APPLICATION, { title: TITLE }) } },
    { name: 'a receiver that is not GitLab', texts: { 'rules.yml': rules(BY_APPLICATION, {}), 'alertmanager.yml': alertmanager('https://hooks.example.com') } },
  ],
  reject: [
    { ...fault('no annotation', null, ''), findings: ['rules.yml:3:14 info Broken has no annotation gitlab_incident_markdown with a marker, so the runner has to guess the Application from the title'] },
    { ...fault('no marker', 'It fails.', ''), findings: ['rules.yml:7:35 info Broken has no marker in gitlab_incident_markdown, so the runner has to guess the Application from the title'] },
    fault('two for different Applications', `${MARKER_TEMPLATE}\n<!-- renovate-argocd application="web" namespace="argocd" -->`, 'has markers for several Applications in gitlab_incident_markdown, so the runner takes its incidents to be about none'),
    { ...fault('one without a namespace', '<!-- renovate-argocd application="{{ $labels.name }}" -->', ''), findings: ['rules.yml:7:35 info Broken has a marker without a namespace: Applications of one name in several namespaces are not told apart'] },
    fault('one in another order', '<!-- renovate-argocd namespace="argocd" application="web" -->', 'has a marker in gitlab_incident_markdown that is not in form, so the runner does not read it'),
    fault('one of two not in form', `${MARKER_TEMPLATE}\n<!-- renovate-argocd -->`, 'has a marker in gitlab_incident_markdown that is not in form, so the runner does not read it'),
    { ...fault('one whose labels are dropped', MARKER_TEMPLATE, 'has a marker that stays empty, so the runner does not read it: the expression does not keep namespace', 'max by (name) (argocd_app_info)'), remedies: ['Keep what the marker names'] },
    { ...given('one not in form, and no receiver in sight', '<!-- renovate-argocd -->'), texts: { 'rules.yml': rules(BY_APPLICATION, { gitlab_incident_markdown: '<!-- renovate-argocd -->' }) }, findings: ['rules.yml:6:35 info Broken has a marker in gitlab_incident_markdown that is not in form, so the runner does not read it'], remedies: ['Write this line'] },
  ],
});
