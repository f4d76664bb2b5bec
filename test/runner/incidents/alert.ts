import type { GitLab } from '../../sandbox/index.ts';

/** What Alertmanager posts (webhook payload version 4) for one application that fails, as our rules make it. */
export interface FailingApplication {
  readonly application: string;
  readonly status: 'firing' | 'resolved';
  /** ISO 8601; the alert's identity together with its title. */
  readonly startsAt: string;
  readonly title?: string;
  /** In the place of the marker. */
  readonly markdown?: string;
}

export async function notify(gitlab: GitLab, path: string, { application, status, startsAt, title, markdown }: FailingApplication): Promise<number> {
  const annotations = { title: title ?? `Application ${application} is degraded`, gitlab_incident_markdown: markdown ?? `\n<!-- renovate-argocd application="${application}" namespace="argocd" -->\n` };
  const alert = { status, labels: { alertname: 'ArgoCdAppUnhealthy', name: application, namespace: 'argocd' }, annotations, startsAt, endsAt: startsAt, generatorURL: 'http://prometheus.example.org/graph?g0.expr=argocd_app_info' };
  const payload = { version: '4', groupKey: '{}', status, receiver: 'gitlab', groupLabels: {}, commonLabels: {}, commonAnnotations: {}, externalURL: 'http://alertmanager.example.org', alerts: [alert] };
  const { url, key } = gitlab.alertEndpoint(path);
  const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(payload) });
  return response.status;
}
