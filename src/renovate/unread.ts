import { stringsOf } from '../base/config-walk.ts';
import { managers as facts } from 'renovate-facts';
import { getConfig } from 'renovate/dist/config/defaults.js';
import { getFilteredFileList } from 'renovate/dist/workers/repository/extract/file-match.js';
import { getRegexOrGlobPredicate } from 'renovate/dist/util/string-match.js';
import type { ResolvedExtract } from './extract.ts';
import { isObject } from './sources.ts';
import type { UnreadManager } from './types.ts';
import { allManagersList, NARROW } from './upstream/managers.ts';

/**
 * What Renovate would read besides: it has a hundred managers and here those run that can find a version in a cluster repository. Nobody can say of a
 * rule for the others' dependencies that it never matches.
 */
export function unreadManagers({ config, files }: ResolvedExtract): UnreadManager[] {
  const defaults = getConfig() as Record<string, unknown>;
  const enabled = stringsOf(config['enabledManagers']);
  const readable = getFilteredFileList({ includePaths: stringsOf(config['includePaths']), ignorePaths: stringsOf(config['ignorePaths']) }, files) as readonly string[];
  return allManagersList
    .filter((manager) => !NARROW.includes(manager) && (enabled.length === 0 || enabled.includes(manager)))
    .flatMap((manager): UnreadManager[] => {
      const own = isObject(config[manager]) ? config[manager] : {};
      const preset = isObject(defaults[manager]) ? defaults[manager] : {};
      if ((own['enabled'] ?? preset['enabled']) === false) return [];
      const patterns = [...stringsOf(preset['managerFilePatterns']), ...stringsOf(own['managerFilePatterns'])].map((pattern) => getRegexOrGlobPredicate(pattern) as (file: string) => boolean);
      const found = readable.filter((file) => patterns.some((matches) => matches(file)));
      const { datasources = [], categories = [] } = facts[manager] ?? {};
      return found.length === 0 ? [] : [{ manager, datasources, categories, files: found }];
    });
}

