/** Presets of this package, as `EntrySource.source` names them: nobody but its own tests judges them. */
export function isOwnPreset(source: string): boolean {
  return source.startsWith('presets/') || source === 'default.json';
}
