import { stringsOf } from '../../base/config-walk.ts';
import { lineIndex } from '../../base/location.ts';
import type { ExtractedDependency } from '../../renovate/types.ts';
import { orphanAbove, RENOVATE_COMMENT, unparsableAt, type Draft, type Model, type Rule } from '../rule.ts';

export const annotationOrphan: Rule = {
  name: 'annotation-orphan',
  severity: 'warning',
  summary: 'A `# renovate:` comment is read by no manager, so the version below it stays as it is',
  fixable: false,
  check: (model) => {
    // without a config nothing is read, and pin-unmanaged says that
    if (model.config.file === null) return [];
    const ignorePaths = stringsOf(model.config.resolved['ignorePaths']);
    return model.files.filter((file) => /\.(?:ya?ml|tpl)$/.test(file) && model.patterns.ignoredBy(ignorePaths, file) === null).flatMap((file) => draftsOf(model, file));
  },
};

/** How far below its comment a custom manager may find the version, such as a tag below its repository. */
const REACH = 5;

function draftsOf(model: Model, file: string): Draft[] {
  const text = model.text(file);
  if (!text.includes('renovate:')) return [];
  const seen = dependenciesOf(model, file, text);
  const lines = text.split('\n');
  const dropped = droppedLines(model, file, text);
  const told = toldLines(model, file);
  return lines.flatMap((content, index): Draft[] => {
    const match = RENOVATE_COMMENT.exec(content);
    if (match === null || told.has(index + 1) || dropped.some(({ first, last }) => index >= first && index <= last)) return [];
    const next = nextLine(lines, index);
    const settings = match.groups?.['settings'] ?? '';
    const near = seen.filter((one) => isNear(one, settings, lines, index, next));
    const fault = near.length === 0 ? unread(model, file, lines, index, next) : lostVersioning(model, settings, near);
    if (fault === null) return [];
    return [
      {
        ...fault,
        // a preset that could not be read may bring the manager
        ...(model.missing.length > 0 ? { severity: 'info' as const } : {}),
        target: { kind: 'place', file, line: index + 1, column: match.index + 1, length: match[0].trimEnd().length },
        data: { comment: settings },
      },
    ];
  });
}

/** Lines of comments that pin-unmanaged speaks of, with the version below. */
function toldLines(model: Model, file: string): ReadonlySet<number> {
  const unmanaged = model.pins.filter((pin) => pin.file === file && pin.reason !== 'floating' && unparsableAt(model, pin) === null);
  return new Set(unmanaged.flatMap((pin) => orphanAbove(model, pin) ?? []));
}

function unread(model: Model, file: string, lines: readonly string[], index: number, next: number): { message: string; remedy: string } {
  // behind a value it speaks of its own line
  const about = /^[ \t]*(?:-[ \t]*)?#/.test(lines[index]!) ? next : index;
  if (about === -1) return { message: 'no manager reads this comment, so it updates nothing', remedy: readersOf(model, file) };
  const content = (about === index ? lines[index]!.replace(RENOVATE_COMMENT, '') : lines[about]!).trimEnd();
  if (/\{\{.*\}\}/.test(content) && !/\d/.test(content.replaceAll(/\{\{.*?\}\}/g, ''))) {
    return { message: `no manager reads this comment, and line ${about + 1} has no version that it could speak of, only a template`, remedy: 'Write the comment where the version stands, such as the values file of the chart.' };
  }
  return { message: `no manager reads this comment, so ${about === index ? 'its own line' : `line ${about + 1}`} is not updated`, remedy: readersOf(model, file) };
}

/** A comment that is read, but for how versions compare; package rules that set the versioning may mean to. */
function lostVersioning({ config }: Model, settings: string, near: readonly Seen[]): { message: string; remedy: string } | null {
  const wanted = /(?:^|\s)versioning=(?<versioning>\S+)/.exec(settings)?.groups?.['versioning'];
  const [read] = near;
  if (wanted === undefined || near.length !== 1 || read?.custom !== true || read.versioning === null || read.versioning === wanted) return null;
  if (JSON.stringify(config.resolved['packageRules'] ?? []).includes('"versioning":')) return null;
  return {
    message: `the manager that reads this comment passes over versioning=${wanted}, so versions are compared as ${read.versioning}`,
    remedy: 'Let its matchStrings capture it, as (?: versioning=(?<versioning>\\S+))?, in the place where the comment has it.',
  };
}

