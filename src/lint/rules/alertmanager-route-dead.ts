import { applicationAlerts, blockOf, otherNamespace, placeTarget, shown, someOf, waysOf, waysToGitLab, type AboutApplications, type Block, type Draft, type Model, type Route, type Routing, type Rule, type Way } from '../rule.ts';

export const alertmanagerRouteDead: Rule = {
  name: 'alertmanager-route-dead',
  severity: 'error',
  summary: 'A receiver or a route of Alertmanager that no alert can come to, or a route to a receiver that is not there',
  fixable: false,
  check: (model) => [...model.alerting.routings.filter(({ complete }) => complete).flatMap((routing) => [...undefinedReceivers(routing), ...unusedReceivers(routing), ...shadowedRoutes(routing)]), ...lostAlerts(model)],
};

function undefinedReceivers({ kind, route, receivers }: Routing): Draft[] {
  if (route === null || receivers === null || receivers.some(({ name }) => name.text === null)) return [];
  const names = receivers.map(({ name }) => name.text!);
  return waysOf(route).flatMap(({ route: { receiver } }): Draft[] => {
    if (receiver?.text == null || names.includes(receiver.text)) return [];
    return [
      {
        // lists of values replace those of other files, but who knows in which order they are given
        severity: kind === 'values' ? 'warning' : 'error',
        message: `a route sends to receiver ${receiver.text}, which is not among the receivers: ${CONSEQUENCE[kind]}`,
        remedy: `Define it under receivers, or name one that is there: ${someOf(names)}.`,
        target: placeTarget(receiver),
        data: { receiver: receiver.text },
      },
    ];
  });
}

const CONSEQUENCE: Readonly<Record<Routing['kind'], string>> = {
  AlertmanagerConfig: 'the operator leaves the whole AlertmanagerConfig out',
  file: 'Alertmanager does not start with it',
  values: 'Alertmanager does not start with it',
};

function unusedReceivers({ kind, route, receivers }: Routing): Draft[] {
  // values without a route, or without its receiver, get it from the chart or another file
  if (receivers === null || (kind === 'values' && route?.receiver == null)) return [];
  const used = route === null ? [] : waysOf(route).map(({ receiver }) => receiver);
  if (route !== null && used.includes(null)) return [];
  return receivers.flatMap(({ name, sends }): Draft[] => {
    if (!sends || name.text === null || used.includes(name.text)) return [];
    return [
      {
        severity: 'warning',
        message: `no route leads to receiver ${name.text}${route === null ? ', because there is none' : ''}: it never gets an alert`,
        remedy: `Name it in route.receiver, or in one of route.routes with matchers for its alerts.`,
        target: placeTarget(name),
        data: { receiver: name.text },
      },
    ];
  });
}

/** The first sibling that fits takes the alert, unless it says continue. */
function shadowedRoutes({ route }: Routing): Draft[] {
  if (route === null) return [];
  return waysOf(route).flatMap(({ route: { routes } }) =>
    routes.flatMap((later, index): Draft[] => {
      const first = routes.slice(0, index).find((earlier) => takesAll(earlier, later));
      if (first === undefined) return [];
      return [
        {
          severity: 'warning',
          message: `this route is never reached: the one in line ${first.place.line} takes ${first.matchers.length === 0 ? 'every alert, since it has no matchers' : 'every alert that would fit here'}, and does not continue`,
          remedy: 'Put this route before it, or write continue: true there.',
          target: { kind: 'place', ...later.place, length: 1 },
          data: { line: first.place.line },
        },
      ];
    }),
  );
}

function takesAll(earlier: Route, later: Route): boolean {
  if (earlier.continues || !earlier.allMatchers) return false;
  return earlier.matchers.every((one) => later.matchers.some(({ label, operator, value }) => label === one.label && operator === one.operator && value === one.value));
}

/** Alerts that are meant for GitLab (they bring text for its incidents, or stand beside the receiver), and that no way to it lets through. */
function lostAlerts({ alerting, patterns }: Model): Draft[] {
  const routings = alerting.routings.filter((routing) => waysToGitLab(routing).length > 0);
  const barred = applicationAlerts(alerting).flatMap((alert): Barred[] => {
    const meant = alert.annotations.has('gitlab_incident_markdown') || routings.some(({ file }) => folderOf(file) === folderOf(alert.file));
    const bars = routings.flatMap((routing) => waysToGitLab(routing).map((way) => barOf(way, routing, alert)));
    return meant && bars.length > 0 && bars.every((bar) => bar !== null) ? [{ alert, bars: bars as readonly Bar[] }] : [];
  });
  function barOf(way: Way, routing: Routing, alert: AboutApplications): Bar | null {
    if (!routing.complete) return null;
    const namespace = otherNamespace(routing, alert, alerting);
    if (namespace !== null) return { way, routing, namespace, block: null };
    const block = blockOf(way, alert, patterns);
    return block === null ? null : { way, routing, namespace: null, block };
  }
  return draftsOf(barred);
}

interface Bar {
  readonly way: Way;
  readonly routing: Routing;
  readonly namespace: string | null;
  readonly block: Block | null;
}

interface Barred {
  readonly alert: AboutApplications;
  readonly bars: readonly Bar[];
}

/** One for each place that bars alerts. */
function draftsOf(barred: readonly Barred[]): Draft[] {
  const all = barred.flatMap(({ alert, bars }) => bars.map((bar) => ({ alert, bar, place: bar.block?.matcher.place ?? bar.routing.namespace!.place })));
  return [...Map.groupBy(all, ({ place: { file, line, column } }) => `${file}:${line}:${column}`).values()].map((group): Draft => {
    const { bar, place } = group[0]!;
    const names = [...new Set(group.map(({ alert }) => shown(alert.name)))];
    return { ...wordsFor(bar, someOf(names), names.length), severity: 'warning', target: { kind: 'place', ...place }, data: { receiver: bar.way.receiver, alerts: names } };
  });
}

function wordsFor({ way, routing, namespace, block }: Bar, alerts: string, count: number): Pick<Draft, 'message' | 'remedy'> {
  const have = count === 1 ? 'has' : 'have';
  if (block === null) {
    return {
      message: `receiver ${way.receiver} never gets ${alerts}: by default the Prometheus operator adds the matcher namespace="${routing.namespace!.text}" to this AlertmanagerConfig, and ${count === 1 ? 'it' : 'they'} ${have} ${namespace}`,
      remedy: 'Put the AlertmanagerConfig and its Secret into the namespace of the Applications, or set alertmanager.alertmanagerSpec.alertmanagerConfigMatcherStrategy.type: None in the values of kube-prometheus-stack.',
    };
  }
  const { matcher, has } = block;
  const what = has === null ? `${have} no label ${matcher.label}, unless Prometheus adds it to all its alerts` : `${have} ${matcher.label}=${JSON.stringify(has)}`;
  return {
    message: `receiver ${way.receiver} never gets ${alerts}: its route asks for ${matcher.label}${matcher.operator}${JSON.stringify(matcher.value)}, and ${count === 1 ? 'it' : 'they'} ${what}`,
    remedy: `Write here what the ${count === 1 ? 'alert has' : 'alerts have'}, or give ${count === 1 ? 'it' : 'them'} the label ${matcher.label} in the rule.`,
  };
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}
