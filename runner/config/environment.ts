import { z } from 'zod';
import { RunnerConfig } from './schema.ts';

/** A key of the config and the environment variable that overrides it. */
export interface Variable {
  /** `serve.port` is ['serve', 'port']. */
  readonly path: readonly string[];
  /** `RENOVATE_ARGOCD_SERVE_PORT` */
  readonly name: string;
  /** How its text is read: lists by commas, or by semicolons where an entry may hold a comma; everything else that is no scalar as JSON5. */
  readonly form: 'text' | 'number' | 'boolean' | 'list' | 'crons' | 'json5';
  readonly description: string;
  readonly fallback: unknown;
}

interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly description?: string;
  readonly default?: unknown;
}

/** The schema that editors read, JSON Schema 2020-12. */
export function configJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(RunnerConfig, { io: 'input' });
}

/** Every key that has one, from the schema itself: a new key is overridable as soon as it exists. */
export function variables(): Variable[] {
  return leaves(configJsonSchema() as Node, []).filter(({ name }) => name !== 'RENOVATE_ARGOCD_$SCHEMA');
}

function leaves(node: Node, path: readonly string[]): Variable[] {
  if (node.properties !== undefined) return Object.entries(node.properties).flatMap(([key, child]) => leaves(child, [...path, key]));
  const name = `RENOVATE_ARGOCD_${path.map(snake).join('_')}`;
  return [{ path, name, form: path.at(-1) === 'cron' ? 'crons' : formOf(node), description: node.description ?? '', fallback: node.default }];
}

function snake(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function formOf(node: Node): Variable['form'] {
  const type = node.type ?? node.anyOf?.find((one) => one.type !== 'null')?.type;
  if (type === 'string') return 'text';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'boolean') return 'boolean';
  return type === 'array' && node.items?.type === 'string' ? 'list' : 'json5';
}
