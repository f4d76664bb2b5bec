import { parse, stringify } from 'yaml';

/** What the Prometheus operator makes of its resources, as far as the examples need it, so that Prometheus' own tools can judge them. */
type Fields = Readonly<Record<string, any>>;

/** A PrometheusRule's groups are a rule file as they stand. */
export function ruleFile(manifest: string): string {
  return stringify((parse(manifest) as Fields)['spec'], { lineWidth: 0 });
}

/**
 * An AlertmanagerConfig (v1alpha1) as Alertmanager's own file: the operator hangs its route below a root that drops everything, adds the matcher of its namespace
 * (unless the strategy is None), lets later configs see the alert too, and writes what Secrets hold into the text.
 */
export function alertmanagerFile(manifest: string, { strategy = 'OnNamespace', secret = () => 'from-the-secret' }: { strategy?: 'OnNamespace' | 'None'; secret?: (name: string, key: string) => string } = {}): string {
  const { metadata, spec } = parse(manifest) as Fields;
  const name = (receiver: string): string => `${metadata.namespace}/${metadata.name}/${receiver}`;
  const route = routeOf(spec.route, name);
  const matchers = [...(strategy === 'None' ? [] : [`namespace="${metadata.namespace}"`]), ...(route['matchers'] ?? [])];
  return stringify(
    {
      route: { receiver: 'null', routes: [{ ...route, matchers, continue: true }] },
      receivers: [{ name: 'null' }, ...spec.receivers.map((receiver: Fields) => ({ name: name(receiver['name']), webhook_configs: receiver['webhookConfigs'].map((webhook: Fields) => webhookOf(webhook, secret)) }))],
    },
    { lineWidth: 0 },
  );
}

function routeOf({ receiver, matchers, groupBy, groupWait, groupInterval, repeatInterval, routes, ...rest }: Fields, name: (receiver: string) => string): Fields {
  return withoutUndefined({
    ...rest,
    receiver: name(receiver),
    matchers: matchers?.map((matcher: Fields) => `${matcher['name']}${matcher['matchType'] ?? '='}${JSON.stringify(matcher['value'])}`),
    group_by: groupBy,
    group_wait: groupWait,
    group_interval: groupInterval,
    repeat_interval: repeatInterval,
    routes: routes?.map((child: Fields) => routeOf(child, name)),
  });
}

function webhookOf({ url, sendResolved, httpConfig }: Fields, secret: (name: string, key: string) => string): Fields {
  if (httpConfig === undefined) return withoutUndefined({ url, send_resolved: sendResolved });
  const { authorization } = httpConfig;
  const { name, key } = authorization.credentials;
  return withoutUndefined({ url, send_resolved: sendResolved, http_config: { authorization: { type: authorization.type, credentials: secret(name, key) } } });
}

function withoutUndefined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
