import { stringsOf } from '../../base/config-walk.ts';
import { plural, setting, someOf, type Change, type Draft, type Model, type Rule, type WrittenManager } from '../rule.ts';

export const managerNoFile: Rule = {
  name: 'manager-no-file',
  severity: 'warning',
  summary: 'A manager has file patterns that match no file of the repository',
  fixable: true,
  check: (model) => model.managers.flatMap((manager) => draftsOf(model, manager)),
};

function draftsOf(model: Model, { source, manager, label, path, patterns, run }: WrittenManager): Draft[] {
  const read = run?.matchedFiles ?? [];
  // argocd-without-patterns says that of argocd
  if (patterns.length === 0) return read.length === 0 && manager !== 'argocd' ? [withoutPatterns(source, manager, label, path)] : [];
  const isPreset = source !== model.documents[0]?.source;
  return patterns.flatMap(({ pattern, path: place }): Draft[] => {
    const cause = read.length === 0 ? causeOf(model, pattern) : typingError(model, pattern, read);
    if (cause === null) return [];
    return [
      {
        message: `${label}: ${JSON.stringify(pattern)} matches no file: ${cause.message}`,
        remedy: cause.remedy,
        target: { kind: 'config', source, path: place },
        data: { manager, pattern, suggestion: cause.suggestion },
        // only what is known to match
        change: cause.repaired ? repairOf(source, place, cause.suggestion) : null,
        // presets are written for many repositories, of which not all have such files
        ...(isPreset && !cause.repaired ? { severity: 'info' as const } : {}),
      },
    ];
  });
}

function withoutPatterns(source: string, manager: string, label: string, path: readonly (string | number)[]): Draft {
  return {
    message: `${label} has no managerFilePatterns, so it reads no file`,
    remedy: `Name its files: "${manager}": { "managerFilePatterns": ["/^applications/templates/.+\\\\.ya?ml$/"] }.`,
    target: { kind: 'config', source, path, part: 'key' },
    data: { manager, pattern: null, suggestion: null },
  };
}

interface Cause {
  readonly message: string;
  readonly remedy: string;
  readonly suggestion: string | null;
  /** The suggestion was tried, and matches files. */
  readonly repaired?: true;
}

/** `fileMatch` of older configs has regexes without slashes. */
function repairOf(source: string, place: readonly (string | number)[], suggestion: string | null): Change | null {
  const written = place.includes('fileMatch') ? /^\/(?<body>.*)\/$/s.exec(suggestion ?? '')?.groups?.['body'] : suggestion;
  return written === null || written === undefined ? null : setting(source, place, written);
}

function causeOf(model: Model, pattern: string): Cause {
  return ignoredCause(model, pattern) ?? typingError(model, pattern, []) ?? unclosed(pattern) ?? globLikeRegex(pattern) ?? nothingFits(pattern);
}

/**
 * A pattern that would match, were it not for one slip. Beside other patterns that do match, a pattern without files may be there on
 * purpose: then only a slip that keeps unread files away is a fault.
 */
function typingError(model: Model, pattern: string, read: readonly string[]): Cause | null {
  if (model.files.some((file) => model.patterns.matches(pattern, file))) return null;
  for (const { message, fix } of REPAIRS) {
    const suggestion = fix(pattern);
    if (suggestion === null || suggestion === pattern) continue;
    const files = model.files.filter((file) => model.patterns.matches(suggestion, file) && !read.includes(file));
    if (files.length > 0) return repaired(message, suggestion, files);
  }
  return null;
}

/** Tried in this order. */
const REPAIRS: readonly { readonly message: string; fix(pattern: string): string | null }[] = [
  { message: 'the closing slash is missing, so it is read as a glob', fix: (pattern) => (/^\/.*[^/]$/s.test(pattern) ? `${pattern}/` : null) },
  { message: 'it stands between no slashes, so it is read as a glob and not as a regex', fix: (pattern) => (isRegex(pattern) ? null : `/${pattern}/`) },
  { message: 'paths have no double slash', fix: (pattern) => (isRegex(pattern) ? withBody(pattern, collapse) : collapse(pattern)) },
  { message: 'paths start without a slash', fix: (pattern) => (isRegex(pattern) ? withBody(pattern, withoutLeadingSlash) : pattern.replace(/^\.?\/+/, '')) },
  { message: 'it differs from the path in upper and lower case', fix: (pattern) => (pattern.endsWith('/') && isRegex(pattern) ? `${pattern}i` : null) },
];

function isRegex(pattern: string): boolean {
  return /^!?\/.*\/i?$/s.test(pattern);
}

function withBody(pattern: string, change: (body: string) => string): string {
  const start = pattern.indexOf('/') + 1;
  const end = pattern.lastIndexOf('/');
  return pattern.slice(0, start) + change(pattern.slice(start, end)) + pattern.slice(end);
}

function collapse(text: string): string {
  return text.replaceAll(/(?:\\?\/){2,}/g, '/');
}

function withoutLeadingSlash(body: string): string {
  return body.replace(/^(\^?)(?:\\?\.)?\\?\//, '$1');
}

function repaired(message: string, suggestion: string, files: readonly string[]): Cause {
  return { message, remedy: `Write ${JSON.stringify(suggestion)}: it matches ${plural(files.length, 'file')} (${someOf(files)}).`, suggestion, repaired: true };
}

function ignoredCause(model: Model, pattern: string): Cause | null {
  const file = model.files.find((path) => model.patterns.matches(pattern, path));
  if (file === undefined) return null;
  const entry = model.patterns.ignoredBy(stringsOf(model.config.resolved['ignorePaths']), file);
  if (entry !== null) {
    return {
      message: `${file} fits, but ignorePaths ${JSON.stringify(entry)} keeps Renovate away from it`,
      remedy: 'Write your own "ignorePaths" without that entry (config:recommended ignores folders named test and examples), or move the files.',
      suggestion: null,
    };
  }
  return {
    message: `${file} fits, but Renovate does not read it`,
    remedy: 'Look at "includePaths" and "enabledManagers": they leave out this file or this manager.',
    suggestion: null,
  };
}

function unclosed(pattern: string): Cause | null {
  if (isRegex(pattern) || !pattern.startsWith('/')) return null;
  return { message: 'the closing slash is missing, so it is read as a glob', remedy: `Write ${JSON.stringify(`${pattern}/`)} if it is meant as a regex.`, suggestion: `${pattern}/` };
}

function globLikeRegex(pattern: string): Cause | null {
  if (isRegex(pattern) || !/[\\^$|+]|\.\*/.test(pattern)) return null;
  const suggestion = `/${pattern}/`;
  return { message: 'it stands between no slashes, so it is read as a glob and not as a regex', remedy: `Write ${JSON.stringify(suggestion)} if it is meant as a regex.`, suggestion };
}

function nothingFits(pattern: string): Cause {
  const kind = isRegex(pattern) ? 'regex' : 'glob';
  return { message: `no path of the repository fits this ${kind}`, remedy: 'Correct it (paths are taken from the root of the repository), or remove the manager.', suggestion: null };
}
