import * as z from 'zod/mini';
import { fail } from '../base/failure.ts';
import { isReleaseName, RELEASE_NAME_RULE } from '../base/release-name.ts';
import { oneLine } from '../base/text.ts';
import { parseYamlDocuments } from '../source/yaml.ts';
import { readAddress, type Address } from './address.ts';

/** One deployment, checked: nothing in it can leave its place in YAML, in a path, in a commit message or in a command line. */
export interface DeployRequest {
  /** Of the Application. */
  readonly name: string;
  readonly cluster: Address;
  /** Null for the one that the repository's HEAD names. */
  readonly branch: string | null;
  /** The manifest, from the root of the cluster repository. */
  readonly file: string;
  /** Where Argo CD reads the application's chart. */
  readonly repository: string;
  readonly chartPath: string;
  readonly revision: string;
  readonly namespace: string;
  readonly argocdNamespace: string;
  readonly project: string;
  /** Null for what the cluster repository's own values say, or else the cluster that Argo CD runs in. */
  readonly destination: string | null;
  /** Text of a values file. */
  readonly values: string | null;
  /** Values files beside the chart. */
  readonly valueFiles: readonly string[];
  /** The later deployment has the higher one; null when nobody counts. */
  readonly order: number | null;
  readonly commit: string | null;
  readonly pipelineUrl: string | null;
  readonly commitUrl: string | null;
  readonly author: Author;
}

export interface Author {
  readonly name: string;
  readonly email: string;
}

/** The same as it was written, by the names of the options. */
export type RawRequest = { readonly [key in Exclude<keyof z.input<typeof Request>, 'value-file'>]: string | null } & { readonly 'value-file': readonly string[] };

const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Folders and files as nothing but names: neither `..` nor a hidden one is among them. */
const SEGMENT = '[A-Za-z0-9_][\\w.+@-]*';
const MANIFEST = new RegExp(`^(?:${SEGMENT}/)*${SEGMENT}\\.ya?ml$`);
const CHART_PATH = new RegExp(`^(?:\\.|(?:\\./)?${SEGMENT}(?:/${SEGMENT})*/?)$`);
/** Beside the chart or above it, never outside of the repository: Argo CD itself sees to that. */
const VALUE_FILE = new RegExp(`^(?:\\.\\./)*(?:${SEGMENT}/)*${SEGMENT}\\.(?:ya?ml|json)$`);

const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
const LONGEST = 250;

/** As git check-ref-format has it, without what Helm would take for an action. */
function isRevision(text: string): boolean {
  return !/[\s~^:?*[\\]|\.\.|@\{|\{\{|\/\/|\/\.|^[-./]|[./]$|\.lock(?:\/|$)/.test(text) && !CONTROL.test(text);
}

function isPage(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && /^[\x21-\x7e]+$/.test(text);
}

function text(what: string, allows: (value: string) => boolean, longest = LONGEST) {
  return z.string({ error: what }).check(z.refine((value) => value !== '' && value.length <= longest && allows(value), { error: what }));
}

const namespace = 'a namespace has at most 63 lower case letters, digits and dashes, and a letter or digit at both ends';
const page = 'it is the address of a page, https://…, without user and password';

const Request = z.object({
  name: text(RELEASE_NAME_RULE, isReleaseName),
  cluster: z.string(),
  branch: z.nullable(text('it is a branch of the cluster repository', isRevision)),
  file: text('the manifest is a path within the cluster repository that ends in .yaml or .yml: letters, digits and _.+@- in each part, no part that begins with a dot', (value) => MANIFEST.test(value)),
  repository: z.string(),
  'chart-path': text('the chart is a folder of the application\'s repository: letters, digits and _.+@- in each part, no part that begins with a dot', (value) => CHART_PATH.test(value)),
  revision: text('a revision is a branch, a tag or a commit, as git names them, without {{', isRevision),
  namespace: text(namespace, (value) => NAMESPACE.test(value)),
  'argocd-namespace': text(namespace, (value) => NAMESPACE.test(value)),
  project: text(namespace.replace('namespace', 'project of Argo CD'), (value) => NAMESPACE.test(value)),
  destination: z.nullable(text('it is the address of a cluster as Argo CD knows it, https://…', isPage)),
  values: z.nullable(z.string().check(z.refine((value) => value.length <= 256 * 1024 && isValues(value), { error: 'the values are a YAML file of keys and values, of at most 256 KB, without control characters' }))),
  'value-file': z.array(text('a values file is a path from the chart that ends in .yaml, .yml or .json', (value) => VALUE_FILE.test(value))),
  order: z.nullable(text('an order is a whole number, or none', (value) => /^\d{1,15}$/.test(value))),
  commit: z.nullable(text('a commit has 40 or 64 hexadecimal digits', (value) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value))),
  'pipeline-url': z.nullable(text(page, isPage, 2000)),
  'commit-url': z.nullable(text(page, isPage, 2000)),
  author: text('an author is written NAME <ADDRESS>', (value) => AUTHOR.test(value) && !CONTROL.test(value)),
});

const AUTHOR = /^(?<name>[^<>]*[^<>\s]) <(?<email>[^<>\s]+@[^<>\s]+)>$/;

function isValues(value: string): boolean {
  if (/[^\P{Cc}\t\r\n]|[\u2028\u2029\ufeff]|\p{Cs}/u.test(value)) return false;
  const documents = parseYamlDocuments(value);
  return documents !== null && documents.length <= 1 && documents.every(({ root, error }) => error === null && (root === null || root.kind === 'map'));
}

/**
 * The door: what comes from the command line and from GitLab's variables becomes a deployment.
 * @throws FailureError `usage`, which names the option
 */
export function readRequest(raw: RawRequest): DeployRequest {
  const read = Request.safeParse(raw);
  if (!read.success) {
    const [issue] = read.error.issues;
    const option = String(issue!.path[0]);
    return refuse(option, issue!.message, written(raw[option as keyof RawRequest]));
  }
  const { data } = read;
  const author = AUTHOR.exec(data.author)!.groups!;
  return {
    name: data.name,
    cluster: addressOf('cluster', data.cluster),
    branch: data.branch,
    file: data.file,
    repository: addressOf('repository', data.repository).url,
    chartPath: data['chart-path'].replace(/^\.\/|\/$/g, ''),
    revision: data.revision,
    namespace: data.namespace,
    argocdNamespace: data['argocd-namespace'],
    project: data.project,
    destination: data.destination,
    values: data.values,
    valueFiles: data['value-file'],
    order: data.order === null ? null : Number(data.order),
    commit: data.commit,
    pipelineUrl: data['pipeline-url'],
    commitUrl: data['commit-url'],
    author: { name: author['name']!, email: author['email']! },
  };
}

function addressOf(option: string, text: string): Address {
  const read = readAddress(text);
  // what was written is not shown: it may carry a password
  return 'problem' in read ? refuse(option, `the address ${read.problem}`, '') : read;
}

/** Values, and what is long, are not repeated. */
function written(value: string | readonly string[] | null): string {
  return typeof value !== 'string' || value.length > 80 || value.includes('\n') ? '' : ` ${JSON.stringify(oneLine(value))}`;
}

function refuse(option: string, problem: string, value: string): never {
  return fail({ code: 'usage', message: `${VARIABLES[option] ?? `--${option}`}${value}: ${problem}`, remedy: 'Nothing was changed. See renovate-argocd deploy --help.' });
}

/** What GitLab alone says. */
const VARIABLES: Readonly<Record<string, string>> = { commit: 'CI_COMMIT_SHA', 'commit-url': 'CI_PROJECT_URL' };
