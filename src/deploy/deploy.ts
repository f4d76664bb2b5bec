import { fail, FailureError, type Failure } from '../base/failure.ts';
import { parseYamlDocuments, textOf, valueAt } from '../source/yaml.ts';
import type { ClusterRepository, Head } from './cluster-repository.ts';
import { decide, type Decision } from './decide.ts';
import { deployMessage } from './message.ts';
import type { ManifestTemplate, Surroundings } from './new-manifest.ts';
import { applicationNames } from './read-manifest.ts';
import type { DeployRequest } from './request.ts';

export interface DeployOptions {
  readonly template: ManifestTemplate | null;
  readonly dryRun: boolean;
  /** How often a lost race is run again. */
  readonly retries: number;
  /** Waits. @param milliseconds */
  sleep(milliseconds: number): Promise<void>;
  /** From 0 to below 1. */
  random(): number;
  /** Told what is going on. */
  step(text: string): void;
}

export interface Outcome {
  readonly decision: Decision;
  readonly branch: string;
  /** The commit of this deployment; null when there is none. */
  readonly commit: string | null;
  /** Text before, for a diff; null for a new file. */
  readonly before: string | null;
  /** Races that were lost. */
  readonly retries: number;
}

/**
 * Brings the revision into the cluster repository. Every attempt begins with what is there now and decides anew, so that a change of somebody else's is never undone, and an older deployment
 * finds out that it has become one. The push moves the branch only from the commit that was decided on.
 * @throws FailureError; nothing was changed then
 */
export async function deploy(repository: ClusterRepository, request: DeployRequest, options: DeployOptions): Promise<Outcome> {
  const mine = new Map<string, Outcome>();
  let unreachable = 0;
  for (let retries = 0; ; retries += 1) {
    if (retries > 0) await options.sleep(pause(retries, options.random()));
    options.step(retries === 0 ? 'reading the cluster repository' : `reading the cluster repository again (${retries})`);
    const attempt = await attempted(repository, request, options, mine).catch(unreachableOnly);
    if (!('code' in attempt)) return { ...attempt, retries };
    if (attempt.code === 'cluster-unreachable') unreachable += 1;
    if (unreachable > MOST_UNREACHABLE || retries === options.retries) return fail(attempt);
  }
}

/** A failure that may be over the next time. */
function unreachableOnly(error: unknown): Failure {
  if (error instanceof FailureError && error.failure.code === 'cluster-unreachable') return error.failure;
  throw error;
}

/** @param mine commits that were pushed without success, as it seemed; one more is added */
async function attempted(repository: ClusterRepository, request: DeployRequest, { template, dryRun, step }: DeployOptions, mine: Map<string, Outcome>): Promise<Outcome | Failure> {
  const { commit: head, branch } = await repository.fetchHead();
  // a push whose answer was lost on the way
  const arrived = mine.get(head);
  if (arrived !== undefined) return arrived;
  const found = await repository.read(head, request.file);
  const decision = await decide(request, found?.text ?? null, template, { lastOrder: () => repository.lastOrder(head, request), surroundings: () => newPlace(repository, { commit: head, branch }, request) });
  const outcome = { decision, branch, before: found?.text ?? null, commit: null, retries: 0 };
  if (decision.kind === 'same' || decision.kind === 'older' || dryRun) return outcome;
  const commit = await repository.commit(head, { file: request.file, text: decision.text, executable: found?.executable ?? false }, deployMessage(request, decision.previous), request.author);
  mine.set(commit, { ...outcome, commit });
  step('pushing');
  if ((await repository.push({ commit, branch })) === 'pushed') return { ...outcome, commit };
  return { code: 'cluster-busy', message: `${branch} of ${request.cluster.url} moved on each time before the commit could be pushed`, remedy: 'Nothing was changed. Run the job again, or allow more attempts with --retries.' };
}

/** A server in trouble is asked again so often; a race may be lost more often than that. */
const MOST_UNREACHABLE = 4;

const SHORTEST_MS = 200;
const LONGEST_MS = 6_000;

/** Longer each time and never the same for two, so that those who have collided once do not meet again. */
function pause(retry: number, random: number): number {
  return SHORTEST_MS + random * Math.min(LONGEST_MS, SHORTEST_MS * 2 ** retry);
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
}

/** Before a new file: that it is the right repository, and that nobody has the name. @throws FailureError */
async function newPlace(repository: ClusterRepository, { commit: head, branch }: Head, { name, file, cluster }: DeployRequest): Promise<Surroundings> {
  const folder = folderOf(file);
  if (!(await repository.hasFolder(head, folder))) fail({ code: 'directory-missing', message: `${cluster.url} has no folder ${folder} on ${branch}`, remedy: 'Name the manifest with --file, from the root of the cluster repository. Folders are not made: no Application would read a new one.' });
  for (const path of await repository.filesWithName(head, folder, name)) {
    const found = await repository.read(head, path);
    if (found !== null && applicationNames(found.text).includes(name)) fail({ code: 'manifest-foreign', message: `${path} has an Application ${name} already`, file: path, remedy: `If it is this one, name it with --file ${path}; else take another name with --name. Nothing was changed.` });
  }
  return surroundings(repository, head, file);
}

/** A folder `templates` beside a Chart.yaml is rendered by Helm. */
async function surroundings(repository: ClusterRepository, head: string, file: string): Promise<Surroundings> {
  const chart = /^(?<chart>(?:.*\/)?)templates\//.exec(file)?.groups?.['chart'];
  // a link there is as good as nothing: what is in question is only a default
  const textAt = async (name: string): Promise<string | null> => (await repository.read(head, `${chart}${name}`).catch(() => null))?.text ?? null;
  if (chart === undefined || (await textAt('Chart.yaml')) === null) return { isHelm: false, namesDestination: false };
  return { isHelm: true, namesDestination: textOf(valueAt(parseYamlDocuments((await textAt('values.yaml')) ?? '')?.[0]?.root, ['destination', 'server'])) !== null };
}
