import { createTwoFilesPatch } from 'diff';

export interface TextChange {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** A unified diff that `git apply` and `patch -p1` take. */
export function unifiedDiff(changes: readonly TextChange[]): string {
  return changes.map(({ file, before, after }) => createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, '', '', { context: 3 }).replace(/^=+\n/, '').replace(/^(---|\+\+\+) (.*)\t$/gm, '$1 $2')).join('');
}
