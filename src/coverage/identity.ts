import type { Pin } from '../pins/pin.ts';
import type { ExtractedDependency } from '../renovate/types.ts';
import type { ReasonCode } from './coverage.ts';

/** Datasources that answer for the tags of a git repository. */
const GIT_DATASOURCES = new Set(['git-tags', 'git-refs', 'github-tags', 'github-releases', 'gitlab-tags', 'gitlab-releases', 'gitea-tags', 'forgejo-tags', 'bitbucket-tags']);

/**
 * Why the dependency is not the one that the pin means, or null when it is: same value, right datasource, right name, right registry.
 * What the pin itself cannot say statically (a templated repository) is not held against the dependency.
 */
export function identityFault(pin: Pin, dependency: ExtractedDependency): ReasonCode | null {
  if (dependency.currentValue !== pin.value && dependency.currentDigest !== pin.value) return 'wrong-value';
  switch (pin.kind) {
    case 'helm':
      return helmFault(pin, dependency);
    case 'oci':
      return ociFault(pin, dependency);
    case 'git':
      return gitFault(pin, dependency);
    case 'image':
      return imageFault(pin, dependency);
  }
}

function helmFault(pin: Pin, dependency: ExtractedDependency): ReasonCode | null {
  if (dependency.datasource !== 'helm') return 'wrong-datasource';
  if (pin.name !== null && dependency.packageName !== pin.name) return 'wrong-name';
  const [registry] = dependency.registryUrls;
  // without a registry of its own Renovate would ask its default one, which no cluster repository means
  if (registry === undefined) return 'wrong-registry';
  // `https://${host}/charts`, which Flux fills in, is no address to ask
  if (registry.includes('${')) return 'wrong-registry';
  // `@name` and `alias:name` of Chart.yaml stand for an address that only the user's registryAliases know
  if (pin.repository === null || /^(?:@|alias:)/.test(pin.repository)) return null;
  return sameUrl(registry, pin.repository) ? null : 'wrong-registry';
}

function ociFault(pin: Pin, dependency: ExtractedDependency): ReasonCode | null {
  if (dependency.datasource !== 'docker') return 'wrong-datasource';
  if (dependency.packageName?.includes('${') === true) return 'wrong-registry';
  const address = imageAddress(dependency.packageName ?? '');
  if (pin.repository === null) return pin.name === null || lastPart(address) === lastPart(pin.name) ? null : 'wrong-name';
  const repository = imageAddress(pin.repository);
  if (address === repository && (pin.name === null || lastPart(repository) === lastPart(pin.name))) return null;
  if (pin.name !== null && address === imageAddress(`${bareUrl(pin.repository)}/${pin.name}`)) return null;
  return pin.name !== null && lastPart(address) !== lastPart(pin.name) ? 'wrong-name' : 'wrong-registry';
}

function gitFault(pin: Pin, dependency: ExtractedDependency): ReasonCode | null {
  if (!GIT_DATASOURCES.has(dependency.datasource ?? '')) return 'wrong-datasource';
  if (pin.repository === null) return null;
  const wanted = bareUrl(pin.repository);
  const named = bareUrl(dependency.packageName ?? '');
  return wanted === named || wanted.endsWith(`/${named}`) ? null : 'wrong-name';
}

function imageFault(pin: Pin, dependency: ExtractedDependency): ReasonCode | null {
  if (dependency.datasource !== 'docker') return 'wrong-datasource';
  // a tag without a repository beside it: the chart's own values know the image
  if (pin.name === null) return null;
  return imageAddress(dependency.packageName ?? '') === imageAddress(pin.name) ? null : 'wrong-name';
}

function sameUrl(a: string, b: string): boolean {
  return bareUrl(a) === bareUrl(b);
}

/** Without scheme, credentials, `.git` and final slashes; hosts do not distinguish case, and registries that distinguish paths are not to be had. */
function bareUrl(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^@/]+@/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^([\w.-]+\.[a-z]+):(?!\d)/, '$1/');
}

/** Docker Hub has three host names, and `library/` for images without an owner. */
function imageAddress(address: string): string {
  const bare = bareUrl(address).replace(/^(?:index\.|registry-1\.)?docker\.io\//, '');
  return bare.replace(/^library\//, '');
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}