/** What was extracted from the file: on a line (from 0) where that is known. */
interface Seen {
  readonly line: number | null;
  readonly value: string;
  readonly custom: boolean;
  /** Last parts of its names. */
  readonly names: readonly string[];
  readonly versioning: string | null;
}

function dependenciesOf(model: Model, file: string, text: string): Seen[] {
  const lines = lineIndex(text);
  return model.runs.flatMap((run) =>
    run.dependencies
      .filter((dependency) => dependency.file === file)
      .flatMap((dependency): Seen[] => {
        const common = { value: dependency.currentValue ?? '', custom: run.manager.startsWith('custom.'), names: [dependency.depName, dependency.packageName].flatMap((name) => (name === null ? [] : lastPart(name))), versioning: dependency.versioning };
        const offsets = offsetsOf(dependency);
        return offsets === null ? [{ ...common, line: null }] : offsets.map((offset) => ({ ...common, line: lines.at(offset).line - 1 }));
      }),
  );
}

/** Lines (from 0) whose version a custom manager matched in vain, as manager-dropped-match says. */
function droppedLines({ managers }: Model, file: string, text: string): { first: number; last: number }[] {
  const matches = managers.flatMap(({ run }) => run?.dropped ?? []).flatMap(({ file: read, match, value }) => (read === file && value !== null && match !== null ? [match] : []));
  if (matches.length === 0) return [];
  const lines = lineIndex(text);
  return matches.map(({ offset, length }) => ({ first: lines.at(offset).line - 1, last: lines.at(offset + length).line - 1 }));
}

/** Null where nothing can be written, so that the place is not known. */
function offsetsOf({ writeBack }: ExtractedDependency): readonly number[] | null {
  if (writeBack.kind === 'exact') return [writeBack.offset];
  return writeBack.kind === 'spread' ? writeBack.offsets : null;
}

function isNear({ line, value, custom, names }: Seen, settings: string, lines: readonly string[], comment: number, next: number): boolean {
  if (line === null) return value !== '' && [comment, next].some((at) => lines[at]?.includes(value) === true);
  if (line === comment || line === next) return true;
  // further down only what was written to follow such comments, or what the comment names: other managers find their versions without them
  const isMeant = custom || settings.split(/\s+/).some((setting) => names.includes(lastPart(setting.slice(setting.indexOf('=') + 1))));
  return isMeant && line > next && line <= comment + REACH && !lines.slice(comment + 1, line).some((content) => RENOVATE_COMMENT.test(content));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** The next line that says something; -1 at the end. */
function nextLine(lines: readonly string[], from: number): number {
  return lines.findIndex((content, index) => index > from && /^[ \t]*[^#\s]/.test(content));
}

function readersOf({ runs, missing }: Model, file: string): string {
  if (missing.length > 0) return `Name the preset ${missing[0]!.reference} with --preset, since it may bring a manager that reads it; else let a custom manager read this file.`;
  const readers = runs.filter((run) => run.index !== null && run.matchedFiles.includes(file));
  if (readers.length === 0) return 'Renovate reads such comments only through a custom manager: extend "local>GROUP/renovate-argocd", with your own group, or let the managerFilePatterns of yours match this file.';
  if (!readers.some(({ matchStrings }) => matchStrings.some((regex) => regex.includes('renovate')))) {
    return 'The custom managers that read the file do not look for such comments: extend "local>GROUP/renovate-argocd", with your own group, or write one that does.';
  }
  return 'A custom manager reads the file, but its regex does not fit: write datasource, depName and what else it expects in its order, in one comment on the line above the version.';
}
