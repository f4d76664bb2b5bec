import { readFileSync } from 'node:fs';
import { Report } from './model.ts';

/** The last report; null when there is none, or none that this version can read: a report is a help, never a condition. */
export function readReport(path: string): Report | null {
  try {
    const parsed = Report.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
