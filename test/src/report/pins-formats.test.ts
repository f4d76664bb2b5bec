import { pinsJson } from '../../../src/report/pins-json.ts';
import type { PinsReport } from '../../../src/report/pins-report.ts';
import { pinsTable } from '../../../src/report/pins-table.ts';
import { plain } from '../../../src/base/style.ts';
import { pin } from '../lint/harness.ts';

const pins = [
  pin(),
  pin({ line: 30, name: 'trust-manager', value: '0.5.0', status: 'unmanaged', reason: 'not-extracted', managers: [] }),
  pin({ file: 'values.yaml', line: 3, kind: 'oci', name: null, value: '\u001b[31m1.0', status: 'duplicate', reason: 'several-managers' }),
];

function report(overrides: Partial<PinsReport> = {}): PinsReport {
  return { engine: { renovate: '44.121.2', regex: 'RegExp' }, pins, config: 'renovate.json', ...overrides };
}

describe('pins json', () => {
  it('has the shape of the contract, without the offset', () => {
    expect(JSON.parse(pinsJson(report({ pins: [pins[0]!] })))).toEqual({
      version: 1,
      engine: { renovate: '44.121.2', regex: 'RegExp' },
      summary: { pins: 1, managed: 1, unmanaged: 0, duplicate: 0, mismatch: 0, ignored: 0 },
      pins: [
        {
          file: 'applications/templates/app-cert-manager.yaml',
          line: 12,
          column: 21,
          value: 'v1.11.0',
          kind: 'helm',
          idiom: 'application',
          floating: false,
          name: 'cert-manager',
          repository: 'https://charts.jetstack.io',
          application: 'cert-manager',
          status: 'managed',
          reason: null,
          managers: [
            {
              manager: 'argocd',
              datasource: 'helm',
              packageName: 'cert-manager',
              registryUrls: ['https://charts.jetstack.io'],
              currentValue: 'v1.11.0',
              source: 'presets/managers/application.json',
            },
          ],
        },
      ],
    });
  });
});

describe('pins table', () => {
  it('groups by file and says what the numbers mean', () => {
    expect(pinsTable(report(), plain)).toBe(
      [
        'applications/templates/app-cert-manager.yaml',
        '  ✓ 12  cert-manager   v1.11.0  helm  argocd (presets/managers/application.json)',
        '  ✗ 30  trust-manager  0.5.0    helm  unmanaged: the file is read, this version is not extracted',
        '',
        'values.yaml',
        '  ‼  3  (unknown)      1.0      oci   duplicate: several managers update it, argocd (presets/managers/application.json)',
        '',
        '3 versions that Argo CD deploys: 1 managed, 1 unmanaged, 1 duplicate',
        '  ✓ managed    Renovate proposes updates for it, in the right place',
        '  ✗ unmanaged  nobody proposes updates: it grows old unseen',
        '  ‼ duplicate  Renovate would open several merge requests for the one line',
        '`renovate-argocd check` says what to do about each.',
        'Renovate 44.121.2, RegExp',
        '',
      ].join('\n'),
    );
  });

  it.each<[string, Partial<PinsReport>, string]>([
    ['no version', { pins: [] }, 'No version found'],
    ['no config', { config: null }, 'There is no Renovate config here'],
  ])('explains %s', (_name, overrides, words) => {
    expect(pinsTable(report(overrides), plain)).toContain(words);
  });
});
