import { readFileSync, statSync } from 'node:fs';

/** Why a file is not read as text. */
export type SkipCode = 'file-too-large' | 'file-binary' | 'file-not-utf8' | 'file-unreadable';

export type TextFile = { readonly text: string } | { readonly skip: SkipCode; readonly message: string };

/** 5 MB: Argo CD's own repo server refuses manifests above 10 MB, and the largest of 10,000 real files was 2.6 MB. */
const MAX_BYTES = 5 * 1024 * 1024;

/** Reads a file that can be a manifest. Both readings use it, so neither sees what the other leaves out. */
export function readTextFile(path: string): TextFile {
  try {
    const { size } = statSync(path);
    return size > MAX_BYTES ? tooLarge(size) : decodeText(readFileSync(path));
  } catch (error) {
    return { skip: 'file-unreadable', message: `not read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}` };
  }
}

/** The text of a file's bytes, wherever they come from. */
export function decodeText(bytes: Buffer): TextFile {
  if (bytes.length > MAX_BYTES) return tooLarge(bytes.length);
  if (bytes.includes(0)) return { skip: 'file-binary', message: 'contains NUL bytes: not read as text' };
  try {
    // ignoreBOM keeps a byte order mark in the text, so that offsets are Renovate's, which does not remove it either
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { skip: 'file-not-utf8', message: 'is not UTF-8: not read. Renovate would read it with replacement characters' };
  }
}

function tooLarge(size: number): TextFile {
  return { skip: 'file-too-large', message: `${(size / 1024 / 1024).toFixed(0)} MB: files above 5 MB are not read` };
}
