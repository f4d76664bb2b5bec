import { lineIndex } from '../../base/location.ts';
import type { ExtractedDependency, ManagerRun } from '../../renovate/types.ts';
import { plural, type Draft, type Model, type Rule, type Target } from '../rule.ts';

export const writeBackAmbiguous: Rule = {
  name: 'write-back-ambiguous',
  severity: 'error',
  summary: 'Renovate extracts a value that it cannot write, or could write only with other places',
  fixable: false,
  check: (model) =>
    model.runs.flatMap((run) =>
      run.dependencies.filter(isDoubtful).flatMap((dependency) => (isPin(model, dependency) ? [] : draftsOf(model, run, dependency))),
    ),
};

function isDoubtful({ enabled, skipReason, writeBack }: ExtractedDependency): boolean {
  return enabled && skipReason === null && (writeBack.kind === 'spread' || writeBack.kind === 'failed');
}

/** What Argo CD deploys is reported by pin-mismatch and pin-duplicate. */
function isPin({ pins }: Model, { file, currentValue, writeBack }: ExtractedDependency): boolean {
  const here = pins.filter((pin) => pin.file === file && (pin.status === 'mismatch' || pin.status === 'duplicate'));
  if (writeBack.kind === 'spread') return here.some(({ offset }) => writeBack.offsets.includes(offset));
  return here.some(({ reason, value }) => reason === 'write-back-failed' && value === currentValue);
}

function draftsOf(model: Model, run: ManagerRun, dependency: ExtractedDependency): Draft[] {
  const { file, currentValue, writeBack } = dependency;
  if (writeBack.kind !== 'spread' && writeBack.kind !== 'failed') return [];
  const by = run.source === null ? run.manager : `${run.manager} (${run.source.source})`;
  const name = dependency.depName ?? dependency.packageName ?? 'a dependency without a name';
  const fault = writeBack.kind === 'spread' ? spread(model, file, writeBack.offsets) : { message: `${by} finds it but cannot write a new one: ${writeBack.reason}`, remedy: CAPTURE };
  return [
    {
      message: `${currentValue ?? ''} of ${name}: ${writeBack.kind === 'spread' ? `an update by ${by} ` : ''}${fault.message}`,
      remedy: fault.remedy,
      target: placeOf(model, dependency),
      data: { manager: run.manager, depName: dependency.depName, value: currentValue, kind: writeBack.kind },
    },
  ];
}

const CAPTURE = 'Let matchStrings capture the value exactly as it stands in the file, or correct autoReplaceStringTemplate.';

/** `autoReplaceGlobalMatch` is on by default (44.121.2): every occurrence inside the matched text is rewritten. */
function spread(model: Model, file: string, offsets: readonly number[]): { message: string; remedy: string } {
  const lines = [...new Set(offsets.map((offset) => lineIndex(model.text(file)).at(offset).line))];
  return {
    message: lines.length < 2 ? 'would change more of this line than the value' : `would change ${plural(lines.length, 'line')} (${lines.join(', ')})`,
    remedy: 'Let matchStrings match no more than the lines of this one value: Renovate rewrites every occurrence of it inside the match.',
  };
}

/** Where the value stands; for one that is not there as such, the top of its file. */
function placeOf(model: Model, { file, currentValue, writeBack }: ExtractedDependency): Target {
  const text = model.text(file);
  const value = currentValue ?? '';
  const offset = writeBack.kind === 'spread' ? writeBack.offsets[0] : text.indexOf(value);
  return { kind: 'place', file, ...lineIndex(text).at(Math.max(0, offset ?? 0)), length: Math.max(1, value.length) };
}
