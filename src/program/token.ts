import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail } from '../base/failure.ts';
import { tokenFrom, type Token } from '../base/secrets.ts';
import type { Io } from './io.ts';

/**
 * A token of the environment: the variable, or the file that the variable with `_FILE` names.
 * @returns null when neither is set
 * @throws FailureError `token-missing` when the file is empty or cannot be read
 */
export function readToken(variable: string, { cwd, env }: Pick<Io, 'cwd' | 'env'>): Token | null {
  const direct = env[variable]?.trim();
  if (direct !== undefined && direct !== '') return tokenFrom(variable, direct);
  const file = env[`${variable}_FILE`];
  if (file === undefined || file === '') return null;
  try {
    const value = readFileSync(resolve(cwd, file), 'utf8').trim();
    return value === '' ? fail({ code: 'token-missing', message: `${file} (${variable}_FILE) is empty`, remedy: 'Write the token into it, alone.' }) : tokenFrom(`${variable}_FILE`, value);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return fail({ code: 'token-missing', message: `${file} (${variable}_FILE) cannot be read (${code})`, remedy: 'Check its path and permissions.' });
  }
}
