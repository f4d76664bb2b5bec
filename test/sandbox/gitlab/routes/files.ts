import { createHash } from 'node:crypto';
import { blobAt, resolve, treeAt, type Blob } from '../../git-read.ts';
import { flagOf, textOf } from '../input.ts';
import { presentTreeEntry } from '../present/repository.ts';
import { lastPart } from '../projects.ts';
import { inProject, invalid, ok, refused, type Call, type Reply, type Routes } from '../router.ts';
import type { Project } from '../state.ts';

export const fileRoutes: Routes = {
  'GET /projects/:id/repository/tree': inProject(tree),
  'GET /projects/:id/repository/files/:path': inProject((call, project) => (textOf(call.input, 'ref') === null ? invalid('ref is missing') : file(call, project, ({ headers, fields, blob }) => ({ status: 200, headers, body: { ...fields, content: blob.content.toString('base64') } })))),
  'HEAD /projects/:id/repository/files/:path': inProject((call, project) => (textOf(call.input, 'ref') === null ? invalid('ref is missing') : file(call, project, ({ headers }) => ({ status: 200, headers, body: Buffer.alloc(0) })))),
  'GET /projects/:id/repository/files/:path/raw': inProject((call, project) => file(call, project, ({ headers, blob }) => ({ status: 200, headers: { ...headers, 'content-type': 'text/plain' }, body: blob.content }))),
};

function tree({ input }: Call, { repository }: Project): Reply {
  const sha = resolve(repository, textOf(input, 'ref') ?? 'main');
  if (sha === null) return refused(404, 'Tree Not Found');
  const entries = treeAt(repository, sha, (textOf(input, 'path') ?? '').replaceAll(/^\/+|\/+$/g, ''), flagOf(input, 'recursive'));
  return entries === null ? refused(404, 'invalid revision or path Not Found') : ok(entries.map(presentTreeEntry));
}

interface Found {
  readonly blob: Blob;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

function file({ params, input }: Call, { repository }: Project, show: (found: Found) => Reply): Reply {
  const ref = textOf(input, 'ref') ?? 'HEAD';
  const path = params['path'] ?? '';
  const sha = resolve(repository, ref);
  if (sha === null) return refused(404, 'Commit Not Found');
  const blob = blobAt(repository, sha, path);
  if (blob === null) return refused(404, 'File Not Found');
  const fields = {
    file_name: lastPart(path),
    file_path: path,
    size: blob.content.length,
    encoding: 'base64',
    content_sha256: createHash('sha256').update(blob.content).digest('hex'),
    ref,
    blob_id: blob.id,
    commit_id: sha,
    last_commit_id: blob.lastCommit,
    execute_filemode: blob.executable,
  };
  const headers = Object.entries(fields).map(([name, value]) => [`x-gitlab-${name.replaceAll('_', '-')}`, headerValue(String(value))]);
  return show({ blob, fields, headers: Object.fromEntries(headers) as Record<string, string> });
}

/** What no header can hold comes encoded. */
function headerValue(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : encodeURIComponent(text);
}
