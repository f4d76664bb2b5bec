import { extendsIn, inForce, isFields, objectsIn, stringsOf, textsIn, type ConfigPath } from '../base/config-walk.ts';
import type { JsonObject, Schedule } from '../renovate/types.ts';
import { entrySource, isOwnPreset, type Document, type ScheduleOption } from './rule.ts';

/** A schedule of the config, and where the user wrote it or the preset that has it. */
export interface WrittenSchedule extends Schedule {
  readonly option: ScheduleOption;
  readonly source: string;
  readonly path: ConfigPath;
}

const OPTIONS: readonly ScheduleOption[] = ['schedule', 'automergeSchedule'];

/** Those that restrict Renovate: "at any time" and nothing are no schedules (workers/repository/update/branch/schedule.js, 44.121.2). */
export function writtenSchedules(documents: readonly Document[], resolved: JsonObject): WrittenSchedule[] {
  const own = documents.filter(({ source }) => !isOwnPreset(source));
  const found = OPTIONS.flatMap((option) => [...own.flatMap((document) => inDocument(document, resolved, option)), ...ofPresets(own, resolved, option), ...ofRules(own, resolved, option)]);
  return found.filter(({ entries }) => entries.length > 0 && !['', 'at any time'].includes(entries[0]!) && !entries.some((entry) => entry.includes('{{')));
}

function inDocument({ source, value }: Document, resolved: JsonObject, option: ScheduleOption): WrittenSchedule[] {
  return [...objectsIn(value)].flatMap((written): WrittenSchedule[] => {
    const { fields, path } = written;
    const entries = textsIn(fields[option], []).map(({ text }) => text);
    // at the top level the last one read is in force, in a rule that switches off none is
    if (entries.length === 0 || fields['enabled'] === false || (path.length === 0 && !isSame(entries, resolved[option]))) return [];
    return [{ option, entries, timezone: zoneOf(inForce(written, 'timezone') ?? resolved['timezone']), source, path: [...path, option] }];
  });
}

function isSame(entries: readonly string[], value: unknown): boolean {
  return JSON.stringify(entries) === JSON.stringify(value);
}

function zoneOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** `schedule:weekly` and the like: in force when no document says otherwise. */
function ofPresets(documents: readonly Document[], resolved: JsonObject, option: ScheduleOption): WrittenSchedule[] {
  const [config] = documents;
  const entries = stringsOf(resolved[option]);
  if (config === undefined || entries.length === 0 || documents.some(({ value }) => value[option] !== undefined)) return [];
  return [{ option, entries, timezone: zoneOf(resolved['timezone']), source: config.source, path: presetPath(config.value['extends'], ['extends']) }];
}

/** The same inside a rule. */
function ofRules(documents: readonly Document[], resolved: JsonObject, option: ScheduleOption): WrittenSchedule[] {
  const rules = Array.isArray(resolved['packageRules']) ? (resolved['packageRules'] as readonly unknown[]) : [];
  return rules.flatMap((rule): WrittenSchedule[] => {
    if (!isFields(rule) || rule['enabled'] === false) return [];
    const origin = entrySource(rule as JsonObject);
    const written = documents.find(({ source }) => source === origin?.source)?.value['packageRules'];
    const fields = Array.isArray(written) && origin !== null ? (written[origin.index] as unknown) : undefined;
    const entries = stringsOf(rule[option]);
    if (!isFields(fields) || origin === null || entries.length === 0 || extendsIn(fields).length === 0 || [...objectsIn(fields)].some((object) => object.fields[option] !== undefined)) return [];
    const path = ['packageRules', origin.index, 'extends'];
    return [{ option, entries, timezone: zoneOf(rule['timezone'] ?? resolved['timezone']), source: origin.source, path: presetPath(fields['extends'], path) }];
  });
}

function presetPath(references: unknown, path: ConfigPath): ConfigPath {
  return textsIn(references, path).findLast(({ text }) => /^schedule:/.test(text))?.path ?? path;
}
