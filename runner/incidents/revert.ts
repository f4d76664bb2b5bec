import { escapeRegex } from '../../src/base/escape-regex.ts';
import type { Incident, MergeRequest } from '../gitlab/schema.ts';
import type { Accusation, Suspect } from './blame.ts';
import { literal } from './hold.ts';
import { isNamesake, type DeployedPin } from './investigate.ts';
import type { Judged } from './judged.ts';
import { REVERT_LABEL } from './labels.ts';
import { memoryLine, memoryOf, type Memory, type Undone } from './memory.ts';

export interface RevertOptions {
  /** `on-request`: a person labels the incident, or runs `revert`; `automatic`: when the incident has been open for that long, too. */
  readonly mode: 'off' | 'on-request' | 'automatic';
  readonly afterMinutes: number;
}

/** Why a version is not put back. */
export type RefusalCode = 'no-application' | 'no-suspect' | 'is-revert' | 'version-unknown' | 'changed-since' | 'already-back' | 'merge-request-open' | 'done-before' | 'closed-by-person';

export type RevertPlan =
  | { readonly possible: true; readonly memory: Memory; readonly files: readonly { readonly path: string; readonly content: string }[] }
  | { readonly possible: false; readonly code: RefusalCode; readonly reason: string; /** The merge request that is meant by `reason`. */ readonly earlier: MergeRequest | null };

function refused(code: RefusalCode, reason: string, earlier: MergeRequest | null = null): RevertPlan {
  return { possible: false, code, reason, earlier };
}

export interface RevertInput {
  readonly judged: Judged;
  /** Of the default branch as it is now. */
  readonly pins: readonly DeployedPin[];
  /** Merge requests of ours that put something back, in any state. */
  readonly earlier: readonly MergeRequest[];
  /** Text of a file of the default branch. */
  text(file: string): string;
}

/** What puts an application back to the version before the suspected change, on the current files, whatever else has changed since. Never twice for an incident, and never a revert of a revert. */
export function planRevert({ judged: { incident, attribution, accusation }, pins, earlier, text }: RevertInput): RevertPlan {
  const { application } = attribution;
  if (application === null) return refused('no-application', `nobody knows which application #${incident.iid} is about: ${attribution.reason ?? ''}`);
  const own = earlier.find((request) => request.source === revertBranch(incident) || memoryOf(request)?.incident === incident.iid);
  if (own !== undefined) return againstEarlier(own);
  const suspect = accusation?.suspect ?? null;
  if (suspect === null) return refused('no-suspect', `no version of ${application} changed in the week before #${incident.iid}`);
  if (suspect.isRevert) return refused('is-revert', 'the last change was itself a way back; undoing it would go in a circle');
  const together = changedTogether(accusation);
  // two alerts about one failure are two incidents; who closed the merge request of one has said nothing about the other
  const same = earlier.find((request) => request.state !== 'closed' && undoes(memoryOf(request), application, together));
  if (same !== undefined) return againstEarlier(same);
  if (together.some(({ from }) => from === null)) return refused('version-unknown', `the version before ${suspect.to} is not known: the line was new, or more than the version changed in it`);
  const current = together.map((one) => ({ one, pin: pins.filter((pin) => pin.application === application && isNamesake(pin, one))[one.nth] }));
  if (current.every(({ one, pin }) => pin?.value === one.from)) return refused('already-back', `${application} is back at ${suspect.from}`);
  const changed = current.find(({ one, pin }) => pin?.value !== one.to);
  if (changed !== undefined) return refused('changed-since', `${changed.one.file} has ${changed.pin?.value ?? 'no such version'} now, not ${changed.one.to}: somebody changed it since, and that is left alone`);
  const versions = current.map(({ one, pin }): Undone => ({ file: one.file, packageNames: [...pin!.packageNames], good: one.from!, bad: one.to }));
  const byFile = Map.groupBy(current, ({ one }) => one.file);
  const files = [...byFile].map(([path, edits]) => ({ path, content: replaced(text(path), edits.map(({ one, pin }) => ({ pin: pin!, version: one.from! }))) }));
  const unclear = files.find(({ content }) => content === null);
  if (unclear !== undefined) return refused('changed-since', `${unclear.path} does not have ${suspect.to} where it is read`);
  return { possible: true, memory: { incident: incident.iid, application, versions: unique(versions) }, files: files.map(({ path, content }) => ({ path, content: content! })) };
}

/** Whether a person has closed a merge request that put the same version back: it does not come again by itself. */
function isDeclined({ attribution: { application }, accusation }: Judged, earlier: readonly MergeRequest[]): boolean {
  return application !== null && earlier.some((request) => request.state === 'closed' && undoes(memoryOf(request), application, changedTogether(accusation)));
}

