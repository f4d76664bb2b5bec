import { CONFIG_FILE_NAMES } from '../../src/base/config-file-names.ts';
import type { GitLab } from '../gitlab/port.ts';
import type { ApprovalRule, Branch, Hook, Incident, Pipeline, Project, ProtectedBranch, TokenSelf, User } from '../gitlab/schema.ts';
import { mayAutomerge } from './automerge.ts';
import { ask, known, type Fact } from './check.ts';

/** About one token and its user. */
export interface TokenFacts {
  /** Where the token comes from: `RENOVATE_TOKEN`. */
  readonly origin: string;
  readonly user: Fact<User>;
  /** Null for tokens that cannot look at themselves, such as a job's. */
  readonly token: Fact<TokenSelf | null>;
  readonly version: Fact<string>;
  /** How many projects it selects. */
  readonly projects: Fact<number>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** About one project, as the token sees it. */
export interface ProjectFacts {
  readonly project: Project;
  readonly bot: User;
  readonly version: string | null;
  /** The bot's role (30 Developer, 40 Maintainer, 50 Owner); null where GitLab does not say it. */
  readonly level: number | null;
  /** Whether Renovate may merge anything here by itself, as far as its config tells. */
  readonly automerges: boolean;
  /** Whether a file holds the project's CI; null where it is kept in another project. */
  readonly hasCiConfig: Fact<boolean | null>;
  readonly branch: Fact<Branch | null>;
  readonly protectedBranches: Fact<readonly ProtectedBranch[]>;
  /** Null in a GitLab without approval rules. */
  readonly approvalRules: Fact<readonly ApprovalRule[] | null>;
  /** The last ones, whatever started them, and of merge requests. */
  readonly pipelines: Fact<readonly Pipeline[]>;
  readonly hooks: Fact<readonly Hook[] | null>;
  readonly incident: Fact<Pick<Incident, 'iid' | 'author' | 'createdAt'> | null>;
  /** Address under which GitLab reaches `serve`; null when it is not used. */
  readonly webhook: string | null;
}

export function tokenFacts(gitlab: GitLab): Promise<Pick<TokenFacts, 'user' | 'token' | 'version'>> {
  return Promise.all([ask(gitlab.user), ask(gitlab.token), ask(gitlab.version)]).then(([user, token, version]) => ({ user, token, version }));
}

export interface FactsRequest {
  readonly gitlab: GitLab;
  readonly bot: User;
  readonly version: string | null;
  readonly webhook: string | null;
  /** Whether Renovate's global options let it merge by themselves. */
  readonly globalAutomerge: boolean;
}

/** All that the checks ask for, once, one request after the other; what GitLab refuses is a fact as well. Null when there is no such project for this token. */
export async function projectFacts(path: string, { gitlab, bot, version, webhook, globalAutomerge }: FactsRequest): Promise<ProjectFacts | null> {
  const project = await gitlab.project(path);
  if (project === null) return null;
  const { id, defaultBranch } = project;
  const names = await ask(async () => new Set((await gitlab.tree(id, ''))?.map((entry) => entry.path)));
  const config = await ask(() => renovateConfig(gitlab, id, names.known ? names.value : new Set()));
  return {
    project,
    bot,
    version,
    webhook,
    level: bot.admin ? OWNER : project.accessLevel,
    automerges: globalAutomerge || !names.known || !config.known || mayAutomerge(config.value),
    hasCiConfig: names.known ? await ask(() => hasCiConfig(gitlab, project, names.value)) : names,
    branch: defaultBranch === null ? known(null) : await ask(() => gitlab.branch(id, defaultBranch)),
    protectedBranches: await ask(() => gitlab.protectedBranches(id)),
    approvalRules: await ask(() => gitlab.approvalRules(id)),
    pipelines: await ask(() => pipelinesOf(gitlab, id)),
    hooks: webhook === null ? known(null) : await ask(() => gitlab.hooks(id)),
    incident: project.issues ? await ask(() => gitlab.latestIncident(id)) : known(null),
  };
}

/** An administrator is a member of nothing, and may do everything. */
const OWNER = 50;

/** The text of the file that Renovate picks; null when there is none. */
async function renovateConfig(gitlab: GitLab, project: number, names: ReadonlySet<string>): Promise<string | null> {
  for (const name of CONFIG_FILE_NAMES) {
    if (!names.has(name.split('/')[0]!)) continue;
    const text = await gitlab.file(project, name, 'HEAD');
    if (text === null) continue;
    if (name !== 'package.json') return text;
    const embedded = embeddedConfig(text);
    if (embedded !== null) return embedded;
  }
  return null;
}

/** The `renovate` of a package.json. */
function embeddedConfig(text: string): string | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && 'renovate' in value ? JSON.stringify(typeof value.renovate === 'string' ? { extends: [value.renovate] } : value.renovate) : null;
  } catch {
    return null;
  }
}

/** `path@group/project` and addresses lead elsewhere (https://docs.gitlab.com/ci/pipelines/settings/#specify-a-custom-cicd-configuration-file). */
async function hasCiConfig(gitlab: GitLab, { id, ciConfigPath, autoDevOps }: Project, names: ReadonlySet<string>): Promise<boolean | null> {
  const path = ciConfigPath ?? '.gitlab-ci.yml';
  if (path.includes('@') || path.includes('://')) return null;
  if (autoDevOps || names.has(path)) return true;
  return path.includes('/') && (await gitlab.file(id, path, 'HEAD')) !== null;
}

/** Twenty of all; and, when none of them is of a merge request, twenty of those. */
async function pipelinesOf(gitlab: GitLab, project: number): Promise<readonly Pipeline[]> {
  const all = await gitlab.pipelines(project, {});
  if (all.length === 0 || all.some(({ source }) => source === 'merge_request_event')) return all;
  return [...all, ...(await gitlab.pipelines(project, { source: 'merge_request_event' }))];
}
