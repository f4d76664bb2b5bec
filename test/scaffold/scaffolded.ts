import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../src/cli/harness.ts';

export interface Scaffolded {
  readonly root: string;
  text(path: string): string;
  /** Every file, sorted. */
  files(): string[];
  remove(): void;
}

/** What `renovate-argocd init` writes with these options, in a temporary folder. */
export async function scaffolded(...argv: string[]): Promise<Scaffolded> {
  const root = mkdtempSync(join(tmpdir(), 'renovate-argocd-scaffold-'));
  const { exit, stderr } = await run(['init', root, ...argv]);
  if (exit !== 0) throw new Error(stderr);
  return {
    root,
    text: (path) => readFileSync(join(root, path), 'utf8'),
    files: () =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        .sort(),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
