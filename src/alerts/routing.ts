import { entriesOf, valueOf, type Yaml, type YamlMap } from '../source/yaml.ts';
import type { Credential, Matcher, Receiver, Route, Routing, Webhook } from './alerting.ts';
import { literal, placeOf, written, type Source } from './source.ts';

/** Alertmanager's file writes its keys with underscores, the Prometheus operator in camel case. */
function either(map: Yaml | undefined, key: string): Yaml | undefined {
  return valueOf(map, key) ?? valueOf(map, key.replaceAll(/_(.)/g, (_all, letter: string) => letter.toUpperCase()));
}

/** Null for a map that has neither receivers nor a route of Alertmanager; others have lists of these names too. */
export function readRouting(source: Source, map: YamlMap, kind: Routing['kind'], namespace: Routing['namespace']): Routing | null {
  const route = valueOf(map, 'route');
  const receivers = valueOf(map, 'receivers');
  const isRoute = route?.kind === 'map' && ['receiver', 'routes', 'group_by', 'groupBy'].some((key) => valueOf(route, key) !== undefined);
  const isList = receivers?.kind === 'list' && receivers.items.every((item) => item.kind === 'map' && written(source, valueOf(item, 'name')) !== null);
  if (!isRoute && !(isList && receivers.items.some(isReceiver))) return null;
  return {
    file: source.path,
    kind,
    namespace,
    complete: !source.conditional,
    route: isRoute ? readRoute(source, route, new Set()) : null,
    receivers: isList ? receivers.items.map((item) => readReceiver(source, item as YamlMap)) : null,
    credentials: isList ? credentialsIn(source, receivers, kind === 'AlertmanagerConfig', new Set()) : [],
  };
}

const INTEGRATION = /_configs$|Configs$/;

function isReceiver(item: Yaml): boolean {
  return item.kind === 'map' && item.entries.some(({ key }) => INTEGRATION.test(key));
}

/** What an alias repeats is read once: aliases of aliases would grow without end. */
function readRoute(source: Source, map: YamlMap, seen: Set<Yaml>): Route {
  seen.add(map);
  const children = valueOf(map, 'routes');
  const matchers = [...matchersIn(source, valueOf(map, 'matchers')), ...pairs(source, valueOf(map, 'match'), '='), ...pairs(source, either(map, 'match_re'), '=~')];
  const understood = matchers.filter((matcher) => matcher !== null);
  return {
    receiver: written(source, valueOf(map, 'receiver')),
    matchers: understood,
    allMatchers: understood.length === matchers.length,
    // what a template decides may be true
    continues: valueOf(map, 'continue') !== undefined && literal(source, valueOf(map, 'continue')) !== 'false',
    routes: children?.kind === 'list' ? children.items.flatMap((child) => (child.kind === 'map' && !seen.has(child) ? [readRoute(source, child, seen)] : [])) : [],
    place: placeOf(source, map),
  };
}

/** Null for each that is not understood. */
function matchersIn(source: Source, node: Yaml | undefined): (Matcher | null)[] {
  if (node === undefined) return [];
  if (node.kind === 'scalar') return parsed(source, node);
  if (node.kind !== 'list') return [null];
  return node.items.flatMap((item) => (item.kind === 'map' ? [fromFields(source, item)] : parsed(source, item)));
}

/** The operator's form: `{ name, matchType, value }`; without a type, `regex` decides (v1alpha1). */
function fromFields(source: Source, map: YamlMap): Matcher | null {
  const label = literal(source, valueOf(map, 'name'));
  const value = valueOf(map, 'value');
  const text = value === undefined ? '' : literal(source, value);
  const written = literal(source, valueOf(map, 'matchType'));
  const operator = written ?? (literal(source, valueOf(map, 'regex')) === 'true' ? '=~' : '=');
  if (label === null || text === null || !isOperator(operator)) return null;
  return { label, operator, value: text, place: placeOf(source, value ?? map) };
}

function isOperator(text: string): text is Matcher['operator'] {
  return ['=', '!=', '=~', '!~'].includes(text);
}

const MATCHER = /^\s*(?<label>[A-Za-z_:][\w:]*)\s*(?<operator>=~|!~|!=|=)\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^",{}]*?))\s*$/;

/** Alertmanager's form: `severity="critical"`, or several between braces. */
function parsed(source: Source, node: Yaml): (Matcher | null)[] {
  const text = literal(source, node);
  if (text === null) return [null];
  const inside = text.trim().replace(/^\{(.*)\}$/s, '$1');
  return splitCommas(inside).map((part): Matcher | null => {
    const { label, operator, quoted, bare } = MATCHER.exec(part)?.groups ?? {};
    if (label === undefined || operator === undefined || !isOperator(operator)) return null;
    return { label, operator, value: quoted === undefined ? (bare ?? '') : quoted.replace(/\\(["\\])/g, '$1').replaceAll('\\n', '\n'), place: placeOf(source, node) };
  });
}

function splitCommas(text: string): string[] {
  return text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
}

function pairs(source: Source, node: Yaml | undefined, operator: Matcher['operator']): (Matcher | null)[] {
  if (node === undefined) return [];
  if (node.kind !== 'map') return [null];
  return node.entries.map(({ key, value }): Matcher | null => {
    const text = literal(source, value);
    return text === null ? null : { label: key, operator, value: text, place: placeOf(source, value) };
  });
}

function readReceiver(source: Source, map: YamlMap): Receiver {
  const webhooks = either(map, 'webhook_configs');
  return {
    name: written(source, valueOf(map, 'name'))!,
    webhooks: webhooks?.kind === 'list' ? webhooks.items.flatMap((item) => (item.kind === 'map' ? [readWebhook(source, item)] : [])) : [],
    sends: isReceiver(map),
  };
}

function readWebhook(source: Source, map: YamlMap): Webhook {
  const secret = either(map, 'url_secret') ?? valueOf(map, 'url_file');
  return { url: secret === undefined ? written(source, valueOf(map, 'url')) : null, sendResolved: written(source, either(map, 'send_resolved')) };
}

/** Keys of Alertmanager's http_config that hold a secret, and of the operator's references to one. */
const SECRETS = new Set(['credentials', 'bearer_token', 'bearerToken', 'bearerTokenSecret', 'password']);

function credentialsIn(source: Source, node: Yaml, byReference: boolean, seen: Set<Yaml>): Credential[] {
  if (seen.has(node)) return [];
  seen.add(node);
  if (node.kind === 'list') return node.items.flatMap((item) => credentialsIn(source, item, byReference, seen));
  if (node.kind !== 'map') return [];
  return node.entries.flatMap(({ key, value }): Credential[] => {
    if (value.kind === 'scalar') {
      const secret = SECRETS.has(key) ? written(source, value) : null;
      return secret === null ? [] : [{ kind: 'value', field: key, written: secret }];
    }
    const entry = byReference && value.kind === 'map' && entriesOf(value, 'name').length > 0 ? written(source, valueOf(value, 'key')) : null;
    return [...(entry === null ? [] : [{ kind: 'entry' as const, field: `${key}.key`, written: entry }]), ...credentialsIn(source, value, byReference, seen)];
  });
}
