import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Ended, type Limits } from '../../../runner/renovate/process.ts';

const LIMITS: Limits = { timeMs: 20_000, stallMs: 20_000, memoryMb: 2_000 };

let folder: string;

beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'renovate-argocd-process-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(script: string, limits: Partial<Limits> = {}, signal = new AbortController().signal): Promise<Ended & { readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const ended = await launch({ command: ['bash', '-c', script], cwd: folder, env: { PATH: process.env['PATH']! }, limits: { ...LIMITS, ...limits }, signal, onLine: (line) => lines.push(line), now: () => performance.now() });
  return { ...ended, lines };
}

/** A process that has ended may wait as a zombie for a parent that does not ask. */
function stateOf(pid: string): string {
  return existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').slice(0, 1) : 'gone';
}

it('hands over every line of both streams, the last without its end, too', async () => {
  expect(await run('echo one; printf "two\\nthree" >&2; exit 4')).toMatchObject({ exitCode: 4, signal: null, because: null, lines: expect.arrayContaining(['one', 'two', 'three']) as string[] });
});

it('keeps what was no line of the log', async () => {
  expect(await run(`echo '{"msg":"x"}'; echo 'FATAL ERROR: heap'`)).toMatchObject({ lastWords: 'FATAL ERROR: heap' });
});

it('sees nothing of the environment but what it is given', async () => {
  expect((await run('env')).lines.map((line) => line.split('=')[0]).sort()).toEqual(['PATH', 'PWD', 'SHLVL', '_']);
});

it.each<[string, string, Partial<Limits>, Partial<Ended>]>([
  ['one that falls silent', 'echo a; sleep 60', { stallMs: 300 }, { because: 'hung' }],
  ['one that takes too long', 'while true; do echo a; sleep 0.05; done', { timeMs: 300 }, { because: 'time-limit' }],
  ['one that takes too much memory', `exec "${process.execPath}" -e 'const a = []; setInterval(() => { a.push(Buffer.alloc(30e6, 1)); console.log(a.length) }, 20)'`, { memoryMb: 200 }, { because: 'out-of-memory' }],
  ['one that is killed from outside', 'kill -9 $$', {}, { because: null, signal: 'SIGKILL' }],
  ['one that aborts', 'kill -ABRT $$', {}, { because: null, signal: 'SIGABRT' }],
])('ends %s', async (_name, script, limits, expected) => {
  expect(await run(script, limits)).toMatchObject(expected);
});

it('a program that is not there has ended', async () => {
  const ended = await launch({ command: ['/nonexistent/renovate'], cwd: folder, env: {}, limits: LIMITS, signal: new AbortController().signal, onLine: () => {}, now: () => 0 });
  expect(ended).toMatchObject({ exitCode: null, lastWords: expect.stringContaining('ENOENT') as string });
});

it('ends the whole tree, also what ignores SIGTERM', async () => {
  await run(`trap '' TERM; (trap '' TERM; echo $BASHPID > pid; exec sleep 120) & echo up; wait`, { stallMs: 300 });
  expect(['gone', 'Z']).toContain(stateOf(readFileSync(join(folder, 'pid'), 'utf8').trim()));
}, 15_000);

it('does not wait for a grandchild that keeps its output', async () => {
  expect(await run('sleep 120 & echo done; exit 0')).toMatchObject({ exitCode: 0, lines: ['done'] });
});

it('ends at a signal', async () => {
  const controller = new AbortController();
  const ended = run('echo up; sleep 60', {}, controller.signal);
  controller.abort();
  expect(await ended).toMatchObject({ because: 'interrupted' });
});
