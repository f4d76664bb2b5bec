import type { ScheduleInput } from '../gitlab/port.ts';
import type { PipelineSchedule, User } from '../gitlab/schema.ts';
import { GITLAB_TOKEN, MARKER, type DesiredSchedule } from './desired.ts';
import { isSameZone } from './timezone.ts';

/** One request to GitLab, or none, and why. */
export type Action =
  | { readonly kind: 'create' | 'take-ownership' | 'edit' | 'delete' | 'unchanged'; readonly reason: string }
  | { readonly kind: 'set-variable'; readonly name: string; readonly value: string; readonly exists: boolean; readonly reason: string }
  | { readonly kind: 'delete-variable'; readonly name: string; readonly reason: string };

/** What is to be done with one schedule, in this order. */
export interface SchedulePlan {
  readonly description: string;
  /** Null for one that is to be created. */
  readonly id: number | null;
  /** What it shall be; null when it is to be deleted. */
  readonly input: ScheduleInput | null;
  readonly actions: readonly Action[];
}

/** Not ours, but called like one of ours. It is never touched. */
export interface ForeignSchedule {
  readonly id: number;
  readonly description: string;
  readonly owner: string | null;
  readonly cron: string;
  /** The value of the marker that would hand it over. */
  readonly key: string;
}

export interface Plan {
  /** Deletions stand last, so that Renovate is started at all times in between. */
  readonly schedules: readonly SchedulePlan[];
  readonly foreign: readonly ForeignSchedule[];
  /** Called like one of ours, but this token is not shown their variables: nobody can tell whose they are. */
  readonly hidden: readonly PipelineSchedule[];
}

export interface PlanRequest {
  readonly desired: readonly DesiredSchedule[];
  /** Each asked for alone: lists hold no variables. */
  readonly existing: readonly PipelineSchedule[];
  /** The token's user. */
  readonly user: Pick<User, 'id' | 'username'>;
}

export function planSchedules({ desired, existing, user }: PlanRequest): Plan {
  const marked = existing.filter(isMarked).sort((a, b) => Number(isOwner(b, user)) - Number(isOwner(a, user)) || a.id - b.id);
  const pairs = desired.map((want) => ({ want, have: marked.find(({ variables }) => variables[MARKER] === want.key) ?? existing.find((schedule) => isInterrupted(schedule, want, user)) ?? null }));
  const kept = new Set(pairs.map(({ have }) => have));
  const others = existing.flatMap((schedule) => {
    const want = desired.find(({ description }) => description === schedule.description.trim());
    return want === undefined || kept.has(schedule) || isMarked(schedule) ? [] : [{ schedule, want }];
  });
  return {
    schedules: [...pairs.map(({ want, have }) => (have === null ? creation(want) : change(want, have, user))), ...marked.filter((schedule) => !kept.has(schedule)).map((schedule) => deletion(schedule, pairs))],
    foreign: others.filter(({ schedule }) => schedule.variablesShown).map(({ schedule: { id, description, owner, cron }, want: { key } }) => ({ id, description, owner: owner?.username ?? null, cron, key })),
    hidden: others.filter(({ schedule, want }) => !schedule.variablesShown && pairs.some((pair) => pair.want === want && pair.have === null)).map(({ schedule }) => schedule),
  };
}

/** What would be changed in GitLab. */
export function changes({ schedules }: Pick<Plan, 'schedules'>): Action[] {
  return schedules.flatMap(({ actions }) => actions.filter(({ kind }) => kind !== 'unchanged'));
}

function isMarked({ variables }: PipelineSchedule): boolean {
  return MARKER in variables;
}

function isOwner({ owner }: PipelineSchedule, user: PlanRequest['user']): boolean {
  return owner?.id === user.id;
}

/** Made by a run that ended between the two requests: the schedule is there as it shall be, the marker is not. */
function isInterrupted(have: PipelineSchedule, want: DesiredSchedule, user: PlanRequest['user']): boolean {
  return have.variablesShown && !isMarked(have) && isOwner(have, user) && differences(want, have).length === 0 && Object.keys(have.variables).every((name) => name in want.variables);
}

