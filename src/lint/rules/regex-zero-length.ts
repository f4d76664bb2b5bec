import type { Draft, Model, Rule, WrittenManager } from '../rule.ts';

export const regexZeroLength: Rule = {
  name: 'regex-zero-length',
  severity: 'error',
  summary: 'A regex of a custom manager can match nothing at all, which ends the search in its file',
  fixable: false,
  check: (model) => model.managers.flatMap((manager) => draftsOf(model, manager)),
};

/** After an empty match the search starts again at the same place, 10,000 times, and comes no further (44.121.2, custom/regex/utils.js). */
function draftsOf({ patterns }: Model, { source, manager, label, path, settings }: WrittenManager): Draft[] {
  const regexes = settings['matchStrings'];
  if (manager !== 'custom.regex' || !Array.isArray(regexes)) return [];
  return regexes.flatMap((regex, index): Draft[] => {
    if (typeof regex !== 'string' || !patterns.findsNothing(regex)) return [];
    return [
      {
        message: `${label}: this regex can match the empty string, and after such a match Renovate finds nothing more in the file`,
        remedy: 'Let it demand at least one character that is always there, such as the key before the value, and + instead of * for what is captured.',
        target: { kind: 'config', source, path: [...path, 'matchStrings', index] },
        data: { regex },
      },
    ];
  });
}
