import type { CoveredPin } from '../../coverage/coverage.ts';
import type { PinKind } from '../../pins/pin.ts';
import { pinName, type Rule } from '../rule.ts';

export const pinFloating: Rule = {
  name: 'pin-floating',
  severity: 'warning',
  summary: 'A range, a branch, HEAD or latest: what is deployed can change without a commit',
  fixable: false,
  check: (model) =>
    model.pins
      .filter(isFloating)
      .map((pin) => ({
        // Following a branch of one's own repository is a way of working, and so is offering `latest` beside other versions; a floating chart or
        // image is an update nobody reviewed.
        severity: pin.kind === 'git' || pin.offered === true ? 'info' : 'warning',
        message: `${pin.value} of ${pinName(pin)} is ${what(pin)}: what it deploys can change without a commit`,
        remedy: remedyFor(pin),
        target: { kind: 'pin', pin },
        data: { kind: pin.kind, name: pin.name, value: pin.value },
      })),
};

/** A branch or a moving tag has no next version, so Renovate leaves it alone; what else is ignored was switched off on purpose. */
function isFloating(pin: CoveredPin): boolean {
  return pin.floating && (pin.status !== 'ignored' || pin.reason === 'floating');
}

/** A tag of an OCIRepository is taken as it is; what a HelmRelease says is a range of versions. */
function what({ kind, value }: CoveredPin): string {
  if (kind === 'oci' && /^[A-Za-z]{2}/.test(value)) return WHAT.image;
  return kind === 'git' && isRange(value) ? WHAT.helm : WHAT[kind];
}

/** `ref.semver` of a GitRepository; no git revision has such characters in it (git-check-ref-format). */
function isRange(value: string): boolean {
  return /[~^*]|^[<>=]|^v?\d+(?:\.\d+)?\.x$/.test(value);
}

const WHAT: Record<PinKind, string> = {
  helm: 'a range, not a version',
  oci: 'a range, not a version',
  git: 'a branch, not a tag',
  image: 'a tag that moves',
};

function remedyFor(pin: CoveredPin): string {
  if (pin.kind === 'git') return 'Write a tag if changes there should wait for a merge request here; for your own repository a branch may be what you want.';
  return 'Write the exact version that is deployed now: then each update is a merge request that can be read and reverted.';
}
