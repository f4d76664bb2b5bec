import { startSandbox, type Charts, type ProjectSpec, type Sandbox } from '../../sandbox/index.ts';
import { runRunner } from '../harness.ts';

/**
 * Where the loops begin: a project whose green pipelines let GitLab merge, with the charts web, which has a patch, and db, which has none yet.
 * @returns the sandbox, and the folder of a runner that has looked once
 */
export async function startTwoApplications(files: (charts: Charts) => Readonly<Record<string, string>>, project: Omit<ProjectSpec, 'files'>, config: Readonly<Record<string, unknown>>): Promise<{ readonly sandbox: Sandbox; readonly cwd: string }> {
  const sandbox = await startSandbox({
    charts: { helm: { stable: { web: { '1.0.0': 90, '1.0.1': 30 }, db: { '2.0.0': 90 } } } },
    projects: (charts) => [{ ci: 'success', pipelinesMustSucceed: true, ...project, files: files(charts) }],
  });
  return { sandbox, cwd: (await runRunner(sandbox, ['plan'], { config })).cwd };
}
