export default {
  moduleNameMapper: { '^renovate-yaml$': 'yaml' },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/jest-transform.mjs' },
  // Builds swap dist/ while jest looks around.
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/examples', '<rootDir>/test/fixtures'],
  watchPathIgnorePatterns: ['<rootDir>/dist'],
  testTimeout: 30_000,
  globalSetup: '<rootDir>/test/support/git-process/setup.mjs',
  globalTeardown: '<rootDir>/test/support/git-process/teardown.mjs',
  // the longest tests wait for Renovate's start, git and registries as much as they compute
  maxWorkers: 2,
};
