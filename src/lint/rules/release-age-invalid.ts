import { objectsIn, type ConfigPath } from '../../base/config-walk.ts';
import { nearest } from '../../base/nearest.ts';
import { setting, type Document, type Draft, type Rule } from '../rule.ts';

export const releaseAgeInvalid: Rule = {
  name: 'release-age-invalid',
  severity: 'error',
  summary: 'A minimumReleaseAge is no duration that Renovate can read, or has no unit',
  fixable: true,
  check: (model) => model.documents.flatMap(draftsOf),
};

function draftsOf({ source, value }: Document): Draft[] {
  return [...objectsIn(value)].flatMap(({ fields, path }): Draft[] => {
    const age = fields['minimumReleaseAge'];
    if (isAboutStatusChecks(path)) return [];
    // Null switches it off, other types are invalid for config-invalid, and a template of a preset is filled in later.
    if (typeof age !== 'string' || age.includes('{{')) return [];
    return draftOf(source, [...path, 'minimumReleaseAge'], age);
  });
}

/** Where the same word names a status check (options statusCheckNames and statusCheckWhen, 44.121.2). */
function isAboutStatusChecks(path: ConfigPath): boolean {
  return path.at(-1) === 'statusCheckNames' || path.at(-1) === 'statusCheckWhen';
}

type Verdict = 'valid' | 'unreadable' | 'no-unit';

function draftOf(source: string, path: ConfigPath, age: string): Draft[] {
  const verdict = verdictOf(age);
  if (verdict === 'valid') return [];
  const target = { kind: 'config', source, path } as const;
  const data = { age, fault: verdict };
  if (verdict === 'unreadable') {
    return [
      {
        message: `minimumReleaseAge ${JSON.stringify(age)} is no duration that Renovate can read: it waits for nothing, without a word`,
        remedy: 'Write numbers with units, such as "3 days", "2 weeks 3 days" or "1 month"; null switches it off.',
        target,
        data,
        change: misspelt(age) === null ? null : setting(source, path, misspelt(age)!),
      },
    ];
  }
  return [
    {
      message: `minimumReleaseAge ${JSON.stringify(age)} has a number without a unit, which Renovate takes for milliseconds`,
      remedy: /^\d+$/.test(age) ? `Write the unit: "${age} days", say.` : 'Write a unit after each number, such as "2 weeks 3 days".',
      target,
      data,
    },
  ];
}

const UNITS: readonly string[] = ['minutes', 'hours', 'days', 'weeks', 'months', 'years'];

/** The same with the nearest unit for each word; null when that makes no duration either. */
function misspelt(age: string): string | null {
  const mended = age.replaceAll(/[A-Za-z]{3,}/g, (word) => nearest(word.toLowerCase(), UNITS) ?? word);
  return mended !== age && verdictOf(mended) === 'valid' ? mended : null;
}

/** A number with what follows it; upper case ends no part, so "2 WEEKS 3 DAYS" is one (util/pretty-time.js, 44.121.2). */
const PART = /(.*?[a-z]+)/;

const MONTHS = /^\d+\s*(?:months?|M)$/;

/** The package ms 2.1.3, which knows no months. A number alone is milliseconds there. */
const DURATION = /^-?(?:\d+)?\.?\d+ *(?<unit>milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i;

/** ms refuses longer ones. */
const LONGEST = 100;

function verdictOf(age: string): Verdict {
  if (age.length > LONGEST) return 'unreadable';
  const parts = age
    .split(PART)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return 'unreadable';
  const units = parts.map((part) => (MONTHS.test(part) ? 'month' : unitOf(part)));
  if (units.includes(null)) return 'unreadable';
  // "0" means what it says, with or without a unit
  return units.includes('') && age.trim() !== '0' ? 'no-unit' : 'valid';
}

/** Empty for a bare number, null for no duration. */
function unitOf(part: string): string | null {
  const match = DURATION.exec(part);
  return match === null ? null : (match.groups?.['unit'] ?? '');
}
