import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '../../base/failure.ts';
import { redactor } from '../../base/secrets.ts';
import { gitEnvironment, TOKEN_VARIABLE } from '../../deploy/access.ts';
import { openClusterRepository } from '../../deploy/cluster-repository.ts';
import { deploy } from '../../deploy/deploy.ts';
import { readRequest, type DeployRequest } from '../../deploy/request.ts';
import { argocdLook } from '../../deploy/wait/argocd.ts';
import { getter } from '../../deploy/wait/http.ts';
import { follow, type Look, type Waited } from '../../deploy/wait/look.ts';
import { prometheusLook } from '../../deploy/wait/prometheus.ts';
import type { Answer, Arguments } from '../../program/command.ts';
import type { Io } from '../../program/io.ts';
import { readToken } from '../../program/token.ts';
import type { Context } from '../command.ts';
import { rawRequest, serverAddress, templateFrom, wholeNumber } from './raw-request.ts';
import { deployJson, deployText, dotenv, type DeployReport } from './report.ts';

/** The deploy command behind its table of options. */
export async function runDeploy(args: Arguments, context: Context): Promise<Answer> {
  const { io } = context;
  const request = readRequest(rawRequest(args, io));
  const template = templateFrom(args.value('template'), io.cwd);
  const dryRun = args.given('dry-run');
  const argocd = serverAddress(args, 'argocd-url');
  const watch = watcher(args, argocd, request, io);
  const url = serverAddress(args, 'environment-url') ?? pageIn(argocd, request);
  const retries = wholeNumber(args, 'retries', 30, 1000);
  const outcome = await inCluster(args, context, request, (repository) => deploy(repository, request, { template, dryRun, retries, sleep, random: Math.random, step: context.step }));
  const report = { request, outcome, dryRun, url };
  const file = args.value('dotenv');
  if (file !== null) await writeDotenv(resolve(io.cwd, file), file, dotenv({ ...report, waited: null }));
  const waited = watch === null || dryRun ? null : await watched(watch, report, context);
  const whole = { ...report, waited };
  return { text: args.format === 'json' ? deployJson(whole) : deployText(whole, context.style), exit: waited === null || waited.kind === 'healthy' ? 0 : 1 };
}

/** With a temporary folder, which is gone at the end. */
async function inCluster<T>(args: Arguments, { io, note }: Context, request: DeployRequest, work: (repository: Awaited<ReturnType<typeof openClusterRepository>>) => Promise<T>): Promise<T> {
  const { cluster, branch } = request;
  const token = cluster.kind === 'http' ? readToken(TOKEN_VARIABLE, io) : null;
  if (cluster.url.startsWith('http:') && !/^(?:localhost|127\.|\[::1\])/.test(cluster.host)) note(`${cluster.url} is not encrypted: whoever is on the way there can read the token`);
  const folder = await mkdtemp(join(tmpdir(), 'renovate-argocd-deploy-'));
  try {
    const env = gitEnvironment(cluster, { token, key: args.value('ssh-key') ?? (io.env['RENOVATE_ARGOCD_DEPLOY_KEY'] || null), knownHosts: args.value('known-hosts') ?? (io.env['RENOVATE_ARGOCD_DEPLOY_KNOWN_HOSTS'] || null) }, io.env, io.cwd, folder);
    const redact = redactor(token === null ? [] : [token.reveal()]);
    return await work(await openClusterRepository({ url: cluster.url, branch, folder, env, redact, signal: new AbortController().signal }));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface Watcher {
  look(): Promise<Look>;
  readonly timeoutMs: number;
  readonly intervalMs: number;
}

/** Null when nothing is waited for. @throws FailureError `usage` */
function watcher(args: Arguments, argocd: string | null, request: DeployRequest, io: Io): Watcher | null {
  const prometheus = serverAddress(args, 'prometheus-url');
  const times = { timeoutMs: wholeNumber(args, 'timeout', 600, 86_400) * 1000, intervalMs: Math.max(1, wholeNumber(args, 'interval', 5, 3600)) * 1000 };
  const settleMs = wholeNumber(args, 'settle', 240, 86_400) * 1000;
  if (!args.given('wait')) return null;
  if (argocd !== null) {
    // where a branch has to stand is known only of the one that the pipeline runs for
    const commit = request.revision === io.env['CI_COMMIT_BRANCH'] ? request.commit : null;
    return { look: argocdLook(getter(argocd, readToken('ARGOCD_AUTH_TOKEN', io)), { ...request, commit }, args.value('parent')), ...times };
  }
  if (prometheus !== null) return { look: prometheusLook(getter(prometheus, readToken('PROMETHEUS_TOKEN', io)), { name: request.name, settleMs, now: () => io.now() }), ...times };
  return fail({ code: 'usage', message: '--wait does not say whom to ask', remedy: 'Add --argocd-url URL (with ARGOCD_AUTH_TOKEN), or --prometheus-url URL.' });
}

/** @throws FailureError `argocd-unauthorised`, `argocd-unreachable`; what was deployed is in a note then */
async function watched({ look, timeoutMs, intervalMs }: Watcher, { request, outcome }: Omit<DeployReport, 'waited'>, { io, step, note }: Context): Promise<Waited | null> {
  const { decision, commit } = outcome;
  if (decision.kind === 'older') return null;
  const done = commit === null ? `${request.file} had ${request.revision} already` : `the deployment is in git, as ${commit}`;
  try {
    const waited = await follow(look, { timeoutMs, intervalMs, now: () => io.now(), sleep, step });
    return waited.kind === 'unanswered' ? fail({ code: 'argocd-unreachable', message: `nobody said whether ${request.name} arrived: ${waited.text}`, remedy: 'Check the address, and that the job may reach it; --timeout SECONDS waits longer.' }) : waited;
  } catch (error) {
    note(done);
    throw error;
  }
}

async function writeDotenv(path: string, written: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    fail({ code: 'output-unwritable', message: `${written} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`, remedy: 'Check that its folder exists and may be written to. The deployment itself is in git.' });
  }
}

/** The Application in Argo CD's own pages. */
function pageIn(argocd: string | null, { name, argocdNamespace }: DeployRequest): string | null {
  return argocd === null ? null : `${argocd}/applications/${argocdNamespace}/${name}`;
}
