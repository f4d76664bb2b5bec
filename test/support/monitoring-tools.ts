import { spawn, spawnSync } from 'node:child_process';

/** Programs of Prometheus and Alertmanager, by what Debian (packages prometheus and prometheus-alertmanager) and others call them. */
const NAMES = { promtool: ['promtool'], amtool: ['amtool'], prometheus: ['prometheus'], alertmanager: ['prometheus-alertmanager', 'alertmanager'] } as const;

export type Tool = keyof typeof NAMES;

const HINT = 'apt-get install prometheus prometheus-alertmanager';

function find(tool: Tool): string | null {
  return NAMES[tool].find((name) => spawnSync(name, ['--version']).error === undefined) ?? null;
}

/**
 * A describe block that needs some of these programs. Without them one test stands in its place and says what was left out, and why.
 */
export function describeWith(tools: readonly Tool[], what: string, tests: () => void): void {
  const missing = tools.filter((tool) => find(tool) === null);
  if (missing.length === 0) describe(what, tests);
  else it(`LEFT OUT: ${what}, because this machine has no ${missing.join(' and no ')} (${HINT})`, () => console.warn(`left out: ${what}; this machine has no ${missing.join(' and no ')} (${HINT})`));
}

export interface Outcome {
  readonly status: number | null;
  /** Both streams. */
  readonly output: string;
}

export function run(tool: Tool, args: readonly string[], cwd: string): Outcome {
  const { status, stdout, stderr } = spawnSync(find(tool)!, args, { cwd, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

/** Runs it until `stop`. */
export function start(tool: Tool, args: readonly string[], cwd: string): { stop(): Promise<void>; output(): string } {
  const child = spawn(find(tool)!, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return {
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
