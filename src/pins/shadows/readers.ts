import { escapeRegex } from '../../base/escape-regex.ts';
import { textOf, valueAt, valueOf, walk, type Yaml } from '../../source/yaml.ts';
import { folderOf, joinPath, nameOf, type Context } from '../context.ts';
import type { Deployment } from '../deployments.ts';
import { globToRegex } from '../glob.ts';
import type { Reading } from '../idiom.ts';
import type { Symbolic } from '../symbols.ts';

/** Every source of an Application or ApplicationSet, once. */
export function deploymentsOf(reading: Reading): Deployment[] {
  return [...new Set(reading.triples.map((triple) => triple.deployment))];
}

/** Whether a source may take its manifests from a folder of this repository: the path says so, or can become it. */
export function mayDeploy(deployment: Deployment, folder: string): boolean {
  const { path, resource } = deployment;
  if (path === null) return false;
  if (path.kind === 'text') return joinPath('', path.value) === folder;
  const pattern = patternOf(path);
  if (pattern !== null) return pattern.test(folder);
  // a path that is all parameter stands where it is written out (see isMentioned), or comes from the folders that a git generator lists
  return directoriesOf(resource).some((glob) => glob.test(folder));
}

/** What a text with symbols in it can become, or null when nothing of it is fixed. */
export function patternOf(symbol: Symbolic): RegExp | null {
  const alternatives = symbol.kind === 'first' ? symbol.of : [symbol];
  const sources = alternatives.flatMap((one) => {
    if (one.kind === 'text') return [escapeRegex(joinPath('', one.value))];
    if (one.kind !== 'join' || !one.parts.some((part) => part.kind === 'text' && /[\w]/.test(part.value))) return [];
    // each unknown part may be tried at every place of a path: with many of them any path counts as possible
    if (one.parts.filter((part) => part.kind !== 'text').length > 4) return ['.+'];
    return [one.parts.map((part) => (part.kind === 'text' ? escapeRegex(part.value) : '.+')).join('').replace(/^(?:\\\.)?\//, '').replace(/\/$/, '')];
  });
  return sources.length === alternatives.length && sources.length > 0 ? new RegExp(`^(?:${sources.join('|')})$`) : null;
}

/** Globs of `git.directories`, at any depth of the generators. */
function directoriesOf(resource: Yaml | null): RegExp[] {
  const found: RegExp[] = [];
  walk(valueAt(resource, ['spec', 'generators']) ?? null, (node) => {
    const listed = valueOf(node, 'directories');
    if (listed?.kind === 'list') found.push(...listed.items.flatMap((item) => textOf(valueOf(item, 'path')) ?? []).map(globToRegex));
  });
  return found;
}

/** Whether a file outside of the known ones mentions a folder in a way that may deploy it: a script, a pipeline, a parameter that becomes a path. */
export type Mentions = (folder: string, known: ReadonlySet<string>) => boolean;

/** Reads all files once, when it is first asked. */
export function mentionsIn(context: Context): Mentions {
  let index: ReadonlyMap<string, readonly string[]> | undefined;
  return (folder, known) => {
    if (folder === '') return false;
    index ??= filesByWord(context);
    const mention = mentionOf(folder);
    return (index.get(lastWord(folder)) ?? []).some((path) => !known.has(path) && !path.startsWith(`${folder}/`) && mention.test(context.text(path)));
  };
}

/** A path of one segment is a common word: only where it stands as a path. */
function mentionOf(folder: string): RegExp {
  const whole = `${escapeRegex(folder)}(?![\\w-])`;
  return folder.includes('/') ? new RegExp(`(?<![\\w-])${whole}`) : new RegExp(`(?:(?:path|dir\\w*|folder|chart)\\b["']?\\s*[:=]\\s*["']?|\\./|\\bhelm\\b[^\\n]{0,200}[\\s/])${whole}`);
}

const WORD = /[\w-]+/g;

function lastWord(text: string): string {
  return text.match(WORD)?.at(-1) ?? '';
}

/** Files that deploy nothing, however much they speak of it. */
const PROSE = /\.(?:md|txt|lock)$/i;

function filesByWord(context: Context): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const path of context.paths) {
    if (PROSE.test(path)) continue;
    for (const word of new Set(context.text(path).match(WORD))) {
      const known = index.get(word);
      if (known) known.push(path);
      else index.set(word, [path]);
    }
  }
  return index;
}

/** Whether a values file is named outside of these files. */
export function isNamedElsewhere(context: Context, file: string, known: ReadonlySet<string>): boolean {
  const name = nameOf(file);
  const wanted = name === 'values.yaml' || name === 'values.yml' ? `${nameOf(folderOf(file))}/${name}` : name;
  return context.paths.some((path) => !known.has(path) && path !== file && !PROSE.test(path) && context.text(path).includes(wanted));
}

/** Whether another chart takes the chart in this folder as a dependency. */
export function isSubchart(context: Context, folder: string): boolean {
  if (/(?:^|\/)charts\/[^/]+$/.test(folder) && context.has(joinPath(folder, '../../Chart.yaml'))) return true;
  return context.paths.some((path) => /(?:^|\/)(?:Chart|requirements)\.ya?ml$/.test(path) && [...context.text(path).matchAll(/file:\/\/([^\s"']+)/g)].some((match) => joinPath(folderOf(path), match[1]!) === folder));
}
