import { fail } from '../../src/base/failure.ts';
import type { RunnerContext } from '../context.ts';
import type { Project } from '../gitlab/schema.ts';
import type { Account, Setup } from '../setup.ts';
import { lazyCoverage } from '../validator.ts';
import { gate, type GateVerdict } from './gate.ts';
import { groupHolds } from './group.ts';
import { groupOf, holdsOf } from './hold.ts';
import { investigate, type InvestigateOptions, type Investigation } from './investigate.ts';
import { aboutWhat, attributed } from './judged.ts';
import { incidentSettings } from './settings.ts';
import { touchedPins } from './touched.ts';

/** Reads a project for as long as the work takes. @throws FailureError `gitlab-missing` when there is none */
export async function withProject<T>({ accounts, redact }: Setup, path: string, { io, world }: Pick<RunnerContext, 'io' | 'world'>, work: (project: Project, account: Account, look: () => Promise<Investigation>) => Promise<T>): Promise<T> {
  for (const account of accounts) {
    const project = await account.gitlab.project(path);
    if (project === null) continue;
    const coverage = lazyCoverage();
    const opened: Investigation[] = [];
    const options: InvestigateOptions = { gitlab: account.gitlab, token: account.token, redact, coverage, env: io.env, signal: world.ending };
    try {
      return await work(project, account, async () => {
        const investigation = await investigate(project, options);
        opened.push(investigation);
        return investigation;
      });
    } finally {
      await Promise.all(opened.map((investigation) => investigation.close()));
      await coverage.close();
    }
  }
  return fail({ code: 'gitlab-missing', message: `there is no project ${path} for this token`, remedy: 'Check its path, and that the user of the token is a member.' });
}

/** What `gate` says of one merge request. The repository is read only when an incident is open. */
export function gateOf(setup: Setup, path: string, iid: number, context: Pick<RunnerContext, 'io' | 'world'>): Promise<GateVerdict> {
  return withProject(setup, path, context, async (project, { gitlab }, look) => {
    const { scope, ...settings } = incidentSettings(setup.config);
    const [request, open] = await Promise.all([gitlab.mergeRequest(project.id, iid), scope === 'off' ? [] : gitlab.incidents(project.id, { state: 'opened' })]);
    if (request === null) return fail({ code: 'gitlab-missing', message: `there is no merge request !${iid} in ${path}`, remedy: 'Check its number.' });
    const options = { ...settings, scope: scope === 'off' ? 'application' : scope, now: context.io.now() } as const;
    const elsewhere = scope === 'group' ? await groupHolds({ group: groupOf(path), known: [path], held: [path] }, { ...options, gitlab }) : [];
    if (open.length + elsewhere.length === 0) return gate(request, [], [], []);
    const investigation = await look();
    const { pins } = investigation;
    const incidents = open.map((incident) => attributed(project, incident, aboutWhat(incident, investigation)));
    const holds = [...holdsOf(incidents, [path], options), ...elsewhere];
    return gate(request, touchedPins(await gitlab.diffs(project.id, iid), pins), holds, pins);
  });
}
