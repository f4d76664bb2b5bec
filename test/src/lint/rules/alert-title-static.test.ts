import { alertTitleStatic } from '../../../../src/lint/rules/alert-title-static.ts';
import { alertmanager, BY_APPLICATION, rules, TITLE } from '../alert-texts.ts';
import { testRule, type Case, type RejectCase } from '../harness.ts';

function given(name: string, text: string, more: Readonly<Record<string, string>> = {}): Case {
  return { name, texts: { 'rules.yml': text, 'alertmanager.yml': alertmanager(), ...more } };
}

function fault(name: string, text: string, place: string, words: string, severity = 'error'): RejectCase {
  return { ...given(name, text), findings: [`rules.yml:${place} ${severity} ${words}: Applications that fail in one evaluation become one incident in GitLab, and the first that recovers closes it`], remedies: ['Name the Application in the annotation title'] };
}

const others = alertmanager('https://hooks.example.com/x').replace('name: gitlab', 'name: chat').replace('receiver: gitlab', 'receiver: chat');

testRule(alertTitleStatic, {
  accept: [
    given('a title with the name', rules(BY_APPLICATION, { title: TITLE })),
    given('a summary with the name', rules(BY_APPLICATION, { summary: TITLE })),
    given('the old form of a label', rules(BY_APPLICATION, { title: "'{{ .Labels.name }}'" })),
    given('a label by index', rules(BY_APPLICATION, { title: `'{{ index $labels "name" }}'` })),
    given('all labels at once', rules(BY_APPLICATION, { title: "'{{ range $key, $value := $labels }}{{ $value }}{{ end }}'" })),
    given('a label that another team may have set', rules('argocd_app_info', { title: "'{{ $labels.exported_name }}'" })),
    given('the repository of the Application', rules('argocd_app_info == 1', { title: "'{{ $labels.repo }}'" })),
    given('one Application only', rules('argocd_app_info{name="web", health_status!="Healthy"}', { title: 'web is unhealthy' })),
    given('the number of them', rules('count(argocd_app_info{health_status!="Healthy"}) > 3', { title: 'many are unhealthy' })),
    given('no Application at all', rules('absent(argocd_app_info)', { title: 'Argo CD is away' })),
    given('one alert a project', rules('count by (project) (argocd_app_info) > 3', { title: "'{{ $labels.project }} is unhealthy'" })),
    given('another metric', rules('up == 0', { title: 'down' })),
    given('an expression that is not understood', rules('label_replace(argocd_app_info, "a", "$1", "name", "(.*)")', { title: 'down' })),
    given('a title that Helm fills in', rules(BY_APPLICATION, { title: '{{ .Values.title }}' })),
    given('annotations that Helm makes', `${rules(BY_APPLICATION, {})}      annotations:\n        {{- toYaml .Values.annotations | nindent 8 }}\n`),
    { name: 'a receiver that is not GitLab', texts: { 'rules.yml': rules(BY_APPLICATION, { title: 'broken' }), 'alertmanager.yml': others } },
  ],
  reject: [
    fault('a title without a label', rules(BY_APPLICATION, { title: 'not synced' }), '6:16', 'the title of Broken names no label'),
    fault('a summary without a label', rules(BY_APPLICATION, { summary: 'not synced' }), '6:18', 'the summary, which stands in for the missing title, of Broken names no label'),
    fault('nothing but the name of the alert', rules(BY_APPLICATION, { description: TITLE }), '3:14', 'the name, which stands in for a missing title and summary, of Broken names no label'),
    fault('a title with the value alone', rules('argocd_app_info == 1', { title: "'broken since {{ $value }}'" }), '6:17', 'the title of Broken names no label'),
    fault('a title with what Applications share', rules('argocd_app_info == 1', { title: "'{{ $labels.project }} in {{ $labels.namespace }}'" }), '6:17', 'the title of Broken names only project and namespace, in which Applications do not differ'),
    fault('a label that the expression drops', rules(BY_APPLICATION, { title: "'{{ $labels.dest_namespace }}'" }), '6:17', 'the title of Broken names only dest_namespace, which the expression does not keep'),
    fault('one alert a project, and a title for all', rules('count by (project) (argocd_app_info) > 3', { title: 'many' }), '6:16', 'the title of Broken names no label'),
    { ...fault('no receiver in sight', rules(BY_APPLICATION, { title: 'not synced' }), '6:16', 'the title of Broken names no label', 'info'), texts: { 'rules.yml': rules(BY_APPLICATION, { title: 'not synced' }) } },
    { ...fault('a receiver whose address is in a Secret', rules(BY_APPLICATION, { title: 'not synced' }), '6:16', 'the title of Broken names no label', 'info'), texts: { 'rules.yml': rules(BY_APPLICATION, { title: 'not synced' }), 'alertmanager.yml': alertmanager('{{ .Values.url }}').replaceAll('gitlab', 'hook') } },
    {
      ...fault('a receiver of that name whose address is in a Secret', rules(BY_APPLICATION, { title: 'not synced' }), '6:16', 'the title of Broken names no label'),
      texts: { 'rules.yml': rules(BY_APPLICATION, { title: 'not synced' }), 'alertmanager.yml': alertmanager().replace(/url: .*/, 'url_file: /etc/url') },
    },
  ],
});
