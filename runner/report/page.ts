import { plural } from '../../src/base/text.ts';
import { incidentsTitle } from '../incidents/report.ts';
import { changesText } from '../progress.ts';
import type { Change, Coverage, MergeRequestLine, ProjectReport, Report, WaitCode, Waiting } from './model.ts';
import { SKIP_REASONS } from '../projects/project.ts';

/** The report as a page: what it says, and in which order. html.ts and markdown.ts only write it down; texts and addresses are still as GitLab and Renovate said them. */
export interface Page {
  readonly tone: 'good' | 'busy' | 'bad';
  /** One sentence. */
  readonly verdict: string;
  /** What makes the run itself questionable. */
  readonly alerts: readonly string[];
  readonly facts: readonly string[];
  /** A figure, what it counts, and the section that says more. */
  readonly counts: readonly (readonly [figure: string, label: string, section: string])[];
  /** Against the last run: a headline, then what differs. */
  readonly since: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** Whether somebody has to act on what stands in it. */
  readonly forPeople: boolean;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What is there only to be found. */
  readonly idle: { readonly title: string; readonly rows: readonly Row[] } | null;
}

/** A cell is a list of pieces, one below the other. */
export type Row = readonly (readonly Piece[])[];

export interface Piece {
  readonly text: string;
  /** A word in front: what kind of thing it is. */
  readonly tag?: string;
  /** An address in the web. */
  readonly url?: string | null;
  /** A file, from the report's folder. */
  readonly file?: string;
  /** From 0 to 1, to be drawn as a bar. */
  readonly share?: number;
  /** It explains the piece before. */
  readonly soft?: true;
}

interface Wait {
  readonly project: ProjectReport;
  readonly waiting: Waiting;
  readonly days: number;
}

/** Waits that end by themselves. All others end only when somebody acts. */
const BY_ITSELF: ReadonlySet<WaitCode> = new Set(['pipeline', 'rebase', 'automerge', 'release-age', 'schedule', 'limit', 'checking'] as const);

const LONGEST_SHOWN = 10;
const NAMES_SHOWN = 5;
const WARNINGS_SHOWN = 5;

export function pageOf(report: Report): Page {
  const { projects, skipped, summary, problems, change } = report;
  const waits = projects.flatMap((project) => project.waiting.map((waiting) => ({ project, waiting, days: daysBetween(waiting.since, report.finishedAt) }))).sort((a, b) => b.days - a.days);
  const people = waits.filter(({ waiting }) => !BY_ITSELF.has(waiting.code));
  const others = waits.filter(({ waiting }) => BY_ITSELF.has(waiting.code));
  // an interrupted project is nobody's fault and nobody's work
  const left = projects.filter(({ outcome }) => outcome === 'interrupted');
  const broken = new Set(change?.broken);
  const failed = projects.filter((project) => project.status === 'failed' && !left.includes(project)).sort((a, b) => Number(broken.has(b.path)) - Number(broken.has(a.path)));
  const warned = projects.filter(({ status, warnings }) => status !== 'failed' && warnings.length > 0);
  const notRun = [...left, ...projects.filter(({ status }) => status === 'disabled')];
  const merged = projects.reduce((sum, project) => sum + project.merged.length + project.pushed.length, 0);
  return {
    tone: failed.length + problems.length > 0 ? 'bad' : people.length + left.length > 0 ? 'busy' : 'good',
    verdict: verdictOf(summary.projects, failed.length, left.length, people),
    alerts: alertsOf(report, left.length),
    facts: [timeText(report.startedAt), duration(report.seconds), report.endpoint, `Renovate ${report.renovate}`, `runner ${report.runner}`],
    counts: [
      [`${failed.length}`, 'failed', 'failed'],
      [`${people.length}`, 'waiting for a person', 'people'],
      [`${merged}`, 'merged', 'happened'],
      [`${summary.opened}`, 'opened', 'happened'],
      [`${summary.updated}`, 'updated', 'happened'],
      [`${others.length}`, 'waiting for nobody', 'nobody'],
      ...(summary.coverage === null || summary.coverage.pins === summary.coverage.ignored ? [] : [[`${Math.floor(kept(summary.coverage).share * 100)} %`, 'versions kept up to date', 'coverage'] as const]),
      [`${summary.projects - left.length}`, 'run', 'projects'],
      [`${notRun.length + skipped.length}`, 'not run', 'skipped'],
    ],
    since: change === null ? [] : sinceLines(change),
    sections: [
      ...section('failed', 'Failed', ['Project', 'What happened', 'What to do'], failed.map((project) => failedRow(project, broken)), { forPeople: true }),
      ...section('people', 'Waiting for a person', ['Project', 'Update', 'Waits for', 'How long'], people.map(waitRow), { forPeople: true }),
      ...section('happened', 'What happened', ['Project', 'Change'], projects.flatMap(changeRows), { note: change === null ? '' : `Merges count from the last run on, ${timeText(change.since)}.` }),
      ...section('incidents', incidentsTitle(report.dryRun), ['Project', 'Action'], report.incidents.map(({ project, action }) => [[{ text: project }], [{ text: action }]])),
      ...section('nobody', 'Waiting for nobody', ['Project', 'Update', 'Waits for', 'How long'], others.map(waitRow), { note: 'These go on by themselves: when time has passed, when a pipeline has ended, or in the next run.' }),
      ...section('warnings', 'Warnings', ['Project', 'Warning'], warned.map((project) => [name(project), warningsOf(project)]), { note: 'Of projects that did not fail.' }),
      ...coverageSection(report),
      ...projectsSection(projects),
      ...section('skipped', 'Not run', ['Project', 'Why'], [...notRun.map((project) => [name(project), [{ text: project.message }, ...remedyOf(project)]]), ...skipped.map(skippedRow)]),
      ...section('problems', 'Problems of the run', ['Problem'], problems.map((text) => [[{ text }]]), { forPeople: true, note: 'They belong to no project.' }),
    ],
  };
}

