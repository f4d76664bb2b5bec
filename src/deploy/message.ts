import { oneLine } from '../base/text.ts';
import type { DeployRequest } from './request.ts';

/** Commit messages of deployments: for people first; the trailers are what the next deployment reads. */
const APPLICATION = 'Renovate-ArgoCD-Application';
const FILE = 'Renovate-ArgoCD-File';
const ORDER = 'Renovate-ArgoCD-Order';

/** @param previous the revision before; null for a new Application */
export function deployMessage(request: DeployRequest, previous: string | null): string {
  const { name, revision, file, order, pipelineUrl, commitUrl } = request;
  const trailers = [
    ...(pipelineUrl === null ? [] : [`Pipeline: ${pipelineUrl}`]),
    ...(commitUrl === null ? [] : [`Source: ${commitUrl}`]),
    `${APPLICATION}: ${name}`,
    `${FILE}: ${file}`,
    ...(order === null ? [] : [`${ORDER}: ${order}`]),
  ];
  return [`Deploy ${name} ${revision}`, previous === null ? `A new Application, of ${request.repository}.` : `It was ${oneLine(previous)} before.`, trailers.join('\n')].join('\n\n') + '\n';
}

/** For `git log --fixed-strings --grep`: finds the deployments of an application, and perhaps others. */
export function deploymentPattern(name: string): string {
  return `${APPLICATION}: ${name}`;
}

/**
 * The order that a commit message gives a deployment of this file; null when it is about something else, or nobody counted. Only the last paragraph counts: above it is text, and
 * a message that quotes another one is no deployment.
 */
export function orderOf(message: string, { name, file }: Pick<DeployRequest, 'name' | 'file'>): number | null {
  const paragraph = message.trimEnd().split(/\n\s*\n/).at(-1)!;
  const trailers = new Map(paragraph.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2).trim()]));
  if (trailers.get(APPLICATION) !== name || trailers.get(FILE) !== file) return null;
  const order = trailers.get(ORDER);
  return order !== undefined && /^\d{1,15}$/.test(order) ? Number(order) : null;
}
