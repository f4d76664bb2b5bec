import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { textsIn } from '../base/config-walk.ts';
import { pathFrom } from '../base/paths.ts';
import { KNOWN_NAMES } from '../lint/known-names.ts';
import type { PolicyRow } from '../policy/cell.ts';
import { compare, type Comparison } from '../policy/compare.ts';
import { policyOf, UNKNOWN_PRESET } from '../policy/policy.ts';
import type { JsonObject } from '../renovate/types.ts';
import { analyse, documentsOf, resolveAlone, sharingRenovate, type Analysis, type AnalyseRequest } from './analyse.ts';
import { openRevision } from './git.ts';

export interface Explained {
  readonly analysis: Analysis;
  readonly rows: readonly PolicyRow[];
  /** Null when there is nothing to compare with. */
  readonly before: Comparison | null;
}

/** @param reference `--against`: a config file, or a git revision whose config and presets are taken */
export async function explained(request: AnalyseRequest, reference: string | null): Promise<Explained> {
  return sharingRenovate(request, async (shared) => {
    const analysis = await analyse(shared);
    const rows = await rowsOf(shared, analysis);
    if (reference === null) return { analysis, rows, before: null };
    const other = await otherRequest(shared, analysis, reference);
    try {
      return { analysis, rows, before: compare(policy(await analyse(other.request), [])) };
    } finally {
      await other.discard();
    }
  });
}

/** Which preset brought an option outside of rules costs another question, and is rarely asked. */
async function rowsOf(request: AnalyseRequest, analysis: Analysis): Promise<PolicyRow[]> {
  const rows = policy(analysis, []);
  const nameless = rows.some(({ updates }) => Object.values(updates).some(({ rules }) => rules.some(({ source }) => source === UNKNOWN_PRESET)));
  if (!nameless) return rows;
  const extended: Document[] = [];
  // the last one wins
  for (const { text: reference } of textsIn(analysis.config.document.value['extends'], []).reverse()) {
    const { config } = await resolveAlone(request, { extends: [reference] });
    extended.push({ source: reference, value: config });
  }
  return policy(analysis, extended);
}

interface Document {
  readonly source: string;
  readonly value: JsonObject;
}

function policy(analysis: Analysis, extended: readonly Document[]): PolicyRow[] {
  const { pins, runs, decisions, resolved } = analysis;
  if (decisions === null) return [];
  return policyOf({ pins, runs, decisions, resolved: resolved.config, documents: [...documentsOf(analysis), ...extended], withoutReleaseDates: KNOWN_NAMES.withoutReleaseDates });
}

interface OtherRequest {
  readonly request: AnalyseRequest;
  discard(): Promise<void>;
}

/** The same files and another config: what changes is policy alone. */
async function otherRequest(request: AnalyseRequest, { config }: Analysis, reference: string): Promise<OtherRequest> {
  const file = resolve(request.cwd, reference);
  if (existsSync(file)) return { request: { ...request, config: file }, discard: async () => {} };
  const revision = await openRevision(request.root, reference);
  const path = resolve(request.root, config.document.file);
  const text = config.exists ? await revision.text(pathFrom(revision.top, path)) : null;
  const folder = await mkdtemp(join(tmpdir(), 'renovate-argocd-'));
  const mapped = [];
  for (const preset of request.presets.mapped) mapped.push({ ...preset, file: join(folder, pathFrom(revision.top, preset.file)) });
  // presets stand beside each other, so all that could be one comes along
  if (mapped.length > 0) for (const name of await revision.files()) if (/\.json[5c]?$/.test(name)) await place(join(folder, name), (await revision.text(name)) ?? '');
  return {
    request: { ...request, presets: { ...request.presets, mapped }, texts: new Map([[config.document.file, text ?? '{}']]) },
    discard: () => rm(folder, { recursive: true, force: true }),
  };
}

async function place(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
