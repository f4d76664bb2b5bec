import { colours, plain } from '../../../src/base/style.ts';
import type { Report } from '../../../runner/report/model.ts';
import { reportTable } from '../../../runner/report/table.ts';
import { coverage, EVERYTHING, failed, HOSTILE_REPORT, line, project, report, waiting } from './fixture.ts';

it.each<[string, string]>([
  ['a failure with its attempts', '  ✗ platform/broken: its Renovate config is invalid (3 attempts)\n      = Run `renovate-argocd check` in the project.\n      Host error: charts.example.org: 502\n'],
  ['what changed, by project', '  platform/cluster\n      merged   !9 Update Helm release loki to v6.40.0\n'],
  ['a merge without a merge request', '      merged   renovate/external-dns-1.x (no merge request)\n'],
  ['what was closed', '      closed   !8 Update Helm release vault to v0.30.0\n'],
  ['a wait with its days', 'approval for whom of approval, since 6 days\n'],
  ['a wait since today', 'pipeline for whom of pipeline\n'],
  ['problems of the run', 'Problems of the run\n  Cannot reach the cache\n'],
  ['the counts', '6 projects, 3 done, 1 disabled, 2 failed, 3 skipped (see `plan`) in 750.5 s\n'],
  ['an interruption', 'Interrupted: what is missing is done in the next run.\n'],
  ['coverage', '45 of 51 chart versions are kept up to date; 3 by nobody\n'],
  ['what works again', 'platform/mended works again\n'],
])('shows %s', (_name, expected) => {
  expect(reportTable(EVERYTHING, plain)).toContain(expected);
});

it('shows failures first, then changes, then waits', () => {
  expect(reportTable(EVERYTHING, plain).split('\n').filter((text) => /^[A-Z]\w*(?: \w+)*$/.test(text))).toEqual(['Failed', 'What changed', 'Done because of incidents', 'Waiting', 'Warnings', 'Problems of the run']);
});

it.each<[string, Report, string]>([
  ['of nothing', report([]), '0 projects, 0 done in 750.5 s\n0 opened, 0 updated, 0 merged, 0 waiting\nRenovate 44.121.2\n'],
  ['where all is well', report([project('a', { coverage: coverage(3) }), project('b')]), '2 projects, 2 done in 750.5 s\n0 opened, 0 updated, 0 merged, 0 waiting\n3 of 3 chart versions are kept up to date\nRenovate 44.121.2\n'],
])('a report %s', (_name, given, expected) => {
  expect(reportTable(given, plain)).toBe(expected);
});

it.each<[string, Report, string]>([
  ['a dry run', report([], { facts: { dryRun: true } }), 'dry run: nothing was changed'],
  ['a long title', report([project('a', { waiting: [waiting('merge', 0, { iid: 3, title: 'x'.repeat(80) })] })]), `!3 ${'x'.repeat(59)}…  merge for`],
  ['wide characters', report([project('a', { waiting: [waiting('merge', 0, { iid: 3, title: '漢字' }), waiting('draft', 0, { iid: 4, title: 'abcdef' })] })]), '!3 漢字    merge for whom of merge\n      !4 abcdef  draft for'],
  ['a name of several lines', report([failed('a\r\nb')]), '  ✗ a b: '],
])('%s', (_name, given, expected) => {
  expect(reportTable(given, plain)).toContain(expected);
});

it('lets no escape sequence of a title through', () => {
  expect(reportTable(HOSTILE_REPORT, plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
});

it('colours only by the style', () => {
  expect(reportTable(report([failed('a')]), colours)).toContain('\u001b[31m✗\u001b[39m a: ');
  expect(reportTable(report([project('a', { merged: [line(1, 'x')] })]), colours)).toContain('\u001b[32mmerged  \u001b[39m !1 x');
});
