import type { Finding } from '../../../src/lint/rule.ts';
import { readSuppressions, settle } from '../../../src/lint/suppress.ts';

const finding: Finding = { rule: 'pin-unmanaged', severity: 'error', message: '', remedy: '', file: 'values.yaml', line: 3, column: 12, length: 5, data: {}, change: null, url: '' };

test.each<[string, string, object[]]>([
  ['above the line', 'a:\n  # renovate-argocd-ignore pin-unmanaged: built by our CI\n  version: 1.2.3\n', [{ line: 2, column: 3, target: 3, rules: ['pin-unmanaged'], until: null, reason: 'built by our CI' }]],
  ['on the line', 'a:\n\n  version: 1.2.3 # renovate-argocd-ignore pin-unmanaged: built by our CI\n', [{ line: 3, target: 3 }]],
  ['above a renovate comment', '# renovate-argocd-ignore annotation-orphan: later\n# renovate: datasource=helm\nversion: 1\n', [{ line: 1, target: 3 }]],
  ['several rules and a day', '# renovate-argocd-ignore pin-unmanaged, pin-floating until 2026-12-31: moved by then\nversion: 1\n', [{ rules: ['pin-unmanaged', 'pin-floating'], until: '2026-12-31' }]],
  ['without a reason', '# renovate-argocd-ignore pin-unmanaged\nversion: 1\n', [{ reason: null }]],
  ['in a config', '{\n  // renovate-argocd-ignore preset-missing: not published yet\n  "extends": []\n}\n', [{ line: 2, target: 3, reason: 'not published yet' }]],
  ['with CRLF', '# renovate-argocd-ignore pin-unmanaged: x\r\nversion: 1\r\n', [{ target: 2, reason: 'x' }]],
  ['nothing of the kind', '# renovate: datasource=helm\nversion: 1\n', []],
])('reads a comment %s', (_name, text, expected) => {
  expect(readSuppressions('values.yaml', text)).toEqual(expected.map((one) => expect.objectContaining(one)));
});

test.each<[string, string, number, string[]]>([
  ['fits', '# renovate-argocd-ignore pin-unmanaged: x', 0, []],
  ['is for another rule', '# renovate-argocd-ignore pin-floating: x', 1, ['unused']],
  ['has no reason', '# renovate-argocd-ignore pin-unmanaged', 1, ['no-reason']],
  ['holds on its last day', '# renovate-argocd-ignore pin-unmanaged until 2026-11-24: x', 0, []],
  ['has run out', '# renovate-argocd-ignore pin-unmanaged until 2026-11-23: x', 1, ['expired']],
])('a suppression that %s', (_name, comment, kept, causes) => {
  const settled = settle([finding], readSuppressions('values.yaml', `a:\n${comment}\nversion: 1.2.3\n`), '2026-11-24');
  expect(settled.kept).toHaveLength(kept);
  expect(settled.silenced).toHaveLength(1 - kept);
  expect(settled.idle.map(({ cause }) => cause)).toEqual(causes);
});
