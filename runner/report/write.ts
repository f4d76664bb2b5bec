import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../src/base/failure.ts';
import type { Report } from './model.ts';

export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/**
 * Writes files into the report's folder, each complete or not at all: a full disk leaves the last report as it was.
 * @throws FailureError `output-unwritable`
 */
export async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      const path = join(directory, name);
      await writeFile(`${path}.new`, text);
      await rename(`${path}.new`, path);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    fail({ code: 'output-unwritable', message: `the report cannot be written to ${directory} (${code})`, remedy: 'Check that the folder may be written to and that the disk has space; the report stands on stdout.' });
  }
}
