import { reportFiles } from '../../../runner/report/files.ts';
import { Report } from '../../../runner/report/model.ts';
import { EVERYTHING, HOSTILE_REPORT, report } from './fixture.ts';

it.each([
  ['everything', EVERYTHING],
  ['hostile texts', HOSTILE_REPORT],
  ['nothing', report([])],
])('a report of %s: four files, and the next run can read the first', (_name, given) => {
  const files = reportFiles(given);
  expect(Object.keys(files)).toEqual(['report.json', 'report.md', 'report.html', 'junit.xml']);
  expect(Object.values(files).filter((text) => !text.endsWith('\n'))).toEqual([]);
  expect(Report.parse(JSON.parse(files['report.json']!))).toEqual(given);
});
