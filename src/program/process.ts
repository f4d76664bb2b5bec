import type { Io } from './io.ts';

/** Runs a program in its process. The exit code is set, not forced: pending output still gets out. `host` is the process, which only the bin.ts files name. */
export async function runIn(host: NodeJS.Process, name: string, main: (argv: readonly string[], io: Io) => Promise<number>): Promise<void> {
  host.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `… | head` closes the pipe early, which is no fault.
    if (error.code === 'EPIPE') host.exit();
    throw error;
  });
  try {
    host.exitCode = await main(host.argv.slice(2), {
      cwd: host.cwd(),
      env: host.env,
      stdoutIsTty: host.stdout.isTTY === true,
      stderrIsTty: host.stderr.isTTY === true,
      now: () => Date.now(),
      stdout: (text) => void host.stdout.write(text),
      stderr: (text) => void host.stderr.write(text),
      // on stderr, because stdout may go into a file
      ...(host.stdin.isTTY === true && host.stderr.isTTY === true ? { ask: async (question: string) => (await import('./ask.ts')).askLine(question, host.stdin, host.stderr) } : {}),
    });
  } catch (error) {
    // The stack, not the error: inspected, an error of a library may show what it was given.
    host.stderr.write(`This is a defect of ${name}; please report it with the command line and this text:\n${error instanceof Error ? error.stack : String(error)}\n`);
    host.exitCode = 3;
  }
}
