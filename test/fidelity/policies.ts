import type { JsonObject } from '../../src/renovate/types.ts';
import type { Policy } from './matrix.ts';

const OWN = 'local>platform/renovate-argocd';

function preset(path: string): string {
  return `${OWN}//presets/${path}`;
}

/** Managers alone, and then policy. */
function extending(name: string, references: readonly string[], config: JsonObject = {}): Policy {
  return { name, config: { extends: [preset('managers/application'), preset('managers/helm-values-image'), ...references.map(preset)], ...config } };
}

/** What people write without our policy presets, and the whole of them: one after the other, in each order, with exceptions and rules of one's own. */
export const POLICIES: readonly Policy[] = [
  extending('rules of one\'s own', [], {
    separateMinorPatch: true,
    packageRules: [
      { matchUpdateTypes: ['patch'], automerge: true },
      { matchUpdateTypes: ['major'], dependencyDashboardApproval: true },
    ],
  }),
  { name: 'the whole package', config: { extends: [OWN] } },
  extending('nothing said', []),
  extending('manual', ['policy/manual']),
  extending('fast', ['policy/fast']),
  extending('automerge/patch', ['automerge/patch']),
  extending('automerge/minor', ['automerge/minor']),
  extending('automerge/major', ['automerge/major']),
  extending('automerge/digest', ['automerge/digest']),
  extending('automerge/minor for one chart', ['automerge/minor(minor-old)']),
  extending('an exception before fast', ['automerge/none(patch-old)', 'policy/fast']),
  extending('an exception after fast', ['policy/fast', 'automerge/none(patch-old)']),
  extending('one chart less than the policy', ['automerge/patch(minor-old)', 'policy/fast']),
  extending('tiers', ['policy/fast', 'tier/critical(minor-old)', 'tier/low(patch-old)']),
  extending('names with a tag, a regex and a glob', ['policy/standard', 'automerge/minor#v0.1.0(minor-old, /^oci-m/)', 'automerge/none(zero-*)']),
  extending('production', ['policy/standard', 'environment/production(*-old.yaml)']),
  { ...extending('calendar versions, same charts grouped', ['policy/fast', 'versioning/calendar(calver-*)', 'group/same-chart']), types: { 'calver-minor': 'patch', 'calver-major': 'minor' } },
  extending('a major that is named, over tier and policy', ['automerge/major(major-old)', 'tier/normal', 'policy/standard']),
  extending('a rule of one\'s own after the policy', ['policy/standard'], { packageRules: [{ matchPackageNames: ['minor-old'], automerge: true, minimumReleaseAge: null }] }),
];

/** The most different ones, which CI takes. All take five minutes of two cores: FIDELITY=all, before a release. */
export const SOME: readonly string[] = ['rules of one\'s own', 'the whole package', 'tiers', 'names with a tag, a regex and a glob', 'calendar versions, same charts grouped'];

/** What `npm test` runs. */
export const FEW: readonly string[] = ['rules of one\'s own', 'the whole package'];
