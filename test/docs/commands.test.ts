import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands as runnerCommands } from '../../runner/commands/index.ts';
import { commands } from '../../src/cli/commands/index.ts';
import { parseArguments } from '../../src/program/arguments.ts';
import { projectRoot } from '../support/fixtures.ts';

/** Every command line that a page, a component or an example shows is one that the program takes. What they answer is tested where the command is. */
const PROGRAMS: Readonly<Record<string, readonly Parameters<typeof parseArguments>[1][]>> = { 'renovate-argocd': commands, 'renovate-argocd-runner': runnerCommands };

function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => pattern.test(file));
}

const FILES = ['README.md', 'CHANGELOG.md', ...filesIn('docs', /\.md$/), ...filesIn('templates', /\.yml$/), ...filesIn('examples', /\.(?:md|ya?ml)$/)];

/** From the program's name at the beginning of a line or of a code span to the end of the command: of the line, a comment, a pipe. The first line of `--help` is a sentence. */
const LINE = /(?<=^[ \t]*(?:- |\$ |npx )*)(?<program>renovate-argocd(?:-runner)?) (?!proves |runs )(?<rest>[a-z][a-z-]+(?:(?: |\\\n)+[^\s`#|&;]+)*)/gm;

/** A page's code: fenced blocks and spans. Everything of another file. */
function codeIn(file: string): string[] {
  const text = readFileSync(join(projectRoot, file), 'utf8');
  if (!file.endsWith('.md')) return [text];
  const blocks = [...text.matchAll(/^ *```[^\n]*\n(?<code>[^]*?)^ *```/gm)].map(({ groups }) => groups!['code']!);
  const spans = [...text.replaceAll(/^ *```[^\n]*\n[^]*?^ *```/gm, '').matchAll(/`(?<code>[^`\n]+)`/g)].map(({ groups }) => groups!['code']!);
  return [...blocks, ...spans];
}

const shown = FILES.flatMap((file) =>
  codeIn(file).flatMap((code) =>
    [...code.matchAll(LINE)].map(({ groups }) => {
      const line = groups!['rest']!.replaceAll('\\\n', ' ');
      return [`${file}: ${groups!['program']} ${line}`, groups!['program']!, line.split(/\s+/)] as const;
    }),
  ),
);

it('there are command lines to judge', () => {
  expect(shown.length).toBeGreaterThan(50);
});

it.each(shown)('%s', (_where, program, [name, ...argv]) => {
  const command = PROGRAMS[program]!.find((one) => one.name === name);
  // quotes, which the parser never sees
  const given = argv.map((word) => word.replaceAll(/["']/g, ''));
  expect(command).toBeDefined();
  expect(() => parseArguments(program, command!, given, projectRoot)).not.toThrow();
});
