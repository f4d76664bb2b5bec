import { reportHtml } from './html.ts';
import { reportJunit } from './junit.ts';
import { reportMarkdown } from './markdown.ts';
import type { Report } from './model.ts';
import { pageOf } from './page.ts';
import { reportJson } from './write.ts';

/** Every file of the report by name. */
export function reportFiles(report: Report): Readonly<Record<string, string>> {
  const page = pageOf(report);
  return { 'report.json': reportJson(report), 'report.md': reportMarkdown(page), 'report.html': reportHtml(page), 'junit.xml': reportJunit(report) };
}
