import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Alert, Matcher, Route, Written } from '../../../src/alerts/alerting.ts';
import { readAlerting } from '../../../src/alerts/read.ts';
import { memoryRepository, readRepository } from '../../../src/source/repository.ts';
import { projectRoot } from '../../support/fixtures.ts';

function read(texts: Readonly<Record<string, string>>): ReturnType<typeof readAlerting> {
  return readAlerting(memoryRepository(texts));
}

function at({ text, pattern, place: { line, column } }: Written): string {
  return `${line}:${column} ${text ?? `? ${pattern.replaceAll('\uFFFC', '_')}`}`;
}

function alertLine({ name, annotations, about, complete }: Alert): string {
  return [at(name), ...[...annotations].map(([key, value]) => `${key} ${at(value)}`), ...(about === null ? [] : [`about ${about.line}:${about.column}`]), ...(complete ? [] : ['incomplete'])].join(' | ');
}

const rule = `- alert: A
  expr: max by (name) (argocd_app_info)
  annotations:
    title: '{{ $labels.name }} fails'
`;

function indented(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}

const chart = { 'c/Chart.yaml': 'name: c\n' };

describe('alerts', () => {
  it.each<[name: string, texts: Readonly<Record<string, string>>, alerts: readonly string[]]>([
    ['a rule file', { 'rules.yml': `groups:\n- name: g\n  rules:\n${indented(rule, 2)}` }, ['4:12 A | title 7:15 {{ $labels.name }} fails | about 5:26']],
    ['a PrometheusRule', { 'r.yaml': `kind: PrometheusRule\nspec:\n  groups:\n    - name: g\n      rules:\n${indented(rule, 8)}` }, ['6:18 A | title 9:21 {{ $labels.name }} fails | about 7:32']],
    ['a List', { 'r.yaml': `kind: List\nitems:\n  - kind: PrometheusRule\n    spec:\n      groups:\n        - rules:\n${indented(rule, 12)}` }, ['7:22 A | title 10:25 {{ $labels.name }} fails | about 8:36']],
    ['values of a chart', { 'values.yaml': `additionalPrometheusRulesMap:\n  argocd:\n    groups:\n      - rules:\n${indented(rule, 10)}` }, ['5:20 A | title 8:23 {{ $labels.name }} fails | about 6:34']],
    ['a block of another resource', { 'cm.yaml': `kind: ConfigMap\ndata:\n  a.yml: |\n    groups:\n    - rules:\n${indented(rule, 6)}` }, ['6:16 A | title 9:19 {{ $labels.name }} fails | about 7:30']],
    ['a chart whose braces are written as a text', { ...chart, 'c/templates/r.yaml': `kind: PrometheusRule\nspec:\n  groups:\n    - rules:\n${indented(rule.replace('{{ $labels.name }}', '{{`{{ $labels.name }}`}}'), 8)}` }, ['5:18 A | title 8:21 {{ $labels.name }} fails | about 6:32']],
    ['a chart whose braces are written apart', { ...chart, 'c/templates/r.yaml': `kind: PrometheusRule\nspec:\n  groups:\n    - rules:\n${indented(rule.replace('{{ $labels.name }}', '{{ "{{" }} $labels.name {{ "}}" }}'), 8)}` }, ['5:18 A | title 8:21 {{ $labels.name }} fails | about 6:32']],
    ['a chart that fills in names', { ...chart, 'c/templates/r.yaml': `kind: PrometheusRule\nspec:\n  groups:\n    - rules:\n${indented(rule.replace('{{ $labels.name }}', '{{ .Values.title }}').replace('A\n', '{{ .Release.Name }}-A\n'), 8)}` }, ['5:18 ? _-A | title 8:21 ? _ fails | about 6:32']],
    ['a chart that makes lines', { ...chart, 'c/templates/r.yaml': `kind: PrometheusRule\nspec:\n  groups:\n    - rules:\n        - alert: A\n          expr: argocd_app_info\n          annotations:\n            {{- toYaml .Values.annotations | nindent 12 }}\n` }, ['5:18 A | about 6:17 | incomplete']],
    ['a chart that fills in the expression', { ...chart, 'c/templates/r.yaml': `- alert: A\n  expr: {{ .Values.expr }}\n` }, ['1:10 A']],
    ['a template that has a line to itself', { 'rules.yml': '- alert: A\n  expr: up\n  annotations:\n    title: >-\n      {{ $labels.name }}\n    description: |\n      It\n      {{ if eq $value 1.0 }}is{{ end }}\n' }, ['1:10 A | title 4:12 {{ $labels.name }} | description 6:18 It\n{{ if eq $value 1.0 }}is{{ end }}\n']],
    ['the same in a chart', { ...chart, 'c/templates/r.yaml': '- alert: A\n  expr: up\n  annotations:\n    title: |\n      It\n      {{ .Values.a }}\n' }, ['1:10 A | title 4:12 ? It\n               \n_']],
    ['an anchor and its alias', { 'rules.yml': 'a:\n  - &a\n    alert: A\n    expr: up\nb:\n  - *a\n' }, ['3:12 A']],
    ['what is no rule', { 'a.yaml': 'alert: A\nx:\n  alert: true\n  alert: {expr: up}\n' }, []],
    ['a file that is broken', { 'rules.yml': `groups:\n- rules:\n${indented(rule, 2)}  - "x\n` }, []],
    ['a file of another kind', { 'rules.txt': rule }, []],
  ])('%s', (_name, texts, alerts) => {
    expect(read(texts).alerts.map(alertLine)).toEqual(alerts);
  });

  it('labels of the group are labels of its rules', () => {
    const { alerts } = read({ 'r.yml': 'groups:\n- labels: {team: a, severity: b}\n  rules:\n  - alert: A\n    expr: up\n    labels: {severity: c}\n' });
    expect(alerts.map(({ labels }) => [...labels].map(([key, { text }]) => `${key}=${text}`))).toEqual([['team=a', 'severity=c']]);
  });

  it('the absence of the metric is about no Application', () => {
    expect(read({ 'r.yml': '- alert: A\n  expr: absent(argocd_app_info)\n' }).alerts[0]!.about).toBeNull();
  });
});

