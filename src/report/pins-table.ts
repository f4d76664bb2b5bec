import type { CoveredPin, PinStatus, ReasonCode } from '../coverage/coverage.ts';
import { deployerName, plural } from '../lint/rule.ts';
import { summarize, type PinsReport } from './pins-report.ts';
import type { Style } from '../base/style.ts';
import { oneLine, pad, width } from '../base/text.ts';

/** Every version, grouped by file, and below what the numbers mean. */
export function pinsTable(report: PinsReport, style: Style): string {
  const rows = report.pins.map((pin) => ({ pin, cells: cellsOf(pin) }));
  const widths = rows.reduce((columns, { cells }) => columns.map((column, index) => Math.min(40, Math.max(column, width(cells[index]!)))), [0, 0, 0, 0]);
  const groups = Map.groupBy(rows, ({ pin }) => pin.file);
  const blocks = [...groups].map(([file, members]) => [style.bold(oneLine(file)), ...members.map(({ pin, cells }) => row(pin, cells, widths, style))].join('\n'));
  return `${[...blocks, summary(report, style)].join('\n\n')}\n`;
}

function cellsOf(pin: CoveredPin): readonly string[] {
  return [String(pin.line), oneLine(pin.name ?? '(unknown)'), oneLine(pin.value), pin.kind];
}

function row(pin: CoveredPin, cells: readonly string[], widths: readonly number[], style: Style): string {
  const [line = '', name = '', value = '', kind = ''] = cells;
  const paint = { managed: style.green, unmanaged: style.red, duplicate: style.red, mismatch: style.red, ignored: style.dim }[pin.status];
  const columns = [style.dim(line.padStart(widths[0]!)), pad(name, widths[1]!), pad(value, widths[2]!), style.dim(pad(kind, widths[3]!))];
  return `  ${paint(MARK[pin.status])} ${columns.join('  ')}  ${paint(oneLine(verdictOfPin(pin)))}`;
}

const MARK: Record<PinStatus, string> = { managed: '✓', unmanaged: '✗', duplicate: '‼', mismatch: '≠', ignored: '–' };

/** Who keeps it up to date, or why nobody does. */
export function verdictOfPin(pin: CoveredPin): string {
  const managers = pin.managers.map(({ manager, source }) => (source === null ? manager : `${manager} (${source})`)).join(' + ');
  if (pin.status === 'managed') return `${managers}${pin.floating ? ', floating' : ''}`;
  const reason = pin.reason === null ? '' : `: ${REASON[pin.reason]}`;
  return `${pin.status}${reason}${managers === '' ? '' : `, ${managers}`}`;
}

/** What each reason means, for people. */
export const REASON: Record<ReasonCode, string> = {
  'no-manager-reads-file': 'no manager reads the file',
  'not-extracted': 'the file is read, this version is not extracted',
  'several-managers': 'several managers update it',
  'wrong-name': 'looked up under another name',
  'wrong-registry': 'looked up in another registry',
  'wrong-datasource': 'looked up in another kind of registry',
  'wrong-value': 'read with another value',
  'write-back-spread': 'an update would change other places too',
  'write-back-failed': 'an update cannot be written',
  disabled: 'switched off in the config',
  'path-ignored': 'ignorePaths keeps Renovate away',
  skipped: 'extracted, but not looked up',
  floating: 'nothing to update',
};

function summary({ pins, config, engine }: PinsReport, style: Style): string {
  if (pins.length === 0) return 'No version found: there is no Argo CD Application, ApplicationSet or list of charts here that names one, and no HelmRelease or source of Flux.';
  const counts = summarize(pins);
  const line = STATUSES.filter((status) => status === 'managed' || counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  const head = `${plural(counts.pins, 'version')} that ${deployers(pins)}: ${line.join(', ')}`;
  const meanings = STATUSES.filter((status) => counts[status] > 0).map((status) => `  ${MARK[status]} ${pad(status, 9)}  ${MEANING[status]}`);
  return [style.bold(head), ...meanings, ...hints(counts.unmanaged + counts.duplicate + counts.mismatch > 0, config), style.dim(`Renovate ${engine.renovate}, ${engine.regex}`)].join('\n');
}

function deployers(pins: readonly CoveredPin[]): string {
  const names = [...new Set(pins.map(deployerName))].sort();
  return names.length === 1 ? `${names[0]} deploys` : `${names.join(' and ')} deploy`;
}

const STATUSES: readonly PinStatus[] = ['managed', 'unmanaged', 'duplicate', 'mismatch', 'ignored'];

const MEANING: Record<PinStatus, string> = {
  managed: 'Renovate proposes updates for it, in the right place',
  unmanaged: 'nobody proposes updates: it grows old unseen',
  duplicate: 'Renovate would open several merge requests for the one line',
  mismatch: 'Renovate reads it, but looks up something else or would change another place',
  ignored: 'nothing to update, or switched off on purpose',
};

function hints(faulty: boolean, config: string | null): string[] {
  if (config === null) return ['There is no Renovate config here, so nothing is managed. Start with renovate.json: { "extends": ["local>GROUP/renovate-argocd"] }'];
  return faulty ? ['`renovate-argocd check` says what to do about each.'] : [];
}
