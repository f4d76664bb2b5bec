/**
 * What Renovate would extract and decide with a config, as text that differs when the outcome does: each dependency with where it is looked up and
 * written, and what the package rules make of it for each update type.
 */
const UPDATE_TYPES = ['major', 'minor', 'patch', 'pin', 'digest'];

/** What decides whether, when and how an update is proposed and merged; labels and titles do not. */
const DECISIVE = ['automerge', 'automergeSchedule', 'automergeStrategy', 'automergeType', 'dependencyDashboardApproval', 'enabled', 'groupName', 'ignoreTests', 'labels', 'addLabels', 'minimumReleaseAge', 'minimumReleaseAgeBehaviour', 'platformAutomerge', 'prPriority', 'reviewers', 'schedule', 'additionalBranchPrefix', 'separateMinorPatch', 'timezone', 'versioning'];

export function extracted({ runs }) {
  return runs.flatMap(({ manager, dependencies }) => dependencies.map(({ file, depName, packageName, datasource, currentValue, versioning, registryUrls, enabled, skipReason, writeBack }) => JSON.stringify([manager, file, depName, packageName, datasource, currentValue, versioning, registryUrls, enabled, skipReason, writeBack]))).sort();
}

export function decided({ runs, resolved, matches, messages }) {
  // an invalid config stops the whole repository
  if (messages.some(({ level }) => level === 'error')) return ['invalid'];
  const top = pick(resolved.config);
  const { rules = [], subjects = [] } = matches ?? {};
  return subjects
    .flatMap(({ dependencies }, subject) => {
      const { run, index } = dependencies[0];
      const { file, depName } = runs[run].dependencies[index];
      return UPDATE_TYPES.map((type) => {
        const fitting = rules.filter(({ updateTypes, verdicts }) => verdicts[subject].kind === 'matches' && (updateTypes === null || updateTypes.includes(type)));
        const settings = fitting.reduce((before, { index: rule }) => ({ ...before, ...pick(resolved.config.packageRules[rule]) }), top);
        return JSON.stringify([file, depName, type, pick(settings)]);
      });
    })
    .concat(JSON.stringify(top))
    .sort();
}

/** Always in the same order. */
function pick(settings) {
  return Object.fromEntries(DECISIVE.filter((key) => settings[key] !== undefined).map((key) => [key, settings[key]]));
}
