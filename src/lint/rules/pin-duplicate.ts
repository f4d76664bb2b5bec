import type { CoveredPin } from '../../coverage/coverage.ts';
import { managerName, pinName, plural, shareBranch, someOf, writesTo, type Model, type Rule } from '../rule.ts';

export const pinDuplicate: Rule = {
  name: 'pin-duplicate',
  severity: 'error',
  summary: 'Two or more managers update the same version, so Renovate proposes each update several times',
  fixable: false,
  check: (model) =>
    model.pins
      .filter((pin) => pin.status === 'duplicate')
      .map((pin) => {
        const shared = isShared(model, pin);
        return {
          ...(shared ? { severity: 'warning' as const } : {}),
          message: `${pin.value} of ${pinName(pin)} is extracted ${plural(pin.managers.length, 'time')}, by ${someOf(pin.managers.map(managerName))}: ${shared ? 'its merge request lists it as often, and updates that differ are dropped but for one' : 'under different names, so each proposes its own update'}`,
          remedy: 'Keep one of them: remove the other manager, or narrow its managerFilePatterns so that it does not read this file.',
          target: { kind: 'pin' as const, pin },
          data: { reason: pin.reason, name: pin.name, value: pin.value, managers: pin.managers.map(({ manager, source }) => ({ manager, source })) },
        };
      }),
};

function isShared({ runs }: Model, pin: CoveredPin): boolean {
  const here = runs.flatMap(({ dependencies }) => dependencies.filter((dependency) => dependency.file === pin.file && dependency.enabled && dependency.skipReason === null && writesTo(dependency, pin.offset)));
  return shareBranch(here);
}
