import type { Json } from '../../renovate/types.ts';
import { argocdPatterns, plural, setting, type Draft, type Model, type Rule } from '../rule.ts';

export const argocdWithoutPatterns: Rule = {
  name: 'argocd-without-patterns',
  severity: 'warning',
  summary: 'The argocd manager is enabled but was never told which files to read',
  fixable: true,
  check: (model) => [...blocks(model), ...enabledOnly(model)],
};

/** Unlike most managers it has no patterns of its own (44.121.2, argocd/index.js). */
function blocks(model: Model): Draft[] {
  return model.managers
    .filter(({ manager, patterns, run }) => manager === 'argocd' && patterns.length === 0 && (run?.matchedFiles ?? []).length === 0)
    .map(({ source, path }) => draftOf(model, 'the argocd manager has', source, path));
}

/** `enabledManagers: ["argocd"]` looks like all that is needed. */
function enabledOnly(model: Model): Draft[] {
  const { documents, config } = model;
  if ('argocd' in config.resolved || !list(config.resolved['enabledManagers']).includes('argocd')) return [];
  return documents.flatMap(({ source, value }) =>
    list(value['enabledManagers']).flatMap((name, index) => (name === 'argocd' ? [draftOf(model, 'the argocd manager is enabled, but has', source, ['enabledManagers', index])] : [])),
  );
}

function draftOf(model: Model, subject: string, source: string, path: readonly (string | number)[]): Draft {
  const patterns = argocdPatterns(model);
  return {
    message: `${subject} no managerFilePatterns, so it reads no file`,
    remedy: patterns.length === 0 ? `${nameFiles(['/^applications/templates/.+\\.ya?ml$/'])} Here it would find nothing: then leave it out.` : nameFiles(patterns),
    target: { kind: 'config', source, path, part: 'key' },
    data: { manager: 'argocd' },
    change: patterns.length === 0 ? null : setting(source, ['argocd', 'managerFilePatterns'], patterns),
    // a preset that could not be read may name them
    ...(model.missing.length > 0 ? { severity: 'info' as const } : {}),
  };
}

const SHOWN = 3;

function nameFiles(patterns: readonly string[]): string {
  const more = patterns.length > SHOWN ? `, and ${plural(patterns.length - SHOWN, 'more folder')}` : '';
  return `Name its files: "argocd": { "managerFilePatterns": ${JSON.stringify(patterns.slice(0, SHOWN))} }${more}.`;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
