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
  return run.manager !== 'custom.regex' || run.matchStrings.every((regex) => !isExplained(model, run.matchedFiles, regex));
}

/** regex-not-re2 says that an engine refuses the regex, regex-engine-dependent that only one of the two refuses it, or finds something. */
function isExplained({ patterns, text }: Model, files: readonly string[], regex: string): boolean {
  if (patterns.refusal(regex) !== null) return true;
  const reading = patterns.asRegExp(regex);
  if (reading.kind !== 'rewritten') return reading.kind === 'refused';
  return files.some((file) => reading.telling.test(text(file)) && [regex, reading.regex].some((either) => patterns.matchesOf(either, text(file)).length > 0));
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
