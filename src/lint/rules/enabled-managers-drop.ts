import { stringsOf } from '../../base/config-walk.ts';
import type { CoveredPin } from '../../coverage/coverage.ts';
import type { Json, JsonObject } from '../../renovate/types.ts';
import { entrySource, isFluxConfigured, isInCluster, isOwnPreset, plural, READ_BY_FLUX, type Draft, type Model, type Rule } from '../rule.ts';

export const enabledManagersDrop: Rule = {
  name: 'enabled-managers-drop',
  severity: 'warning',
  summary: 'The list enabledManagers leaves out a manager that this repository needs',
  fixable: true,
  check: (model) => {
    // not mergeable (44.121.2, config/options): the list of the config itself wins over that of a preset
    const written = model.documents.find(({ value }) => Array.isArray(value['enabledManagers']));
    const enabled = stringsOf(model.config.resolved['enabledManagers']);
    if (written === undefined || enabled.length === 0) return [];
    return needs(model)
      .filter(({ manager }) => !isEnabled(enabled, manager))
      .map((need) => draftOf(need, written.source));
  },
};

interface Need {
  readonly manager: string;
  readonly message: string;
  readonly count: number;
}

/** The built-in managers that read an idiom of the oracle. */
const READERS: readonly { readonly manager: string; readonly idioms: readonly string[] }[] = [
  { manager: 'argocd', idioms: ['application', 'application-set'] },
  { manager: 'helmv3', idioms: ['chart-dependency'] },
  { manager: 'kustomize', idioms: ['kustomize-helm-charts'] },
  { manager: 'flux', idioms: READ_BY_FLUX },
];

function needs(model: Model): Need[] {
  const lost = model.pins.filter(isLost);
  return [...READERS.filter(({ manager }) => manager !== 'flux' || isFluxConfigured(model)).flatMap(({ manager, idioms }) => readerNeed(manager, lost.filter(({ idiom }) => idioms.includes(idiom)))), ...CUSTOM.flatMap((type) => customNeed(model, type, lost))];
}

/** A version that another manager reads needs nobody else, and one that only the cluster can look up nobody at all. */
function isLost(pin: CoveredPin): boolean {
  const { status, reason } = pin;
  return status === 'unmanaged' && !isInCluster(pin) && (reason === 'no-manager-reads-file' || reason === 'not-extracted');
}

function readerNeed(manager: string, pins: readonly CoveredPin[]): Need[] {
  const [first] = pins;
  if (first === undefined) return [];
  return [{ manager, message: `which would read ${plural(pins.length, 'version')} that nobody updates (${first.file}:${first.line})`, count: pins.length }];
}

const CUSTOM = ['regex', 'jsonata'] as const;

/** Managers of built-in presets fit few repositories, and those of this package are missed only where a version is left to nobody. */
function customNeed({ config, documents }: Model, type: string, lost: readonly CoveredPin[]): Need[] {
  const others = lost.filter(({ idiom }) => !READERS.some(({ idioms }) => idioms.includes(idiom)));
  const configured = objects(config.resolved['customManagers']).filter((entry) => {
    if (entry['customType'] !== type) return false;
    const source = entrySource(entry)?.source ?? '';
    return documents.some((document) => document.source === source) || (isOwnPreset(source) && others.length > 0);
  });
  if (configured.length === 0) return [];
  return [{ manager: `custom.${type}`, message: `so ${plural(configured.length, 'custom manager')} of the config ${configured.length === 1 ? 'does' : 'do'} not run`, count: configured.length }];
}

function draftOf({ manager, message, count }: Need, source: string): Draft {
  return {
    message: `enabledManagers leaves out ${manager}, ${message}`,
    remedy: `Add ${JSON.stringify(manager)} to it, or remove the list: then every manager runs that finds its files.`,
    target: { kind: 'config', source, path: ['enabledManagers'] },
    data: { manager, count },
    change: { kind: 'config', source, changes: [{ kind: 'append', path: ['enabledManagers'], value: manager }] },
  };
}

function isEnabled(enabled: readonly string[], manager: string): boolean {
  // `regex` is the older name of custom.regex
  return enabled.includes(manager) || enabled.includes(manager.replace('custom.', ''));
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((entry: Json) => typeof entry === 'object' && entry !== null && !Array.isArray(entry)) : [];
}
