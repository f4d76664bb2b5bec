import type { Finding, Rule } from '../lint/rule.ts';
import type { CheckReport } from './check-report.ts';
import { xml } from '../base/text.ts';

/** A test case per finding, and one that passes for each rule without: so a clean run is not an empty report. */
export function junit({ findings, rules }: CheckReport): string {
  const suites = rules.map((rule) => suite(rule, findings.filter((finding) => finding.rule === rule.name)));
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="renovate-argocd" tests="${testCount(rules, findings)}" failures="${failures(findings)}">`, ...suites.flat(), '</testsuites>'];
  return `${lines.join('\n')}\n`;
}

/** Only errors are failures, as for the exit code; the rest is told in the test's output. */
function failures(findings: readonly Finding[]): number {
  return findings.filter((finding) => finding.severity === 'error').length;
}

function testCount(rules: readonly Rule[], findings: readonly Finding[]): number {
  return rules.reduce((count, { name }) => count + Math.max(1, findings.filter(({ rule }) => rule === name).length), 0);
}

function suite(rule: Rule, findings: readonly Finding[]): string[] {
  const cases = findings.length === 0 ? [`    <testcase classname="${rule.name}" name="${xml(rule.summary)}"/>`] : findings.flatMap(testCase);
  return [`  <testsuite name="${rule.name}" tests="${Math.max(1, findings.length)}" failures="${failures(findings)}">`, ...cases, '  </testsuite>'];
}

function testCase(finding: Finding): string[] {
  const place = `${finding.file}:${finding.line}:${finding.column}`;
  const open = `    <testcase classname="${finding.rule}" name="${xml(place)}" file="${xml(finding.file)}" line="${finding.line}">`;
  const text = xml(`${finding.remedy}\n${finding.url}`);
  const body =
    finding.severity === 'error'
      ? `      <failure type="${finding.severity}" message="${xml(finding.message)}">${text}</failure>`
      : `      <system-out>${xml(`${finding.severity}: ${finding.message}\n`)}${text}</system-out>`;
  return [open, body, '    </testcase>'];
}
