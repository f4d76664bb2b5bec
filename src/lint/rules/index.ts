import type { Rule } from '../rule.ts';
import { configInvalid } from './config-invalid.ts';
import { managerNoFile } from './manager-no-file.ts';
import { managerNoMatch } from './manager-no-match.ts';
import { pinDuplicate } from './pin-duplicate.ts';
import { pinFloating } from './pin-floating.ts';
import { pinMismatch } from './pin-mismatch.ts';
import { pinUnmanaged } from './pin-unmanaged.ts';
import { presetMissing } from './preset-missing.ts';
import { regexNotRe2 } from './regex-not-re2.ts';

/** In the order of `rules` and of docs/rules.md: what is wrong with a version first, then what is wrong with the config. */
export const rules: readonly Rule[] = [
  pinUnmanaged,
  pinDuplicate,
  pinMismatch,
  pinFloating,
  managerNoFile,
  managerNoMatch,
  regexNotRe2,
  presetMissing,
  configInvalid,
];
