import { alertmanagerRouteDead } from '../../../../src/lint/rules/alertmanager-route-dead.ts';
import { BY_APPLICATION, config, rules, TITLE, TO_GITLAB } from '../alert-texts.ts';
import { testRule, type Case, type RejectCase } from '../harness.ts';

const gitlab = `- name: gitlab\n  webhook_configs: [{url: ${TO_GITLAB}}]`;
const chat = '- name: chat\n  slack_configs: [{channel: a}]';

function file(name: string, route: string, receivers = `${gitlab}\n${chat}`): Case {
  return { name, texts: { 'alertmanager.yml': `route:\n${route.replaceAll(/^/gm, '  ')}\nreceivers:\n${receivers}\n` } };
}

/** The matchers of the route to GitLab stand in line 8 of c.yaml. */
function beside(name: string, matchers: string, { expression = BY_APPLICATION, labels = {}, namespace = 'argocd', ...more }: { expression?: string; labels?: Readonly<Record<string, string>>; namespace?: string; more?: Readonly<Record<string, string>> } = {}): Case {
  const route = `route:\n  receiver: gitlab\n${matchers === '' ? '' : `  matchers:\n  - ${matchers}\n`}receivers:\n- name: gitlab\n  webhookConfigs:\n  - url: ${TO_GITLAB}`;
  return { name, texts: { 'alerting/rules.yml': rules(expression, { title: TITLE }, labels), 'alerting/c.yaml': config(route, namespace), ...more.more } };
}

function application(namespace: string): string {
  return `kind: Application\nmetadata:\n  name: a\n  namespace: ${namespace}\n`;
}

function lost(name: string, given: Case, place: string, words: string): RejectCase {
  return { ...given, name, findings: [`alerting/c.yaml:${place} warning receiver gitlab never gets Broken: ${words}`], remedies: [''] };
}

const strategy = { 'values.yaml': 'alertmanager:\n  alertmanagerSpec:\n    alertmanagerConfigMatcherStrategy: {type: None}\n' };

