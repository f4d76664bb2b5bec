import { objectsIn } from '../../base/config-walk.ts';
import type { Document, Draft, Rule } from '../rule.ts';

export const automergeStrategyIgnored: Rule = {
  name: 'automerge-strategy-ignored',
  severity: 'info',
  summary: 'An automergeStrategy has no say on GitLab, where the project\'s merge method counts',
  fixable: false,
  check: ({ files, documents }) => (files.includes('.gitlab-ci.yml') ? documents.flatMap(draftsOf) : []),
};

/** The option's supportedPlatforms are azure, bitbucket, forgejo, gitea and github (config/options/index.js, 44.121.2). */
function draftsOf({ source, value }: Document): Draft[] {
  return [...objectsIn(value)].flatMap(({ fields, path }): Draft[] => {
    const strategy = fields['automergeStrategy'];
    if (typeof strategy !== 'string' || strategy === 'auto') return [];
    return [
      {
        message: `automergeStrategy ${JSON.stringify(strategy)} is ignored on GitLab: Renovate does not pass it on`,
        remedy: 'Delete it, and choose the merge method and squashing in the project\'s settings, under "Merge requests".',
        target: { kind: 'config', source, path: [...path, 'automergeStrategy'] },
        data: { strategy },
      },
    ];
  });
}
