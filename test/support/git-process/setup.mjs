// Jest's globalSetup: where the workers and their git processes meet.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup() {
  process.env.RENOVATE_ARGOCD_TEST_GIT = mkdtempSync(join(tmpdir(), 'renovate-argocd-git-'));
}
