import type { PinKind } from './pin.ts';

/** A version or a range of versions: begins with a digit, perhaps behind v or an operator. */
const VERSION_LIKE = /^(?:[v^~<>=!\s]*\d+(?:\.(?:\d+|[xX*]))*(?:[-+.\w]*)?)(?:\s*(?:\|\||,|\s|-)\s*[v^~<>=!\s]*\d[\w.+-]*)*$|^[*xX]$/;
const RANGE = /[\^~<>=!*|,]|\s-\s|(?:^|\.)[xX*](?:\.|$)/;
/** A tag: a version somewhere at its end, perhaps behind the name of a chart. */
const TAG_LIKE = /^(?:[A-Za-z][\w./-]*[-/_@])?v?\d+(?:\.\d+)+(?:[-+.][\w.+-]*)?$|^v\d+$/;
const COMMIT = /^[0-9a-f]{7,40}$/;

export function isVersion(value: string): boolean {
  return value.length <= 128 && VERSION_LIKE.test(value.trim());
}

/** A tag that names a version, as against a branch. */
export function isTag(value: string): boolean {
  return value.length <= 128 && (TAG_LIKE.test(value) || COMMIT.test(value) && /\d/.test(value) && value.length === 40);
}

/** True when the same text may deploy something else tomorrow. */
export function isFloating(value: string, kind: PinKind): boolean {
  if (kind === 'git') return !isTag(value);
  if (kind === 'image') return !/\d/.test(value) || value === 'latest';
  if (RANGE.test(value)) return true;
  // Helm reads `1` and `1.2` as ranges (Masterminds/semver constraints); OCI and http charts alike
  return !/^v?\d+\.\d+\.\d+/.test(value);
}
