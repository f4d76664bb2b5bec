import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployed, startCluster, type Cluster } from './support/cluster.ts';

/** The way by SSH, with a stand-in for ssh that writes down what it is asked and gives it to git on this machine. */
const URL = 'git@gitlab.example.com:platform/cluster-config.git';
const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----';

let cluster: Cluster;
beforeEach(async () => {
  cluster = await startCluster();
});
afterEach(() => cluster.close());

/** @param then what it does after its notes */
function standIn(then = `case "$command" in git-upload-pack*) exec git upload-pack ${cluster.repository};; *) exec git receive-pack ${cluster.repository};; esac`): string {
  const bin = join(cluster.folder, 'bin');
  mkdirSync(bin);
  const log = join(cluster.folder, 'asked');
  writeFileSync(join(bin, 'ssh'), `#!/bin/sh\nfor word in "$@"; do command="$word"; case "$before" in -i) mode=$(stat -c %a "$word"); ends=$(tail -c 1 "$word" | wc -l);; esac; before="$word"; done\n{ for word in "$@"; do printf '%s\\n' "$word"; done; echo "mode $mode ends $ends agent $SSH_AUTH_SOCK token $RENOVATE_ARGOCD_DEPLOY_TOKEN"; echo; } >> '${log}'\n${then}\n`, { mode: 0o755 });
  return bin;
}

async function bySsh(argv: readonly string[], env: Readonly<Record<string, string>> = {}, then?: string): Promise<{ exit: number; stdout: string; stderr: string; asked: string[] }> {
  const bin = standIn(then);
  const outcome = await deployed(cluster, 8, ['--cluster', URL, ...argv], { PATH: `${bin}:${process.env['PATH']!}`, ...env });
  return { ...outcome, asked: readFileSync(join(cluster.folder, 'asked'), 'utf8').split('\n\n').filter((one) => one !== '') };
}

it("with a deploy key as GitLab's file variable has it, and only the hosts that are named", async () => {
  writeFileSync(join(cluster.folder, 'key file'), KEY.replaceAll('\n', '\r\n'), { mode: 0o666 });
  writeFileSync(join(cluster.folder, "known 'hosts'"), 'gitlab.example.com ssh-ed25519 AAAA\n');
  const { exit, stdout, asked } = await bySsh(['--ssh-key', 'key file', '--known-hosts', "known 'hosts'"], { SSH_AUTH_SOCK: '/run/agent' });
  expect([exit, stdout]).toEqual([0, expect.stringContaining('https://gitlab.example.com/platform/cluster-config/-/commit/')]);
  const words = asked[0]!.split('\n');
  expect(words.slice(0, 16).filter((word) => !word.endsWith('/deploy-key'))).toEqual([
    '-F', '/dev/null', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes', '-o', 'ConnectTimeout=30',
    '-o', `UserKnownHostsFile="${join(cluster.folder, "known 'hosts'")}"`, '-o', 'GlobalKnownHostsFile=/dev/null', '-o', 'IdentitiesOnly=yes', '-o', 'IdentityAgent=none',
  ]);
  expect(asked.map((one) => one.split('\n').at(-1))).toEqual(asked.map(() => expect.stringMatching(/^mode 600 ends 1 agent \/run\/agent token $/)));
  expect(words.slice(-3, -1)).toEqual(['git@gitlab.example.com', "git-upload-pack 'platform/cluster-config.git'"]);
});

it('a key that ssh takes as it lies is not copied', async () => {
  const key = join(cluster.folder, 'key');
  writeFileSync(key, `${KEY}\n`, { mode: 0o600 });
  const { exit, asked } = await bySsh([], { RENOVATE_ARGOCD_DEPLOY_KEY: key });
  expect([exit, asked[0]!.split('\n')]).toEqual([0, expect.arrayContaining(['-i', key])]);
});

it("with an agent's keys and the machine's known hosts", async () => {
  const { exit, asked } = await bySsh([], { SSH_AUTH_SOCK: '/run/agent' });
  expect([exit, asked[0]]).toEqual([0, expect.not.stringMatching(/^-i$|IdentitiesOnly|UserKnownHosts/m)]);
  expect(asked[0]).toContain('agent /run/agent');
});

it('with a command of their own, as it is', async () => {
  const { exit, asked } = await bySsh([], { GIT_SSH_COMMAND: 'ssh -o Port=2222' });
  expect([exit, asked[0]!.split('\n').slice(0, 2), asked[0]!.includes('BatchMode')]).toEqual([0, ['-o', 'Port=2222'], false]);
});

it.each([
  ['git@gitlab.example.com: Permission denied (publickey).', 'cluster-unauthorised', 'does not take the SSH key'],
  ['Host key verification failed.', 'cluster-unauthorised', '--known-hosts'],
  ['remote: ERROR: This deploy key does not have write access to this project.', 'cluster-forbidden', 'with this key'],
  ['ERROR: The project you were looking for could not be found or you don\'t have permission to view it.', 'cluster-missing', 'no repository git@gitlab.example.com'],
  ['ssh: Could not resolve hostname gitlab.example.com: Name or service not known', 'cluster-unreachable', 'cannot be reached'],
])('%s', async (said, code, says) => {
  const head = cluster.head();
  const { exit, stderr } = await bySsh(['--retries', '0'], {}, `echo ${JSON.stringify(said)} >&2; exit 128`);
  expect([exit, stderr, cluster.head()]).toEqual([3, expect.stringContaining(`error[${code}]`), head]);
  expect(stderr).toContain(says);
});