function routeLine({ receiver, matchers, allMatchers, continues, routes }: Route): string {
  const own = [receiver?.text ?? '?', ...matchers.map(({ label, operator, value }: Matcher) => `${label}${operator}${value}`), ...(allMatchers ? [] : ['…']), ...(continues ? ['continues'] : [])].join(' ');
  return routes.length === 0 ? own : `${own} [${routes.map(routeLine).join(', ')}]`;
}

const file = `route:
  receiver: a
  routes:
    - receiver: b
      matchers: [severity="critical", 'team =~ "a|b"', 'x!=y']
      continue: true
    - match: {severity: warning}
      match_re: {team: a.*}
receivers:
  - name: a
  - name: b
    webhook_configs:
      - url: https://gitlab.example.com/g/p/prometheus/alerts/notify.json
        send_resolved: false
        http_config:
          authorization: {credentials: 0123456789abcdef0123456789abcdef}
`;

describe('routings', () => {
  it.each<[name: string, texts: Readonly<Record<string, string>>, routings: readonly string[]]>([
    ["Alertmanager's file", { 'alertmanager.yml': file }, ['file a [b severity=critical team=~a|b x!=y continues, ? severity=warning team=~a.*] | a b+1 | value credentials']],
    ['the same inside a Secret', { 's.yaml': `kind: Secret\nstringData:\n  alertmanager.yaml: |\n${indented(file, 4)}` }, ['file a [b severity=critical team=~a|b x!=y continues, ? severity=warning team=~a.*] | a b+1 | value credentials']],
    ['values of kube-prometheus-stack', { 'values.yaml': `alertmanager:\n  config:\n${indented(file, 4)}` }, ['values a [b severity=critical team=~a|b x!=y continues, ? severity=warning team=~a.*] | a b+1 | value credentials']],
    [
      'an AlertmanagerConfig',
      {
        'c.yaml': `kind: AlertmanagerConfig\nmetadata: {namespace: argocd}\nspec:\n  route:\n    receiver: a\n    matchers: [{name: x, matchType: "=~", value: "y"}, {name: z, value: "1", regex: true}, {name: e}]\n  receivers:\n    - name: a\n      webhookConfigs:\n        - urlSecret: {name: s, key: url}\n          sendResolved: true\n          httpConfig: {authorization: {credentials: {name: s, key: token}}, basicAuth: {password: {name: s, key: p}}}\n`,
      },
      ['AlertmanagerConfig argocd a x=~y z=~1 e= | a+1 | entry urlSecret.key, entry credentials.key, entry password.key'],
    ],
    ['matchers in one text, and what cannot be read', { 'alertmanager.yml': 'route:\n  receiver: a\n  matchers: \'{a="b, c", d=e}\'\n  routes:\n    - matchers: ["a b"]\n' }, ['file a a=b, c d=e [? …] | none | ']],
    ['a chart that repeats receivers', { ...chart, 'c/templates/c.yaml': 'kind: AlertmanagerConfig\nspec:\n  route:\n    receiver: a\n  receivers:\n    {{- range .Values.r }}\n    - name: {{ .name }}\n      webhookConfigs: []\n    {{- end }}\n' }, ['AlertmanagerConfig a | ?+0 |  | incomplete']],
    ['receivers of an OpenTelemetry collector', { 'otel.yaml': 'receivers:\n  otlp:\n    protocols: {}\nservice: {route: x}\n' }, []],
    ['a route of a Gateway', { 'gateway.yaml': 'kind: HTTPRoute # alertmanager\nspec:\n  route:\n    - destination: x\n' }, []],
  ])('%s', (_name, texts, expected) => {
    const { routings } = read(texts);
    expect(
      routings.map(({ kind, namespace, complete, route, receivers, credentials }) =>
        [
          [kind, ...(namespace === null ? [] : [namespace.text]), route === null ? 'none' : routeLine(route)].join(' '),
          receivers === null ? 'none' : receivers.map(({ name, webhooks, sends }) => `${name.text ?? '?'}${sends ? `+${webhooks.length}` : ''}`).join(' '),
          credentials.map(({ kind: what, field }) => `${what} ${field}`).join(', '),
          ...(complete ? [] : ['incomplete']),
        ].join(' | '),
      ),
    ).toEqual(expected);
  });
});

