import { managerName, pinName, plural, someOf, type Rule } from '../rule.ts';

export const pinDuplicate: Rule = {
  name: 'pin-duplicate',
  severity: 'error',
  summary: 'Two or more managers update the same version, so Renovate opens several merge requests for one line',
  fixable: false,
  check: (model) =>
    model.pins
      .filter((pin) => pin.status === 'duplicate')
      .map((pin) => ({
        message: `${pin.value} of ${pinName(pin)} is extracted ${plural(pin.managers.length, 'time')}, by ${someOf(pin.managers.map(managerName))}`,
        remedy: 'Keep one of them: remove the other manager, or narrow its managerFilePatterns so that it does not read this file.',
        target: { kind: 'pin', pin },
        data: { reason: pin.reason, name: pin.name, value: pin.value, managers: pin.managers.map(({ manager, source }) => ({ manager, source })) },
      })),
};
