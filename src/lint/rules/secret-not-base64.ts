import { isPlaceholder } from '../../base/credential.ts';
import { placeTarget, type Draft, type Rule, type SecretEntry } from '../rule.ts';

export const secretNotBase64: Rule = {
  name: 'secret-not-base64',
  severity: 'error',
  summary: 'A value under `data:` of a Secret is not in base64: the cluster refuses it, or reads something else',
  fixable: false,
  check: ({ alerting }) =>
    alerting.secrets.flatMap((entry): Draft[] => {
      const fault = faultOf(entry);
      if (fault === null) return [];
      return [
        {
          message: `data.${entry.key} of ${entry.secret === null ? 'a Secret' : `Secret ${entry.secret}`} ${fault}`,
          remedy: 'Write the value as it is under stringData: instead of data:, or encode it without a new line at its end: printf %s VALUE | base64. Base64 hides nothing: what must stay secret does not belong into git.',
          target: placeTarget(entry.written),
          data: { secret: entry.secret, key: entry.key },
        },
      ];
    }),
};

/** As Go decodes it (encoding/base64, StdEncoding): line ends count for nothing, everything else does. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function faultOf({ section, typed, written: { text } }: SecretEntry): string | null {
  if (section !== 'data' || text === null) return null;
  if (typed) return /^(?:null|~)$/i.test(text) ? null : 'is a number or a boolean, not base64: the cluster refuses the Secret';
  const value = text.replaceAll(/[\r\n]/g, '');
  // sops, argocd-vault-plugin and the like put it in later
  if (isPlaceholder(value)) return null;
  if (!BASE64.test(value)) return 'is not base64: the cluster refuses the Secret';
  // 32 hex digits, as GitLab's authorization keys are, happen to be valid base64 of 24 bytes of nonsense
  return /^[0-9a-f]{20,}$/.test(value) && /\d/.test(value) && !isText(value) ? 'is a key in hex digits, not base64: the cluster takes it for base64 all the same and hands out other bytes' : null;
}

function isText(base64: string): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
    return true;
  } catch {
    return false;
  }
}
