import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../support/fixtures.ts';

/** A command line that a page shows. */
export interface Shown {
  readonly file: string;
  readonly program: 'renovate-argocd' | 'renovate-argocd-runner';
  /** Its words, the command first, without quotes. */
  readonly words: readonly string[];
  /** In a block of its own: something to type in, where a span only names it. */
  readonly isBlock: boolean;
}

export function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => pattern.test(file));
}

/** From the program's name at the beginning of a line or of a code span to the end of the command: of the line, a comment, a pipe. The first line of `--help` is a sentence. */
const LINE = /(?<=^[ \t]*(?:- |\$ |npx )*)(?<program>renovate-argocd(?:-runner)?) (?!proves |runs )(?<rest>[a-z][a-z-]+(?:(?: |\\\n)+[^\s`#|&;]+)*)/gm;

/** A page's fenced blocks and spans; everything of another file. */
function codeIn(file: string): { readonly blocks: readonly string[]; readonly spans: readonly string[] } {
  const text = readFileSync(join(projectRoot, file), 'utf8');
  if (!file.endsWith('.md')) return { blocks: [text], spans: [] };
  const blocks = [...text.matchAll(/^ *```[^\n]*\n(?<code>[^]*?)^ *```/gm)].map(({ groups }) => groups!['code']!);
  const spans = [...text.replaceAll(/^ *```[^\n]*\n[^]*?^ *```/gm, '').matchAll(/`(?<code>[^`\n]+)`/g)].map(({ groups }) => groups!['code']!);
  return { blocks, spans };
}

export function shownIn(file: string): Shown[] {
  const { blocks, spans } = codeIn(file);
  const lines = (code: string, isBlock: boolean): Shown[] =>
    [...code.matchAll(LINE)].map(({ groups }) => ({ file, isBlock, program: groups!['program'] as Shown['program'], words: groups!['rest']!.replaceAll('\\\n', ' ').split(/\s+/).map((word) => word.replaceAll(/["']/g, '')) }));
  return [...blocks.flatMap((code) => lines(code, true)), ...spans.flatMap((code) => lines(code, false))];
}
