import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { certManager } from '../../support/application.ts';
import { run } from './harness.ts';

const managed = '{ "argocd": { "managerFilePatterns": ["/^apps/.+\\\\.yaml$/"] } }';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renovate-argocd-commands-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

describe('pins', () => {
  it.each<[string, Record<string, string>, object]>([
    ['a managed version', { 'renovate.json': managed }, { managed: 1, unmanaged: 0 }],
    ['a version nobody manages', { 'renovate.json': '{}' }, { managed: 0, unmanaged: 1 }],
    ['a repository without a config', {}, { managed: 0, unmanaged: 1 }],
  ])('counts %s and exits 0', async (_name, files, summary) => {
    write({ 'apps/a.yaml': certManager, ...files });
    const { exit, stdout } = await run(['pins', '--format', 'json'], { cwd: folder });
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, summary: { pins: 1, ...summary }, pins: [{ file: 'apps/a.yaml', line: 9, column: 21 }] });
  });

  it('says that there is no config', async () => {
    expect((await run(['pins'], { cwd: folder })).stderr).toContain('note: there is no Renovate config');
  });
});

describe('check', () => {
  it.each<[string, Record<string, string>, string[], number, string[]]>([
    ['a clean repository', { 'renovate.json': managed }, [], 0, []],
    ['an unmanaged version', { 'renovate.json': '{}' }, [], 1, ['apps/a.yaml:9 pin-unmanaged']],
    ['a pattern without files beside one that has some', { 'renovate.json': managed.replace('["', '["/nope/", "') }, [], 0, []],
    ['an unmanaged version that --rule calls a warning', { 'renovate.json': '{}' }, ['--rule', 'pin-unmanaged=warning'], 0, ['apps/a.yaml:9 pin-unmanaged']],
    ['an unmanaged version that --rule switches off', { 'renovate.json': '{}' }, ['--rule', 'pin-unmanaged=off'], 0, []],
    ['an unmanaged version that a comment silences', { 'renovate.json': '{}', 'apps/a.yaml': certManager.replace('    targetRevision', '    # renovate-argocd-ignore pin-unmanaged: by hand\n    targetRevision') }, [], 0, []],
    ['a comment that silences nothing', { 'renovate.json': managed, 'apps/a.yaml': certManager.replace('    targetRevision', '    # renovate-argocd-ignore pin-unmanaged: by hand\n    targetRevision') }, [], 0, ['apps/a.yaml:9 suppression-idle']],
    ['a custom manager without files, once', { 'renovate.json': managed.replace('} }', '}, "customManagers": [{ "customType": "regex", "managerFilePatterns": ["/^nope$/"], "matchStrings": ["(?<depName>a) (?<currentValue>b)"], "datasourceTemplate": "helm" }] }') }, [], 0, ['renovate.json:1 manager-no-file']],
    ['a range, which is only a warning', { 'renovate.json': managed, 'apps/a.yaml': certManager.replace('v1.11.0', '1.*') }, [], 0, ['apps/a.yaml:9 pin-floating']],
    ['a range with --fail-on warning', { 'renovate.json': managed, 'apps/a.yaml': certManager.replace('v1.11.0', '1.*') }, ['--fail-on', 'warning'], 1, ['apps/a.yaml:9 pin-floating']],
    ['an unknown option and a missing preset', { 'renovate.json': `{\n"extends": ["local>a/b"],\n"nonsense": 1,${managed.slice(1)}` }, [], 1, ['renovate.json:2 preset-missing', 'renovate.json:3 config-invalid']],
  ])('judges %s', async (_name, files, options, code, findings) => {
    write({ 'apps/a.yaml': certManager, ...files });
    const { exit, stdout } = await run(['check', '--format', 'json', ...options], { cwd: folder });
    const report = JSON.parse(stdout) as { findings: { file: string; line: number; rule: string }[] };
    expect(report.findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toEqual(findings);
    expect(exit).toBe(code);
  });

  it('leaves out what a baseline knows, and says what of it is mended', async () => {
    write({ 'renovate.json': '{}', 'apps/a.yaml': certManager, 'apps/b.yaml': certManager });
    await run(['check', '--format', 'baseline', '--output', 'known.json'], { cwd: folder });
    write({ 'apps/a.yaml': `# moved\n${certManager}`, 'apps/b.yaml': '', 'apps/c.yaml': certManager });
    const { exit, stdout, stderr } = await run(['check', '--format', 'json', '--baseline', 'known.json'], { cwd: folder });
    const report = JSON.parse(stdout) as { findings: { file: string }[] };
    expect(report.findings.map(({ file }) => file)).toEqual(['apps/c.yaml']);
    expect(stderr).toContain('1 findings of the baseline are mended');
    expect(exit).toBe(1);
  });

  it.each([['missing.json', 'cannot be read'], ['renovate.json', 'is no baseline']])('refuses %s as a baseline', async (file, message) => {
    write({ 'renovate.json': '{}', 'apps/a.yaml': certManager });
    const { exit, stderr } = await run(['check', '--baseline', file], { cwd: folder });
    expect(stderr).toContain(message);
    expect(exit).toBe(2);
  });

  it.each(['nonsense=off', 'pin-unmanaged=loud', 'pin-unmanaged'])('refuses --rule %s', async (rule) => {
    write({ 'apps/a.yaml': certManager });
    const { exit, stderr } = await run(['check', '--rule', rule], { cwd: folder });
    expect(stderr).toContain('error[usage]');
    expect(exit).toBe(2);
  });

  it.each<[string[], string[]]>([
    [['--cron', '0 12 * * *'], ['schedule-never']],
    [['--cron', '0 12 * * *', '--cron', '0 4 * * * Europe/Berlin'], []],
    [[], []],
  ])('judges the schedule with %j', async (options, findings) => {
    write({ 'apps/a.yaml': certManager, 'renovate.json': managed.replace('} }', '}, "schedule": ["before 5am"] }') });
    const { stdout } = await run(['check', '--format', 'json', ...options], { cwd: folder });
    expect((JSON.parse(stdout) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule)).toEqual(findings);
  });

  it.each(['0 4 * *', '61 4 * * *', '0 4 * * * Europe/Nowhere', 'daily'])('refuses --cron %s with an example', async (cron) => {
    write({ 'apps/a.yaml': certManager, 'renovate.json': managed });
    const { exit, stderr } = await run(['check', '--cron', cron], { cwd: folder });
    expect(stderr).toMatch(/^error\[usage\]: --cron "/);
    expect(stderr).toContain(cron);
    expect(stderr).toContain("--cron '0 4 * * 1-5 Europe/Berlin'");
    expect(exit).toBe(2);
  });

  it('names the place of a broken config', async () => {
    write({ 'renovate.json': '{\n  "extends": [}\n' });
    const { exit, stdout, stderr } = await run(['check'], { cwd: folder });
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toMatch(/^error\[config-syntax\]: renovate\.json is not valid JSON: .*\n {2}--> renovate\.json:2:15\n/);
  });

  it('points into a preset on disk', async () => {
    write({
      'repo/apps/a.yaml': certManager,
      'repo/renovate.json': `{ "extends": ["local>team/shared"],${managed.slice(1)}`,
      'shared/default.json': '{\n"customManagers": [{ "customType": "regex", "managerFilePatterns": ["/nope/"], "matchStrings": ["(?<currentValue>x)"], "depNameTemplate": "x", "datasourceTemplate": "helm" }] }',
    });
    // Renovate names the preset's path from the real working directory, so the paths here are absolute.
    const preset = `local>team/shared=${join(folder, 'shared/default.json')}`;
    const { stdout } = await run(['check', join(folder, 'repo'), '--preset', preset, '--format', 'json']);
    expect(JSON.parse(stdout).findings).toMatchObject([{ rule: 'manager-no-file', file: '../shared/default.json', line: 2, column: 70 }]);
  });
});

describe('print-config', () => {
  it('prints the resolved config without our own keys', async () => {
    write({ 'renovate.json': '{ "extends": [":label(charts)"], "packageRules": [{ "matchPackageNames": ["x"], "automerge": true }] }' });
    const { exit, stdout } = await run(['print-config'], { cwd: folder });
    expect(exit).toBe(0);
    expect(stdout).not.toContain('renovate-argocd:');
    expect(JSON.parse(stdout)).toMatchObject({ labels: ['charts'], packageRules: [{ matchPackageNames: ['x'], automerge: true }] });
  });
});
