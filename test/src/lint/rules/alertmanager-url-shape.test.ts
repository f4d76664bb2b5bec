import { alertmanagerUrlShape } from '../../../../src/lint/rules/alertmanager-url-shape.ts';
import { alertmanager } from '../alert-texts.ts';
import { testRule, type Case, type RejectCase } from '../harness.ts';

function given(url: string, name = url): Case {
  return { name, texts: { 'alertmanager.yml': alertmanager(url) } };
}

function fault(url: string, words: string, severity = 'error', column = 10): RejectCase {
  return { ...given(url, JSON.stringify(url)), findings: [`alertmanager.yml:6:${column} ${severity} the address of receiver gitlab ${words}`], remedies: ['View credentials'] };
}

const none = 'is none at which GitLab takes alerts: PROJECT/prometheus/alerts/notify.json, or PROJECT/alerts/notify/NAME/ID.json';
const clear = 'begins with http: the authorization key goes over the network in clear text, and where GitLab redirects to https, the POST becomes a GET, which it answers with 404';
const blank = 'has a blank or a new line at its end or beginning, which becomes a part of it';

testRule(alertmanagerUrlShape, {
  accept: [
    given('https://gitlab.example.com/group/project/prometheus/alerts/notify.json'),
    given('https://gitlab.example.com/group/sub/group/project/prometheus/alerts/notify.json'),
    given('https://example.com/gitlab/group/project/prometheus/alerts/notify.json'),
    given('https://gitlab.example.com/group/project/alerts/notify.json'),
    given('https://gitlab.example.com/group/project/alerts/notify/argo-cd/b78a566e1776cfc2.json'),
    given('https://gitlab.example.com/group/project/-/alerts/notify/argo-cd/b78a566e1776cfc2.json'),
    given('https://{{ .Values.host }}/group/project/prometheus/alerts/notify.json'),
    given('{{ .Values.gitlab }}/prometheus/alerts/notify.json'),
    given('https://gitlab.example.com/{{ .Values.project }}/prometheus/alerts/notify.json'),
    given('https://gitlab.example.com/group/project/prometheus/alerts/notify{{ .Values.rest }}'),
    given('{{ .Values.url }}'),
    given('http://gitlab.gitlab.svc:8080/group/project/prometheus/alerts/notify.json'),
    given('http://gitlab.gitlab.svc.cluster.local/group/project/prometheus/alerts/notify.json'),
    given('http://192.168.178.31:3001/group/project/prometheus/alerts/notify.json'),
    given('http://gitlab/group/project/prometheus/alerts/notify.json'),
    given('http://localhost:8080/group/project/prometheus/alerts/notify.json'),
    given('http://{{ .Values.host }}/group/project/prometheus/alerts/notify.json'),
    given('https://hooks.example.com/x', 'another receiver of that name'),
    given('https://gitlab.example.com/api/v4/projects/1/trigger/pipeline', 'a pipeline that an alert starts'),
    { name: 'an address in a Secret', texts: { 'alertmanager.yml': alertmanager().replace(/url: .*/, 'url_file: /etc/url') } },
  ],
  reject: [
    fault('https://gitlab.example.com/group/project/prometheus/alerts/notify', 'lacks .json at its end', 'warning'),
    fault('https://gitlab.example.com/group/project/alerts/notify/argo-cd/b78a566e1776cfc2', 'lacks .json at its end', 'warning'),
    fault('https://{{ .Values.host }}/group/project/prometheus/alerts/notify', 'lacks .json at its end', 'warning'),
    fault('https://gitlab.example.com/group/project/prometheus/alert/notify.json', none),
    fault('https://gitlab.example.com/group/project/prometheus/alerts/notfy.json', none),
    fault('https://gitlab.example.com/group/project/alerts/notify/argo-cd.json', none),
    fault('https://gitlab.example.com/group/project/-/alert_management', 'is the page that shows alerts to people, not the one that takes them'),
    fault('https://gitlab.example.com/prometheus/alerts/notify.json', 'names no project: GITLAB/GROUP/PROJECT stands before /prometheus/alerts/notify.json'),
    fault('https://gitlab.example.com/project/prometheus/alerts/notify.json', 'names no project: GITLAB/GROUP/PROJECT stands before /prometheus/alerts/notify.json'),
    fault('http://gitlab.example.com/group/project/prometheus/alerts/notify.json', clear, 'warning'),
    fault('HTTP://gitlab.example.com:80/group/project/alerts/notify.json', clear, 'warning'),
    fault('"https://gitlab.example.com/group/project/prometheus/alerts/notify.json "', blank, 'error', 11),
    fault('|\n      https://gitlab.example.com/group/project/prometheus/alerts/notify.json', blank),
  ],
});
