import { commands as runnerCommands } from '../../runner/commands/index.ts';
import { commands } from '../../src/cli/commands/index.ts';
import { parseArguments } from '../../src/program/arguments.ts';
import { projectRoot } from '../support/fixtures.ts';
import { filesIn, shownIn, type Shown } from './support/shown.ts';

/** Every command line that a page, a component or an example shows is one that the program takes. Those that a page shows to be typed in are carried out, too: executed.test.ts. */
const PROGRAMS: Readonly<Record<Shown['program'], readonly Parameters<typeof parseArguments>[1][]>> = { 'renovate-argocd': commands, 'renovate-argocd-runner': runnerCommands };

const FILES = ['README.md', 'CHANGELOG.md', ...filesIn('docs', /\.md$/), ...filesIn('templates', /\.yml$/), ...filesIn('examples', /\.(?:md|ya?ml)$/)];

const shown = FILES.flatMap(shownIn).map(({ file, program, words }) => [`${file}: ${program} ${words.join(' ')}`, program, words] as const);

it('there are command lines to judge', () => {
  expect(shown.length).toBeGreaterThan(50);
});

it.each(shown)('%s', (_where, program, [name, ...argv]) => {
  const command = PROGRAMS[program].find((one) => one.name === name);
  expect(command).toBeDefined();
  expect(() => parseArguments(program, command!, argv, projectRoot)).not.toThrow();
});
