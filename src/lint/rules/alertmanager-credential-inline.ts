import { isPlaceholder, isToken, masked } from '../../base/credential.ts';
import { placeTarget, type Credential, type Draft, type Routing, type Rule } from '../rule.ts';

export const alertmanagerCredentialInline: Rule = {
  name: 'alertmanager-credential-inline',
  severity: 'error',
  summary: 'A key stands in the configuration of Alertmanager itself, where everybody who reads the repository can take it',
  fixable: false,
  check: ({ alerting }) => alerting.routings.flatMap((routing) => routing.credentials.flatMap((credential) => draftsOf(credential, routing))),
};

/** Never a part of the secret: reports are read by more people than the repository. */
function draftsOf({ kind, field, written }: Credential, { kind: routing }: Routing): Draft[] {
  const { text } = written;
  // nobody guards something with a few letters
  if (text === null || !(kind === 'entry' ? isToken(text) : text.length >= 8 && !isPlaceholder(text))) return [];
  const gone = 'Take the key for known and make a new one, since this one stays in the history of git (in GitLab: Settings > Monitor > Alerts > the integration > Reset key).';
  if (kind === 'entry') {
    return [
      {
        message: `${field} holds what looks like the key itself (${masked(text)}), where the name of an entry in the Secret belongs: the Prometheus operator finds no such entry and sends nothing, and the key is in git`,
        remedy: `${gone} Put that into the Secret, and write here the name of its entry there, such as authorization-key.`,
        target: placeTarget(written),
        data: { field },
      },
    ];
  }
  return [
    {
      message: `${field} is written out (${masked(text)}): whoever reads the repository can use it`,
      remedy: `${gone} ${routing === 'AlertmanagerConfig' ? 'Refer to a Secret: credentials: { name: gitlab-alerts, key: authorization-key }.' : 'Let Alertmanager read it from a file (credentials_file) of a mounted Secret.'}`,
      target: placeTarget(written),
      data: { field },
    },
  ];
}
