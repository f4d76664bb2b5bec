import type { z } from 'zod';
import { fail } from '../../src/base/failure.ts';
import { lineIndex } from '../../src/base/location.ts';
import { nearest } from '../../src/base/nearest.ts';
import { parseJson5, type Positions } from '../../src/source/json5.ts';
import { variables, type Variable } from './environment.ts';
import { RunnerConfig } from './schema.ts';

export interface ConfigSources {
  /** Null when there is no file. */
  readonly file: { readonly path: string; readonly text: string } | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the command line says, by path in the config (`projects`, `serve.port`), and the option that said it. */
  readonly flags: readonly { readonly option: string; readonly path: readonly string[]; readonly value: unknown }[];
}

type Raw = Record<string, unknown>;

interface Layer {
  readonly origin: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * The file, then the environment, then the command line; the later wins, key by key.
 * @throws FailureError `runner-config`, with the line where the fault is written, or the variable or option
 */
export function readRunnerConfig({ file, env, flags }: ConfigSources): RunnerConfig {
  const document = file === null ? null : fileDocument(file);
  const layers: Layer[] = [...fromEnvironment(env), ...flags.map(({ option, path, value }) => ({ origin: option, path, value }))];
  const raw = layers.reduce((value, layer) => withValue(value, layer.path, layer.value), document?.value ?? {});
  const parsed = RunnerConfig.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const layer = layers.findLast(({ path }) => path.every((step, index) => issue!.path[index] === step));
  return layer === undefined && document !== null && file !== null ? failInFile(issue!, file, document.positions) : failInLayer(issue!, layer);
}

function fileDocument({ path, text }: { readonly path: string; readonly text: string }): { readonly value: Raw; readonly positions: Positions } {
  const parsed = parseJson5(text, 'json5');
  if (!parsed.ok) {
    return fail({ code: 'runner-config', message: `${path} is no JSON5: ${parsed.message}`, file: path, ...excerptAt(text, parsed.offset), remedy: 'JSON5 takes comments, trailing commas and keys without quotes; a brace, comma or quote may be missing before this place.' });
  }
  const { value, positions } = parsed;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: value as Raw, positions };
  return fail({ code: 'runner-config', message: `${path} holds no object`, file: path, ...excerptAt(text, 0), remedy: 'Write { endpoint: "https://gitlab.example.com", projects: ["platform/cluster"] }.' });
}

function excerptAt(text: string, offset: number): { line: number; column: number; text: string } {
  const lines = lineIndex(text);
  const place = lines.at(offset);
  return { ...place, text: lines.line(place.line).replaceAll(GITLAB_TOKEN, (token) => '*'.repeat(token.length)) };
}

/** The prefixes of GitLab's tokens (https://docs.gitlab.com/security/tokens/#token-prefixes), should one stand where its variable's name belongs. */
const GITLAB_TOKEN = /\bgl[a-z]{2,8}-[\w.-]{6,}/g;

type Issue = z.core.$ZodIssue;

function failInFile(issue: Issue, { path: file, text }: { readonly path: string; readonly text: string }, positions: Positions): never {
  const path = issue.path as (string | number)[];
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0]! : null;
  const span = unknown === null ? positions.value(path) : positions.key([...path, unknown]);
  return fail({ code: 'runner-config', message: wording(issue), file, ...excerptAt(text, span.start), remedy: remedy(issue) });
}

function failInLayer(issue: Issue, layer: Layer | undefined): never {
  const from = layer === undefined ? '' : `${layer.origin}: `;
  return fail({ code: 'runner-config', message: `${from}${wording(issue)}`, remedy: remedy(issue) });
}

function wording(issue: Issue): string {
  const key = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('').replace(/^\./, '');
  if (issue.code === 'unrecognized_keys') return `there is no key ${key === '' ? '' : `${key}.`}${issue.keys[0]}`;
  return `${key === '' ? 'the config' : key}: ${issue.message}`;
}

function remedy(issue: Issue): string {
  const all = variables();
  if (issue.code !== 'unrecognized_keys') {
    const description = all.find(({ path }) => path.every((step, index) => issue.path[index] === step))?.description ?? '';
    return description === '' ? 'See docs/runner.md for what the key takes.' : `It is for: ${description}.`;
  }
  const beside = issue.path.filter((step) => typeof step === 'string');
  const siblings = [...new Set(all.filter(({ path }) => beside.every((step, index) => path[index] === step)).map(({ path }) => path[beside.length]!))];
  const near = nearest(issue.keys[0]!, siblings);
  return near === null ? `The keys here are ${siblings.join(', ')}.` : `Did you mean ${near}?`;
}

function fromEnvironment(env: ConfigSources['env']): Layer[] {
  return variables().flatMap((variable) => {
    const text = env[variable.name];
    return text === undefined || text === '' ? [] : [{ origin: variable.name, path: variable.path, value: valueOf(variable, text) }];
  });
}

/** A text that does not fit is left as it is: the schema says what is wrong with it. */
function valueOf({ form, name }: Variable, text: string): unknown {
  if (form === 'text') return text;
  if (form === 'number') return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  if (form === 'boolean') return ({ true: true, false: false } as Record<string, boolean>)[text.toLowerCase()] ?? text;
  if (form !== 'json5' && !text.trimStart().startsWith('[')) return text.split(form === 'crons' ? ';' : ',').map((part) => part.trim()).filter((part) => part !== '');
  const parsed = parseJson5(text, 'json5');
  return parsed.ok ? parsed.value : fail({ code: 'runner-config', message: `${name} is no JSON5: ${parsed.message}`, remedy: 'Write the value as it would stand in runner.json5.' });
}

function withValue(raw: Raw, [key, ...rest]: readonly string[], value: unknown): Raw {
  if (key === undefined) return raw;
  const inner = raw[key];
  const below = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Raw) : {};
  return { ...raw, [key]: rest.length === 0 ? value : withValue(below, rest, value) };
}
