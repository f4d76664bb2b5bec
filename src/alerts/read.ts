import { isToken } from '../base/credential.ts';
import { chartsIn } from '../source/helm.ts';
import type { Repository } from '../source/repository.ts';
import { valueAt, valueOf, type Yaml, type YamlMap } from '../source/yaml.ts';
import type { Alert, Alerting, Credential, Routing, SecretEntry, Values, Written } from './alerting.ts';
import { readAlert, readValues } from './alert.ts';
import { readRouting } from './routing.ts';
import { readSecret } from './secret.ts';
import { literal, readBlock, readSource, written, type Source } from './source.ts';

/** Without one of these words a file says nothing about alerts, and is not parsed for it: thousands of Applications are plain. */
const WORDS = /PrometheusRule|AlertmanagerConfig|\bkind:\s*["']?Secret\b|\balert:|alertmanager|\breceivers:/;

/** Reads a repository when something of the answer is first asked for, and only once. */
export function readAlerting(repository: Repository): Alerting {
  let known: Alerting | undefined;
  function read(): Alerting {
    known ??= readAll(repository);
    return known;
  }
  return {
    get alerts() {
      return read().alerts;
    },
    get routings() {
      return read().routings;
    },
    get secrets() {
      return read().secrets;
    },
    get applicationNamespaces() {
      return read().applicationNamespaces;
    },
    get setsMatcherStrategy() {
      return read().setsMatcherStrategy;
    },
    get confidential() {
      return read().confidential;
    },
  };
}

/** What reading adds to. */
interface Found {
  readonly alerts: Alert[];
  readonly routings: Routing[];
  readonly secrets: SecretEntry[];
  /** What an alias repeats is read once. */
  readonly seen: Set<Yaml>;
}

function readAll({ files }: Repository): Alerting {
  const found: Found = { alerts: [], routings: [], secrets: [], seen: new Set() };
  const chartOf = chartsIn(files.map(({ path }) => path));
  const chosen = files.filter((file) => /\.ya?ml$/i.test(file.path) && (WORDS.test(file.text) || /alertmanager[^/]*$/.test(file.path)));
  for (const { path, text } of chosen) {
    const source = readSource(path, text, chartOf(path) !== null);
    if (source !== null) for (const { root } of source.documents) if (root !== null) readNode(source, root, [], found);
  }
  let namespaces: ReadonlySet<string> | undefined;
  return {
    ...found,
    get applicationNamespaces() {
      namespaces ??= applicationNamespaces(files);
      return namespaces;
    },
    setsMatcherStrategy: chosen.some(({ text }) => text.includes('alertmanagerConfigMatcherStrategy')),
    confidential: [...found.secrets, ...found.routings.flatMap(({ credentials }) => credentials.filter(isSecret))].map(({ written }) => written.place),
  };
}

/** The name of an entry is none, but for what stands there by mistake. */
function isSecret({ kind, written }: Credential): boolean {
  return kind === 'value' || isToken(written.text ?? '');
}

const NO_VALUES: Values = new Map();

/** The operator's and Kubernetes' kinds are read as such; rules and Alertmanager's settings are known by their form, wherever they stand. */
function readNode(source: Source, node: Yaml, path: readonly string[], found: Found, groupLabels: Values = NO_VALUES): void {
  if (found.seen.has(node)) return;
  found.seen.add(node);
  if (node.kind === 'scalar') {
    const block = node.block && WORDS.test(node.value ?? '') ? readBlock(source, node) : null;
    // Alertmanager's file inside a ConfigMap or Secret is a file of its own
    if (block !== null) for (const { root } of block.documents) if (root !== null && root.kind !== 'scalar') readNode(block, root, [], found);
    return;
  }
  if (node.kind === 'list') {
    for (const item of node.items) readNode(source, item, path, found, groupLabels);
    return;
  }
  const kind = literal(source, valueOf(node, 'kind'));
  if (kind === 'Secret') found.secrets.push(...readSecret(source, node));
  if (kind === 'AlertmanagerConfig') {
    readConfig(source, node, found);
    return;
  }
  const alert = valueOf(node, 'alert') === undefined ? null : readAlert(source, node, groupLabels);
  if (alert !== null) found.alerts.push(alert);
  const routing = readRouting(source, node, path.length === 0 ? 'file' : 'values', null);
  if (routing !== null) found.routings.push(routing);
  const labels = valueOf(node, 'rules')?.kind === 'list' ? readValues(source, valueOf(node, 'labels')) : groupLabels;
  for (const entry of node.entries) readNode(source, entry.value, [...path, entry.key], found, labels);
}

function readConfig(source: Source, map: YamlMap, found: Found): void {
  const spec = valueOf(map, 'spec');
  const namespace: Written | null = written(source, valueAt(map, ['metadata', 'namespace']));
  const routing = spec?.kind === 'map' ? readRouting(source, spec, 'AlertmanagerConfig', namespace) : null;
  if (routing !== null) found.routings.push(routing);
}

/** Quick, since it looks at every Application: the namespace that its metadata has, two blanks deep as everybody writes it. */
function applicationNamespaces(files: Repository['files']): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path, text } of files) {
    if (!/\.ya?ml$/i.test(path) || !/^kind: Application\b/m.test(text)) continue;
    for (const [, namespace] of text.matchAll(/^metadata:[ \t]*\r?\n(?:[ \t]+.*\r?\n)*?[ \t]{1,4}namespace:[ \t]*["']?([a-z0-9-]+)["']?[ \t]*\r?$/gm)) found.add(namespace!);
  }
  return found;
}
