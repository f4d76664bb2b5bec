import type { Rule } from '../rule.ts';
import { alertLabelChurn } from './alert-label-churn.ts';
import { alertNeverResolves } from './alert-never-resolves.ts';
import { alertNoMarker } from './alert-no-marker.ts';
import { alertTitleMissing } from './alert-title-missing.ts';
import { alertTitleStatic } from './alert-title-static.ts';
import { alertmanagerCredentialInline } from './alertmanager-credential-inline.ts';
import { alertmanagerRouteDead } from './alertmanager-route-dead.ts';
import { alertmanagerUrlShape } from './alertmanager-url-shape.ts';
import { annotationOrphan } from './annotation-orphan.ts';
import { argocdWithoutPatterns } from './argocd-without-patterns.ts';
import { automergeBranchBypassesReview } from './automerge-branch-bypasses-review.ts';
import { automergePatchNever } from './automerge-patch-never.ts';
import { automergeScheduleIgnored } from './automerge-schedule-ignored.ts';
import { automergeStrategyIgnored } from './automerge-strategy-ignored.ts';
import { automergeWithoutTests } from './automerge-without-tests.ts';
import { configInvalid } from './config-invalid.ts';
import { enabledManagersDrop } from './enabled-managers-drop.ts';
import { managerCapturedSyntax } from './manager-captured-syntax.ts';
import { managerCrossMatch } from './manager-cross-match.ts';
import { managerDroppedMatch } from './manager-dropped-match.ts';
import { managerNoFile } from './manager-no-file.ts';
import { managerNoMatch } from './manager-no-match.ts';
import { managerOverlap } from './manager-overlap.ts';
import { managerUnknownDatasource } from './manager-unknown-datasource.ts';
import { managerUnknownVersioning } from './manager-unknown-versioning.ts';
import { pinDuplicate } from './pin-duplicate.ts';
import { pinFloating } from './pin-floating.ts';
import { pinMismatch } from './pin-mismatch.ts';
import { pinShadowed } from './pin-shadowed.ts';
import { pinUnmanaged } from './pin-unmanaged.ts';
import { presetArgumentMissing } from './preset-argument-missing.ts';
import { presetDuplicate } from './preset-duplicate.ts';
import { presetMissing } from './preset-missing.ts';
import { presetNpmDeprecated } from './preset-npm-deprecated.ts';
import { presetRelativeInRepository } from './preset-relative-in-repository.ts';
import { presetSelfManaged } from './preset-self-managed.ts';
import { presetTagAfterArguments } from './preset-tag-after-arguments.ts';
import { regexEngineDependent } from './regex-engine-dependent.ts';
import { regexNotRe2 } from './regex-not-re2.ts';
import { regexSuperlinear } from './regex-superlinear.ts';
import { regexUnknownGroup } from './regex-unknown-group.ts';
import { regexZeroLength } from './regex-zero-length.ts';
import { releaseAgeInvalid } from './release-age-invalid.ts';
import { releaseAgeNever } from './release-age-never.ts';
import { ruleConflicting } from './rule-conflicting.ts';
import { ruleNeverMatches } from './rule-never-matches.ts';
import { ruleOverridden } from './rule-overridden.ts';
import { ruleUnknownValue } from './rule-unknown-value.ts';
import { scheduleNever } from './schedule-never.ts';
import { secretNotBase64 } from './secret-not-base64.ts';
import { suppressionIdle } from './suppression-idle.ts';
import { versionUnparsable } from './version-unparsable.ts';
import { writeBackAmbiguous } from './write-back-ambiguous.ts';

/** In the order of `rules` and of docs/rules.md: what is wrong with a version, with a manager, a regex, a preset, a package rule, with merging and timing; then with alerts, which make incidents of failed deployments. */
export const rules: readonly Rule[] = [
  pinUnmanaged,
  pinDuplicate,
  pinMismatch,
  pinShadowed,
  pinFloating,
  versionUnparsable,
  annotationOrphan,
  writeBackAmbiguous,
  managerNoFile,
  managerNoMatch,
  managerDroppedMatch,
  managerCrossMatch,
  managerCapturedSyntax,
  managerOverlap,
  managerUnknownDatasource,
  managerUnknownVersioning,
  argocdWithoutPatterns,
  enabledManagersDrop,
  regexNotRe2,
  regexEngineDependent,
  regexSuperlinear,
  regexZeroLength,
  regexUnknownGroup,
  presetMissing,
  presetTagAfterArguments,
  presetRelativeInRepository,
  presetSelfManaged,
  presetNpmDeprecated,
  presetArgumentMissing,
  presetDuplicate,
  ruleNeverMatches,
  ruleOverridden,
  ruleUnknownValue,
  ruleConflicting,
  automergePatchNever,
  automergeWithoutTests,
  automergeScheduleIgnored,
  automergeStrategyIgnored,
  automergeBranchBypassesReview,
  releaseAgeInvalid,
  releaseAgeNever,
  scheduleNever,
  configInvalid,
  alertTitleStatic,
  alertTitleMissing,
  alertNoMarker,
  alertLabelChurn,
  alertNeverResolves,
  alertmanagerRouteDead,
  alertmanagerUrlShape,
  alertmanagerCredentialInline,
  secretNotBase64,
  suppressionIdle,
];
