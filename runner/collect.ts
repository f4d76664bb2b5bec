import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FailureError } from '../src/base/failure.ts';
import type { CoverageReader } from '../src/index.ts';
import { clone } from './git.ts';
import type { GitLab } from './gitlab/port.ts';
import type { MergeRequest, Project } from './gitlab/schema.ts';
import type { Gathered } from './report/build.ts';
import type { Coverage } from './report/model.ts';
import { waitOf } from './report/waiting.ts';
import type { Redact, Token } from '../src/base/secrets.ts';

export interface CollectOptions {
  readonly gitlab: GitLab;
  readonly token: Token;
  readonly redact: Redact;
  /** Name of the user that Renovate acts as. */
  readonly bot: string;
  /** ISO 8601. */
  readonly since: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Null when it is not wanted. */
  readonly coverage: CoverageReader | null;
}

/** Waits for which the answer for one merge request knows more than the list. */
const WORTH_A_LOOK = new Set(['pipeline', 'pipeline-failed', 'checking', 'automerge', 'merge']);

/** Asks GitLab what became of a project, and the validator what of it is managed. A failure is a warning of the project: the run has happened, and its report must come. */
export async function collect(project: Project, options: CollectOptions): Promise<Gathered> {
  const warnings: string[] = [];
  async function attempt<T>(work: Promise<T>, fallback: T): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      warnings.push(error.failure.message);
      return fallback;
    }
  }
  const { gitlab, bot, since } = options;
  const [open, changed, coverage] = await Promise.all([
    attempt(openRequests(gitlab, project, bot), []),
    attempt(gitlab.mergeRequests(project.id, { state: 'all', author: bot, updatedAfter: since }), []),
    attempt(coverageOf(project, options, warnings), null),
  ]);
  return { url: project.webUrl, open, changed, dashboard: project.issues ? `${project.webUrl}/-/issues` : null, coverage, warnings };
}

async function openRequests(gitlab: GitLab, { id }: Project, author: string): Promise<MergeRequest[]> {
  const requests = await gitlab.mergeRequests(id, { state: 'opened', author });
  const full: MergeRequest[] = [];
  for (const request of requests) full.push(WORTH_A_LOOK.has(waitOf(request)) ? ((await gitlab.mergeRequest(id, request.iid)) ?? request) : request);
  // one may have merged in the meantime
  return full.filter(({ state }) => state === 'opened');
}

async function coverageOf({ httpUrl }: Project, { coverage, token, redact, env, signal, gitlab }: CollectOptions, warnings: string[]): Promise<Coverage | null> {
  if (coverage === null || httpUrl === null || new URL(httpUrl).origin !== new URL(gitlab.endpoint).origin) return null;
  const folder = await mkdtemp(join(tmpdir(), 'renovate-argocd-coverage-'));
  try {
    const { folder: root } = await clone({ url: httpUrl, token, redact, into: join(folder, 'clone'), history: false, env, signal });
    const { summary, missing } = await coverage.count(root);
    if (missing.length === 0) return summary;
    warnings.push(`coverage: unknown, because ${missing.join(', ')} cannot be read without Renovate`);
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
