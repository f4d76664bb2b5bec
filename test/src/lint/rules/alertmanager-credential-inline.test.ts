import { alertmanagerCredentialInline } from '../../../../src/lint/rules/alertmanager-credential-inline.ts';
import { alertmanager, config, TO_GITLAB } from '../alert-texts.ts';
import { testRule, type Case } from '../harness.ts';

const KEY = '0123456789abcdef0123456789abcdef';

function entry(name: string, key: string): Case {
  return { name, texts: { 'c.yaml': config(`receivers:\n- name: gitlab\n  webhookConfigs:\n  - url: ${TO_GITLAB}\n    httpConfig: {authorization: {credentials: {name: s, key: ${key}}}}`) } };
}

function value(name: string, setting: string): Case {
  return { name, texts: { 'alertmanager.yml': alertmanager(TO_GITLAB, `http_config: {${setting}}`) } };
}

function entryFault(said: string): string {
  return `c.yaml:9:64 error credentials.key holds what looks like the key itself (${said}), where the name of an entry in the Secret belongs: the Prometheus operator finds no such entry and sends nothing, and the key is in git`;
}

function valueFault(column: number, field: string, said: string): string {
  return `alertmanager.yml:7:${column} error ${field} is written out (${said}): whoever reads the repository can use it`;
}

const remedies = ['Take the key for known'];

testRule(alertmanagerCredentialInline, {
  accept: [
    entry('the name of an entry', 'authorization-key'),
    entry('a long one', 'alertmanager-gitlab-authorization-key'),
    entry('one with a number', 'gitlab_authorization_token_2024'),
    entry('one in camel case', 'gitlabAuthorizationKeyOfProduction2024'),
    entry('what Helm fills in', '"{{ .Values.key }}"'),
    value('a file', 'authorization: {credentials_file: /etc/alertmanager/secrets/gitlab-alerts/authorization-key}'),
    value('a placeholder', "authorization: {credentials: '<authorization key>'}"),
    value('a variable', "authorization: {credentials: '${GITLAB_ALERTS_KEY}'}"),
    value('a word that stands for one', 'authorization: {credentials: CHANGE_ME_PLEASE}'),
    value('a few letters', 'basic_auth: {username: a, password: a}'),
    value('an encrypted one', "authorization: {credentials: 'ENC[AES256_GCM,data:abcdefgh,type:str]'}"),
    value('what Helm fills in', "authorization: {credentials: '{{ .Values.key }}'}"),
    { name: 'a Secret beside, which has its own entry', texts: { 's.yaml': `kind: Secret\nstringData:\n  authorization-key: ${KEY}\n` } },
  ],
  reject: [
    { ...entry("GitLab's key", KEY), findings: [entryFault('32 hex digits')], remedies },
    { ...entry('a token of GitLab', 'glpat-ABCDEFGHIJKLMNOPQRST'), findings: [entryFault('26 characters')], remedies },
    { ...entry('base64', 'MDEyMzQ1Njc4OWFiY2RlZg=='), findings: [entryFault('24 characters')], remedies },
    { ...value('the key', `authorization: {credentials: ${KEY}}`), findings: [valueFault(48, 'credentials', '32 hex digits')], remedies },
    { ...value('the old way', `bearer_token: ${KEY}`), findings: [valueFault(33, 'bearer_token', '32 hex digits')], remedies },
    { ...value('a password', 'basic_auth: {username: a, password: correct-horse}'), findings: [valueFault(55, 'password', '13 characters')], remedies },
    {
      name: 'a text where the operator wants a reference',
      texts: { 'c.yaml': config(`receivers:\n- name: gitlab\n  webhookConfigs:\n  - url: ${TO_GITLAB}\n    httpConfig: {authorization: {credentials: ${KEY}}}`) },
      findings: ['c.yaml:9:49 error credentials is written out (32 hex digits): whoever reads the repository can use it'],
      remedies: ['Refer to a Secret'],
    },
  ],
});
