/** What decides whether a release has a date that `minimumReleaseAge` can count from. */
export interface LookedUp {
  readonly datasource: string | null;
  readonly packageName: string | null;
  readonly registryUrls: readonly string[];
}

/** @param without datasources that never say when a version came out */
export function hasReleaseDates({ datasource, packageName, registryUrls }: LookedUp, without: readonly string[]): boolean {
  if (datasource === null || packageName === null) return true;
  return datasource === 'docker' ? isDockerHub(packageName, registryUrls) : !without.includes(datasource);
}

/** The only registry whose tags are read with their dates (modules/datasource/docker/index.js and common.js, 44.121.2). */
function isDockerHub(packageName: string, registryUrls: readonly string[]): boolean {
  const [first = '', ...rest] = packageName.split('/');
  if (rest.length > 0 && /[.:]/.test(first)) return /^(?:index\.|registry-1\.)?docker\.io$/.test(first);
  return registryUrls.length === 0 || registryUrls.some((url) => url.includes('docker.io'));
}
