import type { Incident, Project } from '../gitlab/schema.ts';
import { attribute, type Attribution } from './attribution.ts';
import { accuse, type Accusation } from './blame.ts';
import type { AttributedIncident, IncidentRef } from './hold.ts';
import { pinsOf, type DeployedPin, type Investigation } from './investigate.ts';

/** An incident of one project, with what is thought of it. */
export interface Judged {
  readonly incident: Incident;
  readonly attribution: Attribution;
  /** What the repository deploys for it now. */
  readonly pins: readonly DeployedPin[];
  /** Null as long as nobody knows the application, and for one that is closed. */
  readonly accusation: Accusation | null;
}

/** What is thought of one incident. */
export async function judge(incident: Incident, investigation: Pick<Investigation, 'pins' | 'applications' | 'suspects'>): Promise<Judged> {
  const about = aboutWhat(incident, investigation);
  const { application } = about.attribution;
  const accusation = application === null || !incident.open ? null : accuse(await investigation.suspects(application, incident.createdAt), incident.createdAt);
  return { incident, ...about, accusation };
}

/** Whom an incident concerns, without asking whose fault it is. */
export function aboutWhat(incident: Incident, { pins, applications }: Pick<Investigation, 'pins' | 'applications'>): Pick<Judged, 'attribution' | 'pins'> {
  const attribution = attribute(incident, applications);
  return { attribution, pins: pinsOf(attribution.application, pins) };
}

/** As others may read it: who may see a merge request need not be allowed to see a confidential incident. */
export function incidentRef({ path }: Project, { iid, title, webUrl, confidential }: Incident): IncidentRef {
  return { project: path, iid, title: confidential ? null : title, url: webUrl };
}

/** As holds need it. */
export function attributedTo(application: string | null, project: Project, incident: Incident): AttributedIncident {
  return { ...incidentRef(project, incident), application, closedAt: incident.open ? null : incident.closedAt };
}

/** An application that this repository does not deploy is as good as none. */
export function attributed(project: Project, incident: Incident, { attribution: { application }, pins }: Pick<Judged, 'attribution' | 'pins'>): AttributedIncident {
  return attributedTo(pins.length === 0 ? null : application, project, incident);
}
