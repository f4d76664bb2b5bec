import type { ExitMeaning } from '../../src/program/command.ts';

export const COULD_NOT_REACH: readonly ExitMeaning[] = [
  { code: 2, meaning: 'wrong usage, a fault in the configuration, or no token' },
  { code: 3, meaning: 'could not run: GitLab refused or did not answer' },
];

export const TABLE_AND_JSON = [
  { name: 'table', description: 'for people' },
  { name: 'json', description: 'one document' },
] as const;
