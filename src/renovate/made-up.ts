import type { UpdateType } from './types.ts';

/** The last number, one higher: the least change that every versioning takes for an update. Null without a number. */
export function madeUpVersion(value: string): string | null {
  const match = /^(?<before>.*?)(?<number>\d+)(?<after>\D*)$/s.exec(value);
  if (match === null) return null;
  const { before = '', number = '', after = '' } = match.groups ?? {};
  return before + oneMore(number) + after;
}

/** The same with another last digit: a commit or a digest has no next one. */
export function madeUpDigest(digest: string): string {
  return digest.slice(0, -1) + (digest.endsWith('0') ? '1' : '0');
}

/** A newer version of the type, written as the current one is; null where the value has no such part. */
export function bumped(value: string, type: UpdateType): string | null {
  const match = /^(?<before>[^\d]*)(?<major>\d+)(?:\.(?<minor>\d+))?(?:\.(?<patch>\d+))?/.exec(value)?.groups;
  if (match === undefined) return null;
  const { before = '', major = '0', minor, patch } = match;
  if (type === 'major') return before + [oneMore(major), minor && '0', patch && '0'].filter((part) => part !== undefined).join('.');
  if (type === 'minor') return minor === undefined ? null : before + [major, oneMore(minor), patch && '0'].filter((part) => part !== undefined).join('.');
  if (type === 'patch') return patch === undefined ? null : before + [major, minor, oneMore(patch)].join('.');
  return value;
}

function oneMore(number: string): string {
  return (BigInt(number) + 1n).toString().padStart(number.length, '0');
}
