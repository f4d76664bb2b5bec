import { main } from '../../../src/cli/main.ts';
import { openBuilt } from './renovate.ts';

export interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, as bin.ts would. */
export async function run(argv: readonly string[], world: { readonly cwd?: string; readonly tty?: boolean; readonly env?: Record<string, string> } = {}): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const exit = await main(argv, {
    cwd: world.cwd ?? process.cwd(),
    env: world.env ?? {},
    stdoutIsTty: world.tty ?? false,
    stderrIsTty: false,
    now: () => 0,
    stdout: (text) => void (written.stdout += text),
    stderr: (text) => void (written.stderr += text),
  }, openBuilt);
  return { exit, ...written };
}
