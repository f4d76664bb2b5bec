import { readAddress, readAlertAddress, readBranch, readHost, readImage, readLabel, readPresets, readProject, type Reading } from './read.ts';

/** The team's values, as the templates name them. */
export interface Values {
  /** GitLab's address, without a slash at its end. */
  readonly GITLAB: string;
  /** Path of the cluster repository there. */
  readonly PROJECT: string;
  /** A Renovate preset: where renovate-argocd's presets are. */
  readonly PRESETS: string;
  readonly POLICY: string;
  /** The cluster as Argo CD knows it. */
  readonly DESTINATION: string;
  /** Empty without one. */
  readonly ARGOCD_HOST: string;
  readonly INGRESS_CLASS: string;
  readonly ARGOCD_NAMESPACE: string;
  readonly PROMETHEUS_RELEASE: string;
  readonly ALERT_URL: string;
  readonly BRANCH: string;
  readonly IMAGE: string;
  /** Project of the CI/CD components; empty where the jobs are written out. */
  readonly COMPONENTS: string;
  readonly TAGS: readonly string[];
}

/** Those that are one text. */
export type FieldName = Exclude<keyof Values, 'TAGS'>;

/** What the fallbacks are made of, besides the values that come before. */
export interface Known {
  /** Of the git repository that is there already. */
  readonly origin: { readonly gitlab: string; readonly project: string } | null;
  /** Of this package: its version is the tag of the presets. */
  readonly version: string;
}

export interface Field {
  readonly name: FieldName;
  /** Without the dashes. */
  readonly option: string;
  /** What stands for the value in the help. */
  readonly value: string;
  readonly description: string;
  /** Asked on a terminal; what has a default that suits nearly everybody is an option only. */
  readonly question: string | null;
  readonly choices?: readonly string[];
  read(text: string): Reading;
  /** Null when nobody can know it. */
  fallback(before: Partial<Values>, known: Known): string | null;
}

const GITLAB_COM = 'https://gitlab.com';

export const POLICIES: readonly string[] = ['standard', 'manual', 'fast'];

/** In the order in which they are asked: a fallback may use what stands before it. */
export const FIELDS: readonly Field[] = [
  {
    name: 'GITLAB',
    option: 'gitlab',
    value: 'URL',
    description: "GitLab's address; by default that of the git remote origin, or https://gitlab.com",
    question: "GitLab's address",
    read: (text) => readAddress(text, "GitLab's address"),
    fallback: (_before, { origin }) => origin?.gitlab ?? GITLAB_COM,
  },
  {
    name: 'PROJECT',
    option: 'project',
    value: 'PATH',
    description: 'path of the project in GitLab that holds this repository, for example platform/cluster-config; by default that of the git remote origin',
    question: 'Path of the project there that holds this repository',
    read: readProject,
    fallback: (before, { origin }) => (origin !== null && origin.gitlab === before.GITLAB ? origin.project : null),
  },
  {
    name: 'PRESETS',
    option: 'presets',
    value: 'REF',
    description: 'where Renovate finds the presets of renovate-argocd; by default the published ones on gitlab.com, elsewhere local>GROUP/renovate-argocd with the first group of the project',
    question: "Where Renovate finds this package's presets",
    read: readPresets,
    // A tag of a `local>` preset is updated by nobody (manager renovate-config of 44.121.2), and what stands in one's own GitLab one updates oneself.
    fallback: (before, { version }) => (before.GITLAB === GITLAB_COM ? `gitlab>renovate-argocd/renovate-argocd#v${version}` : `local>${before.PROJECT!.split('/')[0]!}/renovate-argocd`),
  },
  {
    name: 'POLICY',
    option: 'policy',
    value: 'NAME',
    description: 'what merges by itself',
    question: 'What merges by itself: standard (patches, after three days), manual (nothing), fast (minors, too)',
    choices: POLICIES,
    read: (text) => (POLICIES.includes(text) ? { ok: true, value: text } : { ok: false, problem: `it is one of ${POLICIES.join(', ')}` }),
    fallback: () => POLICIES[0]!,
  },
  {
    name: 'DESTINATION',
    option: 'destination',
    value: 'URL',
    description: 'address of the cluster to deploy to, as Argo CD knows it; by default the one that it runs in, https://kubernetes.default.svc',
    question: 'Address of the cluster to deploy to, as Argo CD knows it',
    read: (text) => readAddress(text, 'the address of the cluster'),
    fallback: () => 'https://kubernetes.default.svc',
  },
  {
    name: 'ARGOCD_HOST',
    option: 'argocd-host',
    value: 'NAME',
    description: 'host name under which the ingress controller shows Argo CD; by default it is reached by a port-forward only',
    question: 'Host name for Argo CD, empty for none',
    read: (text) => (text === '' ? { ok: true, value: '' } : readHost(text)),
    fallback: () => '',
  },
  {
    name: 'INGRESS_CLASS',
    option: 'ingress-class',
    value: 'NAME',
    description: 'ingress class of that host; by default traefik',
    question: null,
    read: readLabel,
    fallback: () => 'traefik',
  },
  {
    name: 'ARGOCD_NAMESPACE',
    option: 'argocd-namespace',
    value: 'NAME',
    description: 'namespace of Argo CD and its Applications; by default argocd',
    question: null,
    read: readLabel,
    fallback: () => 'argocd',
  },
  {
    name: 'PROMETHEUS_RELEASE',
    option: 'prometheus-release',
    value: 'NAME',
    description: 'release name of kube-prometheus-stack, which its Application and the labels `release` carry; by default kube-prometheus-stack',
    question: null,
    read: readLabel,
    fallback: () => 'kube-prometheus-stack',
  },
  {
    name: 'ALERT_URL',
    option: 'alert-url',
    value: 'URL',
    description: "address of GitLab's alert integration; by default PROJECT/prometheus/alerts/notify.json",
    question: null,
    read: readAlertAddress,
    fallback: (before) => `${before.GITLAB!}/${before.PROJECT!}/prometheus/alerts/notify.json`,
  },
  {
    name: 'BRANCH',
    option: 'branch',
    value: 'NAME',
    description: 'branch that Argo CD deploys from; by default HEAD, the default branch of the project, which is the one that Renovate keeps up to date',
    question: null,
    read: readBranch,
    fallback: () => 'HEAD',
  },
  {
    name: 'IMAGE',
    option: 'image',
    value: 'IMAGE',
    description: 'container image of the CI jobs, with Node 24, npm and git; by default node:24',
    question: null,
    read: readImage,
    fallback: () => 'node:24',
  },
  {
    name: 'COMPONENTS',
    option: 'components',
    value: 'PATH',
    description: "project on the same GitLab whose CI/CD components the pipeline includes: your copy of this package's, for example platform/renovate-argocd; by default the jobs are written out",
    question: null,
    read: (text) => (text === '' ? { ok: true, value: '' } : readProject(text)),
    fallback: () => '',
  },
];

