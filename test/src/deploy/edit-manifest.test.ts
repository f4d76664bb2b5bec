import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError } from '../../../src/base/failure.ts';
import { editRevision } from '../../../src/deploy/edit-manifest.ts';
import { expectedRows, fixturesRoot } from '../../support/fixtures.ts';

/** Manifests as people write them, each deployed with v2.0.0. `ok` has what becomes of them, `err` what is said instead. */
const wanted = (file: string) => ({ file, repository: 'https://gitlab.example.com/team/shop.git', name: 'shop', chartPath: 'chart' });

function files(folder: string): { file: string; text: string }[] {
  const root = join(fixturesRoot, 'deploy', folder);
  return readdirSync(root).filter((file) => file.endsWith('.yaml')).sort().map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

it('writes the revision', () => {
  const rows = files('ok').map(({ file, text }) => {
    const { text: after, previous, line } = editRevision(text, 'v2.0.0', wanted(file));
    return { file, previous, line, after: after.split('\n')[line - 1] };
  });
  expect(rows).toEqual(expectedRows('deploy/ok', rows));
});

it.each(files('ok').map(({ file, text }) => [file, text]))('and not a byte of %s besides', (file, text) => {
  const { text: after, line } = editRevision(text, 'v2.0.0', wanted(file));
  const without = (whole: string): string[] => whole.split('\n').filter((_line, index) => index !== line - 1);
  expect(without(after)).toEqual(without(text));
  expect(editRevision(after, 'v2.0.0', wanted(file)).text).toBe(after);
});

function refusal(file: string, text: string): unknown {
  try {
    return editRevision(text, 'v2.0.0', wanted(file)).text;
  } catch (error) {
    return (error as FailureError).failure;
  }
}

it('says what is in the way, and where', () => {
  const rows = files('err').map(({ file, text }) => refusal(file, text));
  expect(rows).toEqual(expectedRows('deploy/err', rows));
});

/** Each has to come back from YAML as the text that it is. */
it.each(['1.10', '0x1F', 'true', 'no', '2026-11-25', '1e3', 'null', '~x', '#1', 'a: b', 'feature/x#1', "o'hara", 'say"so', '日本', '-x', '@x', '1_000', '12:30:45', '.5', 'v1'])('the revision %s is a text in every style', (revision) => {
  for (const style of ['v1.0.0', '"v1.0.0"', "'v1.0.0'", '1.0']) {
    const text = readFileSync(join(fixturesRoot, 'deploy/ok/plain.yaml'), 'utf8').replace('v1.0.0', style);
    const { text: after } = editRevision(text, revision, wanted('plain.yaml'));
    expect(editRevision(after, revision, wanted('plain.yaml'))).toMatchObject({ text: after, previous: revision });
  }
});
