import type { CoveredPin, ManagedBy } from '../coverage/coverage.ts';

// Words that several rules and reports share.

/** `chart cert-manager` or, when its name is not known, what the value is. */
export function pinName(pin: CoveredPin): string {
  const what = { helm: 'chart', oci: 'chart', git: 'repository', image: 'image' }[pin.kind];
  return pin.name === null ? `${what === 'image' ? 'an' : 'a'} ${what} without a static name` : `${what} ${pin.name}`;
}

/** Who deploys a version. */
export function deployerName({ idiom }: CoveredPin): string {
  return idiom.startsWith('flux-') ? 'Flux' : 'Argo CD';
}

/** `argocd (renovate.json)`: the manager and who brought it. */
export function managerName(manager: ManagedBy): string {
  return manager.source === null ? manager.manager : `${manager.manager} (${manager.source})`;
}

/** `a, b and 3 more`. */
export function someOf(items: readonly string[], shown = 3): string {
  const first = items.slice(0, shown);
  if (items.length > shown) return `${first.join(', ')} and ${items.length - shown} more`;
  if (first.length < 2) return first.join('');
  return `${first.slice(0, -1).join(', ')} and ${first.at(-1)}`;
}
