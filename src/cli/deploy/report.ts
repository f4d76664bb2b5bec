import { oneLine, plural } from '../../base/text.ts';
import type { Style } from '../../base/style.ts';
import { repositoryParts, type Address } from '../../deploy/address.ts';
import type { Outcome } from '../../deploy/deploy.ts';
import type { DeployRequest } from '../../deploy/request.ts';
import type { Waited } from '../../deploy/wait/look.ts';
import { unifiedDiff } from '../../report/diff.ts';

export interface DeployReport {
  readonly request: DeployRequest;
  readonly outcome: Outcome;
  readonly dryRun: boolean;
  /** Null when nothing was waited for. */
  readonly waited: Waited | null;
  /** Where people look at what was deployed; null for the commit. */
  readonly url: string | null;
}

/** `state` in JSON and in the dotenv file. */
const STATE = { create: 'created', update: 'updated', same: 'unchanged', older: 'superseded' } as const;

function documentOf({ request, outcome, dryRun, waited, url }: DeployReport) {
  const { decision, branch, commit, retries } = outcome;
  return {
    version: 1,
    application: request.name,
    state: STATE[decision.kind],
    dryRun,
    repository: request.cluster.url,
    branch,
    file: request.file,
    line: decision.kind === 'update' ? decision.line : null,
    revision: request.revision,
    previous: 'previous' in decision ? decision.previous : null,
    commit,
    commitUrl: commitUrl(request, commit),
    url: url ?? commitUrl(request, commit),
    order: request.order,
    newerOrder: decision.kind === 'older' ? decision.order : null,
    retries,
    wait: waited === null ? null : { result: waited.kind, message: waited.text, seconds: waited.seconds },
    diff: dryRun ? diffOf(request, outcome) : null,
  };
}

export function deployJson(report: DeployReport): string {
  return `${JSON.stringify(documentOf(report), null, 2)}\n`;
}

/** GitLab's page of the cluster repository. */
function projectPage({ kind, origin, host, url }: Address): string {
  return `${kind === 'http' ? origin : `https://${host}`}/${repositoryParts(url)!.path}`;
}

/** GitLab's page of a commit; null when there is no commit. */
function commitUrl({ cluster }: DeployRequest, commit: string | null): string | null {
  return commit === null ? null : `${projectPage(cluster)}/-/commit/${commit}`;
}

export function deployText(report: DeployReport, style: Style): string {
  const { request, outcome, dryRun, waited } = report;
  const { branch, commit } = outcome;
  const { name, revision, cluster } = request;
  const where = `${cluster.url} (${branch})`;
  const title = style.bold(`${name} ${revision}`);
  const lines = [
    headline(report, title, style),
    `  ${where}`,
    ...(commit === null ? [] : [`  ${commitUrl(request, commit)}`]),
    ...(outcome.retries === 0 ? [] : [`  after ${plural(outcome.retries, 'attempt')} that others were faster than`]),
    ...(waited === null ? [] : [waitedLine(waited, style)]),
  ];
  return `${lines.join('\n')}\n${dryRun ? diffOf(request, outcome) : ''}`;
}

function headline({ request: { file, order }, outcome: { decision }, dryRun }: DeployReport, title: string, style: Style): string {
  const would = dryRun ? 'would be ' : '';
  switch (decision.kind) {
    case 'create':
      return `${style.green('+')} ${title}: ${would}created as ${file}`;
    case 'update':
      return `${style.green('✓')} ${title}: ${would}written in ${file}:${decision.line}, before ${oneLine(decision.previous)}`;
    case 'same':
      return `${style.dim('=')} ${title}: ${file} has it already, nothing to commit`;
    case 'older':
      return `${style.yellow('–')} ${title}: not deployed, because a newer deployment was here before (${oneLine(decision.there)}, order ${decision.order}; this one has ${order})`;
  }
}

function waitedLine({ kind, text, seconds }: Waited, style: Style): string {
  const after = `after ${plural(seconds, 'second')}`;
  if (kind === 'healthy') return `  ${style.green('✓')} ${text}, ${after}`;
  const what = { degraded: 'it is in the cluster and not healthy', failed: 'Argo CD could not apply it', timeout: 'it did not arrive in time', unanswered: 'nobody said whether it arrived' }[kind];
  return `  ${style.red('✗')} ${what}: ${text}, ${after}. The commit stays; revert it, or deploy another revision.`;
}

function diffOf({ file }: DeployRequest, { decision, before }: Outcome): string {
  return 'text' in decision ? unifiedDiff([{ file, before: before ?? '', after: decision.text }]) : '';
}

/** For `artifacts: reports: dotenv:`, with which GitLab names an environment's address. Values of one line, without quotes: GitLab takes them as they stand. */
export function dotenv(report: DeployReport): string {
  const { application, state, revision, commit, commitUrl: commitPage, url } = documentOf(report);
  const entries = { DEPLOY_APPLICATION: application, DEPLOY_STATE: state, DEPLOY_REVISION: revision, DEPLOY_COMMIT: commit ?? '', DEPLOY_COMMIT_URL: commitPage ?? '', DEPLOY_URL: url ?? projectPage(report.request.cluster) };
  return Object.entries(entries).map(([key, value]) => `${key}=${oneLine(value)}\n`).join('');
}