/** Without a row there is no section. */
function section(id: string, title: string, columns: readonly string[], rows: readonly Row[], more: Partial<Section> = {}): Section[] {
  return rows.length === 0 ? [] : [{ id, title, columns, rows, note: '', forPeople: false, idle: null, ...more }];
}

function verdictOf(projects: number, failed: number, left: number, people: readonly Wait[]): string {
  const all = projects === 1 ? 'The one project' : `All ${projects} projects`;
  const ran = projects === 0 ? 'No project was run' : failed > 0 ? (failed === projects ? `${all} failed` : `${failed} of ${projects} projects failed`) : left > 0 ? 'No project failed' : `${all} ${projects === 1 ? 'was' : 'were'} run`;
  const longest = people[0]?.days ?? 0;
  const waiting = people.length === 0 ? 'nothing waits for a person' : `${plural(people.length, 'update waits', 'updates wait')} for a person${longest > 0 ? `, the longest for ${plural(longest, 'day')}` : ''}`;
  return `${ran}, and ${waiting}.`;
}

function alertsOf({ dryRun, interrupted, problems }: Report, left: number): string[] {
  return [
    ...(dryRun ? ['Dry run: Renovate changed nothing.'] : []),
    ...(interrupted ? [`The run was interrupted${left > 0 ? `: ${plural(left, 'project is', 'projects are')} left for the next one` : ''}.`] : []),
    ...(problems.length > 0 ? [`The run itself had ${plural(problems.length, 'problem')}: see the end.`] : []),
  ];
}

function sinceLines({ since, broken, mended, added, gone, waiting, unmanaged, seconds }: Change): string[] {
  const named = (what: string, paths: readonly string[]): string[] => (paths.length === 0 ? [] : [`${what}: ${paths.slice(0, NAMES_SHOWN).join(', ')}${paths.length > NAMES_SHOWN ? ` and ${paths.length - NAMES_SHOWN} more` : ''}`]);
  const more = (count: number, one: string, many: string): string[] => (count === 0 ? [] : [`${Math.abs(count)} ${count > 0 ? 'more' : 'fewer'} ${Math.abs(count) === 1 ? one : many}`]);
  return [
    `Since the run of ${timeText(since)}`,
    ...named('broke', broken),
    ...named('works again', mended),
    ...named('new', added),
    ...named('no longer run', gone),
    ...more(waiting, 'update waits', 'updates wait'),
    ...more(unmanaged ?? 0, 'version that nobody keeps up to date', 'versions that nobody keeps up to date'),
    ...(Math.abs(seconds) < 1 ? [] : [`it took ${duration(Math.abs(seconds))} ${seconds > 0 ? 'longer' : 'less'}`]),
  ];
}

function failedRow(project: ProjectReport, broken: ReadonlySet<string>): Row {
  const { path, url, message, attempts, log } = project;
  const what = { text: `${message}${attempts > 1 ? ` (${attempts} attempts)` : ''}` };
  return [[{ text: path, url, ...(broken.has(path) ? { tag: 'new failure' } : {}) }, ...(log === null ? [] : [{ text: 'log', file: log }])], [what, ...warningsOf(project)], [{ text: project.remedy ?? 'See the log.' }]];
}

function waitRow({ project, waiting: { code, whom, title, url, iid }, days }: Wait): Row {
  return [name(project), [{ text: iid === null ? title : `!${iid} ${title}`, url }], [{ tag: code, text: whom }], [{ text: days < 1 ? 'today' : plural(days, 'day') }]];
}

function changeRows(project: ProjectReport): Row[] {
  const pieces = (tag: string, requests: readonly MergeRequestLine[]): Piece[] => requests.map(({ iid, title, url }) => ({ tag, text: `!${iid} ${title}`, url }));
  const pushed = project.pushed.map((branch) => ({ tag: 'merged', text: `${branch} (no merge request)` }));
  const changes = [...pieces('merged', project.merged), ...pushed, ...pieces('opened', project.opened), ...pieces('updated', project.updated), ...pieces('closed', project.closed)];
  return changes.length === 0 ? [] : [[name(project), changes]];
}

