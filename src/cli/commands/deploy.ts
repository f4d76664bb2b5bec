import type { Command } from '../command.ts';

export const deploy: Command = {
  name: 'deploy',
  question: 'How does the revision that a pipeline has built get into the cluster repository?',
  details:
    "The CD job of an application's own repository: creates or updates its Application in the cluster repository, commits with a link to the pipeline, and pushes. In a manifest that is there, targetRevision changes and nothing else. What others push at the same time stays: a lost race is run again from what is there then. A deployment that comes after a newer one changes nothing, and neither does one whose revision is there already. It takes RENOVATE_ARGOCD_DEPLOY_TOKEN (a project access token), or an SSH key. docs/deploy.md has the job.",
  operand: null,
  formats: [
    { name: 'text', description: 'for people' },
    { name: 'json', description: 'one document' },
  ],
  options: [
    { name: 'cluster', value: 'URL', description: 'address of the cluster repository: https://HOST/GROUP/NAME.git, or git@HOST:GROUP/NAME.git' },
    { name: 'branch', value: 'NAME', description: "branch of it that Argo CD reads, by default the repository's own default" },
    { name: 'name', value: 'NAME', description: 'name of the Application, by default that of the project in GitLab' },
    { name: 'file', value: 'PATH', description: 'its manifest in the cluster repository, by default applications/templates/app-NAME.yaml' },
    { name: 'revision', value: 'REF', description: 'tag, branch or commit to deploy, by default the tag or branch that the pipeline runs for' },
    { name: 'repository', value: 'URL', description: "address from which Argo CD reads the application's chart, by default that of the project in GitLab" },
    { name: 'chart-path', value: 'PATH', description: 'folder of the chart there, by default chart' },
    { name: 'namespace', value: 'NAME', description: 'namespace that a new Application deploys to, by default its own name' },
    { name: 'values', value: 'FILE', description: 'helm values of a new Application' },
    { name: 'value-file', value: 'PATH', repeatable: true, description: 'values file of a new Application, from the folder of its chart' },
    { name: 'template', value: 'FILE', description: "the team's own template of a new Application" },
    { name: 'project', value: 'NAME', description: "Argo CD's project of a new Application, by default default" },
    { name: 'destination', value: 'URL', description: "cluster of a new Application, by default what the chart's values.yaml says under destination.server, or else the one that Argo CD runs in" },
    { name: 'argocd-namespace', value: 'NAME', description: "namespace of Argo CD's Applications, by default argocd" },
    { name: 'order', value: 'NUMBER', description: 'which of two deployments of an application is the newer: the one with the higher number, by default that of the pipeline; none to deploy whatever came before, as for a rollback' },
    { name: 'ssh-key', value: 'FILE', description: 'private key of a deploy key with write permission, by default RENOVATE_ARGOCD_DEPLOY_KEY, or what an ssh-agent offers' },
    { name: 'known-hosts', value: 'FILE', description: "keys of the hosts that ssh may talk to, by default RENOVATE_ARGOCD_DEPLOY_KNOWN_HOSTS, or the machine's own" },
    { name: 'author', value: "'NAME <ADDRESS>'", description: 'author of the commit' },
    { name: 'pipeline-url', value: 'URL', description: 'page that the commit links to, by default that of the pipeline' },
    { name: 'retries', value: 'NUMBER', description: 'how often a lost race is run again, by default 30' },
    { name: 'dry-run', value: null, description: 'show what would change, and push nothing' },
    { name: 'wait', value: null, description: 'wait until the revision is synced and healthy in the cluster; with --argocd-url or --prometheus-url' },
    { name: 'argocd-url', value: 'URL', description: "Argo CD's address; the token to ask it with is ARGOCD_AUTH_TOKEN" },
    { name: 'parent', value: 'NAME', description: 'Application of the cluster repository, which Argo CD is asked to look at now' },
    { name: 'prometheus-url', value: 'URL', description: 'address of a Prometheus that has argocd_app_info, where Argo CD cannot be reached; its token, if any, is PROMETHEUS_TOKEN' },
    { name: 'timeout', value: 'SECONDS', description: 'how long to wait, by default 600' },
    { name: 'interval', value: 'SECONDS', description: 'how often to look, by default 5' },
    { name: 'settle', value: 'SECONDS', description: 'how long the metric has to stay as it is where no change was seen, by default 240' },
    { name: 'dotenv', value: 'FILE', description: 'write what a GitLab environment needs, as DEPLOY_URL and others' },
    { name: 'environment-url', value: 'URL', description: "address of the environment, by default the Application's page in Argo CD, or the commit's" },
  ],
  exits: [
    { code: 0, meaning: 'deployed, or nothing to do' },
    { code: 1, meaning: 'in git, and with --wait not healthy in the cluster' },
    { code: 2, meaning: 'wrong usage, or a manifest that cannot be edited; nothing was changed' },
    { code: 3, meaning: 'could not run: the cluster repository or Argo CD cannot be reached, or refuses' },
  ],

  async run(args, context) {
    const { runDeploy } = await import('../deploy/run.ts');
    return runDeploy(args, context);
  },
};
