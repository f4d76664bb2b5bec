import { releaseAgeNever } from '../../../../src/lint/rules/release-age-never.ts';
import { applied, packageRules, subject, testRule } from '../harness.ts';

function config(value: object): Record<string, string> {
  return { 'renovate.json': JSON.stringify(value, null, 1) };
}

const oci = subject({ datasource: 'docker', packageName: 'quay.io/jetstack/charts/cert-manager' });
const chart = subject();
const tag = subject({ datasource: 'git-tags', packageName: 'https://gitlab.com/team/deploy' }, { count: 2 });
const branch = subject({ datasource: 'git-refs', packageName: 'https://gitlab.com/team/deploy' });
const aged = { minimumReleaseAge: '3 days' };
const hub = (packageName: string) => subject({ datasource: 'docker', packageName });
const optional = { matchDatasources: ['docker'], minimumReleaseAgeBehaviour: 'timestamp-optional' };
const none = { matchDatasources: ['docker'], minimumReleaseAge: null };
const ruled = { matchManagers: ['argocd'], minimumReleaseAge: '3 days' };
const majors = { ...ruled, matchUpdateTypes: ['major'] };
const never = 'quay.io/jetstack/charts/cert-manager): its updates stay pending for ever';

testRule(releaseAgeNever, {
  accept: [
    { name: 'a chart of an http repository', documents: config(aged), packageRules: packageRules([chart], []) },
    { name: 'images of Docker Hub', documents: config(aged), packageRules: packageRules(['redis', 'grafana/grafana', 'docker.io/grafana/grafana', 'registry-1.docker.io/bitnamicharts/redis'].map(hub), []) },
    { name: 'no age', documents: config({}), packageRules: packageRules([oci], []) },
    { name: 'an age of nothing', documents: config({ minimumReleaseAge: '0 days' }), packageRules: packageRules([oci], []) },
    { name: 'an age that cannot be read', documents: config({ minimumReleaseAge: '3 dayz' }), packageRules: packageRules([oci], []) },
    { name: 'a dependency that is switched off', documents: config(aged), packageRules: packageRules([subject({ ...oci.dependency, enabled: false })], []) },
    { name: 'a dependency that is not looked up', documents: config(aged), packageRules: packageRules([subject({ ...oci.dependency, skipReason: 'invalid-value' })], []) },
    { name: 'dates that are optional', documents: config({ ...aged, minimumReleaseAgeBehaviour: 'timestamp-optional' }), packageRules: packageRules([oci], []) },
    { name: 'dates that a rule makes optional', documents: config(aged), packageRules: packageRules([oci], [applied(0, optional, ['matches'])]) },
    { name: 'a later rule without an age', documents: config(aged), packageRules: packageRules([oci], [applied(0, ruled, ['matches']), applied(1, none, ['matches'])]) },
    { name: 'a rule that fits another', documents: config({ packageRules: [ruled] }), packageRules: packageRules([oci], [applied(0, ruled, ['fails matchManagers'])]) },
    { name: 'a rule that nobody can judge offline', documents: config(aged), packageRules: packageRules([oci], [applied(0, none, ['undecidable matchSourceUrls'])]) },
    { name: 'a rule about breaking updates', documents: config(aged), packageRules: packageRules([oci], [applied(0, none, ['matches'], { isBreaking: true })]) },
    { name: 'updates that come before their checks', documents: config({ ...aged, internalChecksFilter: 'flexible' }), packageRules: packageRules([oci], []) },
    { name: 'an age of a preset that nobody here wrote', documents: config({}), resolved: aged, packageRules: packageRules([oci], []) },
    { name: 'a rule of a preset that nobody here wrote', documents: config({}), packageRules: packageRules([oci], [applied(0, ruled, ['matches'], { source: { source: 'presets/x.json', index: 0 } })]) },
    { name: 'an age for updates that a branch does not have', documents: config({ packageRules: [majors] }), packageRules: packageRules([branch], [applied(0, majors, ['matches'])]) },
  ],
  reject: [
    {
      name: 'a chart of an OCI registry',
      documents: config(aged),
      packageRules: packageRules([chart, oci], []),
      findings: [`renovate.json:2:24 error minimumReleaseAge "3 days" waits for a release date, which a dependency does not have (docker: ${never}`],
      remedies: ['{ "matchDatasources": ["docker"], "minimumReleaseAgeBehaviour": "timestamp-optional" }'],
    },
    {
      name: 'tags and branches of git repositories, once',
      documents: config(aged),
      packageRules: packageRules([tag, branch], []),
      findings: ['renovate.json:2:24 error minimumReleaseAge "3 days" waits for a release date, which 3 dependencies do not have (git-tags, git-refs: https://gitlab.com/team/deploy): their updates stay pending for ever'],
      remedies: ['["git-tags","git-refs"]'],
    },
    {
      name: 'a rule for some update types',
      documents: config({ packageRules: [majors] }),
      packageRules: packageRules([oci], [applied(0, majors, ['matches'])]),
      findings: [`renovate.json:7:26 error minimumReleaseAge "3 days" waits for a release date, which a dependency does not have (docker: ${never.replace('updates', 'major updates')}`],
      remedies: ['timestamp-optional'],
    },
    {
      name: 'a block of the top level and one of a rule',
      documents: config({ minor: aged, packageRules: [{ matchManagers: ['argocd'], patch: aged }] }),
      packageRules: packageRules([oci], [applied(0, { matchManagers: ['argocd'], matchUpdateTypes: ['patch'], ...aged }, ['matches'])]),
      findings: [
        `renovate.json:3:25 error minimumReleaseAge "3 days" waits for a release date, which a dependency does not have (docker: ${never.replace('updates', 'minor updates')}`,
        `renovate.json:11:27 error minimumReleaseAge "3 days" waits for a release date, which a dependency does not have (docker: ${never.replace('updates', 'patch updates')}`,
      ],
      remedies: ['timestamp-optional', 'timestamp-optional'],
    },
    {
      name: 'mildly where a preset is missing',
      documents: config(aged),
      missing: [{ reference: 'local>a/b', message: 'x' }],
      packageRules: packageRules([oci], []),
      findings: [`renovate.json:2:24 info minimumReleaseAge "3 days" waits for a release date, which a dependency does not have (docker: ${never}`],
      remedies: ['timestamp-optional'],
    },
  ],
});
