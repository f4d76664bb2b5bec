import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { at, rest } from '../sandbox/rest.ts';
import { runRunner, type RunnerRun } from './harness.ts';

/** One note on a merge request, kept up to date. */
const PATH = 'platform/cluster';
const MERGE_REQUEST = { CI_PROJECT_PATH: PATH, CI_MERGE_REQUEST_IID: '1' };

let sandbox: Sandbox;
let cwd: string;

beforeAll(async () => {
  sandbox = await startSandbox({ projects: () => [{ path: PATH, files: { 'README.md': '# A cluster\n' } }] });
  sandbox.gitlab.commit(PATH, { 'README.md': '# The cluster\n' }, 'change');
  await rest(sandbox.gitlab, `POST ${at(PATH)}/merge_requests`, { body: { source_branch: 'change', target_branch: 'main', title: 'Change it' } });
  cwd = mkdtempSync(join(sandbox.folder, 'note-'));
});
afterAll(() => sandbox.close());

function note(text: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = MERGE_REQUEST): Promise<RunnerRun> {
  writeFileSync(join(cwd, 'text.md'), text);
  return runRunner(sandbox, ['note', '--file', 'text.md', ...args], { cwd, env });
}

function bodies(): string[] {
  return sandbox.gitlab.project(PATH).mergeRequests[0]!.notes.filter(({ system }) => !system).map(({ body }) => body);
}

it.each<[string, string, readonly string[], string, number]>([
  ['with --only-update none is begun', 'same', ['--only-update'], 'nothing to write', 0],
  ['a dry run writes nothing', 'one', ['--dry-run'], 'would be created', 0],
  ['the first is written', 'one', [], 'created', 1],
  ['the same again changes nothing', 'one', [], 'nothing to write', 1],
  ['another text is the same note', 'two', ['--only-update'], 'updated', 1],
  ['another name is another note', 'one', ['--name', 'policy'], 'created', 2],
])('%s', async (_name, text, args, action, count) => {
  const { exit, stdout } = await note(text, args);
  expect([exit, stdout.split(': note')[0], bodies().length]).toEqual([0, action, count]);
});

it('what looks like a command stays text', async () => {
  await note('fine\r\n/merge\n  /label ~x\r/close\n');
  expect(bodies()[0]).toBe('<!-- renovate-argocd note="file-changes" -->\nfine\n\\/merge\n  \\/label ~x\n\\/close');
});

it.each<[string, readonly string[], Readonly<Record<string, string>>, number, string]>([
  ['no merge request', [], {}, 2, 'no merge request is named'],
  ['one that does not exist', [], { ...MERGE_REQUEST, CI_MERGE_REQUEST_IID: '7' }, 3, 'there is no merge request !7'],
  ['a name that ends the marker', ['--name', 'x" -->'], MERGE_REQUEST, 2, 'is no name of a note'],
  ['a file that is not there', ['--file', 'missing.md'], MERGE_REQUEST, 2, 'missing.md cannot be read: ENOENT'],
])('%s: said, and nothing written', async (_name, args, env, exit, words) => {
  const before = bodies();
  const done = await note('x', args, env);
  expect([done.exit, done.stderr, bodies()]).toEqual([exit, expect.stringContaining(words), before]);
});
