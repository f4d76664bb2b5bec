import { extendsIn, type ConfigPath, type WrittenText } from '../../base/config-walk.ts';
import { OPT_IN, ownPart, type Change, type Document, type Draft, type Rule } from '../rule.ts';

export const presetDuplicate: Rule = {
  name: 'preset-duplicate',
  severity: 'warning',
  summary: 'A preset is extended twice, or stands beside one that contains it already',
  fixable: true,
  check: (model) => model.documents.flatMap(draftsOf),
};

function draftsOf({ source, value }: Document): Draft[] {
  return extendsIn(value).flatMap((list) => [...repeated(source, list), ...contained(source, list)]);
}

/** Renovate merges a preset as often as it is named side by side: arrays such as customManagers then hold everything twice (44.121.2). */
function repeated(source: string, list: readonly WrittenText[]): Draft[] {
  return list.flatMap(({ text, path }, index): Draft[] => {
    if (list.findIndex((other) => other.text === text) === index) return [];
    return [
      {
        message: `the preset ${JSON.stringify(text)} stands twice in the same extends, so its managers and rules arrive twice`,
        remedy: 'Delete one of the two. The later one is read last, so keep that one if presets in between contradict it.',
        target: { kind: 'config', source, path },
        data: { reference: text, beside: text },
        change: removal(source, list[list.findIndex((other) => other.text === text)]!.path),
      },
    ];
  });
}

function removal(source: string, path: ConfigPath): Change {
  return { kind: 'config', source, changes: [{ kind: 'remove', path }] };
}

/** default.json of this package is made of everything in its presets/managers, and the standard policy, which may be said again after another one. */
function contained(source: string, list: readonly WrittenText[]): Draft[] {
  const whole = list.find(({ text }) => ownPart(text) === 'default');
  if (whole === undefined) return [];
  return list.flatMap(({ text, path }): Draft[] => {
    const part = ownPart(text);
    if (part?.startsWith('presets/managers/') !== true || OPT_IN.includes(part)) return [];
    return [
      {
        message: `${JSON.stringify(whole.text)} contains the preset ${JSON.stringify(text)} already: the same managers read the same files twice`,
        remedy: `Delete one: keep ${JSON.stringify(whole.text)} for all managers, or name only those that you need.`,
        target: { kind: 'config', source, path },
        data: { reference: text, beside: whole.text },
        change: removal(source, path),
      },
    ];
  });
}
