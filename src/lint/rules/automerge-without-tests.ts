import { inForce, objectsIn, type Fields, type WrittenObject } from '../../base/config-walk.ts';
import type { Document, Draft, Model, Rule, Target } from '../rule.ts';

export const automergeWithoutTests: Rule = {
  name: 'automerge-without-tests',
  severity: 'error',
  summary: 'Updates are merged by themselves while ignoreTests lets them pass without a green pipeline',
  fixable: false,
  check: draftsOf,
};

function draftsOf(model: Model): Draft[] {
  const written = model.documents.flatMap((document) => writtenFaults(model.config.resolved, document));
  const source = model.documents[0]?.source;
  // Both come from presets: the user's extends brought them together.
  if (written.length > 0 || source === undefined || !both(model.config.resolved)) return written;
  return [draftOf({ kind: 'config', source, path: ['extends'] }, 'automerge')];
}

function both(level: Fields): boolean {
  return level['ignoreTests'] === true && level['automerge'] === true;
}

function writtenFaults(resolved: Fields, { source, value }: Document): Draft[] {
  return [...objectsIn(value)].flatMap((written): Draft[] => {
    const { fields, path, around } = written;
    const option = OPTIONS.find((key) => fields[key] !== undefined);
    if (option === undefined || !isFault(resolved, written)) return [];
    const [parent, ...beyond] = around;
    // what an outer level has is said there
    if (parent !== undefined && isFault(resolved, { fields: parent, path: [], around: beyond })) return [];
    return [draftOf({ kind: 'config', source, path: [...path, option] }, option)];
  });
}

const OPTIONS = ['ignoreTests', 'automerge'] as const;

/** A rule or block has its own word, else that of the levels around it, else that of the presets. */
function isFault(resolved: Fields, written: WrittenObject): boolean {
  return OPTIONS.every((option) => (inForce(written, option) ?? resolved[option]) === true);
}

/** With ignoreTests Renovate takes the branch status for green without asking (workers/repository/update/branch/status-checks.js, 44.121.2). */
function draftOf(target: Target, option: (typeof OPTIONS)[number]): Draft {
  return {
    message: 'automerge and ignoreTests are on together: updates are merged without waiting for a pipeline, also when it fails',
    remedy: 'Delete ignoreTests. Where a project has no pipeline yet, give it a job that judges the merge request, and switch on "Pipelines must succeed".',
    target,
    data: { option },
  };
}
