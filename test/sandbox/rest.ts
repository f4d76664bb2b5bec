import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGitLab, type GitLab, type GitLabOptions } from './gitlab/index.ts';
import type { ProjectSpec } from './gitlab/spec.ts';

/** For tests that speak REST themselves: `rest(gitlab, 'GET projects/1')`. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** JSON, or the text where it is none, or null where there is nothing. */
  readonly body: any;
}

export interface RestOptions {
  readonly body?: unknown;
  /** The maintainer's when left out. */
  readonly token?: string;
}

export async function rest(gitlab: GitLab, line: string, { body, token = gitlab.maintainerToken }: RestOptions = {}): Promise<RestAnswer> {
  const [method = 'GET', path = ''] = line.split(' ');
  const init = { method, headers: { 'private-token': token, 'content-type': 'application/json' } };
  const response = await fetch(`${gitlab.endpoint}${path.replace(/^\//, '')}`, body === undefined ? init : { ...init, body: JSON.stringify(body) });
  return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A GitLab without charts and Renovate; `close` removes its folder. */
export async function openGitLab(projects: readonly ProjectSpec[], options: GitLabOptions = {}): Promise<GitLab> {
  const folder = mkdtempSync(join(tmpdir(), 'renovate-argocd-gitlab-'));
  const gitlab = await startGitLab(projects, folder, options);
  return {
    ...gitlab,
    close: async () => {
      await gitlab.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** `g/a` → `projects/g%2Fa` */
export function at(path: string): string {
  return `projects/${encodeURIComponent(path)}`;
}
