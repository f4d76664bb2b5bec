import { fail } from '../../src/base/failure.ts';
import { inParallel } from '../parallel.ts';
import { isGlob } from '../projects/discover.ts';
import { listProjects, type Listed } from '../projects/list.ts';
import type { SkippedProject, SkipReason } from '../projects/project.ts';
import type { Account, Setup } from '../setup.ts';
import { valueMayAutomerge } from './automerge.ts';
import { ask, known, runChecks, type CheckResult, type Fact } from './check.ts';
import { accessChecks, projectChecks, tokenChecks } from './checks/index.ts';
import { projectFacts, tokenFacts, type FactsRequest, type TokenFacts } from './facts.ts';

export interface AccountResult {
  /** Empty for the one of RENOVATE_TOKEN. */
  readonly name: string;
  readonly origin: string;
  readonly user: string | null;
  readonly checks: readonly CheckResult[];
}

export interface ProjectResult {
  readonly path: string;
  readonly account: string;
  readonly url: string | null;
  readonly checks: readonly CheckResult[];
}

export interface PreflightReport {
  readonly endpoint: string;
  readonly accounts: readonly AccountResult[];
  readonly projects: readonly ProjectResult[];
  /** Selected, but with nothing to check. */
  readonly skipped: readonly SkippedProject[];
}

export interface PreflightRequest {
  readonly setup: Pick<Setup, 'accounts' | 'config' | 'endpoint'>;
  /** Address under which GitLab reaches `serve`; null when it is not used. */
  readonly webhook: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  step(text: string): void;
}

/** Projects that are looked into at a time, each with one request after the other. */
const AT_ONCE = 8;

/** What keeps a project from being run is what this is about. The other reasons are as somebody wants it. */
const WORTH_CHECKING: ReadonlySet<SkipReason> = new Set(['not-found', 'role-too-low', 'merge-requests-off']);

export async function preflight({ setup: { accounts, config, endpoint }, webhook, now, step }: PreflightRequest): Promise<PreflightReport> {
  const globalAutomerge = valueMayAutomerge(config.renovate);
  const read = await inParallel(accounts, 2, (account) => readAccount(account, now));
  const planned = plannedOf(read);
  let done = 0;
  const projects = await inParallel(planned, AT_ONCE, async ({ path, account, facts }): Promise<ProjectResult> => {
    const result = await checkProject(path, { gitlab: account.gitlab, bot: facts.bot, version: facts.version, webhook, globalAutomerge });
    done += 1;
    step(`${done} of ${planned.length} projects checked`);
    return { path, account: account.name, ...result };
  });
  const checked = new Set(planned.map(({ path }) => path));
  const skipped = new Map(read.flatMap(({ listed }) => (listed.known ? listed.value.skipped : [])).filter(({ path }) => !checked.has(path)).map((one) => [one.path, one]));
  return {
    endpoint,
    accounts: read.map(({ account, facts }) => ({ name: account.name, origin: facts.origin, user: facts.user.known ? facts.user.value.username : null, checks: runChecks(tokenChecks, facts) })),
    projects: projects.sort(byPath),
    skipped: [...skipped.values()].sort(byPath),
  };
}

interface ReadAccount {
  readonly account: Account;
  readonly facts: TokenFacts;
  readonly listed: Fact<Listed>;
}

async function readAccount(account: Account, now: number): Promise<ReadAccount> {
  const facts = await tokenFacts(account.gitlab);
  // a refused token is a finding; a GitLab that is not there is none
  if (!facts.user.known && facts.user.failure.code === 'gitlab-unreachable') fail(facts.user.failure);
  const listed: Fact<Listed> = facts.user.known ? await ask(() => listProjects(account.gitlab, account.selection)) : facts.user;
  const projects = listed.known ? known(listed.value.projects.length) : listed;
  return { account, listed, facts: { ...facts, origin: account.token.origin, projects, now } };
}

interface Planned {
  readonly path: string;
  readonly account: Account;
  readonly facts: Pick<FactsRequest, 'bot' | 'version'>;
}

/** As `run` shares them out: a project that several accounts select belongs to the first that would run it. */
function plannedOf(read: readonly ReadAccount[]): Planned[] {
  const planned = new Map<string, Planned>();
  for (const wanted of ['run', 'skipped'] as const) {
    for (const { account, listed, facts } of read) {
      if (!facts.user.known) continue;
      const about = { bot: facts.user.value, version: facts.version.known ? facts.version.value : null };
      for (const path of pathsOf(account, listed, wanted)) if (!planned.has(path)) planned.set(path, { path, account, facts: about });
    }
  }
  return [...planned.values()];
}

/** Where GitLab fails on a part of the list, those that are named can be looked at nevertheless. */
function pathsOf({ selection }: Account, listed: Fact<Listed>, wanted: 'run' | 'skipped'): readonly string[] {
  if (!listed.known) return wanted === 'run' ? selection.projects.filter((path) => !isGlob(path)) : [];
  const { projects, skipped } = listed.value;
  return wanted === 'run' ? projects.map(({ path }) => path) : skipped.filter(({ reason }) => WORTH_CHECKING.has(reason)).map(({ path }) => path);
}

async function checkProject(path: string, request: FactsRequest): Promise<Pick<ProjectResult, 'url' | 'checks'>> {
  // a group that is not there ends with a slash
  const facts = path.endsWith('/') ? known(null) : await ask(() => projectFacts(path, request));
  if (!facts.known || facts.value === null) return { url: null, checks: runChecks(accessChecks, facts.known ? known(null) : facts) };
  return { url: facts.value.project.webUrl, checks: runChecks(projectChecks, facts.value) };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}
