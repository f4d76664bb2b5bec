import type { Finding, IdleSuppression, Suppression } from './rule.ts';

const COMMENT = /(?:#|\/\/)[ \t]*renovate-argocd-ignore[ \t]+(?<rules>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)(?:[ \t]+until[ \t]+(?<until>\d{4}-\d{2}-\d{2}))?(?:[ \t]*:[ \t]*(?<reason>\S.*?))?[ \t]*$/;

/** The word that a text without suppressions does not have. */
export const SUPPRESSION_WORD = 'renovate-argocd-ignore';

/** Suppressions of one file. A comment of its own speaks of the next line that is no comment, so that it may stand above a `# renovate:` one. */
export function readSuppressions(file: string, text: string): Suppression[] {
  if (!text.includes(SUPPRESSION_WORD)) return [];
  const lines = text.split(/\r?\n/);
  return lines.flatMap((content, index): Suppression[] => {
    const match = COMMENT.exec(content);
    if (match === null) return [];
    const { rules = '', until, reason } = match.groups ?? {};
    const alone = content.slice(0, match.index).trim() === '';
    const below = lines.findIndex((next, at) => at > index && next.trim() !== '' && !/^[ \t]*(?:#|\/\/)/.test(next));
    const target = alone ? (below === -1 ? index : below) + 1 : index + 1;
    return [{ file, line: index + 1, column: match.index + 1, target, rules: rules.split(',').map((rule) => rule.trim()), until: until ?? null, reason: reason ?? null }];
  });
}

export interface Settled {
  readonly kept: readonly Finding[];
  readonly silenced: readonly Finding[];
  readonly idle: readonly IdleSuppression[];
}

/** @param today as YYYY-MM-DD; suppressions hold up to and including their day. */
export function settle(findings: readonly Finding[], suppressions: readonly Suppression[], today: string): Settled {
  const used = new Set<Suppression>();
  const holds = suppressions.filter(({ reason, until }) => reason !== null && !(until !== null && until < today));
  const silenced = findings.filter((finding) => {
    const fitting = holds.filter((one) => one.file === finding.file && one.target === finding.line && one.rules.includes(finding.rule));
    for (const one of fitting) used.add(one);
    return fitting.length > 0;
  });
  const kept = findings.filter((finding) => !silenced.includes(finding));
  const idle = suppressions.filter((one) => !used.has(one)).map((suppression) => ({ suppression, cause: causeOf(suppression, today) }));
  return { kept, silenced, idle };
}

function causeOf({ reason, until }: Suppression, today: string): IdleSuppression['cause'] {
  if (reason === null) return 'no-reason';
  return until !== null && until < today ? 'expired' : 'unused';
}
