import { goesToGitLab, placeTarget, shown, type Draft, type Rule } from '../rule.ts';

export const alertNeverResolves: Rule = {
  name: 'alert-never-resolves',
  severity: 'error',
  summary: 'A receiver does not tell GitLab that an alert has resolved, so its incidents stay open for ever',
  fixable: false,
  check: ({ alerting }) =>
    alerting.routings.flatMap(({ receivers }) =>
      (receivers ?? []).flatMap((receiver) =>
        receiver.webhooks.flatMap((webhook): Draft[] => {
          // webhooks send it by default (DefaultWebhookConfig, Alertmanager 0.28): only an explicit no is a fault
          if (webhook.sendResolved === null || !/^(?:false|no|off)$/i.test(webhook.sendResolved.text ?? '') || goesToGitLab(webhook, receiver) !== true) return [];
          return [
            {
              message: `receiver ${shown(receiver.name)} does not send "resolved" to GitLab: its incidents stay open when all is well again`,
              remedy: 'Set it to true, or delete the line: webhooks send it by default. In GitLab, tick "Automatically close" under Settings > Monitor > Alerts.',
              target: placeTarget(webhook.sendResolved),
              data: { receiver: shown(receiver.name) },
            },
          ];
        }),
      ),
    ),
};
