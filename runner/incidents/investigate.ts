import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CoveredPin, CoverageReader } from '../../src/index.ts';
import { clone, type Checkout } from '../git.ts';
import type { GitLab } from '../gitlab/port.ts';
import type { MergeRequest, Project } from '../gitlab/schema.ts';
import type { Redact, Token } from '../../src/base/secrets.ts';
import type { KnownApplication } from './attribution.ts';
import { changeOf, DAY_MS, parseBlame, SUSPECTED_MS, type MergeRequestRef, type Suspect } from './blame.ts';
import type { HeldPin } from './hold.ts';
import { isWayBack } from './memory.ts';
import { releaseNotesIn } from './release-notes.ts';
import type { PinLine } from './touched.ts';

/** A version that the repository deploys, with all that holds, gates and reverts need of it. */
export interface DeployedPin extends HeldPin, PinLine {
  readonly value: string;
  readonly column: number;
  readonly name: string | null;
  /** What the Applications themselves are called, where that is not `application`. */
  readonly patterns: readonly string[];
}

/** What the repository deploys for an application. */
export function pinsOf(application: string | null, pins: readonly DeployedPin[]): readonly DeployedPin[] {
  return pins.filter((pin) => application !== null && pin.application === application);
}

/** What the pins are versions of, each once. */
function applicationsIn(pins: readonly Pick<DeployedPin, 'application' | 'patterns'>[]): KnownApplication[] {
  const known = pins.flatMap(({ application, patterns }): KnownApplication[] => (application === null ? [] : [{ name: application, patterns }]));
  return [...new Map(known.map((one) => [JSON.stringify(one), one])).values()];
}

/** Whether two versions of one application stand in one file under one name: two aliases of a chart, say. */
export function isNamesake(one: Pick<DeployedPin, 'file' | 'name'>, other: Pick<DeployedPin, 'file' | 'name'>): boolean {
  return one.file === other.file && one.name === other.name;
}

export interface Investigation {
  /** Of the default branch as it is now. */
  readonly pins: readonly DeployedPin[];
  /** What those are versions of. */
  readonly applications: readonly KnownApplication[];
  /** That branch's head. */
  readonly head: string;
  /** A file of it. */
  text(file: string): Promise<string>;
  /** Changes of an application's versions up to a moment (ISO 8601), as far as each line's history goes. */
  suspects(application: string, until: string): Promise<readonly Suspect[]>;
  close(): Promise<void>;
}

