import type { Incident, Project } from '../gitlab/schema.ts';
import { attribute, type Attribution } from './attribution.ts';
import { accuse, type Accusation } from './blame.ts';
import type { AttributedIncident } from './hold.ts';
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
  return { incident, attribution, pins: pins.filter((pin) => application !== null && pin.application === application), accusation };
}

/** As holds need it. */
export function attributed({ path }: Project, { incident: { iid, title, webUrl, closedAt, open }, attribution: { application } }: Pick<Judged, 'incident' | 'attribution'>): AttributedIncident {
  return { project: path, iid, title, url: webUrl, application, closedAt: open ? null : closedAt };
}
