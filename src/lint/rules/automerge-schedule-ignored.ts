import { extendsIn, inForce, objectsIn, textsIn, type ConfigPath, type Fields, type WrittenObject } from '../../base/config-walk.ts';
import type { Document, Draft, Model, Rule } from '../rule.ts';

export const automergeScheduleIgnored: Rule = {
  name: 'automerge-schedule-ignored',
  severity: 'warning',
  summary: 'An automergeSchedule has no say, because the platform merges by itself',
  fixable: false,
  check: (model) => (platformMerges(model) ? model.documents.flatMap((document) => draftsOf(model.config.resolved, document)) : []),
};

/**
 * platformAutomerge is on by default: the merge is ordered when the merge request is made, and whoever merges later does not look at
 * Renovate's schedule (workers/repository/update/pr/index.js, 44.121.2). Wherever it is switched off, whom that fits is not known offline.
 */
function platformMerges({ config, documents }: Model): boolean {
  const levels = [config.resolved, ...documents.map(({ value }) => value)].flatMap((value) => [...objectsIn(value)].map(({ fields }) => fields));
  return levels.some(merges) && !levels.some((level) => level['platformAutomerge'] === false);
}

function merges({ automerge }: Fields): boolean {
  return automerge === true || automerge === 'any' || automerge === 'minor' || automerge === 'patch';
}

function draftsOf(resolved: Fields, { source, value }: Document): Draft[] {
  return [...writtenSchedules(resolved, value), ...presetSchedules(resolved, value)].map(({ path, schedule }) => draftOf(source, path, schedule));
}

interface Schedule {
  readonly path: ConfigPath;
  readonly schedule: string;
}

function writtenSchedules(resolved: Fields, config: Fields): Schedule[] {
  return [...objectsIn(config)].flatMap((written): Schedule[] => {
    const [first, ...more] = textsIn(written.fields['automergeSchedule'], []).map(({ text }) => text);
    // what Renovate takes for no schedule (isScheduledNow)
    if (first === undefined || first === '' || first === 'at any time' || !byMergeRequest(resolved, written)) return [];
    return [{ path: [...written.path, 'automergeSchedule'], schedule: [first, ...more].join(', ') }];
  });
}

/** Branches and comments are merged by Renovate itself, within the schedule. */
function byMergeRequest(resolved: Fields, written: WrittenObject): boolean {
  const type = inForce(written, 'automergeType') ?? resolved['automergeType'] ?? 'pr';
  return type === 'pr';
}

/** `schedule:automergeDaily` and its like set nothing else. */
function presetSchedules(resolved: Fields, config: Fields): Schedule[] {
  if (!byMergeRequest(resolved, { fields: config, path: [], around: [] })) return [];
  return extendsIn(config)
    .flat()
    .filter(({ text }) => /^schedule:automerge/.test(text))
    .map(({ text, path }) => ({ path, schedule: text }));
}

function draftOf(source: string, path: ConfigPath, schedule: string): Draft {
  return {
    message: `the automergeSchedule ${JSON.stringify(schedule)} is ignored: platformAutomerge is on, so the platform merges as soon as the pipeline is green`,
    remedy: 'Set "platformAutomerge": false beside it, so that Renovate merges by itself within the schedule; or delete it and bound the merge requests with "schedule".',
    target: { kind: 'config', source, path },
    data: { schedule },
  };
}
