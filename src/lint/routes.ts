import { carries, goesToGitLab, type AboutApplications } from './incidents.ts';
import type { Alerting, Matcher, PatternJudge, Route, Routing } from './model.ts';

// Whether an alert can get where it is meant to go.

/** A route, with those that an alert passes before it: all of their matchers have to fit. */
export interface Way {
  readonly route: Route;
  readonly receiver: string | null;
  readonly matchers: readonly Matcher[];
}

/** Every route; one without a receiver has that of the route above it. */
export function waysOf(route: Route, above: Pick<Way, 'receiver' | 'matchers'> = { receiver: null, matchers: [] }): readonly Way[] {
  const here = { route, receiver: route.receiver === null ? above.receiver : route.receiver.text, matchers: [...above.matchers, ...route.matchers] };
  return [here, ...route.routes.flatMap((child) => waysOf(child, here))];
}

/** The ways of a configuration that end in GitLab. */
export function waysToGitLab({ route, receivers }: Routing): readonly Way[] {
  const names = (receivers ?? []).filter((receiver) => receiver.webhooks.some((webhook) => goesToGitLab(webhook, receiver) === true)).map(({ name }) => name.text);
  return route === null ? [] : waysOf(route).filter(({ receiver }) => receiver !== null && names.includes(receiver));
}

/** A matcher that an alert cannot pass, and what the alert has there: null for no such label, which Prometheus may still add from outside. */
export interface Block {
  readonly matcher: Matcher;
  readonly has: string | null;
}

export function blockOf({ matchers }: Way, alert: AboutApplications, patterns: PatternJudge): Block | null {
  for (const matcher of matchers) {
    const value = labelOf(alert, matcher.label);
    if (value !== undefined && !fits(matcher, value ?? '', patterns)) return { matcher, has: value };
  }
  return null;
}

/** Undefined where it cannot be told, null where the alert has no such label. */
export function labelOf({ name, labels, complete, series }: AboutApplications, label: string): string | null | undefined {
  if (label === 'alertname') return name.text ?? undefined;
  const written = labels.get(label);
  if (written !== undefined) return written.text === null || written.text.includes('{{') ? undefined : written.text;
  if (!complete) return undefined;
  if (series.fixed[label] !== undefined) return series.fixed[label];
  return carries(series, label) ? undefined : null;
}

/** As Alertmanager does it: regexes are RE2 and fit the whole value, a missing label is an empty one (pkg/labels/matcher.go, 0.28). */
function fits({ operator, value }: Matcher, has: string, patterns: PatternJudge): boolean {
  if (operator === '=' || operator === '!=') return (has === value) === (operator === '=');
  const regex = `^(?:${value})$`;
  if (patterns.refusal(regex) !== null) return true;
  return patterns.matchesOf(regex, has).length > 0 === (operator === '=~');
}

/** Where Argo CD is installed by habit: its pods' namespace stands in the label where Prometheus does not honour the Application's. */
const HABIT = ['argocd', 'argo-cd', 'argo', 'openshift-gitops'];

/**
 * The namespace that an alert has and an AlertmanagerConfig does not: the operator adds `namespace="…"` to its routes by default
 * (OnNamespace, prometheus-operator 0.86). Null where they agree, or nothing is sure.
 */
export function otherNamespace({ kind, namespace }: Routing, alert: AboutApplications, { setsMatcherStrategy, applicationNamespaces }: Alerting): string | null {
  if (kind !== 'AlertmanagerConfig' || namespace?.text == null || setsMatcherStrategy) return null;
  const has = labelOf(alert, 'namespace');
  if (has === null) return 'no label namespace';
  if (has !== undefined) return has === namespace.text ? null : `namespace ${has}`;
  // from a template, or of another metric
  if (!alert.complete || alert.labels.has('namespace') || alert.series.metrics.length > 1) return null;
  const known = [...applicationNamespaces];
  return known.length === 0 || [...known, ...HABIT].includes(namespace.text) ? null : `namespace ${known.sort().join(' or ')}, that of the Applications`;
}
