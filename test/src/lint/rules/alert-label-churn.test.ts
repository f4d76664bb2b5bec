import { alertLabelChurn } from '../../../../src/lint/rules/alert-label-churn.ts';
import { alertmanager, BY_APPLICATION, rules, TITLE } from '../alert-texts.ts';
import { testRule, type Case, type RejectCase } from '../harness.ts';

function given(name: string, expression: string): Case {
  return { name, texts: { 'rules.yml': rules(expression, { title: TITLE }), 'alertmanager.yml': alertmanager() } };
}

function fault(name: string, expression: string, column: number, labels: string): RejectCase {
  const words = `Broken carries ${labels} of argocd_app_info: when one of them changes, the alert resolves and another one starts, so the incident closes although nothing is better, and a new one opens later`;
  return { ...given(name, expression), findings: [`rules.yml:4:${column} warning ${words}`], remedies: ['max by (namespace, name, project)'] };
}

testRule(alertLabelChurn, {
  accept: [
    given('an aggregation', BY_APPLICATION),
    given('one that leaves out what changes', 'max without (sync_status, health_status, operation, pod, instance) (argocd_app_info)'),
    given('a state that the selector asks for', 'max by (name, health_status) (argocd_app_info{health_status="Degraded"})'),
    given('the number of them', 'count(argocd_app_info) > 3'),
    given('no Application at all', 'absent(argocd_app_info)'),
    given('another metric', 'up == 0'),
    given('what is compared with an aggregation', `${BY_APPLICATION} unless on (name) argocd_app_info{operation="delete"}`),
    given('an expression that is not understood', 'label_replace(argocd_app_info, "a", "$1", "name", "(.*)")'),
    given('an expression that Helm fills in', 'argocd_app_info{name="{{ .Values.name }}"}'),
  ],
  reject: [
    fault('the metric as it is', 'argocd_app_info{sync_status!="Synced"} == 1', 13, 'sync_status, health_status, operation, pod, instance'),
    fault('a state of several in the aggregation', 'max by (name, sync_status) (argocd_app_info{sync_status!="Synced"})', 41, 'sync_status'),
    fault('what is left', 'sum without (pod, instance) (argocd_app_info{sync_status="OutOfSync"}) > 0', 42, 'health_status, operation'),
    fault('the largest of them', 'topk(3, max by (name, operation) (argocd_app_info))', 47, 'operation'),
    { ...fault('in a block', '|\n        max by (name, operation) (\n          argocd_app_info\n        )', 11, 'operation'), findings: [expect.stringMatching(/^rules\.yml:6:11 warning Broken carries operation/) as unknown as string] },
    {
      ...fault('a receiver that is not GitLab', 'argocd_app_info{operation=""}', 13, ''),
      texts: { 'rules.yml': rules('argocd_app_info{operation=""}', {}), 'alertmanager.yml': alertmanager('https://hooks.example.com') },
      findings: ['rules.yml:4:13 info Broken carries sync_status, health_status, pod, instance of argocd_app_info: when one of them changes, the alert resolves and another one starts'],
    },
  ],
});
