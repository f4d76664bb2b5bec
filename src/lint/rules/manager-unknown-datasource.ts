import { nearest } from '../../base/nearest.ts';
import { setting, type Draft, type Model, type Rule, type WrittenManager } from '../rule.ts';

export const managerUnknownDatasource: Rule = {
  name: 'manager-unknown-datasource',
  severity: 'error',
  summary: 'A custom manager names a datasource that Renovate does not have, so nothing is looked up',
  fixable: true,
  check: (model) => model.managers.flatMap((manager) => draftsOf(model, manager)),
};

/** Older names that a custom manager may still use (44.121.2, config/migrations/custom/datasource-migration.js). */
const MIGRATED: readonly string[] = ['adoptium-java', 'dotnet', 'node'];

/** Renovate's own validation does not look at it, and a dependency with such a datasource is skipped as `invalid-config` (44.121.2). */
function draftsOf(model: Model, { source, label, path, settings }: WrittenManager): Draft[] {
  const datasource = settings['datasourceTemplate'];
  if (typeof datasource !== 'string' || datasource.includes('{{') || isKnown(model, datasource)) return [];
  const suggestion = nearest(datasource, model.names.datasources);
  return [
    {
      message: `${label}: Renovate has no datasource ${JSON.stringify(datasource)}, so what this manager extracts is never looked up`,
      remedy: remedyFor(datasource, suggestion),
      target: { kind: 'config', source, path: [...path, 'datasourceTemplate'] },
      data: { datasource, suggestion },
      change: suggestion === null ? null : setting(source, [...path, 'datasourceTemplate'], suggestion),
    },
  ];
}

function isKnown({ names, config }: Model, datasource: string): boolean {
  if (names.datasources.includes(datasource) || MIGRATED.includes(datasource)) return true;
  const custom = config.resolved['customDatasources'];
  return datasource.startsWith('custom.') && typeof custom === 'object' && custom !== null && datasource.slice('custom.'.length) in custom;
}

function remedyFor(datasource: string, suggestion: string | null): string {
  if (datasource.startsWith('custom.')) return `Define ${JSON.stringify(datasource.slice('custom.'.length))} under "customDatasources", or name one of Renovate's own datasources.`;
  if (suggestion !== null) return `Write ${JSON.stringify(suggestion)}.`;
  return 'Charts of an http repository are "helm", charts and images of an OCI registry "docker", tags of a git repository "git-tags".';
}
