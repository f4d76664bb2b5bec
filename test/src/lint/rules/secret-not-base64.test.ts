import { secretNotBase64 } from '../../../../src/lint/rules/secret-not-base64.ts';
import { testRule, type Case, type RejectCase } from '../harness.ts';

function given(name: string, value: string, section = 'data'): Case {
  return { name, texts: { 's.yaml': `kind: Secret\nmetadata: {name: gitlab-alerts}\n${section}:\n  key: ${value}\n` } };
}

function fault(name: string, value: string, words: string, column = 8): RejectCase {
  return { ...given(name, value), findings: [`s.yaml:4:${column} error data.key of Secret gitlab-alerts ${words}`], remedies: ['stringData'] };
}

const none = 'is not base64: the cluster refuses the Secret';
const hex = 'is a key in hex digits, not base64: the cluster takes it for base64 all the same and hands out other bytes';

testRule(secretNotBase64, {
  accept: [
    given('base64', 'YXV0aG9yaXphdGlvbi1rZXk='),
    given('base64 in quotes', '"dG9rZW4="'),
    given('base64 of bytes', '/+8A'),
    given('base64 in lines', '|\n    YXV0aG9yaXph\n    dGlvbi1rZXk='),
    given('nothing', ''),
    given('an empty text', '""'),
    given('a number in quotes, which is base64', '"5432"'),
    given('what Helm encodes', '{{ .Values.key | b64enc }}'),
    given('what Helm encodes in quotes', '"{{ .Values.key | b64enc | quote }}"'),
    given('what a vault plugin fills in', '<path:secret/data/gitlab#key | base64encode>'),
    given('what Flux fills in', '${GITLAB_KEY}'),
    given('what sops has encrypted', 'ENC[AES256_GCM,data:abc,type:str]'),
    given('a placeholder', 'REPLACE_ME'),
    given('the value as it is', 'glpat-ABCDEFGHIJKLMNOPQRST', 'stringData'),
    given('hex digits that are base64 of a text', 'abababababababababababab'),
    { name: 'an encrypted file', texts: { 's.yaml': 'kind: Secret\ndata:\n  key: not base64\nsops:\n  mac: x\n' } },
    { name: 'another kind', texts: { 's.yaml': 'kind: ConfigMap # kind: Secret\ndata:\n  key: not base64\n' } },
  ],
  reject: [
    fault('a token', 'glpat-ABCDEFGHIJKLMNOPQRST', none),
    fault('a password', 'correct horse', none),
    fault('a short one', 'a-b', none),
    fault('base64 that was cut off', 'YXV0aG9yaXphdGlvbi1rZXk', none),
    fault('base64 of an address', 'aHR0cDovL2EtYg_-', none),
    fault('a number', '5432', 'is a number or a boolean, not base64: the cluster refuses the Secret'),
    fault('a boolean', 'true', 'is a number or a boolean, not base64: the cluster refuses the Secret'),
    fault("GitLab's authorization key", '0123456789abcdef0123456789abcdef', hex),
    { name: 'in a list of resources, without a name', texts: { 's.yaml': 'kind: List\nitems:\n  - kind: Secret\n    data: {key: a-b}\n' }, findings: [`s.yaml:4:17 error data.key of a Secret ${none}`], remedies: ['stringData'] },
  ],
});
