import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Launch {
  /** Program and arguments. No secret: everybody on the machine can list them. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly limits: Limits;
  /** Ends the process at once. */
  readonly signal: AbortSignal;
  /** Each line of stdout and stderr, as it comes. */
  onLine(line: string): void;
  now(): number;
}

export interface Limits {
  readonly timeMs: number;
  /** Without a line of output. */
  readonly stallMs: number;
  readonly memoryMb: number;
}

export interface Ended {
  readonly exitCode: number | null;
  /** The signal that ended it, ours or another's. */
  readonly signal: string | null;
  /** Why the runner ended it; null when it did not. */
  readonly because: 'time-limit' | 'hung' | 'out-of-memory' | 'interrupted' | null;
  readonly peakMemoryMb: number;
  /** What it wrote last that was no line of its log: a crash's own words. */
  readonly lastWords: string;
}

const WATCH_MS = 1_000;
/** From SIGTERM to SIGKILL. */
const GRACE_MS = 5_000;
/** Longer lines are cut: no log needs them, and a child must not fill our memory. */
const LONGEST_LINE = 8 << 20;

/** Starts a program in a process group of its own, watches it, and ends the whole group when it must end. Never rejects: what cannot be started has ended, too. */
export function launch({ command: [program = '', ...args], cwd, env, limits, signal, onLine, now }: Launch): Promise<Ended> {
  return new Promise((resolve) => {
    const started = now();
    let heard = started;
    let because: Ended['because'] = null;
    let peakMemoryMb = 0;
    let lastWords = '';
    let killer: NodeJS.Timeout | undefined;
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });

    function end(reason: NonNullable<Ended['because']>): void {
      if (because !== null) return;
      because = reason;
      killGroup(child, 'SIGTERM');
      killer = setTimeout(() => killGroup(child, 'SIGKILL'), GRACE_MS);
    }
    function hear(line: string): void {
      heard = now();
      if (!line.startsWith('{') && line.trim() !== '') lastWords = `${lastWords}\n${line}`.slice(-2_000).trimStart();
      onLine(line);
    }
    const watch = setInterval(() => {
      const memory = groupMemoryMb(child.pid);
      peakMemoryMb = Math.max(peakMemoryMb, memory);
      if (memory > limits.memoryMb) end('out-of-memory');
      else if (now() - started > limits.timeMs) end('time-limit');
      else if (now() - heard > limits.stallMs) end('hung');
    }, Math.min(WATCH_MS, limits.timeMs / 4, limits.stallMs / 4));
    const interrupt = (): void => end('interrupted');
    signal.addEventListener('abort', interrupt);
    if (signal.aborted) interrupt();

    const streams = [child.stdout, child.stderr].map((stream) => lines(stream, hear));
    function settle(exitCode: number | null, by: string | null): void {
      clearInterval(watch);
      clearTimeout(killer);
      signal.removeEventListener('abort', interrupt);
      streams.forEach((flush) => flush());
      resolve({ exitCode, signal: by, because, peakMemoryMb, lastWords });
    }
    child.on('error', (error) => {
      lastWords = error.message;
      settle(null, null);
    });
    child.on('exit', (exitCode, by) => {
      // a grandchild may outlive the process, and hold its output open
      killGroup(child, 'SIGKILL');
      clearTimeout(killer);
      killer = setTimeout(() => settle(exitCode, by), GRACE_MS);
    });
    child.on('close', settle);
  });
}

/** Cuts a stream into lines; the returned function hands over what is left. */
function lines(stream: NodeJS.ReadableStream | null, hear: (line: string) => void): () => void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = (parts.pop() ?? '').slice(0, LONGEST_LINE);
    parts.forEach(hear);
  });
  return () => {
    if (rest !== '') hear(rest);
    rest = '';
  };
}

/** The group, so that git and whatever else it started ends as well. */
function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // all of it has ended
  }
}

/** Resident memory of all processes of the group; 0 where there is no /proc. */
function groupMemoryMb(group: number | undefined): number {
  if (group === undefined) return 0;
  try {
    return readdirSync('/proc').reduce((sum, name) => (/^\d+$/.test(name) ? sum + memoryOf(name, group) : sum), 0);
  } catch {
    return 0;
  }
}

const PAGE_BYTES = 4_096;

/** proc_pid_stat(5): the fifth field is the group, the twenty-fourth the resident pages; the second, the name, may hold anything. */
function memoryOf(pid: string, group: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[2]) === group ? (Number(fields[21]) * PAGE_BYTES) / (1 << 20) : 0;
  } catch {
    return 0;
  }
}
