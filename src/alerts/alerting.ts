import type { Place } from '../base/location.ts';
import type { Series } from './promql.ts';

export type { Place } from '../base/location.ts';
export type { Series } from './promql.ts';

/** What a repository says about alerts: the rules that raise them, the ways that Alertmanager sends them, and the Secrets beside. */
export interface Alerting {
  readonly alerts: readonly Alert[];
  readonly routings: readonly Routing[];
  readonly secrets: readonly SecretEntry[];
  /** Namespaces that Applications of this repository name for themselves; empty where none does. */
  readonly applicationNamespaces: ReadonlySet<string>;
  /** Whether a file says how the operator ties AlertmanagerConfigs to their namespace. */
  readonly setsMatcherStrategy: boolean;
  /** Values that no report may show. */
  readonly confidential: readonly Place[];
}

/** A value as it stands in a file. */
export interface Written {
  /** As Prometheus, Alertmanager or Kubernetes gets it; null where Helm, or whoever renders the file, fills something in. */
  readonly text: string | null;
  /** The same with HOLE for what is filled in. */
  readonly pattern: string;
  readonly place: Place;
}

/** Stands for what is not known. */
export const HOLE = '\uFFFC';

export interface Alert {
  readonly file: string;
  /** False where a template decides what is there: what is missing may come then. */
  readonly complete: boolean;
  readonly name: Written;
  readonly expression: Written;
  /** What the expression's series carry; null where that cannot be told. */
  readonly series: Series | null;
  /** Where the metric about Applications stands in the expression; null when the alert is about something else, or about its absence. */
  readonly about: Place | null;
  readonly labels: Values;
  readonly annotations: Values;
}

export type Values = ReadonlyMap<string, Written>;

/** One configuration of Alertmanager, or a part of one. */
export interface Routing {
  readonly file: string;
  /** An AlertmanagerConfig of the Prometheus operator, Alertmanager's own file, or values of a chart, which are merged with others. */
  readonly kind: 'AlertmanagerConfig' | 'file' | 'values';
  /** Of an AlertmanagerConfig. */
  readonly namespace: Written | null;
  /** False where a template decides what is there: what is missing may come then. */
  readonly complete: boolean;
  /** Null where there is none. */
  readonly route: Route | null;
  /** Null where there is no list of them. */
  readonly receivers: readonly Receiver[] | null;
  readonly credentials: readonly Credential[];
}

export interface Route {
  readonly receiver: Written | null;
  readonly matchers: readonly Matcher[];
  /** False where a matcher was not understood, and is not among them. */
  readonly allMatchers: boolean;
  readonly continues: boolean;
  readonly routes: readonly Route[];
  readonly place: Place;
}

export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
  readonly place: Place;
}

export interface Receiver {
  readonly name: Written;
  readonly webhooks: readonly Webhook[];
  /** Whether it sends to anybody at all. */
  readonly sends: boolean;
}

export interface Webhook {
  /** Null where it comes from a Secret. */
  readonly url: Written | null;
  /** What is written, null where nothing is. */
  readonly sendResolved: Written | null;
}

/** A secret where Alertmanager's configuration says how to log in. */
export interface Credential {
  /** `entry`: the name of an entry of a Secret, as `key:` has it. `value`: the secret itself. */
  readonly kind: 'entry' | 'value';
  /** `credentials.key`, `bearer_token` */
  readonly field: string;
  readonly written: Written;
}

export interface SecretEntry {
  /** Of the Secret, null where it is not known. */
  readonly secret: string | null;
  readonly key: string;
  readonly section: 'data' | 'stringData';
  /** A number or a boolean without quotes. */
  readonly typed: boolean;
  readonly written: Written;
}
