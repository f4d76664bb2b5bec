import { Commits, IssueLinks, IssueNotes, Issues, MergeRequestNotes, MergeRequests } from '@gitbeaker/rest';
import * as z from 'zod';
import { FailureError } from '../../src/base/failure.ts';
import { orNull, read, type Service } from './answers.ts';
import { FileDiff, Incident, MergeRequest, Note, RelatedIssue } from './schema.ts';

/** Where people and programs meet: incidents, notes, labels, and what a merge request changes. */
export interface Collaboration {
  /** The newest first. `updatedAfter` is ISO 8601. */
  incidents(project: number, query: { readonly state: 'opened' | 'closed' | 'all'; readonly updatedAfter?: string }): Promise<readonly Incident[]>;
  notes(project: number, on: Discussed): Promise<readonly Note[]>;
  createNote(project: number, on: Discussed, body: string): Promise<Note>;
  editNote(project: number, on: Discussed, note: number, body: string): Promise<void>;
  setLabels(project: number, on: Discussed, change: { readonly add: readonly string[]; readonly remove: readonly string[] }): Promise<void>;
  /** Those of the same project that an issue is linked with. */
  relatedIssues(project: number, iid: number): Promise<readonly number[]>;
  /** No matter when they are linked already, or one has all the links that GitLab allows (100). */
  relateIssues(project: number, iid: number, other: number): Promise<void>;
  /** False when none was set. */
  cancelAutoMerge(project: number, iid: number): Promise<boolean>;
  /** Starts a pipeline for the merge request as it is. False where its project has none for merge requests, or the user may start none. */
  runPipeline(project: number, iid: number): Promise<boolean>;
  diffs(project: number, iid: number): Promise<readonly FileDiff[]>;
  mergeRequestsOf(project: number, sha: string): Promise<readonly MergeRequest[]>;
  /** In any state, the newest first. */
  labelledRequests(project: number, author: string, label: string): Promise<readonly MergeRequest[]>;
  /** Whoever's, in any state. */
  requestsFrom(project: number, source: string): Promise<readonly MergeRequest[]>;
  /** One commit on a new branch. False when a branch of that name is there already. */
  commitToNewBranch(project: number, commit: NewCommit): Promise<boolean>;
  createMergeRequest(project: number, request: NewMergeRequest): Promise<MergeRequest>;
}

export interface NewCommit {
  readonly branch: string;
  /** Where the branch begins. */
  readonly startSha: string;
  readonly message: string;
  /** Whole contents of files that exist. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
}

export interface NewMergeRequest {
  readonly source: string;
  readonly target: string;
  readonly title: string;
  readonly description: string;
  readonly labels: readonly string[];
}

/** An issue, an incident among them, or a merge request. */
export interface Discussed {
  readonly kind: 'issue' | 'merge-request';
  readonly iid: number;
}

const PAGE = { perPage: 100 } as const;

export function collaboration(service: Service): Collaboration {
  const issues = new Issues(service);
  const links = new IssueLinks(service);
  const mergeRequests = new MergeRequests(service);
  const notes = { issue: new IssueNotes(service), 'merge-request': new MergeRequestNotes(service) } as const;
  return {
    incidents: (project, { state, updatedAfter }) =>
      read(z.array(Incident), 'incidents', issues.all({ ...PAGE, projectId: project, issueType: 'incident', ...(state === 'all' ? {} : { state }), ...(updatedAfter === undefined ? {} : { updatedAfter }) })),
    notes: (project, { kind, iid }) => read(z.array(Note), 'notes', notes[kind].all(project, iid, PAGE)),
    createNote: (project, { kind, iid }, body) => read(Note, 'the new note', notes[kind].create(project, iid, body)),
    editNote: async (project, { kind, iid }, note, body) => void (await notes[kind].edit(project, iid, note, { body })),
    setLabels: async (project, { kind, iid }, { add, remove }) => {
      const change = { ...(add.length > 0 ? { addLabels: add.join(',') } : {}), ...(remove.length > 0 ? { removeLabels: remove.join(',') } : {}) };
      if (kind === 'issue') await issues.edit(project, iid, change);
      else await mergeRequests.edit(project, iid, change);
    },
    relatedIssues: async (project, iid) => (await read(z.array(RelatedIssue), 'related issues', links.all(project, iid, PAGE))).filter((one) => one.project === project).map((one) => one.iid),
    relateIssues: async (project, iid, other) => void (await orNull(links.create(project, iid, project, other), ['gitlab-conflict', 'gitlab-refused'])),
    // 406 without one: lib/api/merge_requests.rb
    cancelAutoMerge: async (project, iid) => (await orNull(mergeRequests.cancelOnPipelineSuccess(project, iid), ['gitlab-refused', 'gitlab-missing'])) !== null,
    runPipeline: async (project, iid) => (await orNull(mergeRequests.createPipeline(project, iid), ['gitlab-refused', 'gitlab-forbidden'])) !== null,
    diffs: (project, iid) => read(z.array(FileDiff), 'the diffs of a merge request', mergeRequests.allDiffs(project, iid, PAGE)),
    labelledRequests: (project, author, label) => read(z.array(MergeRequest), 'merge requests', mergeRequests.all({ ...PAGE, projectId: project, authorUsername: author, labels: label })),
    requestsFrom: (project, source) => read(z.array(MergeRequest), 'merge requests', mergeRequests.all({ ...PAGE, projectId: project, sourceBranch: source })),
    commitToNewBranch: async (project, { branch, startSha, message, files }) => {
      // GitLab's own spelling, because only the outermost fields are renamed on their way
      const actions = files.map(({ path, content }) => ({ action: 'update', file_path: path, content: Buffer.from(content).toString('base64'), encoding: 'base64' }));
      try {
        await new Commits(service).create(project, branch, message, actions as never, { startSha });
        return true;
      } catch (error) {
        if (error instanceof FailureError && /already exists/.test(error.failure.message)) return false;
        throw error;
      }
    },
    createMergeRequest: (project, { source, target, title, description, labels }) => read(MergeRequest, 'the new merge request', mergeRequests.create(project, source, target, title, { description, labels: labels.join(','), removeSourceBranch: true })),
    mergeRequestsOf: (project, sha) => read(z.array(MergeRequest), 'merge requests of a commit', new Commits(service).allMergeRequests(project, sha)),
  };
}
