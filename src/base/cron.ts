/** When Renovate is started on this repository, and who says so. */
export interface KnownCron {
  readonly expression: string;
  /** IANA name, null for UTC. */
  readonly timezone: string | null;
  readonly origin: string;
}

const FIELD = '[\\d*/,A-Za-z?#L-]+';
const FIVE_FIELDS = new RegExp(`^${FIELD}(?:\\s+${FIELD}){4}$`);

/** `0 4 * * 1-5` or `0 4 * * 1-5 Europe/Berlin`; null for anything else. Which values the fields may have is the cron library's business. */
export function parseCron(text: string): Omit<KnownCron, 'origin'> | null {
  const words = text.trim().split(/\s+/);
  const zone = words.length === 6 && /^[A-Za-z][\w+/-]*$/.test(words[5]!) ? words[5]! : null;
  const expression = words.slice(0, 5).join(' ');
  return words.length === (zone === null ? 5 : 6) && FIVE_FIELDS.test(expression) ? { expression, timezone: zone } : null;
}
