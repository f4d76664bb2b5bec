import { docsUrl, type Finding, type Severity } from '../lint/rule.ts';
import type { CheckReport } from './check-report.ts';
import { fingerprints } from './codequality.ts';

const LEVEL: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };

/** SARIF 2.1.0, as GitHub code scanning and editors read it. */
export function sarif({ findings, rules, toolVersion }: CheckReport): string {
  const prints = fingerprints(findings);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'renovate-argocd',
            version: toolVersion,
            informationUri: 'https://gitlab.com/renovate-argocd/renovate-argocd',
            rules: rules.map((rule) => ({
              id: rule.name,
              shortDescription: { text: rule.summary },
              helpUri: docsUrl(rule.name),
              defaultConfiguration: { level: LEVEL[rule.severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding, index) => result(finding, rules.findIndex(({ name }) => name === finding.rule), prints[index]!)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(finding: Finding, ruleIndex: number, fingerprint: string): object {
  const { file, line, column, length } = finding;
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: LEVEL[finding.severity],
    message: { text: `${finding.message}. ${finding.remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
          region: { startLine: line, startColumn: column, endLine: line, endColumn: column + length },
        },
      },
    ],
    partialFingerprints: { 'renovateArgocd/v1': fingerprint },
  };
}
