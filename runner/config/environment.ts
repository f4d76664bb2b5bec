import * as z from 'zod';
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

/** Every key that has one, from the schema itself: a new key is overridable as soon as it exists. */
export function variables(): Variable[] {
  return leaves(RunnerConfig, []).filter(({ path }) => path[0] !== '$schema');
}

function leaves(schema: z.core.$ZodType, path: readonly string[]): Variable[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodObject) return Object.entries(inner.shape).flatMap(([key, child]) => leaves(child as z.core.$ZodType, [...path, key]));
  const name = `RENOVATE_ARGOCD_${path.map(snake).join('_')}`;
  return [{ path, name, form: path.at(-1) === 'cron' ? 'crons' : formOf(inner), description: (schema as z.ZodType).description ?? '', fallback: fallbackOf(schema) }];
}

/** What stands inside `.default()`, `.nullable()` and the like. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const { innerType } = schema._zod.def as { readonly innerType?: z.core.$ZodType };
  return innerType === undefined ? schema : unwrapped(innerType);
}

function fallbackOf(schema: z.core.$ZodType): unknown {
  const { type, defaultValue, innerType } = schema._zod.def as { readonly type: string; readonly defaultValue?: unknown; readonly innerType?: z.core.$ZodType };
  if (type === 'default') return defaultValue;
  return innerType === undefined ? undefined : fallbackOf(innerType);
}

function snake(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function formOf(schema: z.core.$ZodType): Variable['form'] {
  if (schema instanceof z.ZodString || schema instanceof z.ZodURL || schema instanceof z.ZodEnum) return 'text';
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  return schema instanceof z.ZodArray && unwrapped(schema.element as z.core.$ZodType) instanceof z.ZodString ? 'list' : 'json5';
}
