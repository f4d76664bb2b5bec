import { objectsIn } from '../../base/config-walk.ts';
import type { ConfigMessage, Json } from '../../renovate/types.ts';
import type { Draft, Model, Rule } from '../rule.ts';

export const configInvalid: Rule = {
  name: 'config-invalid',
  severity: 'error',
  summary: 'Renovate\'s own validation reports an error or a warning',
  fixable: false,
  check: (model) => model.messages.filter((message) => !isRegexVerdict(message) && !isConflict(message)).map((message) => draftOf(model, message)),
};

/** Renovate's verdict on a regex depends on the machine (RE2 or not): regex-not-re2 gives the one that counts. */
function isRegexVerdict({ message }: ConfigMessage): boolean {
  return /^(?:Invalid regExp for|Failed to parse regex pattern for) /.test(message);
}

/** rule-conflicting says it, and what to do. */
function isConflict({ message }: ConfigMessage): boolean {
  return /^packageRules\[\d+\]: packageRules cannot combine both /.test(message);
}

function draftOf(model: Model, { level, topic, message }: ConfigMessage): Draft {
  const document = model.documents[0];
  const path = pathIn(document?.value ?? {}, topic, message);
  return {
    message: oneLine(message),
    remedy: level === 'error' ? 'Correct it: Renovate stops at an invalid config and updates nothing in this repository.' : 'Renovate goes on, but what you wrote may not do what you meant.',
    severity: level,
    target: { kind: 'config', source: document?.source ?? '', path, part: 'key' },
    data: { topic, path: path.join('.') },
  };
}

function oneLine(message: string): string {
  return message.replaceAll(/\s+/g, ' ').trim();
}

type Path = readonly (string | number)[];

/**
 * Renovate names the place inside its sentences: `packageRules[0].foo` as topic, before a colon, after one, or in backticks. The first
 * candidate that exists in the config counts.
 */
function pathIn(config: Json, topic: string, message: string): Path {
  const candidates = [topic, /^([^\s:]+):/.exec(message)?.[1], /: (\S+)$/.exec(message)?.[1], ...quoted(message), ...sections(message)];
  for (const candidate of candidates) {
    const path = candidate === undefined ? null : parsePath(candidate);
    if (path !== null && exists(config, path)) return path;
  }
  return keyIn(config, message) ?? [];
}

/** A deprecation names the option alone, in plain words: `Direct editing of prTitle is now deprecated`. */
function keyIn(config: Json, message: string): Path | null {
  const words = new Set(message.match(/\b[a-z]+[A-Z]\w*\b/g) ?? []);
  if (words.size === 0) return null;
  for (const { fields, path } of objectsIn(config)) {
    const key = Object.keys(fields).find((name) => words.has(name));
    if (key !== undefined) return [...path, key];
  }
  return null;
}

function quoted(message: string): string[] {
  return [...message.matchAll(/[`"']([^`"'\s]+)[`"']/g)].map((match) => match[1]!.replace(/=.*$/, ''));
}

/** Messages about custom managers name no path. */
function sections(message: string): string[] {
  if (/Custom Manager|Managers must|JSONata manager|customType/i.test(message)) return ['customManagers'];
  if (/packageRule/.test(message)) return ['packageRules'];
  return /hostRules/.test(message) ? ['hostRules'] : [];
}

function parsePath(text: string): Path | null {
  if (!/^[\w$]+(?:\[\d+\]|\.[\w$/-]+)*$/.test(text)) return null;
  return [...text.matchAll(/[^.[\]]+/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step));
}

function exists(config: Json, path: Path): boolean {
  let value: unknown = config;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !(step in value)) return false;
    value = (value as Record<string | number, unknown>)[step];
  }
  return true;
}
