import type { Commit, Difference, TreeEntry } from '../../git-read.ts';
import { isProtected } from '../accounts.ts';
import { lastPart } from '../projects.ts';
import type { Project } from '../state.ts';
import type { Fields } from './user.ts';

export function presentCommit(project: Project, commit: Commit, origin: string): Fields {
  return {
    id: commit.sha,
    short_id: commit.sha.slice(0, 8),
    created_at: commit.committedAt,
    parent_ids: commit.parents,
    title: commit.message.split('\n')[0],
    message: commit.message,
    author_name: commit.authorName,
    author_email: commit.authorEmail,
    authored_date: commit.authoredAt,
    committer_name: commit.committerName,
    committer_email: commit.committerEmail,
    committed_date: commit.committedAt,
    trailers: {},
    extended_trailers: {},
    web_url: `${origin}/${project.path}/-/commit/${commit.sha}`,
  };
}

export function presentBranch(project: Project, name: string, commit: Commit, origin: string, canPush: boolean): Fields {
  const { pushAccess, mergeAccess } = project.settings;
  const isMain = isProtected(project, name);
  return {
    name,
    commit: presentCommit(project, commit, origin),
    merged: false,
    protected: isMain,
    developers_can_push: isMain && pushAccess === 30,
    developers_can_merge: isMain && mergeAccess === 30,
    can_push: canPush,
    default: name === 'main',
    web_url: `${origin}/${project.path}/-/tree/${name}`,
  };
}

export function presentTreeEntry({ id, mode, type, path }: TreeEntry): Fields {
  return { id, name: lastPart(path), type, path, mode };
}

export function presentDifference({ oldPath, newPath, oldMode, newMode, status, patch }: Difference): Fields {
  return { diff: patch, collapsed: false, too_large: false, new_path: newPath, old_path: oldPath, a_mode: oldMode, b_mode: newMode, new_file: status === 'A', renamed_file: status === 'R', deleted_file: status === 'D', generated_file: false };
}
