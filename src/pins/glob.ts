import { escapeRegex } from '../base/escape-regex.ts';

/** Argo CD's globs (doublestar): `*` within a folder, `**` over folders; a template action inside matches anything. */
export function globToRegex(glob: string): RegExp {
  const source = glob
    .replace(/^\.?\//, '')
    .replace(/[\uE000-\uF8FF]+/g, '**')
    .split(/(\*\*\/|\*\*|\*|\?|\{[^{}]*\})/)
    .map((piece) => {
      if (piece === '**/') return '(?:[^/]+/)*';
      if (piece === '**') return '.*';
      if (piece === '*') return '[^/]*';
      if (piece === '?') return '[^/]';
      if (/^\{.*\}$/.test(piece)) return `(?:${piece.slice(1, -1).split(',').map(escapeRegex).join('|')})`;
      return escapeRegex(piece);
    })
    .join('');
  return new RegExp(`^${source}$`);
}
