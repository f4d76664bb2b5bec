import type { Accusation, Suspect } from './blame.ts';
import type { Hold, IncidentRef } from './hold.ts';
import { REVERT_LABEL } from './labels.ts';

/** Notes that the runner writes, one of a kind on each issue or merge request: the marker in it finds it again, so that it is edited, never written twice. */
export type NoteKind = 'hold' | 'suspect' | 'accused' | 'revert' | `file-${string}`;

export function noteMarker(kind: NoteKind): string {
  return `<!-- renovate-argocd note="${kind}" -->`;
}

/** Text of an alert or a title, which strangers can choose: inside a code span nothing of it is a link, a mention or a command. */
function quoted(text: string): string {
  const line = text.replaceAll(/[`\s]+/g, ' ').trim();
  return `\`${line.length > 120 ? `${line.slice(0, 119).trimEnd()}…` : line}\``;
}

function reference({ project, iid, url, title }: IncidentRef): string {
  return `[${project}#${iid}](${url})${title === null ? '' : ` ${quoted(title)}`}`;
}

/** A storm of alerts opens hundreds of incidents, and nobody reads more than some. */
const MOST_LINES = 20;

function atMost(lines: readonly string[]): readonly string[] {
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES), `- … and ${lines.length - MOST_LINES} more`];
}

/** On a merge request that does not merge by itself for the time being. */
export function holdNote(holds: readonly Hold[]): string {
  const reasons = holds.map(({ incident, application, until }) => `- ${application === null ? 'everything here' : `application ${quoted(application)}`}: ${reference(incident)}${until === null ? '' : `, closed; held until ${until}`}`);
  return [noteMarker('hold'), '**Held.** It does not merge by itself while an incident is open that concerns what it changes. A person may still merge it.', '', ...atMost(reasons)].join('\n');
}

export function releasedNote(): string {
  return [noteMarker('hold'), '**Released.** The incident that held it is over; it merges by itself again, if the policy says so. A pipeline that has failed runs again.'].join('\n');
}

function change({ name, from, to, file, mergeRequest, sha, at }: Suspect): string {
  const what = `${name === null ? 'a version' : quoted(name)} ${from === null ? 'new at' : `${quoted(from)} →`} ${quoted(to)}`;
  const where = mergeRequest === null ? `commit ${sha.slice(0, 12)}` : `[!${mergeRequest.iid}](${mergeRequest.url}) ${quoted(mergeRequest.title)}`;
  return `${what} in ${quoted(file)} by ${where}, ${at}`;
}

/** On an incident: what changed last before it. */
export function suspectNote(application: string, { suspect, alternatives, sure }: Accusation, project: string, incident: number, undoable: boolean): string {
  if (suspect === null) return [noteMarker('suspect'), `No version of application ${quoted(application)} changed in the week before this incident. The cause may be its values, a folder that it shares with other applications, or no change at all.`].join('\n');
  const others = alternatives.length === 0 ? [] : ['', 'Also changed in the week before:', ...atMost(alternatives.map((one) => `- ${change(one)}`))];
  const notes = suspect.mergeRequest?.releaseNotes == null ? [] : ['', `What the new version brings: <${suspect.mergeRequest.releaseNotes}>`];
  const back = !undoable ? [] : suspect.isRevert ? ['', 'It was itself a way back, and is not undone.'] : suspect.from === null ? ['', 'The version before it is not known: put it back by hand.'] : ['', `To put it back: label this incident \`${REVERT_LABEL}\`, or run \`renovate-argocd-runner revert --project ${project} --incident ${incident}\`. That opens a merge request; a person merges it.`];
  return [noteMarker('suspect'), `**Suspected${sure ? '' : ', not for sure'}:** ${change(suspect)}`, ...others, ...notes, ...back].join('\n');
}

/** On the merge request that is suspected. */
export function accusedNote(incidents: readonly (IncidentRef & { readonly application: string })[]): string {
  return [noteMarker('accused'), `After this was merged, ${incidents.length === 1 ? 'an incident' : `${incidents.length} incidents`} began:`, '', ...atMost(incidents.map((incident) => `- application ${quoted(incident.application)}: ${reference(incident)}`))].join('\n');
}

/** On an incident: the merge request that puts the version back. */
export function revertNote(url: string, iid: number, title: string): string {
  return [noteMarker('revert'), `[!${iid}](${url}) ${quoted(title)} puts it back.`].join('\n');
}

/** On an incident whose label asks for a way back that there is not. */
export function refusedNote(reason: string): string {
  return [noteMarker('revert'), `**Nothing is put back:** ${reason}.`].join('\n');
}
