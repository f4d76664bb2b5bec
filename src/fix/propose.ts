import { FLUX_PATTERN, folderPattern, READ_BY_ARGOCD, READ_BY_FLUX, type Change, type ConfigChange, type Finding } from '../lint/rule.ts';
import type { CoveredPin } from '../coverage/coverage.ts';
import type { JsonObject } from '../renovate/types.ts';
import { commentEdit } from './comment.ts';
import type { Edit } from './edit.ts';
import { exactManager, type ExactManager } from './exact-manager.ts';

/** One way to have a version managed: a comment beside it, or something in the config. */
export interface Proposal {
  readonly pin: CoveredPin;
  readonly edit: Edit | null;
  readonly config: readonly ConfigChange[];
  readonly manager: ExactManager | null;
}

/** What a way may look at. */
export interface Surroundings {
  text(file: string): string;
  /** Order of settings in the comments of the repository. */
  readonly commentStyle: readonly string[];
  /** How the config would extend the preset for Flux, beside this package's own that it extends; null when it extends none. */
  readonly fluxPreset: string | null;
}

type Manage = Extract<Change, { kind: 'manage' }>;
export type Way = (open: readonly Manage[], surroundings: Surroundings) => Proposal[];

/** Versions that a finding wants to have managed. */
export function toManage(findings: readonly Finding[]): Manage[] {
  return findings.flatMap(({ change }) => (change?.kind === 'manage' ? [change] : []));
}

/** Applications that no manager reads: Renovate's own argocd manager is told of their folder, so that the next one needs nothing. */
export const byArgocd: Way = (open) => {
  const unread = open.filter(({ pin }) => pin.reason === 'no-manager-reads-file' && READ_BY_ARGOCD.includes(pin.idiom));
  return unread.map(({ pin }) => ({ pin, edit: null, manager: null, config: [{ kind: 'append', path: ['argocd', 'managerFilePatterns'], value: folderPattern(pin.file) }] }));
};

/** Releases and sources of Flux: its manager reads nothing of them until it is told to. Where it does already, this changes nothing. */
export const byFlux: Way = (open, { fluxPreset }) => {
  const change: ConfigChange = fluxPreset === null ? { kind: 'append', path: ['flux', 'managerFilePatterns'], value: FLUX_PATTERN } : { kind: 'append', path: ['extends'], value: fluxPreset };
  return open.filter(({ pin }) => pin.managers.length === 0 && READ_BY_FLUX.includes(pin.idiom)).map(({ pin }) => ({ pin, edit: null, manager: null, config: [change] }));
};

/** As the comments that are there already, which a manager of the repository's own may read. */
export const byOwnComment: Way = (open, surroundings) => (surroundings.commentStyle.length === 0 ? [] : commented(open, surroundings, surroundings.commentStyle, []));

export const byComment: Way = (open, surroundings) => commented(open, surroundings, [], []);

/** With what reads such comments, for a config that has nothing of the kind. */
export const byCommentWithManager: Way = (open, surroundings) => commented(open, surroundings, [], [{ kind: 'append', path: ['customManagers'], value: COMMENT_MANAGER }]);

/** Reads the settings in the order in which they are written here. */
const COMMENT_MANAGER: JsonObject = {
  customType: 'regex',
  description: ['Versions below a `# renovate:` comment.'],
  managerFilePatterns: ['/\\.ya?ml$/'],
  matchStrings: [
    '# renovate: datasource=(?<datasource>\\S+) depName=(?<depName>\\S+)(?: packageName=(?<packageName>\\S+))?(?: registryUrl=(?<registryUrl>\\S+))?(?: versioning=(?<versioning>\\S+))?\\r?\\n[ \\t]*(?:-[ \\t]+)?["\']?[\\w./-]+["\']?[ \\t]*[:=][ \\t]*["\']?(?<currentValue>[^\\s"\'#]+)',
  ],
};

function commented(open: readonly Manage[], { text }: Surroundings, style: readonly string[], config: readonly ConfigChange[]): Proposal[] {
  return open.flatMap(({ pin, lookup }): Proposal[] => {
    const edit = /\.ya?ml$/.test(pin.file) ? commentEdit(text(pin.file), pin, lookup, style) : null;
    return edit === null ? [] : [{ pin, edit, manager: null, config }];
  });
}

export const byExactManager: Way = (open, { text }) =>
  open.flatMap(({ pin, lookup }): Proposal[] => {
    const manager = exactManager(text(pin.file), pin, lookup);
    return manager === null ? [] : [{ pin, edit: null, manager, config: [] }];
  });

/** What the proposals want of the config: each change once, and managers of equal settings as one with several regexes. */
export function configChanges(proposals: readonly Proposal[]): ConfigChange[] {
  const shared = new Map(proposals.flatMap(({ config }) => config).map((change) => [JSON.stringify(change), change]));
  const managers = Map.groupBy(proposals.flatMap(({ manager }) => manager ?? []), ({ matchStrings: _, ...rest }) => JSON.stringify(rest));
  return [...shared.values(), ...[...managers.values()].map((equal): ConfigChange => ({ kind: 'append', path: ['customManagers'], value: together(equal) }))];
}

function together([first, ...others]: readonly ExactManager[]): JsonObject {
  return { ...first!, matchStrings: [...new Set([first!, ...others].flatMap(({ matchStrings }) => matchStrings))] };
}
