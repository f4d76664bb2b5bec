import { oneLine, xml } from '../../src/base/text.ts';
import type { ProjectReport, Report } from './model.ts';
import { SKIP_REASONS } from '../projects/project.ts';

/** One suite, a test case for each project: GitLab shows in a merge request or a pipeline which projects failed, and which work again. */
export function reportJunit({ projects, skipped, seconds, startedAt }: Report): string {
  const failures = projects.filter(({ status }) => status === 'failed').length;
  const left = projects.filter(({ status }) => status === 'disabled').length + skipped.length;
  const counts = `tests="${projects.length + skipped.length}" failures="${failures}" errors="0" skipped="${left}" time="${seconds.toFixed(1)}"`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="renovate-argocd-runner" ${counts}>`,
    `  <testsuite name="renovate-argocd-runner" timestamp="${text(startedAt)}" ${counts}>`,
    ...projects.map(projectCase),
    ...skipped.map(({ path, reason }) => testCase(path, 0, `<skipped message="${text(reasonText(reason))}"/>`)),
    '  </testsuite>',
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function projectCase({ path, seconds, status, outcome, message, remedy, warnings }: ProjectReport): string {
  const told = [...(remedy === null ? [] : [remedy]), ...warnings].map(text).join('\n');
  switch (status) {
    case 'failed':
      return testCase(path, seconds, `<failure type="${text(outcome)}" message="${text(message)}">${told}</failure>`);
    case 'disabled':
      return testCase(path, seconds, `<skipped message="${text(remedy === null ? message : `${message}: ${remedy}`)}"/>`);
    case 'done':
      return testCase(path, seconds, told === '' ? '' : `<system-out>${told}</system-out>`);
  }
}

function testCase(path: string, seconds: number, body: string): string {
  const group = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : path;
  const open = `    <testcase classname="${text(group)}" name="${text(path)}" time="${seconds.toFixed(1)}"`;
  return body === '' ? `${open}/>` : `${open}>${body}</testcase>`;
}

function reasonText(reason: string): string {
  const known = Object.entries(SKIP_REASONS).find(([code]) => code === reason);
  return known === undefined ? reason : `${reason}: ${known[1]}`;
}

/** Surrogates without their other half are no characters of XML. */
function text(raw: string): string {
  return xml(oneLine(raw).toWellFormed());
}
