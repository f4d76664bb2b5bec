import { lineIndex, type LineIndex } from '../base/location.ts';
import { HELM_ACTION } from '../source/helm.ts';
import { maskTemplate, splitParts, type Action } from '../source/template.ts';
import { parseYamlDocuments, textOf, type Yaml, type YamlDocument, type YamlScalar } from '../source/yaml.ts';
import { HOLE, type Place, type Written } from './alerting.ts';

/** A YAML text, or one inside a block of another, whose offsets count from `base`. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly masked: string;
  readonly actions: readonly Action[];
  readonly lines: LineIndex;
  readonly base: number;
  readonly documents: readonly YamlDocument[];
  /** Rendered by Helm as a whole. */
  readonly inChart: boolean;
  /** Whether a template decides which lines are there. */
  readonly conditional: boolean;
}

/** Null for what cannot be parsed at all. Documents with a syntax error are left out: what they lack may be what cannot be read. */
export function readSource(path: string, text: string, inChart: boolean): Source | null {
  const helm = inChart || HELM_ACTION.test(text);
  // without Helm an action is a part of a value, also where it has its line to itself
  const masked = maskTemplate(text, !helm);
  const documents = parseYamlDocuments(masked.text);
  if (documents === null) return null;
  const conditional = helm && masked.actions.some(({ body }) => LINES.test(body));
  return { path, text, masked: masked.text, actions: masked.actions, lines: lineIndex(text), base: 0, documents: sound(documents), inChart, conditional };
}

/** Actions that leave out lines, repeat them or make them. */
const LINES = /^(?:if|else|range|with|define|block|template)\b|\b(?:include|n?indent|toYaml)\b/;

function sound(documents: readonly YamlDocument[]): YamlDocument[] {
  return documents.filter(({ error }) => error === null);
}

/** The content of a literal block, read as YAML of its own; null when it is none. */
export function readBlock(source: Source, scalar: YamlScalar): Source | null {
  const header = source.masked.indexOf('\n', source.base + scalar.start);
  const end = source.base + scalar.end;
  if (!scalar.block || header === -1 || header >= end) return null;
  const documents = parseYamlDocuments(source.masked.slice(header + 1, end));
  return documents === null ? null : { ...source, base: header + 1, documents: sound(documents) };
}

/** A scalar's value. Null for anything else and for an empty one. */
export function written(source: Source, node: Yaml | undefined): Written | null {
  if (node?.kind !== 'scalar' || node.value === null) return null;
  const split = splitParts(node.value, source.actions, source.base + node.start);
  const later = forLater(source, split.filter((part) => typeof part !== 'string'));
  const parts = split.map((part) => (typeof part === 'string' ? part : later.has(part) ? source.text.slice(part.start, part.end) : HOLE));
  const pattern = `${parts.join('')}${hidesAction(source, node) ? HOLE : ''}`;
  return { text: pattern.includes(HOLE) ? null : pattern, pattern, place: placeOf(source, node) };
}

/** Whether a block has an action with a line to itself, which the mask takes for one that controls lines. */
function hidesAction({ masked, actions, base }: Source, { block, start, end }: YamlScalar): boolean {
  return block && actions.some((action) => action.start >= base + start && action.end <= base + end && masked[action.start] === ' ');
}

/** Prometheus' own templates, which nobody renders before: those with its labels and value, outside a chart, and `if`, `end` and the like beside them. */
function forLater({ inChart }: Source, actions: readonly Action[]): ReadonlySet<Action> {
  if (inChart) return new Set();
  const own = actions.filter(({ body }) => PROMETHEUS.test(body) && !HELM_ACTION.test(`{{${body}`));
  return new Set(own.length === 0 ? [] : [...own, ...actions.filter(({ body }) => /^(?:if|else|end|with|range)\b|^\.$/.test(body) && !HELM_ACTION.test(`{{${body}`))]);
}

const PROMETHEUS = /\$labels\b|\$value\b|\$external(?:Labels|URL)\b|(?:^|[\s(])\.(?:Labels|Value|ExternalLabels|ExternalURL)\b|\bhumanize\w*\b|\b(?:query|first|value|label|sortByLabel)\b/;

export function placeOf({ path, lines, base }: Source, node: Yaml): Place {
  const at = lines.at(base + node.start);
  const length = node.kind !== 'scalar' || node.block ? 1 : Math.max(1, Math.min(node.end - node.start, lines.line(at.line).length - at.column + 1));
  return { file: path, ...at, length };
}

/** Where a word stands at or behind a node; the node's own place when it does not. */
export function placeOfWord(source: Source, node: YamlScalar, word: string): Place {
  const start = source.base + node.start;
  const at = source.text.indexOf(word, start);
  return at === -1 || at >= source.base + node.end ? placeOf(source, node) : { file: source.path, ...source.lines.at(at), length: word.length };
}

/** A literal text, without what is filled in. */
export function literal(source: Source, node: Yaml | undefined): string | null {
  return textOf(node) === null ? null : (written(source, node)?.text ?? null);
}
