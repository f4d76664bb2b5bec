import * as z from 'zod';
import type { MergeRequest } from '../gitlab/schema.ts';
import { REVERT_LABEL } from './labels.ts';

/** A version that is put back, and kept from coming again. */
const Undone = z.object({ file: z.string(), packageNames: z.array(z.string()), good: z.string(), bad: z.string() });
export type Undone = z.infer<typeof Undone>;

const MARKER = /^<!-- renovate-argocd revert=(?<json>\{.*\}) -->$/m;

/** What a merge request that puts something back says of itself, for later runs: a line of its description. */
const Memory = z.object({ incident: z.number(), application: z.string(), versions: z.array(Undone) });
export type Memory = z.infer<typeof Memory>;

/** Null for any other merge request, and for one that somebody has rewritten into something else. */
export function memoryOf({ description }: Pick<MergeRequest, 'description'>): Memory | null {
  try {
    return Memory.safeParse(JSON.parse(MARKER.exec(description)?.groups?.['json'] ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

export function memoryLine(memory: Memory): string {
  // a dash would end the comment
  return `<!-- renovate-argocd revert=${JSON.stringify(memory).replaceAll('-->', '--\\u003e')} -->`;
}

const BRANCH = /^renovate-argocd\/revert-\d+$/;

/** Whether a merge request puts something back, also when a person has taken its label off to have the version again. */
export function isWayBack({ source, labels }: Pick<MergeRequest, 'source' | 'labels'>): boolean {
  return labels.includes(REVERT_LABEL) || BRANCH.test(source);
}
