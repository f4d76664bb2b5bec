import { editRevision } from './edit-manifest.ts';
import { newManifest, type ManifestTemplate, type Surroundings } from './new-manifest.ts';
import type { DeployRequest } from './request.ts';

/** What a deployment has to do, seen from one state of the cluster repository. */
export type Decision =
  | { readonly kind: 'create'; readonly text: string; readonly previous: null; readonly line: null }
  | { readonly kind: 'update'; readonly text: string; readonly previous: string; readonly line: number }
  /** The revision is there already. */
  | { readonly kind: 'same' }
  /** A deployment with a higher order has been here. */
  | { readonly kind: 'older'; readonly there: string; readonly order: number };

/** What else of the repository may matter; asked only where it does. */
export interface Questions {
  /** The order of the last deployment of this file. */
  lastOrder(): Promise<number | null>;
  /** Of a new file. */
  surroundings(): Promise<Surroundings>;
}

/**
 * @param current text of the manifest; null when there is none
 * @throws FailureError when the manifest is malformed, another application's, or unclear about its revision
 */
export async function decide(request: DeployRequest, current: string | null, template: ManifestTemplate | null, questions: Questions): Promise<Decision> {
  if (current === null) return { kind: 'create', text: newManifest(request, await questions.surroundings(), template), previous: null, line: null };
  const { text, previous, line } = editRevision(current, request.revision, { file: request.file, repository: request.repository, name: request.name, chartPath: request.chartPath });
  if (text === current) return { kind: 'same' };
  const last = request.order === null ? null : await questions.lastOrder();
  return last !== null && last > request.order! ? { kind: 'older', there: previous, order: last } : { kind: 'update', text, previous, line };
}
