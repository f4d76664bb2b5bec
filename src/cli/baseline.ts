import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import { fail } from '../base/failure.ts';
import type { Baseline } from '../report/baseline.ts';

const BaselineFile = z.object({ version: z.literal(1), findings: z.array(z.object({ rule: z.string(), file: z.string(), fingerprint: z.string() })) });

const REMEDY = 'Write one with: renovate-argocd check --format baseline --output FILE';

/** @throws FailureError when it is missing or no baseline */
export async function readBaseline(path: string, cwd: string): Promise<Baseline> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, path), 'utf8');
  } catch (error) {
    return fail({ code: 'usage', message: `the baseline ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`, file: path, remedy: REMEDY });
  }
  const parsed = BaselineFile.safeParse(valueOf(text));
  if (!parsed.success) fail({ code: 'usage', message: `${path} is no baseline of this program`, file: path, remedy: REMEDY });
  return parsed.data as Baseline;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
