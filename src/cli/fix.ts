import { plural, type Finding } from '../lint/rule.ts';
import { fingerprints } from '../report/codequality.ts';
import { unifiedDiff } from '../report/diff.ts';
import { textsOf } from '../source/repository.ts';
import { analyse, type Analysis } from './analyse.ts';
import type { Context } from './command.ts';
import { repair, type Repaired, type RepairRequest } from './repair.ts';
import { writeFiles, type ChangedFile } from './write-files.ts';

export interface Checked {
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
  /** Findings that the repair made go away. */
  readonly fixed: number;
  /** What a repair would change, when it is only asked for; else null. */
  readonly diff: string | null;
}

/** Repairs the directory, or with `dryRun` says what it would change. */
export async function fix(request: RepairRequest, dryRun: boolean, context: Context): Promise<Checked> {
  const repaired = await repair(request);
  const changes = changesOf(repaired);
  if (dryRun) return { ...outcome(repaired, repaired.analysis, repaired.findings), diff: unifiedDiff(changes) };
  const left = await writeFiles(request.root, changes);
  for (const { file, reason } of left) context.note(`${file} is left alone: ${reason}`);
  const written = changes.length - left.length;
  if (written > 0) context.note(`${plural(written, 'file')} repaired: ${changes.filter(({ file }) => !left.some((one) => one.file === file)).map(({ file }) => file).join(', ')}`);
  if (left.length === 0) return outcome(repaired, repaired.analysis, repaired.findings);
  const analysis = await analyse(request);
  return outcome(repaired, analysis, request.judge(analysis));
}

function changesOf({ texts, before }: Repaired): ChangedFile[] {
  const { config, repository } = before.analysis;
  const read = textsOf(repository);
  return [...texts].flatMap(([file, after]): ChangedFile[] => {
    const text = file === config.document.file ? config.document.text : read(file);
    return text === after ? [] : [{ file, before: text, after }];
  });
}

/** A finding is fixed when nothing like it is found any more, wherever it stood in its file. */
function outcome({ before }: Repaired, analysis: Analysis, findings: readonly Finding[]): Checked {
  const remaining = new Set(fingerprints(findings));
  return { analysis, findings, fixed: fingerprints(before.findings).filter((print) => !remaining.has(print)).length, diff: null };
}
