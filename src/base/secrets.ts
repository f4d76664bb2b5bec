/** What a secret is replaced with, as in Renovate's own logs. */
export const REDACTED = '**redacted**';

/** A secret that nothing prints by accident: inspected or serialised it is an object without content. */
export interface Token {
  /** Where it came from, for messages: `RENOVATE_TOKEN`. */
  readonly origin: string;
  /** The secret itself. Only the GitLab client and the environment of Renovate's process ask for it. */
  reveal(): string;
}

export function tokenFrom(origin: string, value: string): Token {
  return { origin, reveal: () => value };
}

export type Redact = (text: string) => string;

/** Shorter ones would redact half of every text. GitLab's own have 20 characters and more. */
const SHORTEST = 6;

/**
 * Replaces secrets wherever they stand in a text: as they are, URL-encoded, inside JSON strings, and in base64, alone or as the password of HTTP Basic
 * authentication for the user names that Renovate and GitLab use.
 */
export function redactor(secrets: readonly string[]): Redact {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...['', 'oauth2:', 'gitlab-ci-token:', ':'].map((user) => base64Core(`${user}${secret}`))])
    .sort((a, b) => b.length - a.length);
  const unique = [...new Set(forms)];
  return (text) => unique.reduce((redacted, form) => redacted.replaceAll(form, REDACTED), text);
}

/** Without padding, and without the last character, in which the padding may differ. */
function base64Core(text: string): string {
  const encoded = Buffer.from(text).toString('base64').replace(/=+$/, '');
  return encoded.slice(0, text.length % 3 === 0 ? encoded.length : -1);
}
