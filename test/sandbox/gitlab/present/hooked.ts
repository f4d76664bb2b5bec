import { commitIn } from '../../git-read.ts';
import { groupOf } from '../projects.ts';
import type { Issue, MergeRequest, Project, User } from '../state.ts';
import { issueId, requestId } from './ids.ts';
import { sshUrl } from './project.ts';

/** The same things as webhooks show them, which is not as REST does (lib/gitlab/hook_data). */
type Fields = Readonly<Record<string, unknown>>;

/** An e-mail address is shown where it is public; here none is. */
export function hookedUser({ id, name, username }: User): Fields {
  return { id, name, username, avatar_url: null, email: '[REDACTED]' };
}

export function hookedProject(project: Project, origin: string): Fields {
  const { id, path, settings } = project;
  const web = `${origin}/${path}`;
  return {
    id,
    name: settings.name,
    description: settings.description,
    web_url: web,
    avatar_url: null,
    git_ssh_url: sshUrl(project),
    git_http_url: `${web}.git`,
    namespace: groupOf(path),
    visibility_level: 0,
    path_with_namespace: path,
    default_branch: 'main',
    ci_config_path: settings.ciConfigPath,
    homepage: web,
    url: `${web}.git`,
    ssh_url: sshUrl(project),
    http_url: `${web}.git`,
  };
}

export function hookedLabels({ id: project, labels }: Project, names: readonly string[]): Fields[] {
  return labels.filter(({ name }) => names.includes(name)).map(({ id, name, color, description }) => ({ id, title: name, color, project_id: project, template: false, description, type: 'ProjectLabel', group_id: null }));
}

export function hookedIssue(project: Project, issue: Issue, origin: string): Fields {
  return {
    id: issueId(project, issue),
    iid: issue.iid,
    project_id: project.id,
    title: issue.title,
    description: issue.description,
    type: issue.type === 'incident' ? 'Incident' : 'Issue',
    state: issue.state,
    state_id: issue.state === 'opened' ? 1 : 2,
    severity: issue.severity,
    ...(issue.type === 'incident' ? { escalation_status: issue.state === 'opened' ? 'triggered' : 'resolved' } : {}),
    confidential: issue.confidential,
    author_id: issue.author.id,
    assignee_ids: issue.assignees.map(({ id }) => id),
    assignee_id: issue.assignees[0]?.id ?? null,
    labels: hookedLabels(project, issue.labels),
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    url: `${origin}/${project.path}/-/issues/${issue.type === 'incident' ? 'incident/' : ''}${issue.iid}`,
  };
}

export function hookedMergeRequest(project: Project, mr: MergeRequest, origin: string): Fields {
  const commit = commitIn(project.repository, mr.sha);
  return {
    id: requestId(project, mr),
    iid: mr.iid,
    title: mr.title,
    description: mr.description,
    state: mr.state,
    state_id: { opened: 1, closed: 2, merged: 3 }[mr.state],
    draft: /^draft:/i.test(mr.title),
    work_in_progress: /^draft:/i.test(mr.title),
    source_branch: mr.source,
    source_project_id: project.id,
    target_branch: mr.target,
    target_project_id: project.id,
    author_id: mr.author.id,
    assignee_ids: mr.assignees.map(({ id }) => id),
    reviewer_ids: mr.reviewers.map(({ id }) => id),
    labels: hookedLabels(project, mr.labels),
    merge_when_pipeline_succeeds: mr.autoMerge !== null,
    merge_commit_sha: mr.mergeCommit,
    created_at: mr.createdAt,
    updated_at: mr.updatedAt,
    source: hookedProject(project, origin),
    target: hookedProject(project, origin),
    last_commit: commit === null ? null : { id: mr.sha, message: commit.message, title: commit.message.split('\n')[0], timestamp: commit.committedAt, url: `${origin}/${project.path}/-/commit/${mr.sha}`, author: { name: commit.authorName, email: commit.authorEmail } },
    url: `${origin}/${project.path}/-/merge_requests/${mr.iid}`,
  };
}