/** Of a project that lacks nothing, only the number: its figures stand with every project's. */
function coverageSection({ projects, summary: { coverage: total } }: Report): Section[] {
  if (total === null || total.pins === total.ignored) return [];
  const known = projects.flatMap((project) => (project.coverage === null ? [] : [{ project, coverage: project.coverage }]));
  const lacking = known.filter(({ coverage }) => lack(coverage) > 0).sort((a, b) => lack(b.coverage) - lack(a.coverage));
  const whole = known.length - lacking.length;
  const unknown = projects.filter(({ coverage, status }) => coverage === null && status === 'done').length;
  const note = [`${kept(total).text} are kept up to date${restText(total, '; ')}.`, ...(whole === 0 ? [] : [`${plural(whole, 'project lacks', 'projects lack')} nothing.`]), ...(unknown === 0 ? [] : [`Unknown for ${plural(unknown, 'project')}.`])].join(' ');
  const rows = lacking.map(({ project, coverage }) => [name(project), [kept(coverage)], [{ text: restText(coverage) }]]);
  return [{ id: 'coverage', title: 'Who keeps the versions up to date', note, forPeople: false, columns: ['Project', 'Kept up to date', 'The rest'], rows, idle: null }];
}

/** Every project, the longest first; those where nothing happens are there to be found. */
function projectsSection(projects: readonly ProjectReport[]): Section[] {
  const sorted = [...projects].sort((a, b) => b.seconds - a.seconds);
  const most = Math.max(1, sorted[0]?.seconds ?? 0);
  const row = (project: ProjectReport): Row => [
    name(project),
    [{ text: project.status === 'done' ? changesText(project) : project.message }],
    project.coverage === null || project.coverage.pins === project.coverage.ignored ? [] : [kept(project.coverage)],
    [{ text: duration(project.seconds), share: project.seconds / most }],
    project.log === null ? [] : [{ text: 'log', file: project.log }],
  ];
  const busy = new Set(sorted.filter((project, index) => index < LONGEST_SHOWN || !isIdle(project)));
  const idle = sorted.filter((project) => !busy.has(project));
  return section('projects', 'Every project', ['Project', 'Result', 'Versions', 'Duration', 'Log'], [...busy].map(row), { note: 'The longest first.', idle: idle.length === 0 ? null : { title: `${plural(idle.length, 'more project')} with nothing to do`, rows: idle.map(row) } });
}

function isIdle({ status, opened, updated, merged, closed, pushed, waiting, warnings }: ProjectReport): boolean {
  return status !== 'failed' && [opened, updated, merged, closed, pushed, waiting, warnings].every((list) => list.length === 0);
}

function skippedRow({ path, reason }: Report['skipped'][number]): Row {
  const text = Object.entries(SKIP_REASONS).find(([code]) => code === reason)?.[1] ?? '';
  return [[{ text: path }], [{ tag: reason, text }]];
}

function name({ path, url }: ProjectReport): Piece[] {
  return [{ text: path, url }];
}

function warningsOf({ warnings }: ProjectReport): Piece[] {
  const rest = warnings.length - WARNINGS_SHOWN;
  return [...warnings.slice(0, WARNINGS_SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])].map((text) => ({ text, soft: true }));
}

function remedyOf({ remedy }: ProjectReport): Piece[] {
  return remedy === null ? [] : [{ text: remedy, soft: true }];
}

function lack({ pins, ignored, managed }: Coverage): number {
  return pins - ignored - managed;
}

function kept({ pins, ignored, managed }: Coverage): Piece & { readonly share: number } {
  const all = pins - ignored;
  return { text: `${managed} of ${plural(all, 'version')}`, share: all === 0 ? 1 : managed / all };
}

function restText({ unmanaged, duplicate, mismatch, ignored }: Coverage, before = ''): string {
  const parts: readonly (readonly [number, string])[] = [
    [unmanaged, 'by nobody'],
    [duplicate, 'by several managers at once'],
    [mismatch, 'wrongly'],
    [ignored, 'left out on purpose'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return said.length === 0 ? '' : `${before}${said.join(', ')}`;
}


/** Whole days; 0 where nobody knows since when. */
function daysBetween(since: string | null, now: string): number {
  const days = since === null ? 0 : Math.floor((Date.parse(now) - Date.parse(since)) / 86_400_000);
  return days > 0 ? days : 0;
}

/** A time that is none stays as it was said. */
function timeText(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function duration(seconds: number): string {
  if (seconds < 60) return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** An address that a link may have: http(s), without credentials. Everything else stays text. */
export function webAddress(url: string | null | undefined): string | null {
  const parsed = URL.parse(url ?? '');
  return parsed !== null && ['http:', 'https:'].includes(parsed.protocol) && parsed.username === '' && parsed.password === '' ? parsed.href : null;
}
