import { resolve } from 'node:path';
import { fail } from '../../base/failure.ts';
import { readAddress } from '../../deploy/address.ts';
import type { RawRequest } from '../../deploy/request.ts';
import type { ManifestTemplate } from '../../deploy/new-manifest.ts';
import type { Arguments } from '../../program/command.ts';
import type { Io } from '../../program/io.ts';
import { readTextFile } from '../../source/text-file.ts';

type Given = Pick<Arguments, 'value' | 'values'>;
type World = Pick<Io, 'cwd' | 'env'>;

/** Options first, then the variables that GitLab sets in each job. What they hold is checked behind this. @throws FailureError `usage` for what nobody says */
export function rawRequest(args: Given, { cwd, env }: World): RawRequest {
  const variable = (name: string): string | null => env[name] || null;
  function needed(option: string, known: string | null, remedy: string): string {
    return args.value(option) ?? known ?? fail({ code: 'usage', message: `nothing says what --${option} is`, remedy });
  }
  const project = variable('CI_PROJECT_URL');
  const sha = variable('CI_COMMIT_SHA');
  const order = args.value('order') ?? variable('CI_PIPELINE_ID');
  const name = needed('name', nameFrom(variable('CI_PROJECT_NAME')), 'Name the Application with --name. In a job of GitLab it is the name of the project.');
  const cluster = needed('cluster', null, 'Give the address of the cluster repository: --cluster https://gitlab.example.com/platform/cluster-config.git');
  return {
    name,
    cluster,
    branch: args.value('branch'),
    file: args.value('file') ?? `applications/templates/app-${name}.yaml`,
    repository: needed('repository', project === null ? null : `${project}.git`, "Give the address of the application's repository. In a job of GitLab it is the project's."),
    'chart-path': args.value('chart-path') ?? 'chart',
    revision: needed('revision', variable('CI_COMMIT_TAG') ?? variable('CI_COMMIT_BRANCH') ?? sha, 'Give the tag, branch or commit to deploy. In a job of GitLab it is the one that the pipeline runs for.'),
    namespace: args.value('namespace') ?? name,
    'argocd-namespace': args.value('argocd-namespace') ?? 'argocd',
    project: args.value('project') ?? 'default',
    destination: args.value('destination'),
    values: textOf('values', args.value('values'), cwd),
    'value-file': args.values('value-file'),
    order: order === 'none' ? null : order,
    commit: sha,
    'pipeline-url': args.value('pipeline-url') ?? variable('CI_PIPELINE_URL'),
    'commit-url': project === null || sha === null ? null : `${project}/-/commit/${sha}`,
    author: args.value('author') ?? `renovate-argocd deploy <renovate-argocd@noreply.${hostOf(cluster)}>`,
  };
}

/** As the bots of GitLab have their addresses. */
function hostOf(cluster: string): string {
  const read = readAddress(cluster);
  return 'problem' in read ? 'invalid' : read.host;
}

/** `My.App` → `my-app`, as GitLab makes slugs. */
function nameFrom(project: string | null): string | null {
  return project === null ? null : project.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 53).replace(/-$/, '') || null;
}

/** @throws FailureError `usage` */
export function templateFrom(file: string | null, cwd: string): ManifestTemplate | null {
  const text = textOf('template', file, cwd);
  return text === null ? null : { origin: file!, text };
}

function textOf(option: string, file: string | null, cwd: string): string | null {
  if (file === null) return null;
  const read = readTextFile(resolve(cwd, file));
  return 'text' in read ? read.text : fail({ code: 'usage', message: `--${option}: ${file} ${read.message.replace(/^not read/, 'cannot be read')}`, remedy: 'Check its path, from the working directory.' });
}

/** @throws FailureError `usage` */
export function wholeNumber(args: Given, option: string, fallback: number, most: number): number {
  const text = args.value(option);
  if (text === null) return fallback;
  return /^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : fail({ code: 'usage', message: `--${option} cannot be ${JSON.stringify(text)}`, remedy: `It is a whole number, at most ${most}.` });
}

/** An address to ask, without a slash at its end. @throws FailureError `usage` */
export function serverAddress(args: Given, option: string): string | null {
  const text = args.value(option);
  if (text === null) return null;
  const url = URL.parse(text);
  const allowed = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return allowed ? `${url.origin}${url.pathname.replace(/\/+$/, '')}` : fail({ code: 'usage', message: `--${option} is no address of a server`, remedy: 'It is of the form https://HOST, without user, password and query.' });
}
