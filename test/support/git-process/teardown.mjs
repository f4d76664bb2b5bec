// Jest's globalTeardown. The processes end with their workers.
import { rmSync } from 'node:fs';

export default function teardown() {
  rmSync(process.env.RENOVATE_ARGOCD_TEST_GIT, { recursive: true, force: true });
}
