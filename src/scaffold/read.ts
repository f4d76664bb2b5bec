import { isReleaseName, RELEASE_NAME_RULE } from '../base/release-name.ts';

/** A value as it goes into the files, or what is wrong with it, as the end of a sentence. */
export type Reading = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string };

/** `path` is empty or begins with a slash. Letters, digits and what is inert in YAML, Markdown, Helm and a shell: no quote, blank, brace or `$`, and no address of IPv6, whose brackets are none of that. */
const ADDRESS = /^(?<scheme>https?):\/\/(?<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?<port>:\d{1,5})?(?<path>(?:\/[\w.~-]+)*)\/*$/i;

const TOO_LONG = 500;

export function readAddress(text: string, what: string): Reading {
  if (text.length > TOO_LONG) return no(`${what} has at most ${TOO_LONG} characters`);
  if (/^[a-z]+:\/\/[^/]*@/i.test(text)) return no(`${what} has no user or password in it`);
  const parts = ADDRESS.exec(text)?.groups;
  if (parts === undefined) return no(`${what} is of the form https://HOST, perhaps with a port and a path, without blanks, quotes, ? and #`);
  return yes(`${parts['scheme']!.toLowerCase()}://${parts['host']!.toLowerCase()}${parts['port'] ?? ''}${parts['path']!}`);
}

/** Groups and projects of GitLab: letters, digits, `_`, `-` and `.`, of which the first is no dash and no dot (its Gitlab::PathRegex). */
const SEGMENT = '[A-Za-z0-9_][\\w.-]*';
const PROJECT = new RegExp(`^${SEGMENT}(?:/${SEGMENT})+$`);

export function readProject(text: string): Reading {
  const path = text.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  return PROJECT.test(path) && text.length <= TOO_LONG ? yes(path) : no('the path of a project is of the form GROUP/PROJECT, of letters, digits, `_`, `-` and `.`');
}

const PRESETS = new RegExp(`^(?:(?:local|gitlab|github)>)?${SEGMENT}(?:/${SEGMENT})+(?:#[\\w.-]+(?:/[\\w.-]+)*)?$`);

export function readPresets(text: string): Reading {
  return PRESETS.test(text) && text.length <= TOO_LONG ? yes(text) : no('a preset is of the form local>GROUP/PROJECT, perhaps with #TAG behind it');
}

export function readAlertAddress(text: string): Reading {
  const address = readAddress(text, 'the address of the integration');
  if (!address.ok || /\/alerts\/notify(?:\.json|\/[^/]+\/[^/]+\.json)$/.test(address.value)) return address;
  return no('the address of the integration ends in /prometheus/alerts/notify.json, or in /alerts/notify/NAME/ID.json');
}

/** A namespace, a class, a label or a release. */
export function readLabel(text: string): Reading {
  return isReleaseName(text) ? yes(text) : no(RELEASE_NAME_RULE);
}

const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function readHost(text: string): Reading {
  return HOST.test(text) && text.length <= 253 ? yes(text) : no('a host name is of the form argocd.example.com, in lower case, without https:// and without a port');
}

/** What git allows (git check-ref-format) and needs no quotes anywhere. */
const BRANCH = /^[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)*$/;

export function readBranch(text: string): Reading {
  const allowed = BRANCH.test(text) && text.length <= 200 && !text.includes('..') && !/\.(?:lock)?$|\.lock\//.test(text);
  return allowed ? yes(text) : no('a branch is named by letters, digits, `_`, `-`, `.` and `/`');
}

/** CI variables in it are GitLab's to fill in: $CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX/node:24. */
const IMAGE = /^(?:[\w.:/@-]|\$\w+|\$\{\w+\})+$/;

export function readImage(text: string): Reading {
  return IMAGE.test(text) && text.length <= TOO_LONG ? yes(text) : no('an image is of the form REGISTRY/NAME:TAG, without blanks and quotes');
}

/** A runner's tag is any text. It is quoted where it goes, so only what no file of text holds is refused. */
export function readTag(text: string): Reading {
  return text.trim() === text && text !== '' && text.length <= 255 && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text) ? yes(text) : no('a tag is a text on one line, without blanks at its ends');
}

function yes(value: string): Reading {
  return { ok: true, value };
}

function no(problem: string): Reading {
  return { ok: false, problem };
}
