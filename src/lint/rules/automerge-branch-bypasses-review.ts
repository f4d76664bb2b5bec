import { extendsIn, objectsIn, type ConfigPath } from '../../base/config-walk.ts';
import { isForDisabledManagers, type Document, type Draft, type Model, type Rule } from '../rule.ts';

export const automergeBranchBypassesReview: Rule = {
  name: 'automerge-branch-bypasses-review',
  severity: 'warning',
  summary: 'Updates are pushed to the main branch without a merge request, so nothing that guards merge requests runs',
  fixable: false,
  check: (model) => model.documents.flatMap((document) => draftsOf(model, document)),
};

function draftsOf(model: Model, { source, value }: Document): Draft[] {
  return [...writtenTypes(model, value), ...presets(value)].map(({ path, text }) => draftOf(source, path, text));
}

interface Written {
  readonly path: ConfigPath;
  readonly text: string;
}

/** `branch-push` and `branch-merge-commit` are older names, which Renovate migrates (automerge-type-migration.js, 44.121.2). */
function writtenTypes(model: Model, config: unknown): Written[] {
  return [...objectsIn(config)].flatMap(({ fields, path }): Written[] => {
    const type = fields['automergeType'];
    if (typeof type !== 'string' || !/^branch(?:-|$)/.test(type) || isForDisabledManagers(model, fields)) return [];
    return [{ path: [...path, 'automergeType'], text: `automergeType ${JSON.stringify(type)}` }];
  });
}

/** Built-in presets that set it, or did so once (config/presets/internal/default.preset.js and common.js). */
const BRANCH_PRESETS = /^(?:default)?:automergeBranch(?:Push|MergeCommit)?$/;

function presets(config: unknown): Written[] {
  return extendsIn(config)
    .flat()
    .filter(({ text }) => BRANCH_PRESETS.test(text))
    .map(({ text, path }) => ({ path, text: `the preset ${JSON.stringify(text)}` }));
}

function draftOf(source: string, path: ConfigPath, text: string): Draft {
  return {
    message: `${text} lets Renovate push updates to the main branch without a merge request: its pipelines, approvals and gates never run`,
    remedy: 'Write "automergeType": "pr", the default: then an update is merged by its merge request, once its pipeline is green.',
    target: { kind: 'config', source, path },
    data: { written: text },
  };
}
