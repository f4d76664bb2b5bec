/** Addresses of git repositories: what git is given, and what an Application calls the same place. */
export interface Address {
  readonly kind: 'http' | 'ssh';
  /** As written. */
  readonly url: string;
  /** `https://gitlab.example.com`, for http only. */
  readonly origin: string;
  readonly host: string;
}

/** Nothing that a shell, YAML or Go's templates would take for more than a letter. */
const ORDINARY = /^[\w.~/:@%+[\]-]+$/;

const SCP = /^(?<user>[\w.-]+)@(?<host>[A-Za-z0-9][\w.-]*):(?<path>[^:]+)$/;

/** The address, or what is wrong with it. A refusal never repeats the text: it may carry a password. */
export function readAddress(text: string): Address | { readonly problem: string } {
  if (!ORDINARY.test(text)) return { problem: 'has characters that no address of a repository has' };
  if (/^[\w.-]+:[^@/]*@/.test(text)) return { problem: CARRIES };
  const scp = SCP.exec(text)?.groups;
  if (scp !== undefined && !text.includes('://')) return { kind: 'ssh', url: text, origin: '', host: scp['host']!.toLowerCase() };
  const url = URL.parse(text);
  if (url === null || !/^(?:https?|ssh):$/.test(url.protocol)) return { problem: 'is no address of a repository: https://HOST/GROUP/NAME.git, ssh://git@HOST/GROUP/NAME.git or git@HOST:GROUP/NAME.git' };
  const ssh = url.protocol === 'ssh:';
  if (url.password !== '' || (!ssh && url.username !== '')) return { problem: CARRIES };
  if (url.pathname.replaceAll('/', '') === '') return { problem: 'names no repository on its host' };
  // ssh would take it for an option
  if (url.hostname.startsWith('-')) return { problem: 'has a host that begins with a dash' };
  return { kind: ssh ? 'ssh' : 'http', url: text, origin: ssh ? '' : url.origin, host: url.hostname.toLowerCase() };
}

const CARRIES = 'carries credentials, which would stand in git for everybody';

/**
 * Host and path of a repository, without scheme, user, port and `.git`, as they are written.
 * @returns null for what is no address of a git repository, such as `ghcr.io/charts`
 */
export function repositoryParts(text: string): { readonly host: string; readonly path: string } | null {
  const scp = text.includes('://') ? undefined : SCP.exec(text)?.groups;
  const url = scp === undefined ? URL.parse(text) : null;
  if (scp === undefined && url === null) return null;
  const path = scp?.['path'] ?? url!.pathname;
  return { host: scp?.['host'] ?? url!.hostname, path: path.replaceAll(/^\/+|\/+$/g, '').replace(/\.git$/i, '') };
}

/** The same for every way to write the address of one repository: in lower case, as GitLab compares. Null as above. */
export function repositoryKey(text: string): string | null {
  const parts = repositoryParts(text);
  return parts === null ? null : `${parts.host}/${parts.path}`.toLowerCase();
}
