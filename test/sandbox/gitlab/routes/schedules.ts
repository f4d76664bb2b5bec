import { resolve } from '../../git-read.ts';
import { accessOf, DEVELOPER, MAINTAINER, mayUpdate } from '../accounts.ts';
import { isCron, isTimezone } from '../cron.ts';
import { optionalFlag, textOf, type Input } from '../input.ts';
import { startScheduled } from '../pipelines.ts';
import { presentPipeline, presentSchedule, presentScheduleInFull, presentVariable } from '../present/pipeline.ts';
import { created, inProject, invalid, noContent, ok, refused, unsavable, type Call, type Handler, type Reply, type Routes } from '../router.ts';
import { expandedRef, refMistake } from '../refs.ts';
import { nextId, now, type Project, type Schedule, type Variable } from '../state.ts';

/** Pipeline schedules: a Developer's own, and Maintainers may take them over (app/policies/ci/pipeline_schedule_policy.rb). */
export const scheduleRoutes: Routes = {
  'GET /projects/:id/pipeline_schedules': inProject(({ input }, { schedules }) => {
    const scope = textOf(input, 'scope');
    return ok(schedules.filter(({ active }) => scope === null || active === (scope === 'active')).map(presentSchedule));
  }),
  'POST /projects/:id/pipeline_schedules': inProject(create, DEVELOPER),
  'GET /projects/:id/pipeline_schedules/:schedule': onSchedule((call, project, schedule) => ok(shown(call, project, schedule))),
  'PUT /projects/:id/pipeline_schedules/:schedule': onSchedule(edit, 'owns'),
  'DELETE /projects/:id/pipeline_schedules/:schedule': onSchedule((_call, { schedules }, schedule) => {
    schedules.splice(schedules.indexOf(schedule), 1);
    return noContent;
  }, 'administers'),
  'GET /projects/:id/pipeline_schedules/:schedule/pipelines': onSchedule(({ origin }, project, { pipelines }) => ok(pipelines.map((pipeline) => presentPipeline(project, pipeline, origin)))),
  'POST /projects/:id/pipeline_schedules/:schedule/take_ownership': onSchedule(takeOwnership, 'administers'),
  'POST /projects/:id/pipeline_schedules/:schedule/play': onSchedule(play),
  'POST /projects/:id/pipeline_schedules/:schedule/variables': onSchedule(withVariables(addVariable), 'owns'),
  'GET /projects/:id/pipeline_schedules/:schedule/variables/:key': onSchedule(onVariable((variable) => ok(presentVariable(variable))), 'administers'),
  'PUT /projects/:id/pipeline_schedules/:schedule/variables/:key': onSchedule(withVariables(onVariable((variable, { input }) => {
    Object.assign(variable, { value: textOf(input, 'value') ?? variable.value, type: textOf(input, 'variable_type') ?? variable.type });
    return ok(presentVariable(variable));
  })), 'owns'),
  'DELETE /projects/:id/pipeline_schedules/:schedule/variables/:key': onSchedule(withVariables(onVariable((variable, _call, { variables }) => {
    variables.splice(variables.indexOf(variable), 1);
    return { status: 202, body: presentVariable(variable) };
  })), 'administers'),
};

type Right = 'reads' | 'owns' | 'administers';

const VARIABLE_ROLES = { developer: DEVELOPER, maintainer: MAINTAINER, owner: 50, no_one_allowed: Infinity } as const;

/** Variables can be kept from everybody by a setting of the project. */
function withVariables(handler: (call: Call, project: Project, schedule: Schedule) => Reply): (call: Call, project: Project, schedule: Schedule) => Reply {
  return (call, project, schedule) => (accessOf(call.state, project, call.user) < VARIABLE_ROLES[project.settings.variablesRole] ? refused(403, 'Forbidden') : handler(call, project, schedule));
}

/** Editing is the owner's alone; a Maintainer who is not has to take it over first. */
function may({ state, user }: Call, project: Project, schedule: Schedule, right: Right): boolean {
  const access = accessOf(state, project, user);
  if (right === 'reads') return true;
  return (schedule.owner === user && access >= DEVELOPER) || (right === 'administers' && access >= MAINTAINER);
}

function onSchedule(handler: (call: Call, project: Project, schedule: Schedule) => Reply, right: Right = 'reads'): Handler {
  return inProject((call, project) => {
    const schedule = project.schedules.find(({ id }) => String(id) === call.params['schedule']);
    if (schedule === undefined) return refused(404, 'Pipeline Schedule Not Found');
    return may(call, project, schedule, right) ? handler(call, project, schedule) : refused(403, 'Forbidden');
  });
}

