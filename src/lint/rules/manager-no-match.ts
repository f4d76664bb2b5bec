import { plural, someOf, type Draft, type Model, type Rule, type WrittenManager } from '../rule.ts';

export const managerNoMatch: Rule = {
  name: 'manager-no-match',
  severity: 'warning',
  summary: 'A manager reads files but extracts nothing from them',
  fixable: false,
  check: (model) => model.managers.filter((manager) => isBarren(model, manager)).map(draftOf),
};

function isBarren(model: Model, { run }: WrittenManager): boolean {
  if (run === null || run.matchedFiles.length === 0 || run.dependencies.length > 0) return false;
  // manager-dropped-match says what its matches lack
  if (run.dropped.length > 0) return false;
  // regex-not-re2 says that already, and says why.
  return run.manager !== 'custom.regex' || run.matchStrings.every((regex) => model.patterns.refusal(regex) === null);
}

function draftOf({ source, manager, label, path, run }: WrittenManager): Draft {
  const files = run?.matchedFiles ?? [];
  const why = run?.error == null ? '' : `: ${run.error}`;
  return {
    message: `${label} reads ${plural(files.length, 'file')} (${someOf(files)}) but extracts nothing${why}`,
    remedy: remedyFor(manager),
    target: { kind: 'config', source, path: manager.startsWith('custom.') ? [...path, 'matchStrings', 0] : [...path, 'managerFilePatterns'] },
    data: { manager, files, error: run?.error ?? null },
  };
}

function remedyFor(manager: string): string {
  if (manager === 'custom.regex') {
    return 'Hold matchStrings against one of these files.';
  }
  if (manager === 'custom.jsonata') {
    return 'Try the query on one of these files. Values must be strings ($string(…)): one number in the result loses the whole file.';
  }
  return 'Narrow managerFilePatterns to files of its kind, or remove the entry. The argocd manager reads nothing from templated versions, from `kind: List` and from files with one broken document.';
}
