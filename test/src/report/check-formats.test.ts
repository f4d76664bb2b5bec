import { docsUrl, type Finding } from '../../../src/lint/rule.ts';
import { rules } from '../../../src/lint/rules/index.ts';
import type { CheckReport } from '../../../src/report/check-report.ts';
import { codequality, fingerprints } from '../../../src/report/codequality.ts';
import { github } from '../../../src/report/github.ts';
import { json } from '../../../src/report/json.ts';
import { junit } from '../../../src/report/junit.ts';
import { pretty } from '../../../src/report/pretty.ts';
import { sarif } from '../../../src/report/sarif.ts';
import { colours, plain } from '../../../src/base/style.ts';

const finding: Finding = {
  rule: 'pin-unmanaged',
  severity: 'error',
  message: 'v1.11.0 of chart cert-manager is updated by nobody',
  remedy: 'Extend the preset.',
  file: 'apps/app a.yaml',
  line: 12,
  column: 21,
  length: 7,
  data: { name: 'cert-manager' },
  change: null,
  url: docsUrl('pin-unmanaged'),
};
const warning: Finding = { ...finding, rule: 'pin-floating', severity: 'warning', message: 'a "range" <&>', line: 13, column: 3, length: 1, url: docsUrl('pin-floating') };

function report(findings: readonly Finding[], line = "    targetRevision: v1.11.0 # x"): CheckReport {
  return { engine: { renovate: '44.121.2', regex: 'RE2' }, findings, fixed: 0, diff: null, rules, pins: 3, toolVersion: '0.1.0', sourceLine: () => line };
}

describe('pretty', () => {
  it('shows what, where, the line and what to do', () => {
    expect(pretty(report([finding]), plain)).toBe(
      [
        'error[pin-unmanaged] v1.11.0 of chart cert-manager is updated by nobody',
        '  --> apps/app a.yaml:12:21',
        '   |',
        '12 |     targetRevision: v1.11.0 # x',
        '   |                     ^^^^^^^',
        '   = help: Extend the preset.',
        '   = https://gitlab.com/renovate-argocd/renovate-argocd/-/blob/main/docs/rules.md#pin-unmanaged',
        '',
        '3 versions checked: 1 error.',
        '',
      ].join('\n'),
    );
  });

  it.each<[string, readonly Finding[], string]>([
    ['no finding', [], '3 versions checked, no findings.'],
    ['several', [finding, finding, warning, { ...warning, severity: 'info' }], '3 versions checked: 2 errors, 1 warning, 1 info.'],
  ])('sums up %s', (_name, findings, expected) => {
    expect(pretty(report(findings), plain).trimEnd().split('\n').at(-1)).toBe(expected);
  });

  it.each<[string, string, string, string]>([
    ['tabs', '\t\tversion: v1', '13 |   version: v1', '   |   ^'],
    ['wide characters before the value', '漢: v1', '13 | 漢: v1', '   |    ^'],
  ])('keeps carets below the value after %s', (_name, line, shown, carets) => {
    expect(pretty(report([warning], line), plain)).toContain(`${shown}\n${carets}\n`);
  });

  it('cuts a long line around the value', () => {
    const line = `${'x'.repeat(500)}v1.11.0${'y'.repeat(500)}`;
    const text = pretty(report([{ ...finding, column: 501 }], line), plain);
    expect(text).toContain(`12 | …${'x'.repeat(35)}v1.11.0${'y'.repeat(98)}…\n   | ${' '.repeat(36)}^^^^^^^\n`);
  });

  it('lets no escape sequence of a file through', () => {
    const hostile = 'a\u001b[31mb\u001b]0;title\u0007c\u202e\u0008';
    const text = pretty(report([{ ...finding, message: hostile, file: hostile, remedy: hostile }], hostile), plain);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain('error[pin-unmanaged] abc\n');
  });

  it('colours only by the style', () => {
    expect(pretty(report([finding]), colours)).toContain('\u001b[31merror[pin-unmanaged]\u001b[39m');
  });
});

