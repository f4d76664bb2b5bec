/** Files about alerts, in few words. */
type Fields = Readonly<Record<string, string>>;

/** A rule file with one alert: the name stands at 3:14, the expression at 4:13, the first annotation's value behind its key in line 6. */
export function rules(expression: string, annotations: Fields, labels: Fields = {}): string {
  return ['groups:', '- rules:', '    - alert: Broken', `      expr: ${expression}`, ...section('annotations', annotations), ...section('labels', labels)].join('\n') + '\n';
}

function section(name: string, fields: Fields): string[] {
  const entries = Object.entries(fields);
  return entries.length === 0 ? [] : [`      ${name}:`, ...entries.map(([key, value]) => `        ${key}: ${value}`)];
}

export const TO_GITLAB = 'https://gitlab.example.com/g/p/prometheus/alerts/notify.json';

/** Alertmanager's own file with one receiver, gitlab: the address stands at 6:10, a further setting behind its key in line 7. */
export function alertmanager(url = TO_GITLAB, more = ''): string {
  return `route: {receiver: gitlab}\nreceivers:\n- name: gitlab\n  webhook_configs:\n  -\n    url: ${url}\n${more === '' ? '' : `    ${more}\n`}`;
}

/** An AlertmanagerConfig with one receiver, gitlab. */
export function config(spec: string, namespace = 'argocd'): string {
  return `kind: AlertmanagerConfig\nmetadata:\n  namespace: ${namespace}\nspec:\n${spec.replaceAll(/^(?=.)/gm, '  ')}\n`;
}

/** What keeps the identity of an Application. */
export const BY_APPLICATION = 'max by (namespace, name) (argocd_app_info{sync_status!="Synced"})';
export const TITLE = "'{{ $labels.namespace }}/{{ $labels.name }} is not synced'";