describe('secrets', () => {
  const secret = 'kind: Secret\nmetadata: {name: s}\ndata:\n  a: YQ==\n  b: 5\n  c:\nstringData:\n  d: x\n';

  it.each<[name: string, texts: Readonly<Record<string, string>>, entries: readonly string[]]>([
    ['a Secret', { 's.yaml': secret }, ['s data a 4:6 YQ==', 's data b 5:6 5 typed', 's stringData d 8:6 x']],
    ['one that sops has encrypted', { 's.yaml': `${secret}sops: {}\n` }, []],
    ['one that Helm fills in', { ...chart, 'c/templates/s.yaml': 'kind: Secret\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  a: {{ .Values.a | b64enc }}\n' }, ['? data a 5:6 ? _']],
    ['a reference to one', { 'r.yaml': 'ref:\n  kind: Secret\n  name: s\n' }, []],
  ])('%s', (_name, texts, entries) => {
    expect(read(texts).secrets.map(({ secret: name, key, section, typed, written }) => `${name ?? '?'} ${section} ${key} ${at(written)}${typed ? ' typed' : ''}`)).toEqual(entries);
  });
});

describe('besides', () => {
  const application = 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\n  labels:\n    namespace-of: x\n  namespace: team\nspec:\n  destination:\n    namespace: elsewhere\n';

  it('namespaces of Applications', () => {
    expect([...read({ 'a.yaml': application, 'b.yaml': application.replace('  namespace: team\n', ''), 'c.yaml': `${application}---\n${application.replace('team', 'argocd').replaceAll('\n', '\r\n')}` }).applicationNamespaces]).toEqual(['team', 'argocd']);
  });

  it('whether the strategy of the operator is set', () => {
    expect([{}, { 'v.yaml': 'alertmanagerSpec:\n  alertmanagerConfigMatcherStrategy:\n    type: None\n' }].map((texts) => read(texts).setsMatcherStrategy)).toEqual([false, true]);
  });

  it('what no report may show', () => {
    const { confidential } = read({ 'alertmanager.yml': file, 's.yaml': 'kind: Secret\ndata:\n  a: YQ==\n' });
    expect(confidential.map(({ file: path, line, column, length }) => `${path}:${line}:${column} ${length}`)).toEqual(['s.yaml:3:6 4', 'alertmanager.yml:16:40 32']);
  });

  it('files without a word about alerts are not looked at', () => {
    const repository = { root: '/', notices: [], files: [{ path: 'a.yaml', text: application }, { path: 'b.yaml', text: '\t- no: [yaml' }] };
    expect(readAlerting(repository)).toMatchObject({ alerts: [], routings: [], secrets: [] });
  });

  it.each<[name: string, files: Readonly<Record<string, string>>]>([
    ['aliases of aliases', { 'alertmanager.yml': `a0: &a0 {x: y}\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} {receiver: r, routes: [*a${i}, *a${i}], http_config: *a${i}, more: *a${i}}\n`).join('')}route: *a40\nreceivers: [{name: r, webhook_configs: [*a40, *a40]}]\n` }],
    ['braces without an end', { 'rules.yml': `- alert: A\n  expr: argocd_app_info\n  annotations:\n    title: "${'{{ '.repeat(50_000)}"\n` }],
    ['an expression without an end', { 'rules.yml': `- alert: A\n  expr: '${'max by (a) ('.repeat(20_000)}'\n` }],
    ['blocks in blocks', { 'rules.yml': Array.from({ length: 60 }, (_, i) => `${' '.repeat(i)}alert: |\n`).join('') }],
  ])('ends with %s', (_name, files) => {
    const before = performance.now();
    const { alerts, routings, secrets } = read(files);
    expect(alerts.length + routings.length + secrets.length).toBeLessThan(10);
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  it('the example', () => {
    const { alerts, routings, secrets } = readAlerting(readRepository(join(projectRoot, 'examples/cluster-config')));
    expect(readFileSync(join(projectRoot, 'examples/cluster-config/alerting/argocd-applications.yaml'), 'utf8').match(/- alert:/g)).toHaveLength(alerts.length);
    expect([alerts.filter(({ about }) => about !== null).length, routings.length, secrets.length]).toEqual([3, 1, 0]);
  });
});
