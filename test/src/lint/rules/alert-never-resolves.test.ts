import { alertNeverResolves } from '../../../../src/lint/rules/alert-never-resolves.ts';
import { alertmanager, config, TO_GITLAB } from '../alert-texts.ts';
import { testRule, type Case } from '../harness.ts';

function given(name: string, url: string, more: string, rename = 'gitlab'): Case {
  return { name, texts: { 'alertmanager.yml': alertmanager(url, more).replaceAll(/(?<=name: |receiver: )gitlab/g, rename) } };
}

const words = 'error receiver gitlab does not send "resolved" to GitLab: its incidents stay open when all is well again';

testRule(alertNeverResolves, {
  accept: [
    given('true', TO_GITLAB, 'send_resolved: true'),
    given('nothing, which is true for webhooks', TO_GITLAB, ''),
    given('what a template decides', TO_GITLAB, 'send_resolved: {{ .Values.resolved }}'),
    given('another receiver', 'https://hooks.example.com/x', 'send_resolved: false', 'chat'),
    given('an address that is not known', '{{ .Values.url }}', 'send_resolved: false', 'chat'),
    { name: 'mail', texts: { 'alertmanager.yml': 'route: {receiver: gitlab}\nreceivers:\n- name: gitlab\n  email_configs: [{to: a@example.com, send_resolved: false}]\n' } },
  ],
  reject: [
    { ...given("in Alertmanager's file", TO_GITLAB, 'send_resolved: false'), findings: [`alertmanager.yml:7:20 ${words}`], remedies: ['Set it to true'] },
    { ...given('with a host that is filled in', TO_GITLAB.replace('gitlab.example.com', '{{ .Values.host }}'), 'send_resolved: no'), findings: [`alertmanager.yml:7:20 ${words}`], remedies: ['Set it to true'] },
    {
      name: 'in an AlertmanagerConfig, with the address in a Secret',
      texts: { 'c.yaml': config('route: {receiver: gitlab}\nreceivers:\n- name: gitlab\n  webhookConfigs:\n  - urlSecret: {name: s, key: url}\n    sendResolved: false') },
      findings: [`c.yaml:10:21 ${words}`],
      remedies: ['Set it to true'],
    },
    {
      name: 'in the values of a chart, inside an Application',
      texts: { 'app.yaml': `kind: Application\nspec:\n  source:\n    helm:\n      values: |\n        alertmanager:\n          config:\n${alertmanager(TO_GITLAB, 'send_resolved: false').replaceAll(/^(?=.)/gm, '            ')}` },
      findings: [`app.yaml:14:32 ${words}`],
      remedies: ['Set it to true'],
    },
  ],
});
