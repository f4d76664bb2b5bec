/** A pattern of a package rule that plainly means a name but does not fit it, and why. */
export interface NearMiss {
  readonly why: string;
  /** The pattern that would fit. */
  readonly write: string;
}

/** As Renovate reads the patterns of rules: `/…/` is a regex, everything else a glob that ignores case (util/string-match.js, 44.121.2). */
export type Matches = (pattern: string, name: string) => boolean;

/** Null when the pattern fits, or means something else. `isChart`: of an http repository, whose name it does not carry. */
export function nearMiss(pattern: string, { name, isChart }: { readonly name: string; readonly isChart: boolean }, matches: Matches): NearMiss | null {
  if (pattern.startsWith('!')) return null;
  // `/.*/ ` with a space behind it is a glob
  const trimmed = pattern.trim();
  if (trimmed !== pattern && !matches(pattern, name) && matches(trimmed, name)) return { why: 'it has a space at its end or beginning', write: trimmed };
  if (!isAbout(pattern, name)) return null;
  const near = nearOf(pattern, name, isChart, matches);
  return near === null || matches(pattern, name) ? null : near;
}

/** Quick, because each entry meets each dependency: the longest word of a pattern has to be in the name, whatever stands around it. */
function isAbout(pattern: string, name: string): boolean {
  if (!/[*?{}[\]()\\+|^$]/.test(pattern)) return true;
  const longest = pattern.split(/[^A-Za-z0-9_-]+/).reduce((best, word) => (word.length > best.length ? word : best), '');
  return name.toLowerCase().includes(longest.toLowerCase());
}

function nearOf(pattern: string, name: string, isChart: boolean, matches: Matches): NearMiss | null {
  const regex = /^\/(?<source>.*)\/(?<flag>i?)$/s.exec(pattern)?.groups;
  if (regex !== undefined) return nearRegex(regex['source']!, regex['flag']!, name, matches);
  return /[*?{}[\]()]/.test(pattern) ? nearGlob(pattern, name, matches) : nearLiteral(pattern, name, isChart);
}

function nearRegex(source: string, flag: string, name: string, matches: Matches): NearMiss | null {
  if (flag === '' && matches(`/${source}/i`, name)) return { why: 'a regex does not ignore case', write: `/${source}/i` };
  const core = coreOf(source);
  if (core === null || lastSegment(name) !== core) return null;
  const slash = source.includes('/') && !name.includes('/');
  return { why: slash ? 'the regex asks for a slash that the name does not have' : 'the regex leaves no room for what stands around the name', write: name.includes('/') ? `**/${core}` : core };
}

/** The only name that a regex is about: `/cilium/.*` and `^cilium$` are about cilium. */
function coreOf(source: string): string | null {
  const bare = source
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replaceAll('\\', '')
    .replace(/^(?:\.[*+])?\/?/, '')
    .replace(/\/?(?:\.[*+])?$/, '');
  return /^[\w-]+$/.test(bare) ? bare.toLowerCase() : null;
}

function nearGlob(pattern: string, name: string, matches: Matches): NearMiss | null {
  const anywhere = `**/${pattern}`;
  if (!pattern.startsWith('*') && matches(anywhere, name)) return { why: 'the name carries its registry or path', write: anywhere };
  const onHub = pattern.replace(HUB, '');
  if (onHub !== pattern && matches(onHub, name)) return { why: 'the name does not carry docker.io', write: onHub };
  // a star alone at the end that should cross slashes
  const deep = pattern.replace(/\/\*$/, '/**');
  return deep !== pattern && matches(deep, name) ? { why: 'a single * does not cross a slash', write: deep } : null;
}

function nearLiteral(pattern: string, name: string, isChart: boolean): NearMiss | null {
  // names without a path that differ by more than a letter or some hyphens are the usual case
  if (!pattern.includes('/') && !name.includes('/') && Math.abs(pattern.length - name.length) > 3) return null;
  const [written, meant] = [plain(pattern), plain(name)];
  if (written === meant) return { why: 'the name is written another way', write: name };
  if (lastSegment(meant) === lastSegment(written)) return sameEnd(written, meant, name, isChart);
  if (written.replaceAll(/[-_.]/g, '') === meant.replaceAll(/[-_.]/g, '')) return { why: 'the name is written another way', write: name };
  return isTypo(written, meant) ? { why: 'a letter differs', write: name } : null;
}

/** `jetstack/cert-manager` for the chart `cert-manager`, `cert-manager` for `quay.io/jetstack/charts/cert-manager`, `ghcr.io/a/b` for `docker.io/a/b`. */
function sameEnd(written: string, meant: string, name: string, isChart: boolean): NearMiss | null {
  if (meant.endsWith(`/${written}`)) return { why: 'the name carries its registry or path', write: name };
  if (!meant.includes('/')) return isChart ? { why: 'the name of a chart does not carry its repository', write: name } : null;
  return withoutHost(written) === withoutHost(meant) ? { why: 'the registry differs', write: name } : null;
}

const HUB = /^(?:(?:index\.|registry-1\.)?docker\.io\/)(?:library\/)?|^library\//;

/** Without what is only another way to write the same address. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/(?:\.git)?\/?$/, '')
    .replace(HUB, '');
}

function withoutHost(name: string): string {
  return name.replace(/^[^/]*[.:][^/]*\//, '');
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}

/** Short names differ by a letter and mean different things, and so do numbers. */
function isTypo(written: string, meant: string): boolean {
  if (Math.min(written.length, meant.length) < 8 || written.replaceAll(/\D/g, '') !== meant.replaceAll(/\D/g, '')) return false;
  return Math.abs(written.length - meant.length) <= 1 && differsByOne(written, meant);
}

/** One letter more, less, other, or two swapped. */
function differsByOne(a: string, b: string): boolean {
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0];
}