function undoes(memory: Memory | null, application: string, changes: readonly Suspect[]): boolean {
  return memory?.application === application && changes.some(({ file, to }) => memory.versions.some((one) => one.file === file && one.bad === to));
}

/** One merge request may have moved several versions of the application. */
export function changedTogether(accusation: Accusation | null): Suspect[] {
  const { suspect = null, alternatives = [] } = accusation ?? {};
  return suspect === null ? [] : [suspect, ...alternatives.filter(({ sha }) => sha === suspect.sha)];
}

function againstEarlier(earlier: MergeRequest): RevertPlan {
  const { iid, state } = earlier;
  if (state === 'opened') return refused('merge-request-open', `!${iid} does that already`, earlier);
  return state === 'merged' ? refused('done-before', `!${iid} did that already`, earlier) : refused('closed-by-person', `!${iid} would have done that, and a person closed it`, earlier);
}

/**
 * Whether a round opens the merge request without anybody running `revert`: a person has labelled the incident, or the time is up. By itself only where the application is known for sure and nothing else of it changed in
 * the day before: a guess that a person has to look at saves nobody anything; and never what a person has closed.
 * @param earlier merge requests of ours that put something back
 * @param now milliseconds since 1970
 */
export function isRevertDue(judged: Judged, earlier: readonly MergeRequest[], { mode, afterMinutes }: RevertOptions, now: number): boolean {
  const { incident, attribution, accusation } = judged;
  if (mode === 'off' || !incident.open) return false;
  if (incident.labels.includes(REVERT_LABEL)) return true;
  const known = attribution.confidence === 'marker' || attribution.confidence === 'label';
  return mode === 'automatic' && known && accusation?.sure === true && now >= Date.parse(incident.createdAt) + afterMinutes * 60_000 && !isDeclined(judged, earlier);
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** Exactly the versions, at exactly their places, each once: two sources may have one by an alias. From the end, because two may stand in one line. Null when they do not stand there. */
function replaced(content: string, edits: readonly { readonly pin: DeployedPin; readonly version: string }[]): string | null {
  const lines = content.split('\n');
  const places = unique(edits.map(({ pin: { line, column, value }, version }) => ({ line, column, value, version })));
  for (const { line, column, value, version } of places.sort((a, b) => b.line - a.line || b.column - a.column)) {
    const text = lines[line - 1] ?? '';
    if (text.slice(column - 1, column - 1 + value.length) !== value) return null;
    lines[line - 1] = `${text.slice(0, column - 1)}${version}${text.slice(column - 1 + value.length)}`;
  }
  return lines.join('\n');
}

export function revertBranch({ iid }: Pick<Incident, 'iid'>): string {
  return `renovate-argocd/revert-${iid}`;
}

/** GitLab takes 255 characters. */
const LONGEST_TITLE = 200;

export function revertTitle({ application, versions }: Memory): string {
  const title = `Put ${application} back to ${unique(versions.map(({ good }) => good)).join(', ')}`;
  return title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE - 1)}…`;
}

/** The last line is the memory: as long as the merge request is labelled, the bad versions do not come again. */
export function revertDescription(memory: Memory, incident: Pick<Incident, 'iid' | 'webUrl'>): string {
  const rows = memory.versions.map(({ file, good, bad }) => `- \`${file}\`: \`${bad}\` → \`${good}\``);
  return [`Puts application \`${memory.application}\` back, because of [#${incident.iid}](${incident.webUrl}).`, '', ...rows, '', 'While this merge request carries the label `renovate-argocd-revert`, Renovate does not propose the versions that it takes back; newer ones it does. Take the label off to lift that.', '', memoryLine(memory)].join('\n');
}

/** Package rules that keep versions from coming again that were put back. Newer ones are proposed. */
export function exclusionRules(earlier: readonly MergeRequest[]): Record<string, unknown>[] {
  return earlier
    .filter(({ state }) => state !== 'closed')
    .flatMap((request) => memoryOf(request)?.versions.map((version) => ({ iid: request.iid, ...version })) ?? [])
    .filter(({ packageNames }) => packageNames.length > 0)
    .map(({ iid, file, packageNames, bad }) => ({
      description: `renovate-argocd: ${bad} was put back by !${iid}`,
      matchFileNames: [literal(file)],
      matchPackageNames: packageNames.map(literal),
      // tags and their versions differ by a leading v; `allowedVersions` would take the place of the repository's own
      matchNewValue: `/^v?${escapeRegex(bad.replace(/^v/, ''))}$/`,
      force: { enabled: false },
    }));
}
