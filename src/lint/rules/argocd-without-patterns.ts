import type { Json } from '../../renovate/types.ts';
import type { Draft, Model, Rule } from '../rule.ts';

export const argocdWithoutPatterns: Rule = {
  name: 'argocd-without-patterns',
  severity: 'warning',
  summary: 'The argocd manager is enabled but was never told which files to read',
  fixable: false,
  check: (model) => [...blocks(model), ...enabledOnly(model)],
};

/** Unlike most managers it has no patterns of its own (44.121.2, argocd/index.js). */
function blocks({ managers, missing }: Model): Draft[] {
  return managers
    .filter(({ manager, patterns, run }) => manager === 'argocd' && patterns.length === 0 && (run?.matchedFiles ?? []).length === 0)
    .map(({ source, path }) => draftOf('the argocd manager has', source, path, missing.length > 0));
}

/** `enabledManagers: ["argocd"]` looks like all that is needed. */
function enabledOnly({ documents, config, missing }: Model): Draft[] {
  if ('argocd' in config.resolved || !list(config.resolved['enabledManagers']).includes('argocd')) return [];
  return documents.flatMap(({ source, value }) =>
    list(value['enabledManagers']).flatMap((name, index) => (name === 'argocd' ? [draftOf('the argocd manager is enabled, but has', source, ['enabledManagers', index], missing.length > 0)] : [])),
  );
}

function draftOf(subject: string, source: string, path: readonly (string | number)[], unsure: boolean): Draft {
  return {
    message: `${subject} no managerFilePatterns, so it reads no file`,
    remedy: 'Name its files: "argocd": { "managerFilePatterns": ["/^applications/templates/.+\\\\.ya?ml$/"] }.',
    target: { kind: 'config', source, path, part: 'key' },
    data: { manager: 'argocd' },
    // a preset that could not be read may name them
    ...(unsure ? { severity: 'info' as const } : {}),
  };
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
