import { reportJunit } from '../../../runner/report/junit.ts';
import type { Report } from '../../../runner/report/model.ts';
import { EVERYTHING, failed, HOSTILE_REPORT, project, report } from './fixture.ts';

it('has a test case for each project, those that were not run among them', () => {
  expect(reportJunit(EVERYTHING)).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="renovate-argocd-runner" tests="9" failures="2" errors="0" skipped="4" time="750.5">',
      '  <testsuite name="renovate-argocd-runner" timestamp="2026-03-02T04:00:00.000Z" tests="9" failures="2" errors="0" skipped="4" time="750.5">',
      '    <testcase classname="platform" name="platform/broken" time="2.0"><failure type="config-validation" message="its Renovate config is invalid">Run `renovate-argocd check` in the project.',
      'Host error: charts.example.org: 502',
      'Cannot find preset</failure></testcase>',
      '    <testcase classname="platform" name="platform/cluster" time="95.4"/>',
      '    <testcase classname="platform" name="platform/mended" time="31.0"><system-out>coverage: it could not be cloned</system-out></testcase>',
      '    <testcase classname="platform" name="platform/off" time="2.0"><skipped message="somebody closed the merge request that proposed a config: Rename that merge request, or commit a renovate.json."/></testcase>',
      '    <testcase classname="teams" name="teams/late" time="0.0"><failure type="interrupted" message="the run was interrupted">It is done in the next run.</failure></testcase>',
      '    <testcase classname="teams" name="teams/quiet" time="2.0"/>',
      '    <testcase classname="teams" name="teams/old" time="0.0"><skipped message="archived: archived"/></testcase>',
      '    <testcase classname="teams" name="teams/plain" time="0.0"><skipped message="no-config: no Renovate config; commit a renovate.json, or set `onboarding: true`"/></testcase>',
      '    <testcase classname="teams" name="teams/strange" time="0.0"><skipped message="of-a-later-version"/></testcase>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n'),
  );
});

it.each<[string, Report, string]>([
  ['a project of no group', report([project('a')]), 'classname="a" name="a"'],
  ['a subgroup', report([project('a/b/c')]), 'classname="a/b" name="a/b/c"'],
  ['a failure of which nothing is known', report([failed('a', { remedy: null })]), '<failure type="config-validation" message="its Renovate config is invalid"></failure>'],
  ['markup', report([project('a/"<&\'>')]), 'name="a/&quot;&lt;&amp;&apos;&gt;"'],
  ['what XML 1.0 cannot say', report([failed('a', { message: 'a\u0000\u0008\u001b[31mb\ufffe\ud83d\r\nc' })]), 'message="ab\ufffd c"'],
  ['a reason that is a property of every object', report([], { skipped: [{ path: 'a', reason: 'constructor' }] }), '<skipped message="constructor"/>'],
])('%s', (_name, given, expected) => {
  expect(reportJunit(given)).toContain(expected);
});

it('is well-formed whatever the names are', () => {
  const xml = reportJunit(HOSTILE_REPORT);
  expect(xml.replaceAll(/<\?xml version="1\.0" encoding="UTF-8"\?>|<\/?(?:testsuites|testsuite|testcase|failure|skipped|system-out)(?: [a-z]+="[^"<]*")*\/?>/g, '')).not.toMatch(/[<>]/);
  expect(xml).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos);)/);
  expect(xml).not.toMatch(/[^\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
});
