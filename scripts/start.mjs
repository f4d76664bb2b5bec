// `npm start`: the main job on the example repository, with the few words a newcomer needs: what the validator says of it, then the runner at work on it in an embedded
// GitLab. No token, no network. With a directory: the validator on that.
import { spawnSync } from 'node:child_process';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(project, 'bin/renovate-argocd.js');
const colour = process.stdout.isTTY && !process.env['NO_COLOR'];
const bold = (text) => (colour ? `\u001B[1m${text}\u001B[22m` : text);
const target = process.argv[2] ?? join(project, 'examples/cluster-config');
const shown = relative(process.cwd(), target) || '.';

/** Runs one command as a user would and shows the command line above its output. */
function run(command) {
  console.log(`${bold(`$ renovate-argocd ${command} ${shown}`)}\n`);
  return spawnSync(process.execPath, [bin, command, target], { stdio: 'inherit' }).status;
}

console.log(`
${bold('renovate-argocd')} reads a repository that Argo CD deploys from, twice: once as Argo CD would, to find every place from which a
version is taken, and once as Renovate would, to see which of them it keeps up to date. What the two readings disagree about is a finding.

The example is a small cluster repository with six charts, each kept in another way, and three lines of renovate.json.
`);
run('pins');
console.log();
const status = run('check');
console.log(`
What will happen to the others when a newer version comes out, the policy in those three lines says, and Renovate's own rule engine tells:
`);
run('explain');
console.log(`
metrics-server is left unmanaged on purpose: its version stands alone in values.yaml, so nobody would ever be told about a new one.
Add the comment that the finding proposes (\`check --fix\` would) and run this again. For your own repository:

  ${bold('npm start -- /path/to/your/cluster-repository')}
`);
const sane = status === 1 || status === 0;
const demo = sane && process.argv[2] === undefined ? spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(project, 'scripts/demo.ts')], { stdio: 'inherit' }).status : 0;
process.exitCode = sane ? demo : status;
