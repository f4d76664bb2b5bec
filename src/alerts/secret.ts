import { valueAt, valueOf, type YamlMap } from '../source/yaml.ts';
import type { SecretEntry } from './alerting.ts';
import { literal, written, type Source } from './source.ts';

/** What a Secret holds. One that is encrypted in git (sops writes its own section beside) holds nothing that could be judged. */
export function readSecret(source: Source, map: YamlMap): SecretEntry[] {
  if (valueOf(map, 'sops') !== undefined) return [];
  const secret = literal(source, valueAt(map, ['metadata', 'name']));
  return (['data', 'stringData'] as const).flatMap((section) => {
    const values = valueOf(map, section);
    if (values?.kind !== 'map') return [];
    return values.entries.flatMap(({ key, value }): SecretEntry[] => {
      const found = written(source, value);
      return found === null || value.kind !== 'scalar' ? [] : [{ secret, key, section, typed: value.typed, written: found }];
    });
  });
}
