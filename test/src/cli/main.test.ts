import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../../../src/cli/commands/index.ts';
import { run } from './harness.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renovate-argocd-cli-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('help', () => {
  it.each([['--help'], ['-h'], ['help']])('%s lists every command with its question', async (flag) => {
    const { exit, stdout, stderr } = await run([flag]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout.replaceAll(/\s+/g, ' ')).toEqual(expect.stringContaining(commands.map(({ question }) => question)[0]!));
  });

  it.each(commands.map(({ name }) => name))('%s --help names its options and exit codes', async (name) => {
    const { exit, stdout } = await run([name, '--help']);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^Usage: renovate-argocd [^]*--format[^]*--output FILE[^]*Exit codes:/);
  });

  it('without a command goes to stderr and is wrong usage', async () => {
    const { exit, stdout, stderr } = await run([]);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('Usage: renovate-argocd COMMAND');
  });

  it('help COMMAND is COMMAND --help', async () => {
    expect(await run(['help', 'check'])).toEqual(await run(['check', '--help']));
  });
});

it('--version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  expect(await run(['--version'])).toEqual({ exit: 0, stdout: `${version}\n`, stderr: '' });
});

describe('wrong usage', () => {
  it.each<[string, string[], string, string]>([
    ['an unknown command', ['chek'], 'error[usage]: there is no command "chek"', 'Did you mean check?'],
    ['a command like no other', ['frobnicate'], 'there is no command "frobnicate"', 'The commands are pins, check'],
    ['an option before the command', ['--format', 'json'], 'there is no option --format before a command', 'Write the command first'],
    ['an unknown option', ['pins', '--fromat', 'json'], '`pins` has no option --fromat', 'Did you mean --format?'],
    ['an unknown short option', ['pins', '-x'], '`pins` has no option -x', 'pins --help'],
    ['an option without its value', ['pins', '--config'], '--config needs a value', 'Write --config FILE'],
    ['a switch with a value', ['pins', '--help=yes'], '--help takes no value', 'pins --help'],
    ['an unknown format', ['check', '--format', 'jsn'], '--format cannot be "jsn"', 'Did you mean json?'],
    ['a second directory', ['pins', '.', 'other'], '`pins` takes one directory, but got "other" too', 'pins --help'],
    ['an argument where none is taken', ['rules', 'x'], '`rules` takes no argument', 'rules --help'],
    ['a directory that is none', ['check', 'nope'], 'error[directory-missing]: there is no directory nope', 'Name the folder'],
    ['a file for a directory', ['check', 'file'], 'file is a file, not a directory', 'Name the folder that holds it'],
    ['a preset without a path', ['check', '--preset', 'local>a/b'], '--preset local>a/b is not of the form REF=PATH', 'For example'],
    ['a preset whose file is missing', ['check', '--preset', 'local>a/b=nope.json'], 'there is no preset file nope.json', 'working directory'],
  ])('%s', async (_name, argv, message, remedy) => {
    writeFileSync(join(folder, 'file'), '');
    const { exit, stdout, stderr } = await run(argv, { cwd: folder });
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(remedy);
    expect(stderr).not.toContain('    at ');
  });
});

describe('rules', () => {
  it('prints one JSON document', async () => {
    const { exit, stdout } = await run(['rules', '--format', 'json']);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout).rules[0]).toEqual({
      name: 'pin-unmanaged',
      severity: 'error',
      summary: expect.any(String),
      fixable: true,
      url: 'https://gitlab.com/renovate-argocd/renovate-argocd/-/blob/main/docs/rules.md#pin-unmanaged',
    });
  });

  it('writes to --output instead of stdout', async () => {
    expect(await run(['rules', '--format', 'json', '--output', 'out.json'], { cwd: folder })).toEqual({ exit: 0, stdout: '', stderr: '' });
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')).version).toBe(1);
  });

  it('cannot write where there is no folder', async () => {
    const { exit, stderr } = await run(['rules', '--output', 'no/out.json'], { cwd: folder });
    expect(exit).toBe(3);
    expect(stderr).toContain('error[output-unwritable]: no/out.json cannot be written (ENOENT)');
  });

  it.each<[string, object, boolean]>([
    ['a terminal', { tty: true }, true],
    ['a pipe', { tty: false }, false],
    ['NO_COLOR', { tty: true, env: { NO_COLOR: '1' } }, false],
    ['an empty NO_COLOR', { tty: true, env: { NO_COLOR: '' } }, true],
    ['a dumb terminal', { tty: true, env: { TERM: 'dumb' } }, false],
  ])('has colours as %s wants', async (_name, world, coloured) => {
    expect((await run(['rules'], world)).stdout.includes('\u001b[')).toBe(coloured);
  });
});
