import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../src/cli/bin.ts', import.meta.url));

it.each<[string, string[], number, RegExp, RegExp]>([
  ['answers on stdout', ['--version'], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
  ['diagnostics on stderr', ['nonsense'], 2, /^$/, /^error\[usage\]: there is no command "nonsense"\n/],
])('%s', (_name, argv, exit, stdout, stderr) => {
  const result = spawnSync(process.execPath, [bin, ...argv], { encoding: 'utf8' });
  expect(result.status).toBe(exit);
  expect(result.stdout).toMatch(stdout);
  expect(result.stderr).toMatch(stderr);
});
