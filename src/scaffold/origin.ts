import { readAddress, readProject } from './read.ts';

export interface Origin {
  readonly gitlab: string;
  readonly project: string;
}

/** `https://user:token@host:port/path.git`, `ssh://git@host:port/path.git`; the port of ssh is not that of the pages. */
const ADDRESS = /^(?<scheme>https?|ssh):\/\/(?:[^/@]*@)?(?<host>[^/:@]+)(?<port>:\d+)?\/(?<path>.+)$/;

/** `git@host:path.git` */
const SHORT = /^(?:[\w.-]+@)?(?<host>[\w.-]+):(?!\/\/)(?<path>.+)$/;

/**
 * GitLab and project of a git remote. A GitLab below a path cannot be told from a group, and is taken for one.
 * @returns null for what is neither, a folder for example; nothing of a user or password in it
 */
export function originOf(remote: string): Origin | null {
  const parts = (ADDRESS.exec(remote) ?? SHORT.exec(remote))?.groups;
  if (parts === undefined) return null;
  const { scheme = 'ssh', host, port = '', path } = parts;
  const gitlab = readAddress(scheme === 'ssh' ? `https://${host}` : `${scheme}://${host}${port}`, 'the remote');
  const project = readProject(path!);
  return gitlab.ok && project.ok ? { gitlab: gitlab.value, project: project.value } : null;
}
