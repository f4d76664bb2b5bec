import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Alerting } from '../alerts/alerting.ts';
import { readAlerting } from '../alerts/read.ts';
import type { KnownCron } from '../base/cron.ts';
import { fail, FailureError } from '../base/failure.ts';
import { isQuotedByGit, shortPath } from '../base/paths.ts';
import { cronsIn } from '../config/crons.ts';
import type { ConfigDocument } from '../config/document.ts';
import { ignoredFiles } from '../config/paths.ts';
import { readConfig, readDocument, type RepositoryConfig } from '../config/read.ts';
import { cover } from '../coverage/cover.ts';
import type { CoveredPin } from '../coverage/coverage.ts';
import { readPins } from '../pins/find.ts';
import type { Shadow } from '../pins/shadow.ts';
import { openRenovate } from '../renovate/client.ts';
import type { ConfigMessage, Decisions, Engine, JsonObject, ManagerRun, PresetSources, Renovate, Resolved, RuleMatches } from '../renovate/types.ts';
import { readRepository, withTexts, type Notice, type Repository } from '../source/repository.ts';
import { ruleFiles, rulesToJudge } from '../lint/package-rules.ts';
import { KNOWN_NAMES } from '../lint/known-names.ts';
import { isOwnPreset, type Timetable } from '../lint/rule.ts';
import { writtenSchedules, type WrittenSchedule } from '../lint/schedules.ts';
import type { Context } from './command.ts';
import { cronFailure } from './request.ts';
import { ignoredPaths } from './git.ts';

export type OpenRenovate = () => Renovate;

export interface AnalyseRequest {
  /** Absolute path of the directory to judge. */
  readonly root: string;
  /** Absolute path of the Renovate config; null for the one that Renovate would pick. */
  readonly config: string | null;
  readonly presets: PresetSources;
  /** Paths of mapped presets in Renovate's answers are relative to it. */
  readonly cwd: string;
  /** Texts that stand for those on disk, by path from `root`: what a repair would write. */
  readonly texts?: ReadonlyMap<string, string>;
  /** Whether rules are to judge: Renovate's own validation of the config, what its package rules match, and which pins are overridden. */
  readonly validate: boolean;
  /** Whether to find out what would become of updates. */
  readonly decide?: boolean;
  /** When Renovate is started: `--cron`, in the place of what the files say. */
  readonly crons?: readonly KnownCron[] | undefined;
  /** Milliseconds since 1970, by default the current time: from then on starts are counted. */
  readonly now?: number;
  /** Told what is being done. */
  step?(text: string): void;
  /** The door to Renovate, for tests. */
  readonly open?: OpenRenovate | undefined;
}

/** The two readings of one directory, joined. */
export interface Analysis {
  readonly request: AnalyseRequest;
  readonly engine: Engine;
  readonly config: RepositoryConfig;
  /** Presets that were read from disk and are not this package's own. */
  readonly presets: readonly ConfigDocument[];
  readonly resolved: Resolved;
  readonly messages: readonly ConfigMessage[];
  readonly runs: readonly ManagerRun[];
  /** Null when no package rule is worth judging. */
  readonly matches: RuleMatches | null;
  /** Null unless asked for. */
  readonly decisions: Decisions | null;
  /** Null when nobody says when Renovate is started, or no schedule restricts it. */
  readonly timetable: Timetable | null;
  readonly pins: readonly CoveredPin[];
  /** Pins that other places override; empty unless rules are to judge. */
  readonly shadows: readonly Shadow[];
  /** Read when it is asked for. */
  readonly alerting: Alerting;
  readonly repository: Repository;
}

/** Renovate's thread; whoever starts it closes it. The one place that opens the door to it. */
export function startRenovate(open: OpenRenovate = openRenovate): Renovate {
  return open();
}

/** Renovate's thread for as long as the work takes. */
async function withRenovate<T>(open: OpenRenovate | undefined, work: (renovate: Renovate) => Promise<T>): Promise<T> {
  const renovate = startRenovate(open);
  try {
    return await work(renovate);
  } finally {
    await renovate.close();
  }
}

/** One thread for several analyses: starting it takes longer than reading a repository. */
export function sharingRenovate<R extends AnalyseRequest, T>(request: R, work: (request: R) => Promise<T>): Promise<T> {
  return withRenovate(request.open, (renovate) => work({ ...request, open: () => ({ ...renovate, close: async () => {} }) }));
}

/** Renovate loads and resolves in its own thread while the files are read here. */
export function analyse(request: AnalyseRequest): Promise<Analysis> {
  return withRenovate(request.open, (renovate) => analyseWith(renovate, request));
}

