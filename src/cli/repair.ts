import { stringsOf } from '../base/config-walk.ts';
import { besideOwn } from '../base/own-preset.ts';
import type { CoveredPin } from '../coverage/coverage.ts';
import { changeConfig } from '../fix/config-edit.ts';
import { commentStyle } from '../fix/comment.ts';
import { applyEdits, type Edit } from '../fix/edit.ts';
import { byArgocd, byComment, byCommentWithManager, byExactManager, byFlux, byOwnComment, configChanges, toManage, type Proposal, type Way } from '../fix/propose.ts';
import { sameValues } from '../fix/same-values.ts';
import { FLUX_PRESET, type ConfigChange, type Finding } from '../lint/rule.ts';
import { textsOf } from '../source/repository.ts';
import { analyse, sharingRenovate, type Analysis, type AnalyseRequest } from './analyse.ts';

/** A repository as it would be, with what is found in it. */
interface State {
  readonly texts: ReadonlyMap<string, string>;
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
}

export interface Repaired extends State {
  /** Before any change. */
  readonly before: State;
}

export interface RepairRequest extends AnalyseRequest {
  judge(analysis: Analysis): readonly Finding[];
}

type Look = (texts: ReadonlyMap<string, string>) => Promise<State>;

/**
 * Repairs a repository in memory: the config first, then the versions that nobody manages, each by the first way that works. Every step is
 * judged by reading everything again, and what did not help is taken back.
 */
export async function repair(given: RepairRequest): Promise<Repaired> {
  return sharingRenovate(given, async (request) => {
    const look: Look = async (texts) => {
      const analysis = await analyse({ ...request, texts });
      return { texts, analysis, findings: request.judge(analysis) };
    };
    const before = await look(new Map());
    if (!before.analysis.config.exists) return { ...before, before };
    let state = await repairConfig(before, look);
    for (const way of WAYS) state = await manage(state, way, look);
    return { ...state, before };
  });
}

/** In the order in which they are tried. */
const WAYS: readonly Way[] = [byArgocd, byFlux, byOwnComment, byComment, byCommentWithManager, byExactManager];

/** One repair can bring another fault to light: a pattern that now matches files may need more. */
const ROUNDS = 4;

async function repairConfig(start: State, look: Look): Promise<State> {
  let state = start;
  for (let round = 0; round < ROUNDS; round += 1) {
    const changes = state.findings.flatMap(({ change }) => (change?.kind === 'config' ? [change.changes] : []));
    const next = (await improved(state, changes.flat(), look)) ?? (await oneByOne(state, changes, look));
    if (next === null) return state;
    state = next;
  }
  return state;
}

async function oneByOne(state: State, changes: readonly (readonly ConfigChange[])[], look: Look): Promise<State | null> {
  if (changes.length < 2) return null;
  for (const change of changes) {
    const next = await improved(state, change, look);
    // the others speak of the config as it was: the next round finds them again
    if (next !== null) return next;
  }
  return null;
}

/** Null where nothing changed, or something got worse. */
async function improved(state: State, changes: readonly ConfigChange[], look: Look): Promise<State | null> {
  const texts = withConfig(state, state.texts, changes);
  if (texts === null) return null;
  const next = await look(texts);
  return faults(next.analysis.pins) > faults(state.analysis.pins) || managed(next.analysis.pins) < managed(state.analysis.pins) ? null : next;
}

function managed(pins: readonly CoveredPin[]): number {
  return pins.filter(({ status }) => status === 'managed').length;
}

function withConfig({ analysis }: State, texts: ReadonlyMap<string, string>, changes: readonly ConfigChange[]): ReadonlyMap<string, string> | null {
  const { file, text, dialect, base } = analysis.config.document;
  const changed = changeConfig({ text, dialect, base }, changes);
  return changed === text ? null : new Map([...texts, [file, changed]]);
}

async function manage(state: State, way: Way, look: Look): Promise<State> {
  const surroundings = { text: textsOf(state.analysis.repository), commentStyle: commentStyle(yamlTexts(state)), fluxPreset: fluxPresetOf(state) };
  return attempt(state, way(toManage(state.findings), surroundings), look);
}

/** As the config names this package: the same group and tag. */
function fluxPresetOf({ analysis }: State): string | null {
  const entries = stringsOf(analysis.config.document.value['extends']);
  return entries.map((entry) => besideOwn(entry, FLUX_PRESET)).find((preset) => preset !== null && !entries.includes(preset)) ?? null;
}

function* yamlTexts({ analysis }: State): Generator<string> {
  for (const file of analysis.repository.files) if (/\.ya?ml$/.test(file.path)) yield file.text;
}

/**
 * Makes the proposals together, keeps those that came out managed, and looks again until all that are kept do. Nothing is kept when that harms other
 * files: a manager for comments finds those that stand beside managed versions too.
 */
async function attempt(state: State, proposals: readonly Proposal[], look: Look): Promise<State> {
  if (proposals.length === 0) return state;
  const { texts, kept } = withProposals(state, proposals);
  if (kept.length === 0) return state;
  const next = await look(texts);
  const good = kept.filter((proposal) => cameOut(proposal.pin, state, next));
  if (good.length === kept.length && kept.length === proposals.length) return faults(next.analysis.pins) > faults(state.analysis.pins) ? state : next;
  return attempt(state, good.length < proposals.length ? good : [], look);
}

/** Managed now, and no other version of its file has come to be managed wrongly. */
function cameOut(pin: CoveredPin, state: State, next: State): boolean {
  const before = state.analysis.pins.filter(({ file }) => file === pin.file);
  const after = next.analysis.pins.filter(({ file }) => file === pin.file);
  if (before.length !== after.length || faults(after) > faults(before)) return false;
  return after[before.indexOf(pin)]?.status === 'managed';
}

function faults(pins: readonly CoveredPin[]): number {
  return pins.filter(({ status }) => status === 'duplicate' || status === 'mismatch').length;
}

/** The texts with the proposals made; those that would change what a file says are left out. */
function withProposals(state: State, proposals: readonly Proposal[]): { texts: ReadonlyMap<string, string>; kept: readonly Proposal[] } {
  const texts = new Map(state.texts);
  const textOf = textsOf(state.analysis.repository);
  const refused = new Set<Proposal>();
  for (const [file, some] of Map.groupBy(proposals.filter(({ edit }) => edit !== null), ({ pin }) => pin.file)) {
    const text = textOf(file);
    const { text: changed, bad } = commented(text, some);
    bad.forEach((proposal) => refused.add(proposal));
    if (changed !== text) texts.set(file, changed);
  }
  const kept = proposals.filter((proposal) => !refused.has(proposal));
  return { texts: withConfig(state, texts, configChanges(kept)) ?? texts, kept };
}

function commented(text: string, proposals: readonly Proposal[]): { text: string; bad: readonly Proposal[] } {
  const edits = (some: readonly Proposal[]): Edit[] => some.flatMap(({ edit }) => edit ?? []);
  const all = applyEdits(text, edits(proposals));
  if (sameValues(text, all)) return { text: all, bad: [] };
  const bad = proposals.filter((proposal) => !sameValues(text, applyEdits(text, edits([proposal]))));
  return { text: applyEdits(text, edits(proposals.filter((proposal) => !bad.includes(proposal)))), bad };
}
