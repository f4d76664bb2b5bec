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
  /** How often a command line was read: a watch that saw nothing proves nothing. */
  readonly read: () => number;
  stop(): void;
}

const OFTEN_MS = 5;
/** A process is read a few times when it is new: it shows its parent's arguments until it has become its own program. */
const LOOKS = 4;

/** Reads the arguments of every new process of the machine, as `ps` would. */
export function watchArguments(secret: string): ArgumentWatch {
  const forms = formsOf(secret);
  const seen = new Set<string>();
  let looks = new Map<string, number>();
  let read = 0;
  const timer = setInterval(() => {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    // those that have ended make room: their numbers come again
    looks = new Map(pids.map((pid) => [pid, (looks.get(pid) ?? 0) + 1]));
    for (const pid of pids.filter((one) => looks.get(one)! <= LOOKS)) {
      const line = argumentsOf(pid);
      read += 1;
      if (forms.some((form) => line.includes(form))) seen.add(line);
    }
  }, OFTEN_MS);
  return { seen, read: () => read, stop: () => clearInterval(timer) };
}

function argumentsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
