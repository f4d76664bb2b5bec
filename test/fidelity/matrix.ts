import { explained } from '../../src/cli/explained.ts';
import type { Cell } from '../../src/policy/cell.ts';
import type { JsonObject, UpdateType } from '../../src/renovate/types.ts';
import { startSandbox, type Charts, type ChartsSpec, type ProjectRun, type RenovateRun, type Sandbox } from '../sandbox/index.ts';
import { openBuilt } from '../src/renovate/harness.ts';
import { projectRoot, temporaryFolder } from '../support/fixtures.ts';
import { OUTDATED, type Bump } from './bumps.ts';

export interface Policy {
  readonly name: string;
  /** What the repository's renovate.json says of policy. */
  readonly config: JsonObject;
  /** Bumps that are another update type here, by name: a versioning decides that. */
  readonly types?: Readonly<Record<string, UpdateType>>;
}

/** What became of a bump in the end. */
export type Fate = 'automerge' | 'merge-request' | 'approval' | 'pending' | 'nothing';

export interface MatrixCell {
  readonly policy: string;
  readonly bump: string;
  readonly explained: Fate;
  readonly happened: Fate;
}

/**
 * Each policy is a project of the emulated GitLab with an Application for each bump; `explain` says of its files what will happen, and the real Renovate,
 * run twice (what it orders in the first run is merged by GitLab or in the second), does it.
 */
export async function runMatrix(policies: readonly Policy[], bumps: readonly Bump[]): Promise<MatrixCell[]> {
  const projects = policies.map((_policy, index) => `clusters/policy-${index}`);
  const sandbox = await startSandbox({
    charts: releases(bumps),
    projects: (charts) => policies.map((policy, index) => ({ path: projects[index]!, files: filesOf(policy, bumps, charts), ci: 'success' as const, pipelinesMustSucceed: true })),
  });
  try {
    const runs = Object.assign({}, ...(await Promise.all(halves(projects).map((half) => twice(sandbox, half))))) as Record<string, ProjectRun>;
    const rows = await Promise.all(policies.map(async (policy, index) => cellsOf(policy, bumps, await explainedFates(policy, bumps, sandbox.charts), (bump) => fateOf(sandbox, projects[index]!, runs[projects[index]!]!, bump))));
    return rows.flat();
  } finally {
    await sandbox.close();
  }
}

/** Two processes at a time, one for each core that CI has. */
function halves(projects: readonly string[]): string[][] {
  return [0, 1].map((rest) => projects.filter((_project, index) => index % 2 === rest)).filter((half) => half.length > 0);
}

async function twice(sandbox: Sandbox, projects: readonly string[]): Promise<RenovateRun['projects']> {
  await sandbox.renovate({ projects });
  return (await sandbox.renovate({ projects })).projects;
}

function cellsOf(policy: Policy, bumps: readonly Bump[], explainedAs: ReadonlyMap<string, Fate>, happened: (bump: Bump) => Fate): MatrixCell[] {
  return bumps.map((bump) => ({ policy: policy.name, bump: bump.name, explained: explainedAs.get(bump.name)!, happened: happened(bump) }));
}

function releases(bumps: readonly Bump[]): ChartsSpec {
  const helm = bumps.filter(({ kind }) => kind === 'helm').map(({ name, current, next, age }) => [name, { [current]: 400, [next]: age ?? 0 }]);
  const oci = bumps.filter(({ kind }) => kind === 'oci' || kind === 'image').map(({ name, current, next }) => [`charts/${name}`, [...new Set([tagOf(current), next])]]);
  const git = bumps.filter(({ kind }) => kind === 'git').map(({ name, current, next }) => [`team/${name}`, [current, next]]);
  return { helm: { stable: { ...Object.fromEntries(helm), wrapper: { '1.0.0': 400 } } }, oci: Object.fromEntries(oci), git: Object.fromEntries(git) };
}

function tagOf(version: string): string {
  return version.replace(/@.*/, '');
}

