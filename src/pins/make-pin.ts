import type { ParsedFile } from './context.ts';
import type { Pin, PinKind } from './pin.ts';
import { isFloating, isVersion } from './version.ts';

/** What an idiom knows of a version when it has found its place. */
export interface Candidate {
  readonly file: ParsedFile;
  readonly idiom: string;
  readonly offset: number;
  readonly value: string;
  readonly chart: string | null;
  readonly repository: string | null;
  readonly application: string | null;
  readonly applicationPattern?: string | null;
  /** The source names a path in its repository: with a git address it is no chart, whatever else it says. */
  readonly path: boolean;
}

/** Turns a candidate into a pin, or null where it is no version that Argo CD could take. */
export function makePin(candidate: Candidate): Pin | null {
  const { value, offset } = candidate;
  if (value === '' || value.includes('{{') || /[\s\uE000-\uF8FF]/.test(value.trim()) && !isVersion(value)) return null;
  const kind = kindOf(candidate);
  if (kind === null) return null;
  if (kind !== 'git' && !isVersion(value)) return null;
  const place = candidate.file.lines.at(offset);
  return {
    file: candidate.file.path,
    ...place,
    offset,
    value,
    kind,
    idiom: candidate.idiom,
    floating: isFloating(value, kind),
    name: nameFor(candidate, kind),
    repository: candidate.repository === '' ? null : candidate.repository,
    application: candidate.application,
    ...patternsOf(candidate.applicationPattern),
  };
}

/** The field of a pin, or none. */
export function patternsOf(pattern: string | null | undefined): Pick<Pin, 'applicationPatterns'> {
  return pattern == null ? {} : { applicationPatterns: [pattern] };
}

function kindOf({ chart, repository, path, value }: Candidate): PinKind | null {
  if (repository?.startsWith('oci://')) return 'oci';
  const hasChart = chart !== null && chart !== '';
  if (repository && isGitAddress(repository) && (path || !hasChart)) return 'git';
  if (hasChart) return repository && !repository.includes('://') && !repository.startsWith('@') ? 'oci' : 'helm';
  if (repository === null) return isVersion(value) && !path ? 'helm' : null;
  return /^(?:https?|ssh|git):\/\/|^[\w.-]+@[\w.-]+:/.test(repository) ? 'git' : null;
}

/** Git hosts and addresses that Argo CD clones; chart repositories on GitHub Pages have another host. */
export function isGitAddress(url: string): boolean {
  if (/\.git\/?$/.test(url) || /^(?:ssh|git):\/\/|^[\w.-]+@[\w.-]+:/.test(url)) return true;
  return /^https?:\/\/(?:[^@/]+@)?(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|dev\.azure\.com|git\.[^/]+|gitlab\.[^/]+|gitea\.[^/]+)\/(?!api\/)[^?]*$/.test(url) && !/\/(?:raw|api\/v4|-\/raw|pages|packages|helm)\b/.test(url);
}

function nameFor({ chart, repository }: Candidate, kind: PinKind): string | null {
  if (kind === 'git' && repository) return repository.replace(/\/+$/, '').replace(/\.git$/, '').split('/').at(-1) ?? null;
  if (chart !== null && chart !== '' && chart !== '.') return chart;
  // `oci://host/path/chart` without a chart of its own: the address names it
  return kind === 'oci' && repository ? (repository.replace(/\/+$/, '').split('/').at(-1) ?? null) : null;
}

