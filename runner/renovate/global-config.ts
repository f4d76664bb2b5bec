/** What Renovate's own global configuration is made of. Nothing in it is secret: it lies on disk while Renovate runs. */
export interface GlobalConfigInput {
  readonly endpoint: string;
  /** Paths; a project with entries of its own (packageRules, …) as an object. */
  readonly repositories: readonly (string | Readonly<Record<string, unknown>>)[];
  readonly onboarding: boolean;
  readonly forks: boolean;
  readonly chartHosts: readonly string[];
  readonly reportPath: string;
  /** Whether every project has an ssh address: then git gets no token in an address. */
  readonly tokenFreeUrls: boolean;
  readonly dryRun: boolean;
  /** The user's, on top. */
  readonly renovate: Readonly<Record<string, unknown>>;
}

/** Options that are the runner's: to set them otherwise would break what it promises. */
export const OURS: readonly string[] = ['platform', 'endpoint', 'repositories', 'autodiscover', 'token', 'reportType', 'reportPath', 'baseDir', 'cacheDir', 'dryRun'];

export function globalConfig(input: GlobalConfigInput): Record<string, unknown> {
  const own = Object.fromEntries(Object.entries(input.renovate).filter(([key]) => !OURS.includes(key)));
  return {
    onboarding: input.onboarding,
    // without onboarding a project without config is left alone instead of being updated by defaults
    requireConfig: input.onboarding ? 'optional' : 'required',
    forkProcessing: input.forks ? 'enabled' : 'auto',
    ...(input.tokenFreeUrls ? { gitUrl: 'ssh' } : {}),
    ...own,
    hostRules: [...hostRules(input.chartHosts), ...listOf(own['hostRules'])],
    platform: 'gitlab',
    endpoint: input.endpoint,
    repositories: input.repositories,
    autodiscover: false,
    reportType: 'file',
    reportPath: input.reportPath,
    ...(input.dryRun ? { dryRun: 'full' } : {}),
  };
}

/** Naming a private host is what Renovate takes for permission; without it every dashboard gets a warning (`internalHostAccess`). */
function hostRules(hosts: readonly string[]): { readonly matchHost: string }[] {
  return hosts.map((matchHost) => ({ matchHost }));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
