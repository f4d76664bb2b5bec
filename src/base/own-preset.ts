/** Presets of this package, as `EntrySource.source` names them: nobody but its own tests judges them. */
export function isOwnPreset(source: string): boolean {
  return source.startsWith('presets/') || source === 'default.json';
}

/** Presets for managers that default.json leaves to those who need them (scripts/generate.mjs). */
export const OPT_IN: readonly string[] = ['presets/managers/flux'];

const OWN = /^(?:[a-z]+>)?(?:[^@:]*\/)?renovate-argocd(?:\/\/(?<path>[^:]+)|:(?<name>[^/]+))?$/;

/** Which preset of this package a reference means, whatever group it was forked into; null when it is not one. Does not match raw file URLs. */
export function ownPart(reference: string): string | null {
  const match = OWN.exec(reference.replace(/[(#].*$/s, ''));
  if (match === null) return null;
  return (match.groups?.['path'] ?? match.groups?.['name'] ?? 'default').replace(/\.json[5c]?$/, '');
}

/** The reference to another preset of the same package, group and tag as one to default.json; null when it is none. */
export function besideOwn(reference: string, preset: string): string | null {
  if (ownPart(reference) !== 'default') return null;
  const { whole = '', tag = '' } = /^(?<whole>[^:#]+?)(?::default(?:\.json[5c]?)?)?(?<tag>#.*)?$/.exec(reference)?.groups ?? {};
  return whole === '' ? null : `${whole}//${preset}${tag}`;
}