function onVariable(handler: (variable: Variable, call: Call, schedule: Schedule) => Reply): (call: Call, project: Project, schedule: Schedule) => Reply {
  return (call, _project, schedule) => {
    const variable = schedule.variables.find(({ key }) => key === call.params['key']);
    return variable === undefined ? refused(404, 'Pipeline Schedule Variable Not Found') : handler(variable, call, schedule);
  };
}

function shown(call: Call, project: Project, schedule: Schedule): unknown {
  return presentScheduleInFull(project, schedule, call.origin, may(call, project, schedule, 'administers'));
}

type Settings = Pick<Schedule, 'description' | 'ref' | 'cron' | 'timezone' | 'active'>;

function settingsOf(input: Input, before: Settings): Settings {
  return {
    description: textOf(input, 'description') ?? before.description,
    ref: textOf(input, 'ref') ?? before.ref,
    cron: (textOf(input, 'cron') ?? before.cron).trim(),
    timezone: textOf(input, 'cron_timezone') ?? before.timezone,
    active: optionalFlag(input, 'active') ?? before.active,
  };
}

/** In the order of GitLab: who may, then what is valid. */
function mistakeIn({ state, user }: Call, project: Project, { description, ref, cron, timezone }: Settings, what: string): Reply | null {
  const wrongRef = refMistake(project.repository, ref);
  if (wrongRef !== null) return unsavable(wrongRef);
  if (!mayUpdate(state, project, ref.replace(/^refs\/heads\//, ''), user)) return unsavable({ base: [`The current user is not authorized to ${what} the pipeline schedule`] });
  const wrong = {
    ...(isCron(cron) ? {} : { cron: [' is invalid syntax'] }),
    ...(isTimezone(timezone) ? {} : { cron_timezone: [' is invalid syntax'] }),
    ...(description === '' ? { description: ["can't be blank"] } : {}),
  };
  return Object.keys(wrong).length === 0 ? null : unsavable(wrong);
}

function create(call: Call, project: Project): Reply {
  const { state, input, user } = call;
  const missing = ['description', 'ref', 'cron'].filter((key) => textOf(input, key) === null);
  if (missing.length > 0) return invalid(missing.map((key) => `${key} is missing`).join(', '));
  const settings = settingsOf(input, { description: '', ref: '', cron: '', timezone: 'UTC', active: true });
  const mistake = mistakeIn(call, project, settings, 'create');
  if (mistake !== null) return mistake;
  const schedule: Schedule = { id: nextId(state), createdAt: now(), updatedAt: now(), variables: [], pipelines: [], owner: user, ...settings, ref: expandedRef(project.repository, settings.ref) };
  project.schedules.push(schedule);
  return created(shown(call, project, schedule));
}

function edit(call: Call, project: Project, schedule: Schedule): Reply {
  const settings = settingsOf(call.input, schedule);
  const mistake = mistakeIn(call, project, settings, 'update');
  if (mistake !== null) return mistake;
  Object.assign(schedule, settings, { ref: expandedRef(project.repository, settings.ref), updatedAt: now() });
  return ok(shown(call, project, schedule));
}

function takeOwnership(call: Call, project: Project, schedule: Schedule): Reply {
  if (schedule.owner === call.user) return ok(shown(call, project, schedule));
  Object.assign(schedule, { owner: call.user, updatedAt: now() });
  return created(shown(call, project, schedule));
}

function play({ state, user }: Call, project: Project, schedule: Schedule): Reply {
  const branch = schedule.ref.replace(/^refs\/heads\//, '');
  if (accessOf(state, project, user) < DEVELOPER || !mayUpdate(state, project, branch, user)) return refused(403, 'Forbidden');
  const sha = resolve(project.repository, schedule.ref);
  const pipeline = sha === null ? null : startScheduled(state, project, branch, sha, schedule.owner, schedule.variables.map((variable) => ({ ...variable })));
  if (pipeline !== null) schedule.pipelines.push(pipeline);
  return created({ message: '201 Created' });
}

function addVariable({ input }: Call, _project: Project, { variables }: Schedule): Reply {
  const key = textOf(input, 'key');
  const value = textOf(input, 'value');
  if (key === null || value === null) return invalid(`${key === null ? 'key' : 'value'} is missing`);
  if (!/^\w{1,255}$/.test(key)) return unsavable({ key: ["can contain only letters, digits and '_'."] });
  if (variables.some((variable) => variable.key === key)) return unsavable({ key: ['has already been taken'] });
  const variable = { key, value, type: textOf(input, 'variable_type') ?? 'env_var' };
  variables.push(variable);
  return created(presentVariable(variable));
}