testRule(alertmanagerRouteDead, {
  accept: [
    file('all are used', 'receiver: chat\nroutes:\n- receiver: gitlab\n  matchers: [notify="gitlab"]'),
    file('a child with the receiver above it', 'receiver: gitlab\nroutes:\n- matchers: [a="b"]', gitlab),
    file('an unused receiver that sends nothing', 'receiver: gitlab', `${gitlab}\n- name: "null"`),
    file('one after another that continues', 'receiver: chat\nroutes:\n- receiver: chat\n  continue: true\n- receiver: gitlab\n  matchers: [a="b"]'),
    file('one after another with other matchers', 'receiver: chat\nroutes:\n- receiver: chat\n  matchers: [a="b", c="d"]\n- receiver: gitlab\n  matchers: [a="b"]'),
    file('one after another that is not understood', 'receiver: chat\nroutes:\n- receiver: chat\n  matchers: ["a b"]\n- receiver: gitlab'),
    file('a name that a template fills in', 'receiver: "{{ .Values.receiver }}"', gitlab),
    file('receivers that a template fills in', 'receiver: chat', '- name: "{{ .Values.receiver }}"\n  webhook_configs: []'),
    { name: 'what a template decides', texts: { 'c/Chart.yaml': '', 'c/templates/c.yaml': `${config('route: {receiver: gitlab}')}  receivers:\n  {{- if .Values.gitlab }}\n  - name: other\n    webhookConfigs: []\n  {{- end }}\n` } },
    { name: 'values without a route, which the chart has', texts: { 'values.yaml': `alertmanager:\n  config:\n    receivers:\n${gitlab.replaceAll(/^/gm, '    ')}\n` } },
    { name: 'values whose first receiver is of another file', texts: { 'values.yaml': `alertmanager:\n  config:\n    route: {routes: [{receiver: chat}]}\n    receivers:\n${`${gitlab}\n${chat}`.replaceAll(/^/gm, '    ')}\n` } },
    beside('no matchers', ''),
    beside('a label that the alert has', '{name: notify, value: gitlab}', { labels: { notify: 'gitlab' } }),
    beside('a label of the metric', '{name: project, value: platform}', { expression: 'max by (namespace, name, project) (argocd_app_info)' }),
    beside('the name of the alert', '{name: alertname, matchType: "=~", value: "Broken|Other"}'),
    beside('a label that it must not have', '{name: silent, matchType: "!=", value: "true"}'),
    beside('a label that it must not have, by an empty value', '{name: silent, value: ""}'),
    beside('a regex that is not RE2', '{name: alertname, matchType: "=~", value: "(?!Broken)x"}'),
    beside('a label that a template fills in', '{name: notify, value: gitlab}', { labels: { notify: "'{{ $labels.name }}'" } }),
    beside('another namespace, with Applications there', '', { namespace: 'team', more: { 'a.yaml': application('team') } }),
    beside('another namespace, with the strategy None', '', { namespace: 'monitoring', more: { 'a.yaml': application('argocd'), ...strategy } }),
    beside('another namespace, with Applications of nobody knows where', '', { namespace: 'monitoring' }),
    beside('where Argo CD usually is', '', { namespace: 'argocd', more: { 'a.yaml': application('team') } }),
    beside('another metric', '{name: notify, value: gitlab}', { expression: 'up == 0' }),
    { ...beside('alerts in another folder that are not meant for GitLab', '{name: notify, value: gitlab}'), texts: { 'rules.yml': rules(BY_APPLICATION, { title: TITLE }), 'alerting/c.yaml': config(`route:\n  receiver: gitlab\n  matchers: [{name: a, value: b}]\nreceivers:\n${gitlab}`) } },
    {
      ...beside('another way that is open', '{name: notify, value: gitlab}'),
      texts: { 'alerting/rules.yml': rules(BY_APPLICATION, { title: TITLE }), 'alerting/alertmanager.yml': `route:\n  receiver: gitlab\n  routes:\n  - receiver: gitlab\n    matchers: [notify="gitlab"]\nreceivers:\n${gitlab}\n` },
    },
  ],
  reject: [
    { ...file('a receiver that is not there', 'receiver: chat\nroutes:\n- receiver: gitlap', chat), findings: ['alertmanager.yml:4:15 error a route sends to receiver gitlap, which is not among the receivers: Alertmanager does not start with it'], remedies: ['name one that is there: chat'] },
    {
      name: 'the same in an AlertmanagerConfig',
      texts: { 'c.yaml': config(`route: {receiver: gitlap}\nreceivers:\n- name: gitlab\n  webhookConfigs: [{url: "${TO_GITLAB}"}]`) },
      findings: ['c.yaml:5:21 error a route sends to receiver gitlap, which is not among the receivers: the operator leaves the whole AlertmanagerConfig out', 'c.yaml:7:11 warning no route leads to receiver gitlab: it never gets an alert'],
      remedies: ['name one that is there: gitlab', 'Name it in route.receiver'],
    },
    {
      name: 'the same in values',
      texts: { 'values.yaml': `alertmanager:\n  config:\n    route: {receiver: "null"}\n    receivers:\n${gitlab.replaceAll(/^/gm, '    ')}\n` },
      findings: ['values.yaml:3:24 warning a route sends to receiver null, which is not among the receivers: Alertmanager does not start with it', 'values.yaml:5:13 warning no route leads to receiver gitlab: it never gets an alert'],
      remedies: ['Define it under receivers', 'Name it in route.receiver'],
    },
    { ...file('a receiver that no route names', 'receiver: chat'), findings: ['alertmanager.yml:4:9 warning no route leads to receiver gitlab: it never gets an alert'], remedies: ['Name it in route.receiver'] },
    { name: 'an AlertmanagerConfig without a route', texts: { 'c.yaml': config(`receivers:\n${gitlab}`) }, findings: ['c.yaml:6:11 warning no route leads to receiver gitlab, because there is none: it never gets an alert'], remedies: ['Name it in route.receiver'] },
    { ...file('one after another that takes everything', 'receiver: chat\nroutes:\n- receiver: chat\n- receiver: gitlab\n  matchers: [a="b"]'), findings: ['alertmanager.yml:5:5 warning this route is never reached: the one in line 4 takes every alert, since it has no matchers, and does not continue'], remedies: ['Put this route before it'] },
    { ...file('one after another that takes more', 'receiver: chat\nroutes:\n- receiver: chat\n  match: {a: b}\n  continue: false\n- receiver: gitlab\n  matchers: [c="d", a="b"]'), findings: ['alertmanager.yml:7:5 warning this route is never reached: the one in line 4 takes every alert that would fit here, and does not continue'], remedies: ['continue: true'] },
    lost('a label with another value', beside('', '{name: notify, value: gitlab}', { labels: { notify: 'chat' } }), '8:29', 'its route asks for notify="gitlab", and it has notify="chat"'),
    lost('a label that the alert does not have', beside('', '{name: notify, value: gitlab}'), '8:29', 'its route asks for notify="gitlab", and it has no label notify, unless Prometheus adds it to all its alerts'),
    lost('a label that the expression drops', beside('', '{name: project, matchType: "=~", value: "platform|.+x"}'), '8:48', 'its route asks for project=~"platform|.+x", and it has no label project, unless Prometheus adds it to all its alerts'),
    lost('another name of the alert', beside('', '{name: alertname, regex: true, value: Argo.*}'), '8:45', 'its route asks for alertname=~"Argo.*", and it has alertname="Broken"'),
    lost('a state that the selector excludes', beside('', '{name: sync_status, matchType: "!=", value: Unknown}', { expression: 'max by (namespace, name, sync_status) (argocd_app_info{sync_status="Unknown"})' }), '8:51', 'its route asks for sync_status!="Unknown", and it has sync_status="Unknown"'),
    lost('the namespace of the monitoring stack', beside('', '', { namespace: 'monitoring', more: { 'a.yaml': application('argocd') } }), '3:14', 'by default the Prometheus operator adds the matcher namespace="monitoring" to this AlertmanagerConfig, and it has namespace argocd, that of the Applications'),
    lost('a label namespace of its own', beside('', '', { labels: { namespace: 'team' } }), '3:14', 'by default the Prometheus operator adds the matcher namespace="argocd" to this AlertmanagerConfig, and it has namespace team'),
    lost('no label namespace', beside('', '', { expression: 'max by (name) (argocd_app_info)' }), '3:14', 'by default the Prometheus operator adds the matcher namespace="argocd" to this AlertmanagerConfig, and it has no label namespace'),
    {
      name: 'alerts in another folder that are meant for GitLab',
      texts: { 'rules.yml': rules(BY_APPLICATION, { gitlab_incident_markdown: 'x' }), 'alertmanager.yml': `route:\n  receiver: chat\n  routes:\n  - receiver: gitlab\n    matchers: ['alertname = Other']\nreceivers:\n${gitlab}\n${chat}\n` },
      findings: ['alertmanager.yml:5:17 warning receiver gitlab never gets Broken: its route asks for alertname="Other", and it has alertname="Broken"'],
      remedies: ['Write here what the alert has'],
    },
  ],
});