function filesOf({ config }: Policy, bumps: readonly Bump[], charts: Charts): Record<string, string> {
  const applications = bumps.map((bump) => [`${bump.name}.yaml`, application(bump, charts)]);
  // Renovate's limits of two merge requests an hour and ten at once are no policy
  const renovate = { prHourlyLimit: 0, prConcurrentLimit: 0, dependencyDashboard: true, ...config };
  return { 'renovate.json': JSON.stringify(renovate), ...(Object.fromEntries(applications) as Record<string, string>) };
}

function application(bump: Bump, charts: Charts): string {
  return `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${bump.name}\nspec:\n  source:\n${sourceOf(bump, charts).map((line) => `    ${line}\n`).join('')}`;
}

function sourceOf({ name, kind, current }: Bump, charts: Charts): string[] {
  switch (kind) {
    case 'helm':
      return [`repoURL: ${charts.helm('stable')}`, `chart: ${name}`, `targetRevision: ${current}`];
    case 'oci':
      return [`repoURL: ${charts.registry}/charts`, `chart: ${name}`, `targetRevision: ${current}`];
    case 'git':
      return [`repoURL: ${charts.git(`team/${name}`)}`, 'path: chart', `targetRevision: ${current}`];
    case 'image':
      return [`repoURL: ${charts.helm('stable')}`, 'chart: wrapper', 'targetRevision: 1.0.0', 'helm:', '  valuesObject:', '    image:', `      repository: ${charts.registry}/charts/${name}`, `      tag: ${current}`];
  }
}

async function explainedFates(policy: Policy, bumps: readonly Bump[], charts: Charts): Promise<Map<string, Fate>> {
  const folder = temporaryFolder(filesOf(policy, bumps, charts));
  try {
    const { rows } = await explained({ root: folder.root, config: null, presets: { packageRoot: projectRoot, mapped: [] }, cwd: folder.root, validate: false, decide: true, open: openBuilt }, null);
    return new Map(bumps.map((bump) => [bump.name, expectedFate(bump, rows.find(({ pin }) => pin.application === bump.name && (pin.kind === 'image') === (bump.kind === 'image'))!.updates[policy.types?.[bump.name] ?? bump.type ?? 'patch'])]));
  } finally {
    folder.remove();
  }
}

/** A release that is too young, or has no date where one is waited for, is pending whatever would become of it. */
function expectedFate({ type, age }: Bump, { action, minimumReleaseAge }: Cell): Fate {
  if (type === null || action === 'disabled') return 'nothing';
  if (minimumReleaseAge !== null && (age === null || age < days(minimumReleaseAge))) return 'pending';
  return action;
}

function days(age: string): number {
  return Number(/^(\d+) days?$/.exec(age)?.[1]);
}

function fateOf(sandbox: Sandbox, project: string, { dashboard }: ProjectRun, bump: Bump): Fate {
  const { name } = bump;
  const file = `${name}.yaml`;
  if (isBumped(sandbox.gitlab.file(project, file), bump)) return 'automerge';
  const open = sandbox.gitlab.project(project).mergeRequests.filter(({ state }) => state === 'opened');
  if (open.some(({ source }) => isBumped(sandbox.gitlab.file(project, file, source), bump))) return 'merge-request';
  const sections = (dashboard ?? '').split(/^## /m).filter((section) => new RegExp(`=renovate/(?:[^ ]*[/-])?${name}[ -]`).test(section));
  if (sections.some((section) => section.startsWith('Pending Approval'))) return 'approval';
  return sections.some((section) => section.startsWith('Pending Status Checks')) ? 'pending' : 'nothing';
}

function isBumped(text: string | null | undefined, { next, type }: Bump): boolean {
  if (typeof text !== 'string') return false;
  return type === 'digest' ? !text.includes(OUTDATED) : new RegExp(`^ +(?:targetRevision|tag): ${next.replaceAll('.', String.raw`\.`)}\n`, 'm').test(text);
}
