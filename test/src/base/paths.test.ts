import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isQuotedByGit } from '../../../src/base/paths.ts';
import { temporaryFolder } from '../../support/fixtures.ts';

/** Held against git itself. */
it.each([['plain.yaml'], ['with space.yaml'], ["it's.yaml"], ['日本語.yaml'], ['$(id).yaml'], ['a"b.yaml'], ['a\\b.yaml'], ['a\tb.yaml'], ['a\nb.yaml'], ['a\u007fb.yaml'], ['{a}.yaml'], ['emoji 🚀.yaml']])('%j', (name) => {
  const { root, remove } = temporaryFolder({});
  try {
    execFileSync('git', ['init', '--quiet', root]);
    writeFileSync(join(root, name), '');
    execFileSync('git', ['-C', root, 'add', '--all']);
    const listed = execFileSync('git', ['-C', root, '-c', 'core.quotePath=false', 'ls-files'], { encoding: 'utf8' });
    expect(isQuotedByGit(name)).toBe(listed !== `${name}\n`);
  } finally {
    remove();
  }
});
