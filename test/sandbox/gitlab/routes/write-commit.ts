import { commitChanges, tip, type FileChange } from '../../git.ts';
import { blobAt, commitIn, resolve } from '../../git-read.ts';
import { mayPush } from '../accounts.ts';
import { textOf, type Input } from '../input.ts';
import { afterPush } from '../merging.ts';
import { presentCommitInFull } from '../present/commit.ts';
import { created, invalid, refused, type Call, type Reply } from '../router.ts';
import type { Project } from '../state.ts';
import { isBranchName } from './branches.ts';

/** POST repository/commits: several files in one commit (https://docs.gitlab.com/api/commits/). */
export function writeCommit(call: Call, project: Project): Reply {
  const { input, user, state } = call;
  const { repository } = project;
  const branch = textOf(input, 'branch');
  const message = textOf(input, 'commit_message');
  if (branch === null || message === null) return invalid(`${branch === null ? 'branch' : 'commit_message'} is missing`);
  if (!mayPush(state, project, branch, user)) return refused(403, 'Forbidden - You are not allowed to push into this branch');
  const parent = parentOf(project, branch, input);
  if (typeof parent === 'object' && parent !== null) return parent;
  const changes = actionsOf(input).map((action) => changeOf(repository, parent, action));
  const mistake = changes.find((change) => typeof change === 'string');
  if (typeof mistake === 'string') return refused(400, mistake);
  commitChanges(repository, { branch, parent, changes: changes as FileChange[], message, author: { name: textOf(input, 'author_name') ?? user.name, email: textOf(input, 'author_email') ?? user.email } });
  afterPush(state, project, user);
  return created(presentCommitInFull(project, commitIn(repository, tip(repository, branch)!)!, call.origin));
}

/** A branch goes on at its head; a new one starts where start_branch or start_sha says. */
function parentOf({ repository }: Project, branch: string, input: Input): string | null | Reply {
  const start = textOf(input, 'start_branch') ?? textOf(input, 'start_sha');
  const head = tip(repository, branch);
  if (head !== null) return start === null || start === branch ? head : refused(400, `A branch called '${branch}' already exists. Switch to that branch in order to make changes`);
  if (!isBranchName(repository, branch)) return refused(400, 'Branch name is invalid');
  if (start === null) return tip(repository, 'main') === null ? null : refused(400, 'You can only create or edit files when you are on a branch');
  return resolve(repository, start) ?? refused(400, `Cannot find start branch '${start}'`);
}

type Action = Readonly<Record<string, unknown>>;

function actionsOf(input: Input): readonly Action[] {
  return Array.isArray(input['actions']) ? (input['actions'] as readonly Action[]) : [];
}

/** A change, or why there is none. */
function changeOf(repository: string, parent: string | null, action: Action): FileChange | string {
  const path = textOf(action, 'file_path') ?? '';
  const existing = (file: string): ReturnType<typeof blobAt> => (parent === null ? null : blobAt(repository, parent, file));
  const content = textOf(action, 'content');
  const bytes = content === null ? undefined : Buffer.from(content, textOf(action, 'encoding') === 'base64' ? 'base64' : 'utf8');
  const before = existing(path);
  if (path.split('/').some((part) => ['', '.', '..', '.git'].includes(part))) return 'Path cannot include directory traversal';
  switch (action['action']) {
    case 'create':
      return before === null ? { path, content: bytes ?? '' } : 'A file with this name already exists';
    case 'update':
      if (before === null) return "A file with this name doesn't exist";
      return { path, content: bytes ?? '', executable: before.executable };
    case 'delete':
      return before === null ? "A file with this name doesn't exist" : { path, content: null };
    case 'move': {
      const from = textOf(action, 'previous_path') ?? '';
      if (existing(from) === null) return "A file with this name doesn't exist";
      return before === null ? { path, movedFrom: from, ...(bytes === undefined ? {} : { content: bytes }) } : 'A file with this name already exists';
    }
    case 'chmod':
      return before === null ? "A file with this name doesn't exist" : { path, content: before.content, executable: action['execute_filemode'] === true };
    default:
      return `Unknown action '${String(action['action'])}'`;
  }
}