function creation({ key, variables, ...input }: DesiredSchedule): SchedulePlan {
  const state = input.active ? '' : ', switched off';
  return {
    description: input.description,
    id: null,
    input,
    actions: [{ kind: 'create', reason: `${input.cron} ${input.timezone} on ${shortRef(input.ref)}${state}` }, ...variableActions({ [MARKER]: key, ...variables }, {})],
  };
}

function change({ key, variables, ...input }: DesiredSchedule, have: PipelineSchedule, user: PlanRequest['user']): SchedulePlan {
  const different = differences(input, have);
  const edits: Action[] = [...(different.length === 0 ? [] : [{ kind: 'edit' as const, reason: different.join('; ') }]), ...variableActions({ [MARKER]: key, ...variables }, have.variables)];
  const owner = have.owner === null ? 'nobody' : `@${have.owner.username}`;
  if (edits.length === 0) return { description: input.description, id: have.id, input, actions: [{ kind: 'unchanged', reason: isOwner(have, user) ? 'as configured' : `as configured; it runs as ${owner}` }] };
  // only the owner may change a schedule or its variables, a Maintainer not either (app/policies/ci/pipeline_schedule_policy.rb)
  const takeover: Action[] = isOwner(have, user) ? [] : [{ kind: 'take-ownership', reason: `it belongs to ${owner}, and GitLab lets only the owner change it; from then on it runs as @${user.username}` }];
  return { description: input.description, id: have.id, input, actions: [...takeover, ...edits] };
}

/** A Maintainer may do this with anybody's, and the owner with his own. */
function deletion(have: PipelineSchedule, pairs: readonly { readonly want: DesiredSchedule; readonly have: PipelineSchedule | null }[]): SchedulePlan {
  const twin = pairs.find(({ want }) => want.key === have.variables[MARKER])?.have;
  const reason = twin == null ? 'the configuration has it no more' : `it is there twice: #${twin.id} stays`;
  return { description: have.description, id: have.id, input: null, actions: [{ kind: 'delete', reason }] };
}

/** `cron "0 4 * * *" → "0 5 * * *"`. */
function differences(want: ScheduleInput, have: PipelineSchedule): string[] {
  const compared: readonly (readonly [string, boolean, string, string])[] = [
    ['description', want.description === have.description.trim(), have.description, want.description],
    ['cron', want.cron === have.cron.trim().replaceAll(/\s+/g, ' '), have.cron, want.cron],
    ['timezone', isSameZone(want.timezone, have.timezone), have.timezone, want.timezone],
    ['ref', isSameRef(want.ref, have.ref), have.ref, want.ref],
  ];
  return [...compared.filter(([, same]) => !same).map(([name, , from, to]) => `${name} ${JSON.stringify(from)} → ${JSON.stringify(to)}`), ...(want.active === have.active ? [] : [want.active ? 'off → on' : 'on → off'])];
}

/** GitLab keeps names in full since 17.0, and short ones from before; a short one may mean a branch or a tag. */
export function isSameRef(a: string, b: string): boolean {
  return a === b || ((isShort(a) || isShort(b)) && shortRef(a) === shortRef(b));
}

function isShort(ref: string): boolean {
  return !/^refs\/(?:heads|tags)\//.test(ref);
}

export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}

function variableActions(want: Readonly<Record<string, string>>, have: Readonly<Record<string, string>>): Action[] {
  const set = Object.entries(want).flatMap(([name, value]): Action[] => {
    const current = have[name];
    if (current === value) return [];
    const reason = current !== undefined ? `${name} ${shown(name, current)} → ${shown(name, value)}` : name === MARKER ? 'marks it as ours' : `${name} = ${shown(name, value)}`;
    return [{ kind: 'set-variable', name, value, exists: current !== undefined, reason }];
  });
  const superfluous = Object.keys(have).filter((name) => !(name in want));
  return [...set, ...superfluous.map((name): Action => ({ kind: 'delete-variable', name, reason: `${name} is not in the configuration` }))];
}

/** Somebody may have put a secret into a schedule by hand. */
function shown(name: string, value: string): string {
  return /TOKEN|SECRET|PASSWORD|KEY|CREDENTIAL/i.test(name) || GITLAB_TOKEN.test(value) ? '…' : JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value);
}
