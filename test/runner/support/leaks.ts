import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Looks for a secret where a run may have left it, or shown it. */

/** The secret as itself, in addresses and in HTTP Basic authentication. */
export function formsOf(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(`oauth2:${secret}`).toString('base64'), Buffer.from(`gitlab-ci-token:${secret}`).toString('base64')];
}

/** Files below a folder that hold it. */
export function filesWith(folder: string, secret: string): string[] {
  const forms = formsOf(secret);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const text = readFileSync(path, 'latin1');
      return forms.some((form) => text.includes(form));
    });
}

export interface ArgumentWatch {
  /** Command lines that showed it, each once. */
  readonly seen: ReadonlySet<string>;
  /** How many command lines were read: a watch that saw nothing proves nothing. */
  readonly read: () => number;
  stop(): void;
}

const OFTEN_MS = 5;

/** Reads the arguments of every process of the machine again and again, as `ps` would. */
export function watchArguments(secret: string): ArgumentWatch {
  const forms = formsOf(secret);
  const seen = new Set<string>();
  const all = new Set<string>();
  const timer = setInterval(() => {
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid)) continue;
      const line = argumentsOf(pid);
      all.add(`${pid} ${line}`);
      if (forms.some((form) => line.includes(form))) seen.add(line);
    }
  }, OFTEN_MS);
  return { seen, read: () => all.size, stop: () => clearInterval(timer) };
}

function argumentsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
