import type { CheckResult, Verdict } from '../../../runner/preflight/check.ts';
import { preflightMarkdown } from '../../../runner/preflight/markdown.ts';
import type { PreflightReport } from '../../../runner/preflight/preflight.ts';
import { fails, preflightJson, summarize } from '../../../runner/preflight/report.ts';
import { preflightTable } from '../../../runner/preflight/table.ts';
import { plain } from '../../../src/base/style.ts';

function result(check: string, verdict: Verdict, found = `${check} found`): CheckResult {
  return { check, title: 'T', why: 'W.', verdict, found, remedy: verdict === 'ok' ? null : `mend ${check}` };
}

const REPORT: PreflightReport = {
  endpoint: 'https://gitlab.example.com/api/v4/',
  accounts: [{ name: '', origin: 'RENOVATE_TOKEN', user: 'renovate-bot', checks: [result('token-valid', 'ok'), result('token-expiry', 'warning')] }],
  projects: [
    { path: 'a/well', account: '', url: 'https://gitlab.example.com/a/well', checks: [result('role', 'ok'), result('alerts', 'unknown')] },
    { path: 'b/warns', account: '', url: null, checks: [result('role', 'ok'), result('issues', 'warning')] },
    { path: 'c/wrong', account: 'team', url: null, checks: [result('alerts', 'unknown'), result('issues', 'warning'), result('pipelines', 'problem', 'a | b\n\u001b[31mred @anna')] },
    { path: 'd/unread', account: '', url: null, checks: [result('project-readable', 'unknown', 'it was not there')] },
  ],
  skipped: [{ path: 'e/old', reason: 'archived' }],
};

it('the table: tokens, the worst projects first, questions once for all', () => {
  expect(preflightTable(REPORT, false, plain).split('\n')).toEqual([
    'RENOVATE_TOKEN @renovate-bot',
    '  ! token-expiry      token-expiry found',
    '                      = mend token-expiry',
    '  ✓ 1 check',
    '',
    'c/wrong team',
    '  ✗ pipelines         a | b red @anna',
    '                      = mend pipelines',
    '  ! issues            issues found',
    '                      = mend issues',
    '',
    'b/warns',
    '  ! issues            issues found',
    '                      = mend issues',
    '  ✓ 1 check',
    '',
    'a/well',
    '  ✓ 1 check',
    '',
    'd/unread',
    '  ? project-readable  it was not there',
    '                      = mend project-readable',
    '',
    'Not known',
    '  ? alerts  alerts found (a/well, c/wrong)',
    '      = mend alerts',
    '',
    'Not checked',
    '  – e/old  archived: archived',
    '',
    '1 problem, 3 warnings, 3 not known in 4 projects',
    '',
  ]);
});

it('with --all every check has its line', () => {
  const text = preflightTable(REPORT, true, plain);
  expect(text.match(/✓/g)).toHaveLength(3);
  expect(text.match(/\? alerts/g)).toHaveLength(2);
  expect(text).not.toContain('Not known');
});

it('nothing to say', () => {
  expect(preflightTable({ ...REPORT, accounts: [], projects: [], skipped: [] }, false, plain)).toBe('All is well in 0 projects\n');
});

it('markdown: what others wrote neither formats nor mentions anybody', () => {
  expect(preflightMarkdown(REPORT)).toBe(`### ❌ Preflight: 1 problems, 3 warnings, 3 not known in 4 projects

#### RENOVATE\\_TOKEN, renovate-bot

| | check | found | what to do |
| --- | --- | --- | --- |
| ⚠️ | token-expiry | token-expiry found | mend token-expiry |

#### c/wrong

| | check | found | what to do |
| --- | --- | --- | --- |
| ❌ | pipelines | a &#124; b red @\u2060anna | mend pipelines |
| ⚠️ | issues | issues found | mend issues |

#### b/warns

| | check | found | what to do |
| --- | --- | --- | --- |
| ⚠️ | issues | issues found | mend issues |

#### d/unread

| | check | found | what to do |
| --- | --- | --- | --- |
| ❔ | project-readable | it was not there | mend project-readable |

#### Not known

- alerts: mend alerts (2 projects)

<details><summary>1 project is well</summary>

- [a/well](https://gitlab.example.com/a/well)

</details>
`);
});

it('JSON', () => {
  expect(JSON.parse(preflightJson(REPORT))).toMatchObject({
    version: 1,
    summary: { problem: 1, warning: 3, unknown: 3, ok: 3, projects: 4, skipped: 1 },
    accounts: [{ origin: 'RENOVATE_TOKEN', checks: [{ check: 'token-valid', verdict: 'ok', remedy: null }, {}] }],
    projects: [{ path: 'a/well' }, { path: 'b/warns' }, { path: 'c/wrong', account: 'team' }, { path: 'd/unread' }],
    skipped: [{ path: 'e/old', reason: 'archived', text: 'archived' }],
  });
});

it.each<[Partial<Record<Verdict, number>>, 'problem' | 'warning', boolean]>([
  [{ ok: 1, unknown: 1 }, 'warning', false],
  [{ warning: 1 }, 'problem', false],
  [{ warning: 1 }, 'warning', true],
  [{ problem: 1 }, 'problem', true],
  [{ problem: 1 }, 'warning', true],
])('%j from %s on: %s', (counts, from, expected) => {
  expect(fails({ ...summarize({ ...REPORT, accounts: [], projects: [] }), ...counts }, from)).toBe(expected);
});
