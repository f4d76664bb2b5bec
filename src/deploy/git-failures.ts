import type { Failure } from '../base/failure.ts';
import { TOKEN_VARIABLE } from './access.ts';

/** What git says when it does not get through, and what that means. Texts of git 2.39 with LC_ALL=C, of GitLab 18 and of OpenSSH 9. */
export interface Said {
  readonly url: string;
  readonly branch: string | null;
  /** Both streams, without secrets. */
  readonly said: string;
  readonly writes: boolean;
}

/** The branch has moved since it was fetched: by the client's own look (`fetch first`), or at the last moment, on the server. */
export function isRace(said: string): boolean {
  return /\[rejected\]|\((?:fetch first|non-fast-forward|stale info)\)|cannot lock ref|failed to update ref|incorrect old value|failed to lock|reference already exists/i.test(said);
}

type Meaning = readonly [pattern: RegExp, meaning: (said: Said) => Omit<Failure, 'file' | 'line' | 'column' | 'text'>];

/** The first that fits. */
const MEANINGS: readonly Meaning[] = [
  [/could not read (?:Username|Password)|Authentication failed|returned error: 401|HTTP Basic: Access denied(?!.*scope)/, ({ url }) => ({ code: 'cluster-unauthorised', message: `${url} does not take the token`, remedy: `Check ${TOKEN_VARIABLE}: a project access token of the cluster repository that has not expired. A protected variable is there only on protected branches and tags.` })],
  [/Permission denied \(|Load key .*: |no such identity/, ({ url }) => ({ code: 'cluster-unauthorised', message: `${url} does not take the SSH key`, remedy: 'Add its public key to the cluster repository as a deploy key (Settings > Repository > Deploy keys), with write permission.' })],
  [/Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/, ({ url }) => ({ code: 'cluster-unauthorised', message: `the host of ${url} is not known, or shows another key than the known one`, remedy: 'Give a file of its keys with --known-hosts. `ssh-keyscan HOST` shows them; compare with what GitLab publishes under Help > Instance configuration.' })],
  [/hidden ref|protected branch|pre-receive hook declined|protected by/i, ({ url, branch }) => ({ code: 'cluster-forbidden', message: `${url} refuses the push: ${branch ?? 'the branch'} is protected, or a push rule says no`, remedy: 'Settings > Repository > Protected branches: let the role of the token, or the deploy key, push to it.' })],
  [/does not have write access|deploy key.*(?:write|push)|not allowed to upload|returned error: 403|Access denied|You are not allowed/i, ({ url, writes }) => ({ code: 'cluster-forbidden', message: `${url} may not be ${writes ? 'written to' : 'read'} with this ${/ssh|@[^/]*:/.test(url) ? 'key' : 'token'}`, remedy: 'The token needs the scope write_repository and the role Developer, or Maintainer where the branch is protected; a deploy key needs write permission. A deploy token of GitLab cannot push.' })],
  [/couldn't find remote ref/, ({ url, branch }) => ({ code: 'cluster-missing', message: `${url} has no branch ${branch ?? 'of that name'}`, remedy: 'Name the branch that Argo CD reads with --branch.' })],
  [/returned error: 30\d|redirect/i, ({ url }) => ({ code: 'cluster-missing', message: `${url} is not where the repository is: the server names another address`, remedy: 'Give the address as GitLab shows it under Clone: https:// and not http://, and the path that the project has now.' })],
  [/not found|could not be found|does not exist|returned error: 404/i, ({ url }) => ({ code: 'cluster-missing', message: `there is no repository ${url}, or it is hidden from this account`, remedy: 'Check the address given with --cluster. The token or key must be one of that project.' })],
];

/** @returns `cluster-unreachable` for what fits nothing else: the network, or a server in trouble */
export function transferFailure(said: Said): Failure {
  const known = MEANINGS.find(([pattern]) => pattern.test(said.said));
  if (known !== undefined) return { ...known[1](said), message: `${known[1](said).message}${quote(said.said)}` };
  return { code: 'cluster-unreachable', message: `${said.url} cannot be reached${quote(said.said, true)}`, remedy: said.writes ? 'Run the job again: if the commit did arrive, it is found there.' : 'Nothing was changed. Run the job again.' };
}

/** What the server said, or else git, or both, on one line. */
function quote(said: string, both = false): string {
  const lines = said.split('\n').map((line) => line.trim());
  const server = lines.flatMap((line) => /^(?:remote: |ERROR: )(?<text>.*\w.*)$/.exec(line)?.groups?.['text'] ?? []);
  const git = lines.filter((line) => /^(?:fatal|error): |Permission denied|verification failed|IDENTIFICATION HAS CHANGED/.test(line));
  const kept = (server.length > 0 && !both ? server : [...server, ...git]).slice(0, 2).join(' ').slice(0, 300);
  return kept === '' ? '' : ` (${kept})`;
}
