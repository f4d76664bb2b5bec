// Ratios, measured in one run on generated repositories: how `check`, `pins` and `explain` compare with Renovate itself and with plain YAML parsing.
// Usage: npm run bench [-- --quick]. Absolute times depend on the machine and are printed for orientation only; the ratios are judged.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const quick = process.argv.includes('--quick');
const bin = join(project, 'bin/renovate-argocd.js');
const renovate = join(project, 'node_modules/.bin/renovate');
const validator = join(project, 'node_modules/.bin/renovate-config-validator');
const work = mkdtempSync(join(tmpdir(), 'renovate-argocd-bench-'));

/** What teams write for one application: forty lines, a literal chart, some helm values, a templated destination. */
function childApp(i) {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: app-${i}
  namespace: argocd
  annotations:
    argocd.argoproj.io/sync-wave: "${i % 7}"
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: default
  source:
    repoURL: https://charts.example.org/group-${i % 40}
    chart: chart-${i}
    targetRevision: ${1 + (i % 9)}.${i % 30}.${i % 17}
    helm:
      values: |
        replicaCount: ${1 + (i % 4)}
        ingress:
          enabled: true
          className: nginx
          hosts:
            - host: app-${i}.example.org
              paths:
                - path: /
                  pathType: Prefix
        resources:
          requests:
            cpu: 100m
            memory: 128Mi
  destination:
    server: https://kubernetes.default.svc
    namespace: app-${i}
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - CreateNamespace=true
`;
}

function generate(count) {
  const folder = join(work, `apps-${count}`);
  mkdirSync(join(folder, 'applications/templates'), { recursive: true });
  writeFileSync(join(folder, 'applications/Chart.yaml'), 'apiVersion: v2\nname: applications\nversion: 1.0.0\n');
  for (let i = 0; i < count; i += 1) writeFileSync(join(folder, `applications/templates/app-${i}.yaml`), childApp(i));
  writeFileSync(join(folder, 'renovate.json'), JSON.stringify({ extends: ['local>platform/renovate-argocd'] }));
  execFileSync('git', ['init', '-q'], { cwd: folder });
  execFileSync('git', ['add', '-A'], { cwd: folder });
  execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org', 'commit', '-qm', 'bench'], { cwd: folder });
  return folder;
}

/** The real Renovate's local platform has no local> presets: for it the same config is written out. */
function writtenOut(folder, run) {
  const file = join(folder, 'renovate.json');
  const extending = readFileSync(file);
  writeFileSync(file, readFileSync(join(project, 'default.json')));
  try {
    return run();
  } finally {
    writeFileSync(file, extending);
  }
}

/** Seconds and peak memory in MB of one command; the best of `runs`. */
function measure(command, args, cwd, runs = 3, env = {}) {
  let best = { seconds: Infinity, megabytes: 0 };
  for (let i = 0; i < runs; i += 1) {
    const began = performance.now();
    const out = spawnSync(process.execPath, ['--import', join(project, 'scripts/peak-memory.mjs'), command, ...args], {
      cwd, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1', RENOVATE_X_IGNORE_RE2: '1', PEAK_FILE: join(work, 'peak'), ...env },
    });
    const seconds = (performance.now() - began) / 1000;
    if (out.status === null || out.status > 1) throw new Error(`${command} ${args.join(' ')}: exit ${out.status}\n${out.stderr.slice(0, 2000)}`);
    if (seconds < best.seconds) best = { seconds, megabytes: Number(readFileSync(join(work, 'peak'), 'utf8')) };
  }
  return best;
}

const check = (folder, runs) => measure(bin, ['check', '.', '--format', 'json', '--output', join(work, 'out.json')], folder, runs);
const pins = (folder, runs) => measure(bin, ['pins', '.', '--format', 'json', '--output', join(work, 'out.json')], folder, runs);
const explain = (folder, runs) => measure(bin, ['explain', '.', '--format', 'json', '--output', join(work, 'out.json')], folder, runs);
const extract = (folder, runs) => writtenOut(folder, () => measure(renovate, ['--platform=local', '--dry-run=extract'], folder, runs, { LOG_LEVEL: 'fatal', NODE_NO_WARNINGS: '1' }));
const yamlParse = (folder, runs) => measure(join(project, 'scripts/yaml-parse.mjs'), [folder], folder, runs);
const validate = (folder, runs) => measure(validator, ['--no-global', 'renovate.json'], folder, runs, { LOG_LEVEL: 'fatal' });

const rows = [];
function judge(name, value, limit, unit = '') {
  const ok = value <= limit;
  rows.push({ name, value, limit, ok });
  console.log(`${ok ? 'ok  ' : 'MISS'}  ${name.padEnd(74)} ${value.toFixed(2)}${unit} (limit ${limit})`);
}

try {
  const runs = quick ? 1 : 3;
  const small = generate(20);
  const medium = generate(2000);
  const c20 = check(small, runs);
  const e20 = extract(small, runs);
  const v20 = validate(small, runs);
  const c2000 = check(medium, runs);
  const p2000 = pins(medium, runs);
  const x2000 = explain(medium, runs);
  const e2000 = extract(medium, runs);
  const y20 = yamlParse(small, runs);
  const y2000 = yamlParse(medium, runs);
  const show = (name, m) => console.log(`      ${name.padEnd(74)} ${m.seconds.toFixed(2)} s, ${m.megabytes.toFixed(0)} MB`);
  for (const [name, m] of Object.entries({ 'check, 20': c20, 'renovate extract, 20': e20, 'renovate-config-validator': v20, 'check, 2,000': c2000, 'pins, 2,000': p2000, 'explain, 2,000': x2000, 'renovate extract, 2,000': e2000, 'yaml parse, 2,000': y2000 })) show(name, m);
  judge('check on 20 apps / renovate extract', c20.seconds / e20.seconds, 1 / 3);
  judge('check on 20 apps / renovate-config-validator', c20.seconds / v20.seconds, 1);
  judge('check on 2,000 apps / renovate extract', c2000.seconds / e2000.seconds, 1 / 2.5);
  judge('cost per further file / reading and parsing it with yaml', (c2000.seconds - c20.seconds) / (y2000.seconds - y20.seconds), 2);
  judge('check / pins on 2,000 apps', c2000.seconds / p2000.seconds, 1.3);
  judge('explain / check on 2,000 apps', x2000.seconds / c2000.seconds, 2);
  judge('peak memory on 2,000 apps / renovate extract', c2000.megabytes / e2000.megabytes, 1);
  if (!quick) {
    const large = generate(10_000);
    const c10000 = check(large, 1);
    show('check, 10,000', c10000);
    judge('growth from 2,000 to 10,000 apps / growth of files', (c10000.seconds - c20.seconds) / (c2000.seconds - c20.seconds) / 5, 1.1);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = rows.every((row) => row.ok) ? 0 : 1;