async function analyseWith(renovate: Renovate, request: AnalyseRequest): Promise<Analysis> {
  const { texts = new Map() } = request;
  request.step?.('reading the Renovate config');
  const [config, ignored] = await Promise.all([readConfig({ root: request.root, file: request.config, texts }), ignoredPaths(request.root)]);
  const { value, source } = config.document;
  request.step?.('reading the files');
  const repository = withTexts(readRepository(request.root, ignored), texts);
  const files = repository.files.map(({ path }) => path);
  // everything is asked at once: the thread works through it while the files are read here
  const answers = Promise.all([
    renovate.resolve({ config: value, source, presets: request.presets }),
    renovate.extract({ root: request.root, files: files.filter((path) => !isQuotedByGit(path)), config: null, texts }),
    request.validate && config.exists ? renovate.validate({ config: value, source, presets: request.presets }) : [],
    renovate.engine(),
    request.decide === true ? renovate.decide({ withoutReleaseDates: KNOWN_NAMES.withoutReleaseDates }) : null,
  ]);
  // Handled where it is awaited; this keeps a failure in the meantime from ending the process.
  answers.catch(() => {});
  const { pins: found, shadows: findShadows } = readPins(repository);
  const shadows = request.validate ? findShadows() : [];
  request.step?.('asking Renovate what it extracts');
  const [resolved, runs, messages, engine, decisions] = await answers;
  const pins = cover({ pins: found, runs, ignoredFiles: ignoredFiles(resolved.config, files) });
  const presets = await readPresets(request, resolve(request.root, config.document.file), resolved, runs);
  const documents = documentsOf({ config, presets });
  const judged = request.validate ? rulesToJudge(resolved.config, new Set(documents.map((document) => document.source))) : null;
  const matches = judged === null ? null : await renovate.matchRules({ rules: judged });
  const timetable = request.validate ? await timetableOf(request, renovate, repository, writtenSchedules(documents, resolved.config)) : null;
  return { request, engine, config, presets, resolved, messages, runs, matches, decisions, timetable, pins, shadows, alerting: readAlerting(repository), repository };
}

/** What the user wrote: the config first, then presets. */
export function documentsOf({ config, presets }: Pick<Analysis, 'config' | 'presets'>): readonly ConfigDocument[] {
  return [config.document, ...presets];
}

/** @throws FailureError `usage` for a `--cron` that is none */
async function timetableOf(request: AnalyseRequest, renovate: Renovate, repository: Repository, schedules: readonly WrittenSchedule[]): Promise<Timetable | null> {
  const given = request.crons ?? [];
  const known = given.length > 0 ? given : schedules.length > 0 ? cronsIn(repository.files) : null;
  if (known === null || known.length === 0) return null;
  const answer = await renovate.schedules({ crons: known, schedules, from: request.now ?? Date.now() });
  const crons = known.flatMap((cron, index) => {
    const verdict = answer.crons[index]!;
    if (!verdict.ok && given.length > 0) fail(cronFailure(`${cron.expression}${cron.timezone === null ? '' : ` ${cron.timezone}`}`, verdict.reason));
    return verdict.ok ? [{ ...cron, next: verdict.next }] : [];
  });
  // without a single start nothing can be said
  if (crons.length === 0 || schedules.length === 0) return null;
  const next = [...new Set(crons.flatMap((cron) => cron.next))].sort((a, b) => a - b).slice(0, 3);
  return { crons: crons.map(({ next: _next, ...cron }) => cron), next, schedules: schedules.map((schedule, index) => ({ ...schedule, met: answer.met[index]! })) };
}

/** Mapped presets and whatever they bring in from beside them, so that findings can point into those files. */
async function readPresets({ root, cwd, presets }: AnalyseRequest, judged: string, resolved: Resolved, runs: readonly ManagerRun[]): Promise<ConfigDocument[]> {
  const mapped = presets.mapped.map(({ file }) => shortPath(cwd, file));
  const used = [...runs.flatMap((run) => run.source?.source ?? []), ...ruleFiles(resolved.config)];
  const sources = new Set([...mapped, ...used.filter((source) => !isOwnPreset(source))]);
  const documents: ConfigDocument[] = [];
  for (const source of sources) {
    const path = resolve(cwd, source);
    if (path === judged || statSync(path, { throwIfNoEntry: false })?.isFile() !== true) continue;
    const document = await readPreset(root, path, source);
    if (document !== null) documents.push(document);
  }
  return documents;
}

/** A broken preset is reported as one that cannot be resolved. */
async function readPreset(root: string, path: string, source: string): Promise<ConfigDocument | null> {
  try {
    return await readDocument(root, path, source);
  } catch (error) {
    if (error instanceof FailureError) return null;
    throw error;
  }
}

/** What a config is after every `extends`, apart from any repository. */
export function resolveAlone({ open, presets }: AnalyseRequest, config: JsonObject): Promise<Resolved> {
  return withRenovate(open, (renovate) => renovate.resolve({ config, source: 'renovate.json', presets }));
}

/** Only the config, for `print-config`. */
export function resolveConfig({ open, root, config: file, presets }: Omit<AnalyseRequest, 'validate'>): Promise<{ config: RepositoryConfig; resolved: Resolved }> {
  return withRenovate(open, async (renovate) => {
    const config = await readConfig({ root, file });
    const { value, source } = config.document;
    return { config, resolved: await renovate.resolve({ config: value, source, presets }) };
  });
}

/** A repository of broken files must not bury the answer. */
const MAX_NOTES = 10;

/** What was left out of an analysis, on stderr. */
export function noteNotices({ config, repository }: Analysis, context: Context): void {
  noteConfig(config, context);
  for (const notice of repository.notices.slice(0, MAX_NOTES)) context.note(noticeText(notice));
  const more = repository.notices.length - MAX_NOTES;
  if (more > 0) context.note(`${more} more files were left out`);
}

export function noteConfig(config: RepositoryConfig, context: Context): void {
  if (config.exists) return;
  context.note('there is no Renovate config in this directory (renovate.json or another name that Renovate knows): it is judged as empty, so nothing is managed');
}

/** For commands that do not report it as a finding. */
export function noteMissing({ missing }: Resolved, context: Context): void {
  for (const { reference, message } of missing) context.note(`the preset ${reference} is left out: ${message}`);
}

function noticeText({ file, line, column, message }: Notice): string {
  return `${file}${line === undefined ? '' : `:${line}:${column ?? 1}`}: ${message}`;
}
