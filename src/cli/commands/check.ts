import { fail } from '../../base/failure.ts';
import type { Finding, Rule, Severity } from '../../lint/rule.ts';
import type { Format } from '../../report/check-report.ts';
import { CONFIG_OPTIONS, COULD_NOT_RUN, DIRECTORY, type Command } from '../command.ts';
import type { Analysis } from '../analyse.ts';
import type { Checked } from '../fix.ts';
import type { Context } from '../command.ts';
import { packageVersion } from '../../program/package.ts';
import { cronsOf, requestOf } from '../request.ts';

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
    { name: 'baseline', description: 'the findings of today, for --baseline' },
  ],
  options: [
    ...CONFIG_OPTIONS,
    { name: 'fix', value: null, description: 'repair what needs no decision: comments beside versions that nobody manages, and faults of the config' },
    { name: 'dry-run', value: null, description: 'with --fix: change nothing and print the changes as a unified diff' },
    { name: 'cron', value: 'EXPR', repeatable: true, description: "when Renovate is started on this repository, such as '0 4 * * 1-5' (UTC) or '0 4 * * 1-5 Europe/Berlin', in the place of what runner.json5 and the CI files say: schedules that are never met are findings" },
    { name: 'baseline', value: 'FILE', description: 'leave out the findings that FILE knows: what --format baseline wrote' },
    { name: 'rule', value: 'NAME=LEVEL', repeatable: true, description: 'judge a rule otherwise: off, info, warning or error' },
    { name: 'fail-on', value: 'SEVERITY', choices: ['error', 'warning', 'info'], description: 'mildest finding that makes the exit code 1' },
  ],
  exits: [{ code: 0, meaning: 'no finding, or none as grave as --fail-on' }, { code: 1, meaning: 'findings, or with --dry-run something to repair' }, ...COULD_NOT_RUN],

  async run(args, context) {
    const dryRun = args.given('dry-run');
    if (dryRun && !args.given('fix')) fail({ code: 'usage', message: '--dry-run shows what --fix would change', remedy: 'Write --fix --dry-run; without --fix nothing is ever changed.' });
    const request = { ...requestOf(args, context), validate: true, crons: cronsOf(args.values('cron')), now: context.io.now() };
    const [{ analyse, noteNotices }, { judge, sourceLines }, { rules }, format] = await Promise.all([
      import('../analyse.ts'),
      import('../judge.ts'),
      import('../../lint/rules/index.ts'),
      FORMATS[args.format]!(),
    ]);
    const adjustments = { today: new Date(context.io.now()).toISOString().slice(0, 10), levels: levelsOf(args.values('rule'), rules) };
    const judged = (analysis: Analysis): readonly Finding[] => judge(analysis, rules, adjustments);
    const { analysis, findings: all, fixed, diff } = args.given('fix') ? await (await import('../fix.ts')).fix({ ...request, judge: judged }, dryRun, context) : withoutFix(await analyse(request), judged);
    const findings = args.value('baseline') === null ? all : await unknownTo(args.value('baseline')!, all, context);
    noteNotices(analysis, context);
    const exit = isGrave(findings, args.value('fail-on') as Severity) || (diff ?? '') !== '' ? 1 : 0;
    if (diff !== null && args.format === 'pretty') return { text: diff, exit };
    const report = { engine: analysis.engine, findings, fixed, diff, rules, pins: analysis.pins.length, toolVersion: packageVersion(), sourceLine: sourceLines(analysis) };
    return { text: format(report, context.style), exit };
  },
};

function withoutFix(analysis: Analysis, judged: (analysis: Analysis) => readonly Finding[]): Checked {
  return { analysis, findings: judged(analysis), fixed: 0, diff: null };
}

async function unknownTo(path: string, findings: readonly Finding[], context: Context): Promise<readonly Finding[]> {
  const [{ readBaseline }, { since }] = await Promise.all([import('../baseline.ts'), import('../../report/baseline.ts')]);
  const { fresh, mended } = since(await readBaseline(path, context.io.cwd), findings);
  if (mended > 0) context.note(`${mended} findings of the baseline are mended: write it again with --format baseline`);
  return fresh;
}

function levelsOf(given: readonly string[], rules: readonly Rule[]): Map<string, Severity | 'off'> {
  return new Map(
    given.map((text) => {
      const { name = '', level = '' } = /^(?<name>[^=]*)=(?<level>.*)$/.exec(text)?.groups ?? {};
      if (!rules.some((rule) => rule.name === name)) fail({ code: 'usage', message: `--rule ${text}: there is no rule ${JSON.stringify(name)}`, remedy: '`renovate-argocd rules` lists them; write --rule NAME=LEVEL.' });
      if (!LEVELS.includes(level)) fail({ code: 'usage', message: `--rule ${text}: the level is one of ${LEVELS.join(', ')}`, remedy: 'Write --rule NAME=LEVEL.' });
      return [name, level as Severity | 'off'];
    }),
  );
}

const LEVELS: readonly string[] = ['off', 'info', 'warning', 'error'];

const FORMATS: Record<string, () => Promise<Format>> = {
  pretty: async () => (await import('../../report/pretty.ts')).pretty,
  json: async () => (await import('../../report/json.ts')).json,
  codequality: async () => (await import('../../report/codequality.ts')).codequality,
  junit: async () => (await import('../../report/junit.ts')).junit,
  sarif: async () => (await import('../../report/sarif.ts')).sarif,
  github: async () => (await import('../../report/github.ts')).github,
  baseline: async () => (await import('../../report/baseline.ts')).baseline,
};

const GRAVITY: Record<Severity, number> = { error: 2, warning: 1, info: 0 };

function isGrave(findings: readonly Finding[], threshold: Severity): boolean {
  return findings.some(({ severity }) => GRAVITY[severity] >= GRAVITY[threshold]);
}