describe('json', () => {
  it('has the shape of the contract', () => {
    expect(JSON.parse(json(report([finding])))).toEqual({
      version: 1,
      engine: { renovate: '44.121.2', regex: 'RE2' },
      summary: { error: 1, warning: 0, info: 0, fixed: 0 },
      findings: [
        {
          rule: 'pin-unmanaged',
          severity: 'error',
          message: 'v1.11.0 of chart cert-manager is updated by nobody',
          file: 'apps/app a.yaml',
          line: 12,
          column: 21,
          data: { name: 'cert-manager', remedy: 'Extend the preset.' },
          fixable: false,
          url: 'https://gitlab.com/renovate-argocd/renovate-argocd/-/blob/main/docs/rules.md#pin-unmanaged',
        },
      ],
    });
  });
});

describe('codequality', () => {
  it('has what GitLab reads', () => {
    expect(JSON.parse(codequality(report([finding])))).toEqual([
      {
        description: 'v1.11.0 of chart cert-manager is updated by nobody. Extend the preset.',
        check_name: 'pin-unmanaged',
        fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/),
        severity: 'major',
        location: { path: 'apps/app a.yaml', lines: { begin: 12 } },
      },
    ]);
  });

  it('has fingerprints that survive lines inserted above', () => {
    expect(fingerprints([{ ...finding, line: 99 }])).toEqual(fingerprints([finding]));
  });

  it('tells equal findings of one file apart', () => {
    expect(new Set(fingerprints([finding, { ...finding, line: 99 }, warning])).size).toBe(3);
  });
});

describe('junit', () => {
  it('escapes text and counts errors as failures', () => {
    const text = junit(report([finding, warning]));
    expect(text).toContain(`<testsuites name="renovate-argocd" tests="${rules.length}" failures="1">`);
    expect(text).toContain('<testcase classname="pin-unmanaged" name="apps/app a.yaml:12:21" file="apps/app a.yaml" line="12">\n      <failure type="error" message="v1.11.0 of chart cert-manager is updated by nobody">Extend the preset.&#10;https://');
    expect(text).toContain('<system-out>warning: a &quot;range&quot; &lt;&amp;&gt;&#10;');
    expect(text).toContain('  <testsuite name="pin-duplicate" tests="1" failures="0">\n    <testcase classname="pin-duplicate" name="Two or more');
  });

  it('leaves out what XML cannot hold', () => {
    expect(junit(report([{ ...finding, message: 'a\u0000\u001b[31mb' }]))).toContain('message="a[31mb"');
  });
});

describe('sarif', () => {
  it('has what code scanning reads', () => {
    const log = JSON.parse(sarif(report([finding, { ...warning, severity: 'info' }])));
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'renovate-argocd', version: '0.1.0', rules: rules.map(({ name }) => ({ id: name })) } } }] });
    expect(log.runs[0].results).toMatchObject([
      {
        ruleId: 'pin-unmanaged',
        ruleIndex: 0,
        level: 'error',
        locations: [{ physicalLocation: { artifactLocation: { uri: 'apps/app%20a.yaml' }, region: { startLine: 12, startColumn: 21, endLine: 12, endColumn: 28 } } }],
      },
      { ruleId: 'pin-floating', ruleIndex: 4, level: 'note' },
    ]);
  });
});

describe('github', () => {
  it('escapes what could end the command', () => {
    const hostile: Finding = { ...finding, file: 'a:b,c%.yaml', message: '100%\n::set-output name=x::y' };
    expect(github(report([hostile]))).toBe('::error file=a%3Ab%2Cc%25.yaml,line=12,col=21,endColumn=28,title=pin-unmanaged::100%25%0A::set-output name=x::y%0AExtend the preset.\n');
  });

  it('calls info a notice, and says nothing about nothing', () => {
    expect(github(report([{ ...warning, severity: 'info' }]))).toMatch(/^::notice /);
    expect(github(report([]))).toBe('');
  });
});
