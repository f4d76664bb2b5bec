/** RFC 1123, as Kubernetes asks of names; at most the 53 characters that Helm allows a release, which Argo CD names after the Application. */
const RELEASE_NAME = /^[a-z0-9](?:[a-z0-9-]{0,51}[a-z0-9])?$/;

export function isReleaseName(text: string): boolean {
  return RELEASE_NAME.test(text);
}

/** What to say of any other, as the end of a sentence. */
export const RELEASE_NAME_RULE = 'a name has at most 53 lower case letters, digits and dashes, and a letter or digit at both ends';
