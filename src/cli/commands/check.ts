import type { Finding, Severity } from '../../lint/rule.ts';
import type { Format } from '../../report/check-report.ts';
import { CONFIG_OPTIONS, COULD_NOT_RUN, DIRECTORY, type Command } from '../command.ts';
import { packageVersion } from '../package.ts';
import { requestOf } from '../request.ts';

export const check: Command = {
  name: 'check',
  question: 'Is every version managed by exactly one manager, correctly, and is the Renovate config sound?',
  details: 'Each finding stands where the fault is written and says what to do. `renovate-argocd rules` lists the checks.',
  operand: DIRECTORY,
  formats: [
    { name: 'pretty', description: 'for people' },
    { name: 'json', description: 'one document' },
    { name: 'codequality', description: 'GitLab Code Quality' },
    { name: 'junit', description: 'JUnit XML' },
    { name: 'sarif', description: 'SARIF 2.1.0' },
    { name: 'github', description: 'GitHub workflow commands' },
  ],
  options: [
    ...CONFIG_OPTIONS,
    { name: 'fail-on', value: 'SEVERITY', choices: ['error', 'warning', 'info'], description: 'mildest finding that makes the exit code 1' },
  ],
  exits: [{ code: 0, meaning: 'no finding, or none as grave as --fail-on' }, { code: 1, meaning: 'findings' }, ...COULD_NOT_RUN],

  async run(args, context) {
    const request = requestOf(args, context);
    const [{ analyse, noteNotices }, { judge, sourceLines }, { rules }, format] = await Promise.all([
      import('../analyse.ts'),
      import('../judge.ts'),
      import('../../lint/rules/index.ts'),
      FORMATS[args.format]!(),
    ]);
    const analysis = await analyse({ ...request, validate: true });
    const findings = judge(analysis, rules);
    noteNotices(analysis, context);
    const report = { engine: analysis.engine, findings, rules, pins: analysis.pins.length, toolVersion: packageVersion(), sourceLine: sourceLines(analysis) };
    return { text: format(report, context.style), exit: isGrave(findings, args.value('fail-on') as Severity) ? 1 : 0 };
  },
};

const FORMATS: Record<string, () => Promise<Format>> = {
  pretty: async () => (await import('../../report/pretty.ts')).pretty,
  json: async () => (await import('../../report/json.ts')).json,
  codequality: async () => (await import('../../report/codequality.ts')).codequality,
  junit: async () => (await import('../../report/junit.ts')).junit,
  sarif: async () => (await import('../../report/sarif.ts')).sarif,
  github: async () => (await import('../../report/github.ts')).github,
};

const GRAVITY: Record<Severity, number> = { error: 2, warning: 1, info: 0 };

function isGrave(findings: readonly Finding[], threshold: Severity): boolean {
  return findings.some(({ severity }) => GRAVITY[severity] >= GRAVITY[threshold]);
}
