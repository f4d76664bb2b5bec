/** What `matchUpdateTypes` may name: the option's allowedValues (config/options/index.js, 44.121.2), which Renovate's validation does not look at. */
export const MATCHED_UPDATE_TYPES: readonly string[] = ['major', 'minor', 'patch', 'pin', 'pinDigest', 'digest', 'lockFileMaintenance', 'rollback', 'bump', 'replacement'];

/** Blocks of a package rule that Renovate turns into rules of their own, with matchUpdateTypes (config/massage.js, 44.121.2). */
export const RULE_BLOCKS: readonly string[] = ['major', 'minor', 'patch', 'pin', 'digest', 'rollback'];
