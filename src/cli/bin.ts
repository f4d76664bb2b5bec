import { main } from './main.ts';

/** Connects the command line to the process. The exit code is set, not forced: pending output still gets out. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `… | head` closes the pipe early, which is no fault.
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    stdoutIsTty: process.stdout.isTTY === true,
    stderrIsTty: process.stderr.isTTY === true,
    now: () => Date.now(),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  });
} catch (error) {
  process.stderr.write(`This is a defect of renovate-argocd; please report it with the command line and this text:\n${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 3;
}
