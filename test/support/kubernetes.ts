import * as z from 'zod';

/**
 * The fields of the kinds that the scaffold uses, as their CRDs have them (Argo CD 3, prometheus-operator 0.8x, kustomize 5, Kubernetes 1.3x). Strict: the API server drops a field that a
 * CRD does not know without a word, so a misspelt one would be set nowhere.
 */
const label = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
const texts = z.record(z.string(), z.string());
const metadata = z.strictObject({ name: label, namespace: label, labels: texts.optional(), annotations: texts.optional() });

const source = z.strictObject({
  repoURL: z.url(),
  targetRevision: z.string().min(1),
  chart: z.string().optional(),
  path: z.string().regex(/^(?!\/|.*\.\.)/).optional(),
  helm: z.strictObject({ valuesObject: z.record(z.string(), z.unknown()) }).optional(),
});

const application = z.strictObject({
  apiVersion: z.literal('argoproj.io/v1alpha1'),
  kind: z.literal('Application'),
  metadata,
  spec: z.strictObject({
    project: z.string(),
    source: source.refine(({ chart, path }) => (chart === undefined) !== (path === undefined), 'a chart or a path'),
    destination: z.strictObject({ server: z.url(), namespace: label }),
    syncPolicy: z.strictObject({
      automated: z.strictObject({ prune: z.boolean(), selfHeal: z.boolean() }),
      syncOptions: z.array(z.enum(['CreateNamespace=true', 'ServerSideApply=true', 'SkipDryRunOnMissingResource=true'])).optional(),
      retry: z.strictObject({ limit: z.int(), backoff: z.strictObject({ duration: z.string(), maxDuration: z.string() }) }).optional(),
    }),
  }),
});

const namespace = z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('Namespace'), metadata: metadata.omit({ namespace: true }) });

const secret = z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('Secret'), metadata, type: z.literal('Opaque'), stringData: texts });

const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: label,
  resources: z.array(z.string()),
  helmCharts: z.array(z.strictObject({ name: z.string(), repo: z.url(), version: z.string(), releaseName: label, namespace: label, valuesFile: z.string() })),
});

const duration = z.string().regex(/^\d+[smh]$/);

const serviceMonitor = z.strictObject({
  apiVersion: z.literal('monitoring.coreos.com/v1'),
  kind: z.literal('ServiceMonitor'),
  metadata,
  spec: z.strictObject({ selector: z.strictObject({ matchLabels: texts }), endpoints: z.array(z.strictObject({ port: z.string(), interval: duration, honorLabels: z.boolean() })) }),
});

const prometheusRule = z.strictObject({
  apiVersion: z.literal('monitoring.coreos.com/v1'),
  kind: z.literal('PrometheusRule'),
  metadata,
  spec: z.strictObject({
    groups: z.array(z.strictObject({ name: z.string(), rules: z.array(z.strictObject({ alert: z.string(), expr: z.string(), for: duration, keep_firing_for: duration.optional(), labels: texts, annotations: texts })) })),
  }),
});

const alertmanagerConfig = z.strictObject({
  apiVersion: z.literal('monitoring.coreos.com/v1alpha1'),
  kind: z.literal('AlertmanagerConfig'),
  metadata,
  spec: z.strictObject({
    route: z.strictObject({
      receiver: z.string(),
      matchers: z.array(z.strictObject({ name: z.string(), matchType: z.enum(['=', '!=', '=~', '!~']), value: z.string() })),
      groupBy: z.array(z.string()),
      groupWait: duration,
      groupInterval: duration,
      repeatInterval: duration,
    }),
    receivers: z.array(
      z.strictObject({
        name: z.string(),
        webhookConfigs: z.array(
          z.strictObject({
            url: z.url(),
            sendResolved: z.boolean(),
            httpConfig: z.strictObject({ authorization: z.strictObject({ type: z.literal('Bearer'), credentials: z.strictObject({ name: label, key: z.string() }) }) }),
          }),
        ),
      }),
    ),
  }),
});

/** A manifest of one of these kinds, or an error of Zod. */
export const Manifest = z.discriminatedUnion('kind', [application, namespace, secret, kustomization, serviceMonitor, prometheusRule, alertmanagerConfig]);

/** What `helm template` makes of a template that has nothing but values in it. Any other action is an error. */
export function helmTemplate(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replaceAll(/\{\{(?<action>.*?)\}\}/g, (_all, action: string) => {
    const path = /^ \.Values\.(?<path>[\w.]+) $/.exec(action)?.groups?.['path'];
    const value = path?.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], values);
    if (typeof value !== 'string') throw new Error(`{{${action}}} is beyond this`);
    return value;
  });
}