export interface InvestigateOptions {
  readonly gitlab: GitLab;
  readonly token: Token;
  readonly redact: Redact;
  readonly coverage: CoverageReader;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Clones a project and reads it as the validator does. @throws FailureError `git-failed`, or what the validator throws */
export async function investigate(project: Project, options: InvestigateOptions): Promise<Investigation> {
  const home = await mkdtemp(join(tmpdir(), 'renovate-argocd-incident-'));
  const close = (): Promise<void> => rm(home, { recursive: true, force: true, maxRetries: 3 });
  try {
    const checkout = await clone({ url: project.httpUrl ?? '', token: options.token, redact: options.redact, into: join(home, 'clone'), history: true, env: options.env, signal: options.signal });
    const branch = (await checkout.git('rev-parse', 'HEAD')).trim();
    const pins = await pinsIn(checkout, options.coverage);
    const mergedBy = mergesOf(project, options.gitlab);
    // a storm of alerts asks the same of one commit again and again
    const read = new Map<string, readonly DeployedPin[]>([[branch, pins]]);
    const known = new Map<string, readonly Suspect[]>();
    async function pinsAt(commit: string): Promise<readonly DeployedPin[]> {
      const found = read.get(commit);
      if (found !== undefined) return found;
      await checkout.git('checkout', '--quiet', '--detach', commit);
      const then = await pinsIn(checkout, options.coverage);
      read.set(commit, then);
      return then;
    }
    async function suspects(application: string, until: string): Promise<readonly Suspect[]> {
      const then = await headAt(checkout, branch, until, mergedBy);
      if (then === null) return [];
      const key = `${then} ${application}`;
      const found = known.get(key) ?? (await suspectsAt(checkout, then, until, pinsOf(application, await pinsAt(then)), mergedBy));
      known.set(key, found);
      return found;
    }
    return { pins, applications: applicationsIn(pins), head: branch, text: (file) => checkout.git('show', `${branch}:${file}`), suspects, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function pinsIn({ folder }: Checkout, coverage: CoverageReader): Promise<DeployedPin[]> {
  const pins = await coverage.pins(folder);
  const texts = new Map<string, readonly string[]>();
  for (const { file } of pins) if (!texts.has(file)) texts.set(file, (await readFile(join(folder, file), 'utf8')).split(/\r?\n/));
  return pins.map((pin) => deployed(pin, texts.get(pin.file)?.[pin.line - 1] ?? ''));
}

function deployed({ application, applicationPatterns: patterns = [], file, line, column, value, name, managers }: CoveredPin, text: string): DeployedPin {
  return { application: application ?? patterns[0] ?? null, patterns, file, line, column, value, name, text, packageNames: [...new Set(managers.flatMap(({ packageName }) => packageName ?? []))] };
}

type MergedBy = (sha: string) => Promise<MergeRequest | null>;

/** The merge request that brought a commit into the default branch, asked for once. */
function mergesOf({ id, defaultBranch }: Project, gitlab: GitLab): MergedBy {
  const known = new Map<string, MergeRequest | null>();
  return async (sha) => {
    const found = known.get(sha);
    if (found !== undefined) return found;
    const [request = null] = (await gitlab.mergeRequestsOf(id, sha)).filter(({ state, target }) => state === 'merged' && target === defaultBranch);
    known.set(sha, request);
    return request;
  };
}

/** The branch as it was at a moment (ISO 8601). A fast-forward merge keeps its commits' dates, so one that looks old enough may have come later. Null before the first commit. */
async function headAt({ git }: Checkout, branch: string, until: string, mergedBy: MergedBy): Promise<string | null> {
  let then = (await git('rev-list', '--first-parent', '--max-count=1', `--before=${until}`, branch)).trim();
  while (then !== '') {
    const { mergedAt = null } = (await mergedBy(then)) ?? {};
    if (mergedAt === null || Date.parse(mergedAt) <= Date.parse(until)) return then;
    then = (await git('rev-list', '--first-parent', '--max-count=1', '--skip=1', then)).trim();
  }
  return null;
}

/** @param own versions of the application in the tree as it was at that moment: lines have moved since */
async function suspectsAt(checkout: Checkout, then: string, until: string, own: readonly DeployedPin[], mergedBy: MergedBy): Promise<Suspect[]> {
  const suspects: Suspect[] = [];
  for (const pin of own) {
    const nth = own.filter((other) => isNamesake(other, pin)).indexOf(pin);
    for (const change of await changesOf(checkout, pin, then, until, mergedBy)) suspects.push({ ...change, file: pin.file, line: pin.line, name: pin.name, nth });
  }
  return suspects;
}

/** Blame looks no further: a merge request may have waited long, and each older version of a file has to be fetched. */
const HISTORY_MS = 30 * DAY_MS;

/** No more changes of one version are told. */
const MOST_CHANGES = 10;

/** A suspect without the place that its version has when the incident begins. */
type Change = Omit<Suspect, 'file' | 'line' | 'name' | 'nth'>;

/** A version in the tree of a commit. */
interface Place extends Pick<DeployedPin, 'file' | 'line' | 'value'> {
  readonly commit: string;
}

/** Changes of one version, the latest first, from a commit back to where they are not suspected any more. */
async function changesOf({ git }: Checkout, pin: DeployedPin, then: string, until: string, mergedBy: MergedBy): Promise<Change[]> {
  const since = new Date(Date.parse(until) - HISTORY_MS).toISOString();
  const changes: Change[] = [];
  let place: Place | null = { commit: then, file: pin.file, line: pin.line, value: pin.value };
  while (place !== null && changes.length < MOST_CHANGES) {
    const { commit, file, line, value }: Place = place;
    const blame = parseBlame(await git('blame', '--porcelain', '--first-parent', `--since=${since}`, '-L', `${line},${line}`, commit, '--', file));
    if (blame === null || blame.boundary) break;
    const change = changeOf(await git('diff', '--unified=0', `${blame.sha}^`, blame.sha, '--', blame.file), blame.line, value);
    if (change.from !== value) {
      const request = await mergedBy(blame.sha);
      const at = request?.mergedAt ?? blame.at;
      if (Date.parse(at) <= Date.parse(until) - SUSPECTED_MS) break;
      changes.push({ from: change.from, to: value, sha: blame.sha, at, summary: blame.summary, mergeRequest: request === null ? null : reference(request, value), isRevert: request !== null && isWayBack(request) });
    }
    place = change.line === null || change.from === null ? null : { commit: `${blame.sha}^`, file: blame.file, line: change.line, value: change.from };
  }
  return changes;
}

function reference({ iid, title, webUrl, author, labels, description }: MergeRequest, version: string): MergeRequestRef {
  return { iid, title, url: webUrl, author, labels, releaseNotes: releaseNotesIn(description, version) };
}
