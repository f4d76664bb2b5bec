import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail } from '../../src/base/failure.ts';
import type { Io } from '../../src/program/io.ts';
import { tokenFrom, type Token } from '../../src/base/secrets.ts';

export const SECRET_VARIABLE = 'RENOVATE_ARGOCD_WEBHOOK_SECRET';

/** Shorter ones can be guessed over the network. */
const SHORTEST = 12;

/**
 * What GitLab sends as X-Gitlab-Token; null when none is configured.
 * @throws FailureError `runner-config`
 */
export function webhookSecret({ env, cwd }: Pick<Io, 'env' | 'cwd'>): Token | null {
  const direct = env[SECRET_VARIABLE]?.trim() ?? '';
  const file = env[`${SECRET_VARIABLE}_FILE`] ?? '';
  if (direct === '' && file === '') return null;
  const origin = direct === '' ? `${SECRET_VARIABLE}_FILE` : SECRET_VARIABLE;
  const value = direct === '' ? contentOf(file, cwd) : direct;
  if (value.length < SHORTEST) fail({ code: 'runner-config', message: `${origin}: the secret has fewer than ${SHORTEST} characters`, remedy: 'Make one with `openssl rand -hex 24`, and give GitLab the same.' });
  return tokenFrom(origin, value);
}

function contentOf(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return fail({ code: 'runner-config', message: `${file} (${SECRET_VARIABLE}_FILE) cannot be read (${code})`, remedy: 'Check its path and permissions.' });
  }
}

/** Takes the same time whatever differs: digests have one length, and are compared to their end. */
export function isSecret(given: string | undefined, secret: Token): boolean {
  return timingSafeEqual(digest(given ?? ''), digest(secret.reveal()));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
