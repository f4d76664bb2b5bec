import { readFile, stat } from 'node:fs/promises';
import { extname, basename, resolve } from 'node:path';
import * as z from 'zod/mini';
import { fail } from '../base/failure.ts';
import { lineIndex } from '../base/location.ts';
import { pathFrom } from '../base/paths.ts';
import type { JsonObject } from '../renovate/types.ts';
import { parseJson5, type Dialect, type Parsed } from '../source/json5.ts';
import { configDocument, emptyDocument, type ConfigDocument } from './document.ts';
import { findConfig } from './find.ts';

/** Renovate's own configs have a few kilobytes; a larger file is a mistake or an attack. */
export const MAX_CONFIG_BYTES = 1024 * 1024;

/** Renovate judges the contents; here it only has to be an object. */
const ConfigObject = z.record(z.string(), z.json());

export interface ConfigRequest {
  /** Absolute path of the judged directory. */
  readonly root: string;
  /** `--config`: absolute, or null for the file that Renovate would pick. */
  readonly file: string | null;
  /** Texts that stand for those on disk, by path from `root`. */
  readonly texts?: Texts;
}

type Texts = ReadonlyMap<string, string>;

export interface RepositoryConfig {
  readonly document: ConfigDocument;
  /** False when the repository has no Renovate config at all; then it is judged as `{}`. */
  readonly exists: boolean;
}

export async function readConfig(request: ConfigRequest): Promise<RepositoryConfig> {
  const name = request.file ?? (await findConfig(request.root));
  if (name === null) return { document: emptyDocument(), exists: false };
  const path = resolve(request.root, name);
  return { document: await readDocument(request.root, path, pathFrom(request.root, path), request.texts), exists: true };
}

/** Reads a config or preset file; `source` is what Renovate's answers call it. */
export async function readDocument(root: string, path: string, source: string, texts?: Texts): Promise<ConfigDocument> {
  const file = pathFrom(root, path);
  const raw = texts?.get(file) ?? (await readText(path, file));
  return basename(path) === 'package.json' ? packageJson(raw, file) : configFile(raw, path, file, source);
}

async function readText(path: string, file: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_CONFIG_BYTES) {
      fail({ code: 'config-unreadable', message: `${file} has ${size} bytes; a Renovate config has at most ${MAX_CONFIG_BYTES}`, file, remedy: 'Name the right file with --config.' });
    }
    // A byte order mark is no part of the text: editors do not count it as a column.
    return (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      fail({ code: 'config-missing', message: `there is no config file ${file}`, remedy: 'Check the path given with --config: it is taken from the working directory.' });
    }
    if (code === undefined) throw error;
    return fail({ code: 'config-unreadable', message: `${file} cannot be read (${code})`, file, remedy: 'Check that it is a file and may be read.' });
  }
}

function configFile(text: string, path: string, file: string, source: string): ConfigDocument {
  const dialect: Dialect = extname(path) === '.json5' ? 'json5' : 'strict';
  // Renovate takes an empty file for an empty config.
  if (text === '') return configDocument({ source, file, text, value: {}, positions: null, dialect });
  const parsed = successful(parseJson5(text, dialect), text, file, dialect);
  return configDocument({ source, file, text, value: objectOf(parsed.value, file), positions: parsed.positions, dialect });
}

function packageJson(text: string, file: string): ConfigDocument {
  const parsed = successful(parseJson5(text, 'strict'), text, file, 'strict');
  const { renovate } = objectOf(parsed.value, file);
  if (renovate === undefined) {
    fail({ code: 'config-missing', message: `${file} has no "renovate" key`, file, remedy: 'Name the Renovate config with --config.' });
  }
  // Renovate reads a bare string as one preset.
  const value = typeof renovate === 'string' ? { extends: [renovate] } : objectOf(renovate, file);
  return configDocument({ source: file, file, text, value, positions: parsed.positions, base: ['renovate'] });
}

function successful(parsed: Parsed, text: string, file: string, dialect: Dialect): Extract<Parsed, { ok: true }> {
  if (parsed.ok) return parsed;
  const { line, column } = lineIndex(text).at(parsed.offset);
  const format = dialect === 'json5' ? 'JSON5' : 'JSON';
  return fail({
    code: 'config-syntax',
    message: `${file} is not valid ${format}: ${parsed.message}`,
    file,
    line,
    column,
    remedy: `Correct the file: Renovate stops at it and updates nothing.${dialect === 'strict' ? ' Comments and trailing commas are fine; for more, name it .json5.' : ''}`,
  });
}

function objectOf(value: unknown, file: string): JsonObject {
  const result = ConfigObject.safeParse(value);
  if (result.success) return result.data as JsonObject;
  return fail({ code: 'config-syntax', message: `${file} is not a JSON object`, file, line: 1, column: 1, remedy: 'Write { … } around the options.' });
}
