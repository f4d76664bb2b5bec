import type { CoveredPin } from '../coverage/coverage.ts';
import { summarize, type PinsReport } from './pins-report.ts';

/** The contract's document, key by key: what a type gains later does not slip into it. */
export function pinsJson({ engine, pins }: PinsReport): string {
  const document = {
    version: 1,
    engine,
    summary: summarize(pins),
    pins: pins.map(pinFields),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** One version, as the contract has it. */
export function pinFields(pin: CoveredPin): Readonly<Record<string, unknown>> {
  return {
    file: pin.file,
    line: pin.line,
    column: pin.column,
    value: pin.value,
    kind: pin.kind,
    idiom: pin.idiom,
    floating: pin.floating,
    name: pin.name,
    repository: pin.repository,
    application: pin.application,
    status: pin.status,
    reason: pin.reason,
    managers: pin.managers.map(({ manager, datasource, packageName, registryUrls, currentValue, source }) => ({
      manager,
      datasource,
      packageName,
      registryUrls,
      currentValue,
      source,
    })),
  };
}
