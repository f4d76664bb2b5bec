import type { Known, Values } from './fields.ts';
import { render, type TemplateValues } from './template.ts';

/** Path in the package's folder scaffold/, and text. */
export interface Template {
  readonly path: string;
  readonly text: string;
}

export interface ScaffoldFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What the templates get besides the team's values. */
function derived({ GITLAB, PROJECT, PRESETS, POLICY, ARGOCD_HOST, DESTINATION, BRANCH }: Values, { version }: Pick<Known, 'version'>): TemplateValues {
  return {
    REPOSITORY_URL: `${GITLAB}/${PROJECT}.git`,
    GITLAB_FQDN: new URL(GITLAB).host,
    EXTENDS: POLICY === 'standard' ? [PRESETS] : [PRESETS, policyPreset(PRESETS, POLICY)],
    TOOL_VERSION: version,
    PORT_FORWARD_ONLY: ARGOCD_HOST === '' ? 'yes' : '',
    OTHER_CLUSTER: DESTINATION === 'https://kubernetes.default.svc' ? '' : 'yes',
    OWN_PRESETS: /^(?:local>)?[^>]*$/.test(PRESETS) ? 'yes' : '',
    OWN_BRANCH: BRANCH === 'HEAD' ? '' : 'yes',
  };
}

/** The tag stands behind the path of a preset. */
function policyPreset(presets: string, policy: string): string {
  const [repository = '', tag] = presets.split('#');
  return `${repository}//presets/policy/${policy}${tag === undefined ? '' : `#${tag}`}`;
}

/** Of the two ways to write the pipeline one is taken. */
const PIPELINES = { jobs: 'dot-gitlab-ci.yml', components: 'dot-gitlab-ci.components.yml' } as const;

/** npm leaves .gitignore out of packages, and tools of this repository would read a .gitlab-ci.yml: in the package they begin with `dot-`. */
export function scaffoldFiles(templates: readonly Template[], values: Values, known: Pick<Known, 'version'>): ScaffoldFile[] {
  const all: TemplateValues = { ...values, ...derived(values, known) };
  const left = values.COMPONENTS === '' ? PIPELINES.components : PIPELINES.jobs;
  const taken = templates.filter(({ path }) => path !== left);
  return taken.map(({ path, text }) => ({ path: target(path), text: render(path, text, all) })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function target(path: string): string {
  return (path === PIPELINES.components ? PIPELINES.jobs : path).replace(/^dot-/, '.');
}
