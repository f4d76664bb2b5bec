import { isFields, objectsIn, textsIn, type Fields } from '../base/config-walk.ts';
import { parseCron, type KnownCron } from '../base/cron.ts';
import { parseJson5 } from '../source/json5.ts';
import type { SourceFile } from '../source/repository.ts';
import { parseYamlDocuments, type Yaml } from '../source/yaml.ts';

/**
 * What the files of a repository say of it: the runner's config, GitLab CI and GitHub workflows. Null when Renovate also runs on other occasions, such as
 * a push: then it can run at any time.
 */
export function cronsIn(files: readonly SourceFile[]): readonly KnownCron[] | null {
  const found: KnownCron[] = [];
  for (const file of files) {
    if (file.path === 'runner.json5') found.push(...ofRunner(file));
    else if (/^\.gitlab-ci\.ya?ml$|^\.gitlab\/ci\/[^/]+\.ya?ml$/.test(file.path)) found.push(...ofGitLab(file));
    else if (/^\.github\/workflows\/[^/]+\.ya?ml$/.test(file.path)) {
      const crons = ofWorkflow(file);
      if (crons === null) return null;
      found.push(...crons);
    }
  }
  return found;
}

function ofRunner({ path, text }: SourceFile): KnownCron[] {
  const parsed = parseJson5(text, 'json5');
  return parsed.ok ? [...objectsIn(parsed.value)].flatMap(({ fields, around }) => textsIn(fields['cron'], []).flatMap(({ text: cron }) => known(cron, zoneBeside([fields, ...around]), path))) : [];
}

/** Keys such as RENOVATE_CRON of variables and inputs. GitLab's own schedules stand in its database; these are what jobs and components make them from. */
function ofGitLab({ path, text }: SourceFile): KnownCron[] {
  if (!/cron/i.test(text) || !/renovate/i.test(text)) return [];
  const found = plain(text).flatMap((root) =>
    [...objectsIn(root)].flatMap(({ fields, path: at, around }) =>
      Object.entries(fields).flatMap(([key, value]) => {
        if (!/cron/i.test(key) || typeof value !== 'string') return [];
        // other variables beside it say nothing of this one
        const levels = [fields, ...around].slice(at.at(-1) === 'variables' ? 1 : 0, -1);
        const named = [key, ...at].some((name) => /renovate/i.test(String(name))) || levels.some(mentionsRenovate);
        return known(value, zoneBeside([fields]), path).map((cron) => ({ cron, named }));
      }),
    ),
  );
  // a lone cron needs no name to be Renovate's
  return found.length === 1 ? [found[0]!.cron] : found.filter(({ named }) => named).map(({ cron }) => cron);
}

/** Null when the workflow runs Renovate on other occasions too; starting it by hand is none. */
function ofWorkflow({ path, text }: SourceFile): KnownCron[] | null {
  if (!/renovate/i.test(text)) return [];
  const [root] = plain(text);
  if (!isFields(root) || !runsRenovate(root)) return [];
  const on = root['on'];
  if (!isFields(on) || Object.keys(on).some((event) => event !== 'schedule' && event !== 'workflow_dispatch')) return null;
  const entries = Array.isArray(on['schedule']) ? (on['schedule'] as readonly unknown[]) : [];
  return entries.flatMap((entry) => (isFields(entry) && typeof entry['cron'] === 'string' ? known(entry['cron'], null, path) : []));
}

function runsRenovate(workflow: Fields): boolean {
  return [...objectsIn(workflow)].some(({ fields }) => {
    const said = ['uses', 'run', 'image'].map((key) => fields[key]).filter((value) => typeof value === 'string');
    return said.some((value) => /renovatebot\/github-action|\brenovate\/renovate\b|renovatebot\/renovate\b|(?:^|[\s/])renovate(?:@\S+)?(?:\s|$)/m.test(value.replaceAll(/^\s*#.*$/gm, '')));
  });
}

function mentionsRenovate(level: Fields): boolean {
  return /renovate/i.test(JSON.stringify(level));
}

function zoneBeside(levels: readonly Fields[]): string | null {
  const zones = levels.flatMap((level) => Object.entries(level).filter(([key, value]) => /time_?zone$|(?:^|_)tz$/i.test(key) && typeof value === 'string'));
  return (zones[0]?.[1] as string | undefined) ?? null;
}

function known(text: string, timezone: string | null, origin: string): KnownCron[] {
  const cron = parseCron(text);
  return cron === null ? [] : [{ expression: cron.expression, timezone: cron.timezone ?? timezone, origin }];
}

/** Documents as plain values; what stands elsewhere and is only referred to is left out. */
function plain(text: string): unknown[] {
  return (parseYamlDocuments(text) ?? []).map(({ root }) => (root === null ? null : valueOf(root)));
}

function valueOf(node: Yaml): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(valueOf);
  return Object.fromEntries(node.entries.filter(({ aliased }) => !aliased).map(({ key, value }) => [key, valueOf(value)]));
}
