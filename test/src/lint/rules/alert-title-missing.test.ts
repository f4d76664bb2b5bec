import { alertTitleMissing } from '../../../../src/lint/rules/alert-title-missing.ts';
import { alertmanager, BY_APPLICATION, rules, TITLE } from '../alert-texts.ts';
import { testRule, type Case } from '../harness.ts';

function given(name: string, text: string): Case {
  return { name, texts: { 'rules.yml': text, 'alertmanager.yml': alertmanager() } };
}

const chart = { 'c/Chart.yaml': 'name: c\n' };

testRule(alertTitleMissing, {
  accept: [
    given('a title', rules(BY_APPLICATION, { title: TITLE, summary: TITLE })),
    given('a summary for all, which alert-title-static reports', rules(BY_APPLICATION, { summary: 'not synced' })),
    given('no annotation, which alert-title-static reports', rules(BY_APPLICATION, {})),
    given('another metric', rules('up == 0', { summary: TITLE })),
    { name: 'annotations that Helm makes', texts: { ...chart, 'c/templates/r.yml': `${rules(BY_APPLICATION, {})}      annotations:\n        {{- toYaml .Values.annotations | nindent 8 }}\n` } },
    { name: 'no receiver in sight', texts: { 'rules.yml': rules(BY_APPLICATION, { summary: TITLE }) } },
    { name: 'a receiver that is not GitLab', texts: { 'rules.yml': rules(BY_APPLICATION, { summary: TITLE }), 'alertmanager.yml': alertmanager('https://hooks.example.com') } },
  ],
  reject: [
    { ...given('a summary', rules(BY_APPLICATION, { summary: TITLE })), findings: ['rules.yml:6:19 info Broken has no annotation title, so GitLab calls the incident by its summary'], remedies: ['Write the annotation title'] },
    { ...given('nothing, for an alert about them all', rules('count(argocd_app_info) > 3', {})), findings: ['rules.yml:3:14 info Broken has no annotation title, so GitLab calls the incident by the name of the alert'], remedies: ['Write the annotation title'] },
  ],
});
