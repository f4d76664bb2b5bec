/** Whether a text is a secret itself, or the name or the place of one. */

/** Keys of a Secret are names (`[-._a-zA-Z0-9]+`); GitLab's authorization keys are 32 hex digits (app/models/alert_management/http_integration.rb), its tokens have a prefix. */
export function isToken(text: string): boolean {
  if (/^gl[a-z]{2,6}-[\w.-]{16,}$/.test(text)) return true;
  if (text.length < 20 || /\s/.test(text)) return false;
  if (/^[0-9a-f]+$/i.test(text)) return /\d/.test(text) && /[a-f]/i.test(text);
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return false;
  // base64 has signs that no name has; else letters and digits alternate as no word does
  return /[+/=]/.test(text) || (text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0) >= 5;
}

const PLACEHOLDER = /[<>${}%*]|^ENC\[|^(?:ref\+|vault:|op:\/\/|!vault)|change[-_ ]?me|replace|your[-_ ]|\btodo\b|redacted|placeholder|x{4,}|\.{3}|…|^(?:secret|password|token|credentials?|key|dummy|test|example)$/i;

/** What stands where a secret belongs until something fills it in. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** What may be said of a secret: nothing that helps to guess it. */
export function masked(text: string): string {
  const kind = /^[0-9a-f]+$/i.test(text) ? 'hex digits' : 'characters';
  return `${text.length} ${kind}`;
}
