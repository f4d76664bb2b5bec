import { nearest } from '../../base/nearest.ts';
import { setting, type Draft, type Model, type Rule, type WrittenManager } from '../rule.ts';

export const managerUnknownVersioning: Rule = {
  name: 'manager-unknown-versioning',
  severity: 'warning',
  summary: 'A custom manager names a versioning that Renovate does not have, and gets another one',
  fixable: true,
  check: (model) => model.managers.flatMap((manager) => draftsOf(model, manager)),
};

/** `regex:PATTERN` and others take settings after a colon (44.121.2, versioning/schema.js, which also has the fall-back). */
function draftsOf({ names }: Model, { source, label, path, settings }: WrittenManager): Draft[] {
  const versioning = settings['versioningTemplate'];
  if (typeof versioning !== 'string' || versioning === '' || versioning.includes('{{')) return [];
  const [name = ''] = versioning.split(':');
  if (names.versionings.includes(name)) return [];
  const suggestion = nearest(name, names.versionings);
  return [
    {
      message: `${label}: Renovate has no versioning ${JSON.stringify(versioning)} and silently compares with semver-coerced`,
      remedy: suggestion === null ? 'Leave it out for the one of the datasource, or write "helm" for charts, "docker" for images, "semver" for tags.' : `Write ${JSON.stringify(suggestion)}.`,
      target: { kind: 'config', source, path: [...path, 'versioningTemplate'] },
      data: { versioning, suggestion },
      change: suggestion === null ? null : setting(source, [...path, 'versioningTemplate'], suggestion),
    },
  ];
}
