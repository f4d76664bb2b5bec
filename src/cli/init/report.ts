import type { Style } from '../../base/style.ts';
import { oneLine, plural } from '../../base/text.ts';
import type { Values } from '../../scaffold/fields.ts';
import type { Place } from './state.ts';

export interface InitReport {
  /** Absolute. */
  readonly directory: string;
  readonly dryRun: boolean;
  /** False while another file is in the way: then nothing is. */
  readonly done: boolean;
  readonly values: Values;
  readonly files: readonly { readonly path: string; readonly place: Place }[];
}

/** `state` of a file in the JSON document. */
const STATE = { free: 'written', same: 'same', other: 'left' } as const;

export function initJson({ directory, dryRun, done, values, files }: InitReport): string {
  const document = {
    version: 1,
    directory,
    dryRun,
    done,
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [camel(name), value])),
    files: files.map(({ path, place }) => ({ path, state: place.kind === 'free' && !done ? 'missing' : STATE[place.kind], reason: place.kind === 'other' ? place.reason : null })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** `ARGOCD_HOST` → `argocdHost` */
function camel(name: string): string {
  return name.toLowerCase().replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

export function initTable({ directory, dryRun, done, values, files }: InitReport, style: Style): string {
  const width = Math.max(...files.map(({ path }) => path.length));
  const lines = files.map(({ path, place }) => {
    if (place.kind === 'same') return style.dim(`  = ${path.padEnd(width)}  is there already, the same`);
    if (place.kind === 'other') return `  ${style.yellow('–')} ${path.padEnd(width)}  ${style.yellow(place.reason)}`;
    return done ? `  ${style.green('+')} ${path}` : `    ${path}`;
  });
  const count = (kind: Place['kind']): number => files.filter(({ place }) => place.kind === kind).length;
  return [style.bold(oneLine(directory)), ...lines, '', `For ${values.GITLAB}/${values.PROJECT}, with the presets ${values.PRESETS} and the policy ${values.POLICY}.`, ...summary({ dryRun, done }, count), ''].join('\n');
}

function summary({ dryRun, done }: Pick<InitReport, 'dryRun' | 'done'>, count: (kind: Place['kind']) => number): string[] {
  const left = count('other') === 0 ? '' : `, ${count('other')} left as they were`;
  if (!done) return [`Nothing was written: ${plural(count('other'), 'file is', 'files are')} in the way, and none is ever overwritten.`, 'Move them away, or write what is missing beside them with --keep.'];
  if (dryRun) return [`${plural(count('free'), 'file', 'files')} would be written${left}.`];
  if (count('free') === 0) return [`All of it is there${left}: nothing was written.`];
  return [`${plural(count('free'), 'file', 'files')} written${left}. Now read README.md: it has the steps in order, and how to see that each has worked.`];
}
