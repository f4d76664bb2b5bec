import type { Incident, Project } from '../gitlab/schema.ts';
import { attribute, type Attribution } from './attribution.ts';
import { accuse, type Accusation } from './blame.ts';
import type { AttributedIncident, IncidentRef } from './hold.ts';
import { applicationsIn, type DeployedPin, type Investigation } from './investigate.ts';

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
export async function judge(incident: Incident, { pins, suspects }: Pick<Investigation, 'pins' | 'suspects'>): Promise<Judged> {
  const attribution = attribute(incident, applicationsIn(pins));
  const { application } = attribution;
  const accusation = application === null || !incident.open ? null : accuse(await suspects(application, incident.createdAt), incident.createdAt);
  return { incident, attribution, pins: pinsOf(application, pins), accusation };
}

/** As others may read it: who may see a merge request need not be allowed to see a confidential incident. */
export function incidentRef({ path }: Project, { iid, title, webUrl, confidential }: Incident): IncidentRef {
  return { project: path, iid, title: confidential ? null : title, url: webUrl };
}

/** As holds need it. An application that this repository does not deploy is as good as none. */
export function attributed(project: Project, { incident, attribution: { application }, pins }: Pick<Judged, 'incident' | 'attribution' | 'pins'>): AttributedIncident {
  return { ...incidentRef(project, incident), application: pins.length === 0 ? null : application, closedAt: incident.open ? null : incident.closedAt };
}

/** What the repository deploys for an application. */
export function pinsOf(application: string | null, pins: readonly DeployedPin[]): readonly DeployedPin[] {
  return pins.filter((pin) => application !== null && pin.application === application);
}
