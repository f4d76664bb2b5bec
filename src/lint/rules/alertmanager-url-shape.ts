import { ALERT_ENDPOINT, goesToGitLab, HOLE, placeTarget, shown, type Draft, type Rule } from '../rule.ts';

export const alertmanagerUrlShape: Rule = {
  name: 'alertmanager-url-shape',
  severity: 'error',
  summary: 'A webhook for GitLab has an address that GitLab does not take alerts at',
  fixable: false,
  check: ({ alerting }) =>
    alerting.routings.flatMap(({ receivers }) =>
      (receivers ?? []).flatMap((receiver) =>
        receiver.webhooks.flatMap((webhook): Draft[] => {
          const fault = webhook.url === null || goesToGitLab(webhook, receiver) !== true ? null : faultOf(webhook.url.pattern);
          if (fault === null) return [];
          return [
            {
              ...fault,
              message: `the address of receiver ${shown(receiver.name)} ${fault.message}`,
              remedy: `${fault.remedy} GitLab shows the address under Settings > Monitor > Alerts > the integration > View credentials. A browser gets 404 there, which is no fault: it takes POST only.`,
              target: placeTarget(webhook.url!),
              data: { receiver: shown(receiver.name) },
            },
          ];
        }),
      ),
    ),
};

type Fault = Pick<Draft, 'message' | 'remedy' | 'severity'>;

/** Of the address as far as it is known; what a template fills in may be any host or path. */
function faultOf(url: string): Fault | null {
  if (url.trim() !== url) return { message: 'has a blank or a new line at its end or beginning, which becomes a part of it', remedy: 'Write it on one line, without blanks.' };
  const { scheme, host = '', path = '' } = /^(?:(?<scheme>[a-z][a-z0-9+.-]*):\/\/)?(?<host>[^/?#]*)(?<path>[^?#]*)/i.exec(url)?.groups ?? {};
  if (path.includes('/alert_management')) return { message: 'is the page that shows alerts to people, not the one that takes them', remedy: 'Copy the address of the integration.' };
  // what a template fills in at the end may be all of it
  if (url.endsWith(HOLE)) return null;
  if (!ALERT_ENDPOINT.test(path)) return shapeFault(path);
  // what is filled in may hold the project
  if (path.split('/alerts/notify')[0]!.replace(/\/prometheus$/, '').split('/').filter((part) => part !== '').length < 2 && !url.includes(HOLE)) return { message: 'names no project: GITLAB/GROUP/PROJECT stands before /prometheus/alerts/notify.json', remedy: 'Copy the whole address.' };
  if (scheme?.toLowerCase() === 'http' && isPublic(host)) {
    return { severity: 'warning', message: 'begins with http: the authorization key goes over the network in clear text, and where GitLab redirects to https, the POST becomes a GET, which it answers with 404', remedy: 'Write https.' };
  }
  return null;
}

function shapeFault(path: string): Fault {
  if (ALERT_ENDPOINT.test(`${path}.json`)) return { severity: 'warning', message: 'lacks .json at its end', remedy: 'Add .json.' };
  return { message: 'is none at which GitLab takes alerts: PROJECT/prometheus/alerts/notify.json, or PROJECT/alerts/notify/NAME/ID.json', remedy: 'Copy the address of the integration.' };
}

/** Not of a cluster's or a company's own network, where http may be all there is. */
function isPublic(host: string): boolean {
  const name = host.replace(/^.*@/, '').replace(/:\d+$/, '');
  return name.includes('.') && !name.includes(HOLE) && !/^[\d.]+$|^\[|\.(?:svc|local|internal|localhost|lan|home|test)$/i.test(name);
}
