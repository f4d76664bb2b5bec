/** A heading of Renovate's Release Notes (44.121.2): the version, linked to what its maintainers say of it. */
const HEADING = /^#{1,6}\s+\[`?(?<version>[^\]`]+)`?\]\((?<url>https?:\/\/[^\s()<>"'`]{1,500})\)/gm;

/** Where a merge request of Renovate's links the notes of a version. Null when it does not: many charts have none. */
export function releaseNotesIn(description: string, version: string): string | null {
  const heading = [...description.matchAll(HEADING)].find(({ groups }) => isNamed(groups!['version']!.trim(), version.replace(/^v/, '')));
  return heading?.groups?.['url'] ?? null;
}

/** Tags of charts carry the name of the chart: `cert-manager-v1.2.3`, `web/1.2.3`. */
function isNamed(heading: string, version: string): boolean {
  if (!heading.endsWith(version)) return false;
  const before = heading.slice(0, heading.length - version.length).at(-1);
  return before === undefined || /[v/@_-]/.test(before);
}
