import { startProgress } from '../../../src/program/progress.ts';
import type { Io } from '../../../src/program/io.ts';

function stderrOf(world: { readonly tty: boolean; readonly times: readonly number[] }): string {
  let written = '';
  const times = [...world.times];
  const io: Io = {
    cwd: '/',
    env: {},
    stdoutIsTty: false,
    stderrIsTty: world.tty,
    now: () => times.shift() ?? 0,
    stdout: () => {},
    stderr: (text) => void (written += text),
  };
  const progress = startProgress(io);
  progress.step('one');
  progress.step('two');
  progress.end();
  return written;
}

it.each<[string, Parameters<typeof stderrOf>[0], string]>([
  ['shows nothing of a short run', { tty: true, times: [0, 10, 20] }, ''],
  ['rewrites one line in a long run, and wipes it', { tty: true, times: [0, 10, 1500] }, '\r\u001b[Ktwo…\r\u001b[K'],
  ['shows nothing when nobody watches', { tty: false, times: [0, 5000, 9000] }, ''],
])('%s', (_name, world, expected) => {
  expect(stderrOf(world)).toBe(expected);
});
