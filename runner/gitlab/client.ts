import { Branches, Groups, Issues, MergeRequestApprovals, MergeRequests, Metadata, PersonalAccessTokens, Pipelines, PipelineSchedules, PipelineScheduleVariables, ProjectHooks, ProjectLabels, Projects, ProtectedBranches, Repositories, RepositoryFiles, Users } from '@gitbeaker/rest';
import type { RequesterType } from '@gitbeaker/requester-utils';
import * as z from 'zod';
import { orNull, read, type Service } from './answers.ts';
import { collaboration } from './collaboration.ts';
import type { GitLab, ScheduleInput } from './port.ts';
import { requester, type RequesterOptions } from './requester.ts';
import { ApprovalRule, Approvals, Branch, Hook, Label, Incident, MergeRequest, Pipeline, PipelineSchedule, Project, ProtectedBranch, TokenSelf, TreeEntry, User, Version } from './schema.ts';

const LABEL_COLOUR = '#7f8c8d';

/** GitLab's most for a page. */
const PAGE = { perPage: 100 } as const;

/** @gitbeaker/rest knows the paths and turns the pages; what goes over the wire is ours (requester.ts), and what comes back is checked (schema.ts). */
export function openGitLab(options: RequesterOptions): GitLab {
  const { endpoint } = options;
  // some resources have their prefix in the address that they hand over: `…/api/v4/projects`
  const prefixed = ({ url }: { readonly url: string }): RequesterType => requester(options, `${url.replace(/\/+$/, '')}/`);
  const service = { host: endpoint.replace(/\/api\/v4\/$/, ''), token: 'kept by the requester', requesterFn: prefixed } as const satisfies Service;
  const projects = new Projects(service);
  const groups = new Groups(service);
  const repositories = new Repositories(service);
  const files = new RepositoryFiles(service);
  const mergeRequests = new MergeRequests(service);
  const approvals = new MergeRequestApprovals(service);
  const pipelines = new Pipelines(service);
  const schedules = new PipelineSchedules(service);
  const labels = new ProjectLabels(service);
  const scheduleVariables = new PipelineScheduleVariables(service);

  return {
    ...collaboration(service),
    endpoint,
    user: () => read(User, 'the current user', new Users(service).showCurrentUser()),
    version: async () => (await read(Version, 'the version', new Metadata(service).show())).version,
    token: () => orNull(read(TokenSelf, 'the token', new PersonalAccessTokens(service).show({}))),
    project: (project) => orNull(read(Project, 'a project', projects.show(project))),
    groupProjects: (group) => orNull(read(z.array(Project), 'a group', groups.allProjects(group, { ...PAGE, includeSubgroups: true, withShared: false }))),
    memberProjects: (topic) => read(z.array(Project), 'projects', projects.all({ ...PAGE, membership: true, ...(topic === null ? {} : { topic }) })),
    tree: (project, folder) => orNull(read(z.array(TreeEntry), 'a folder', repositories.allRepositoryTrees(project, { ...PAGE, path: folder }))),
    file: async (project, path, ref) => {
      const answer = await orNull(read(z.object({ content: z.string() }), 'a file', files.show(project, path, ref)));
      return answer === null ? null : Buffer.from(answer.content, 'base64').toString('utf8');
    },
    mergeRequests: (project, { state, author, updatedAfter }) =>
      read(z.array(MergeRequest), 'merge requests', mergeRequests.all({ ...PAGE, projectId: project, ...(state === 'all' ? {} : { state }), authorUsername: author, ...(updatedAfter === undefined ? {} : { updatedAfter }) })),
    mergeRequest: (project, iid) => orNull(read(MergeRequest, 'a merge request', mergeRequests.show(project, iid))),
    approvals: (project, iid) => orNull(read(Approvals, 'approvals', approvals.showConfiguration(project, { mergerequestIId: iid }))),
    approvalRules: (project) => orNull(read(z.array(ApprovalRule), 'approval rules', approvals.allApprovalRules(project))),
    pipelines: (project, query) => read(z.array(Pipeline), 'pipelines', pipelines.all(project, { perPage: 20, maxPages: 1, ...query } as Parameters<typeof pipelines.all>[1])),
    branch: (project, name) => orNull(read(Branch, 'a branch', new Branches(service).show(project, name))),
    protectedBranches: (project) => read(z.array(ProtectedBranch), 'protected branches', new ProtectedBranches(service).all(project, PAGE)),
    hooks: (project) => orNull(read(z.array(Hook), 'webhooks', new ProjectHooks(service).all(project, PAGE)), ['gitlab-missing', 'gitlab-forbidden']),
    latestIncident: async (project) => (await read(z.array(Incident), 'incidents', new Issues(service).all({ projectId: project, issueType: 'incident', perPage: 1, maxPages: 1 })))[0] ?? null,
    schedules: (project) => read(z.array(PipelineSchedule), 'pipeline schedules', schedules.all(project, PAGE)),
    schedule: (project, id) => orNull(read(PipelineSchedule, 'a pipeline schedule', schedules.show(project, id))),
    createSchedule: (project, input) => read(PipelineSchedule, 'the new pipeline schedule', schedules.create(project, input.description, input.ref, input.cron, fieldsOf(input))),
    editSchedule: async (project, id, input) => void (await schedules.edit(project, id, { ...fieldsOf(input), description: input.description, ref: input.ref, cron: input.cron })),
    deleteSchedule: async (project, id) => void (await schedules.remove(project, id)),
    takeOwnership: async (project, id) => void (await schedules.takeOwnership(project, id)),
    setScheduleVariable: async (project, id, key, value, exists) => {
      if (exists) await scheduleVariables.edit(project, id, key, value);
      else await scheduleVariables.create(project, id, key, value);
    },
    deleteScheduleVariable: async (project, id, key) => void (await scheduleVariables.remove(project, id, key)),
    createLabel: (project, name, description) => orNull(read(Label, 'the new label', labels.create(project, name, LABEL_COLOUR, { description })), ['gitlab-conflict']),
    label: (project, name) => orNull(read(Label, 'a label', labels.show(project, name))),
    // @gitbeaker/rest refuses to edit a label without its colour
    describeLabel: async (project, id, description) => (await orNull(read(Label, 'a label', labels.edit(project, id, { color: LABEL_COLOUR, description })))) !== null,
    deleteLabel: async (project, id) => void (await orNull(labels.remove(project, id))),
  };
}

function fieldsOf({ timezone, active }: ScheduleInput): { readonly cronTimezone: string; readonly active: boolean } {
  return { cronTimezone: timezone, active };
}
