import type { UpdateType } from '../../src/renovate/types.ts';

/** One chart with one newer release: where it comes from, what it goes to, and how old that is. */
export interface Bump {
  /** Chart, Application and file. */
  readonly name: string;
  /** `image`: in the helm values of an Application whose chart is up to date. */
  readonly kind: 'helm' | 'oci' | 'git' | 'image';
  readonly current: string;
  readonly next: string;
  /** In days; null where the registry has no dates. */
  readonly age: number | null;
  /** Null for what is no update: a pre-release of what is stable. */
  readonly type: UpdateType | null;
}

/** A digest that no manifest has. */
export const OUTDATED = `sha256:${'0'.repeat(64)}`;

const OLD = 60;
const YOUNG = 0.1;

export const BUMPS: readonly Bump[] = [
  { name: 'patch-old', kind: 'helm', current: '1.4.0', next: '1.4.1', age: OLD, type: 'patch' },
  { name: 'patch-young', kind: 'helm', current: '1.4.0', next: '1.4.1', age: YOUNG, type: 'patch' },
  { name: 'minor-old', kind: 'helm', current: '1.4.0', next: '1.5.0', age: OLD, type: 'minor' },
  { name: 'minor-young', kind: 'helm', current: '1.4.0', next: '1.5.0', age: YOUNG, type: 'minor' },
  { name: 'major-old', kind: 'helm', current: '1.4.0', next: '2.0.0', age: OLD, type: 'major' },
  { name: 'zero-patch', kind: 'helm', current: '0.4.0', next: '0.4.1', age: OLD, type: 'patch' },
  { name: 'zero-minor', kind: 'helm', current: '0.4.0', next: '0.5.0', age: OLD, type: 'minor' },
  { name: 'zero-major', kind: 'helm', current: '0.4.0', next: '1.0.0', age: OLD, type: 'major' },
  { name: 'calver-minor', kind: 'helm', current: '2025.6.1', next: '2025.7.0', age: OLD, type: 'minor' },
  { name: 'calver-major', kind: 'helm', current: '2025.6.1', next: '2026.1.0', age: OLD, type: 'major' },
  { name: 'prerelease', kind: 'helm', current: '1.4.0', next: '1.5.0-rc.1', age: OLD, type: null },
  { name: 'oci-patch', kind: 'oci', current: '6.0.0', next: '6.0.1', age: null, type: 'patch' },
  { name: 'oci-minor', kind: 'oci', current: '6.0.0', next: '6.1.0', age: null, type: 'minor' },
  { name: 'oci-major', kind: 'oci', current: '6.0.0', next: '7.0.0', age: null, type: 'major' },
  { name: 'oci-zero-minor', kind: 'oci', current: '0.6.0', next: '0.7.0', age: null, type: 'minor' },
  { name: 'oci-prerelease', kind: 'oci', current: '6.0.0', next: '6.1.0-rc.1', age: null, type: null },
  { name: 'git-patch', kind: 'git', current: 'v1.4.0', next: 'v1.4.1', age: null, type: 'patch' },
  // the tag stays, what it stands for changes
  { name: 'digest', kind: 'image', current: `6.0.0@${OUTDATED}`, next: '6.0.0', age: null, type: 'digest' },
  { name: 'image-patch', kind: 'image', current: '6.0.0', next: '6.0.1', age: null, type: 'patch' },
  { name: 'git-minor', kind: 'git', current: 'v1.4.0', next: 'v1.5.0', age: null, type: 'minor' },
];
