import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRepository, serveGit, tag } from './git.ts';
import { json, listen, text, type Answer, type Loopback, type Request } from './loopback.ts';

/** Chart sources: http Helm repositories, an OCI registry, git repositories with tags, and an npm registry; all on one port. */
export interface ChartsSpec {
  /** Repository → chart → version → age in days. */
  readonly helm?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
  /** Path of the chart in the registry → tags. Without ages: Renovate reads timestamps of Docker Hub only (datasource/docker, 44.121.2). */
  readonly oci?: Readonly<Record<string, readonly string[]>>;
  /** Repository → tags. Without ages: git-tags has no timestamps. */
  readonly git?: Readonly<Record<string, readonly string[]>>;
  /** Package → version → age in days. */
  readonly npm?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface Charts extends Pick<Loopback, 'origin' | 'requests' | 'fail' | 'close'> {
  /** The registry without a scheme, as Argo CD's repoURL names it. */
  readonly registry: string;
  /** repoURL of an http repository. */
  helm(repository: string): string;
  /** repoURL of a git repository. */
  git(repository: string): string;
  /** Address of the npm registry. */
  readonly npm: string;
  /** More releases, from now on. */
  publish(more: ChartsSpec): void;
}

interface Shelves {
  /** Repository → chart → version → ISO time. */
  readonly helm: Map<string, Map<string, Map<string, string>>>;
  readonly oci: Map<string, Set<string>>;
  readonly npm: Map<string, Map<string, string>>;
  readonly gitRoot: string;
}

/** Registries give tags in pages; small ones here, so that every test turns some. */
const TAGS_A_PAGE = 5;

export async function startCharts(spec: ChartsSpec, folder: string): Promise<Charts> {
  const shelves: Shelves = { helm: new Map(), oci: new Map(), npm: new Map(), gitRoot: join(folder, 'tags') };
  publish(shelves, spec);
  const { origin, requests, fail, close } = await listen((request) => answer(shelves, request));
  return {
    origin,
    requests,
    fail,
    close,
    registry: origin.replace('http://', ''),
    helm: (repository) => `${origin}/helm/${repository}`,
    git: (repository) => `${origin}/git/${repository}.git`,
    npm: `${origin}/npm/`,
    publish: (more) => publish(shelves, more),
  };
}

function publish(shelves: Shelves, { helm = {}, oci = {}, git = {}, npm = {} }: ChartsSpec): void {
  for (const [repository, charts] of Object.entries(helm)) {
    const shelf = entry(shelves.helm, repository, () => new Map<string, Map<string, string>>());
    for (const [chart, releases] of Object.entries(charts)) addReleases(entry(shelf, chart, () => new Map<string, string>()), releases);
  }
  for (const [name, releases] of Object.entries(npm)) addReleases(entry(shelves.npm, name, () => new Map<string, string>()), releases);
  for (const [path, tags] of Object.entries(oci)) tags.forEach((name) => entry(shelves.oci, path, () => new Set<string>()).add(name));
  for (const [repository, tags] of Object.entries(git)) addTags(join(shelves.gitRoot, `${repository}.git`), tags);
}

function addReleases(shelf: Map<string, string>, releases: Readonly<Record<string, number>>): void {
  for (const [version, days] of Object.entries(releases)) shelf.set(version, new Date(Date.now() - days * 86_400_000).toISOString());
}

function addTags(repository: string, tags: readonly string[]): void {
  if (existsSync(repository)) {
    tag(repository, tags);
    return;
  }
  mkdirSync(dirname(repository), { recursive: true });
  createRepository(repository, { 'README.md': 'A repository with tags.\n' }, tags);
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

async function answer(shelves: Shelves, request: Request): Promise<Answer> {
  const { pathname } = request.url;
  const [, room, rest = ''] = /^\/([^/]*)\/?(.*)$/.exec(pathname) ?? [];
  if (room === 'helm') return helmAnswer(shelves, rest);
  if (room === 'npm') return npmAnswer(shelves, decodeURIComponent(rest));
  if (room === 'v2') return ociAnswer(shelves, rest, request.url);
  if (room === 'git') return serveGit(shelves.gitRoot, `/${rest}`, request);
  return text(404, 'nothing here');
}

/** JSON is YAML. */
function helmAnswer({ helm }: Shelves, path: string): Answer {
  const charts = helm.get(path.replace(/\/index\.yaml$/, ''));
  if (charts === undefined || !path.endsWith('/index.yaml')) return text(404, 'no such Helm repository');
  const entries = [...charts].map(([name, releases]) => [name, [...releases].map(([version, created]) => ({ apiVersion: 'v2', name, version, created, urls: [`${name}-${version}.tgz`] }))]);
  return text(200, JSON.stringify({ apiVersion: 'v1', entries: Object.fromEntries(entries) as unknown }), 'application/yaml');
}

/** A packument, as far as Renovate reads it: https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
function npmAnswer({ npm }: Shelves, name: string): Answer {
  const releases = npm.get(name);
  if (releases === undefined) return json(404, { error: 'not_found' });
  const versions = [...releases.keys()];
  return json(200, { name, 'dist-tags': { latest: versions.at(-1) }, versions: Object.fromEntries(versions.map((version) => [version, { name, version }])), time: Object.fromEntries(releases) });
}

/** Distribution API v2: https://distribution.github.io/distribution/spec/api/ */
function ociAnswer({ oci }: Shelves, path: string, url: URL): Answer {
  if (path === '') return json(200, {});
  const { repository = '', kind, reference = '' } = /^(?<repository>.+)\/(?<kind>tags|manifests|blobs)\/(?<reference>[^/]+)$/.exec(path)?.groups ?? {};
  const tags = oci.get(repository);
  if (tags === undefined) return json(404, { errors: [{ code: 'NAME_UNKNOWN', message: repository }] });
  if (kind === 'tags') return tagsPage(repository, [...tags].sort(), url);
  const found = [...tags].flatMap((name) => blobsOf(repository, name)).find(({ names }) => names.includes(reference));
  return found === undefined ? json(404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: reference }] }) : { status: 200, headers: { 'content-type': found.type, 'docker-content-digest': digest(found.body) }, body: found.body };
}

function tagsPage(name: string, tags: readonly string[], { searchParams }: URL): Answer {
  const start = tags.findIndex((tag) => tag > (searchParams.get('last') ?? ''));
  const size = Math.min(Number(searchParams.get('n') ?? TAGS_A_PAGE), TAGS_A_PAGE);
  const page = start < 0 ? [] : tags.slice(start, start + size);
  const more = start >= 0 && start + size < tags.length;
  return json(200, { name, tags: page }, more ? { link: `</v2/${name}/tags/list?n=${size}&last=${page.at(-1)}>; rel="next"` } : {});
}

const HELM_CONFIG = 'application/vnd.cncf.helm.config.v1+json';
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

interface Blob {
  readonly names: readonly string[];
  readonly type: string;
  readonly body: string;
}

/** What `helm push` leaves in a registry, without the archive itself: nobody here pulls it. */
function blobsOf(repository: string, version: string): Blob[] {
  const config = JSON.stringify({ apiVersion: 'v2', name: repository.split('/').at(-1), version: version.replace('_', '+') });
  const layer = { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', digest: digest(`${repository} ${version}`), size: 1 };
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: OCI_MANIFEST, config: { mediaType: HELM_CONFIG, digest: digest(config), size: config.length }, layers: [layer] });
  return [
    { names: [version, digest(manifest)], type: OCI_MANIFEST, body: manifest },
    { names: [digest(config)], type: HELM_CONFIG, body: config },
  ];
}

function digest(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
