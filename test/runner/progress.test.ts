import { plain } from '../../src/base/style.ts';
import type { Io } from '../../src/program/io.ts';
import type { Progress } from '../../runner/engine.ts';
import { startTicker } from '../../runner/progress.ts';
import type { ProjectReport } from '../../runner/report/model.ts';
import { project } from './report/fixture.ts';

const DONE = project('g/a', { seconds: 3.1 });

/** What a run shows while it goes on; every look at the clock is two seconds later. */
function shown(tty: boolean, progress: readonly (readonly [Progress, ProjectReport | null])[]): string {
  let written = '';
  let time = 0;
  const io: Io = { cwd: '/', env: {}, stdoutIsTty: tty, stderrIsTty: tty, now: () => (time += 2_000), stdout: () => {}, stderr: (text) => void (written += text) };
  const ticker = startTicker(io, plain, 2);
  progress.forEach(([one, report]) => ticker.tell(one, report));
  ticker.end();
  return written;
}

const result = { path: 'g/a', account: '', outcome: 'done', attempts: 1, seconds: 3.1, trace: null, batch: 1, lastWords: '' } as const;

it.each<[string, boolean, readonly (readonly [Progress, ProjectReport | null])[], string]>([
  ['plain lines in CI', false, [[{ type: 'started', project: 'g/a', batch: 1 }, null], [{ type: 'result', result, left: 1 }, DONE]], '✓ [1/2] g/a 3.1 s nothing to do\n'],
  ['on a terminal what is in work, rewritten in place', true, [[{ type: 'started', project: 'g/a', batch: 1 }, null]], '\r\u001b[K[0/2] g/a 2 s\r\u001b[K'],
  ['a retry with its reason', false, [[{ type: 'retry', project: 'g/a', outcome: 'external-host-error', inSeconds: 15 }, null]], '↻ g/a: a host that it needs did not answer: GitLab, or a chart registry; again in 15 s\n'],
  ['a failure', false, [[{ type: 'result', result, left: 0 }, { ...DONE, status: 'failed', message: 'it crashed\nbadly' }]], '✗ [1/2] g/a 3.1 s it crashed badly\n'],
  ['nothing of the batches', false, [[{ type: 'batch', batch: { number: 1, account: '', projects: ['g/a'] } }, null]], ''],
])('%s', (_name, tty, progress, expected) => {
  expect(shown(tty, progress)).toBe(expected);
});
