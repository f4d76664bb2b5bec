import { regexNotRe2 } from '../../../../src/lint/rules/regex-not-re2.ts';
import { testRule } from '../harness.ts';

function manager(matchString: string, customType = 'regex'): Record<string, string> {
  return { 'renovate.json': JSON.stringify({ customManagers: [{ customType, matchStrings: [matchString] }] }) };
}

testRule(regexNotRe2, {
  accept: [
    { name: 'a named group', documents: manager('version: (?<currentValue>\\S+)') },
    { name: 'an inline flag, which only JavaScript refuses', documents: manager('(?i)version: (?<currentValue>\\S+)') },
    { name: 'a POSIX class, which only JavaScript refuses', documents: manager('[[:alpha:]]+') },
    { name: 'an escaped slash', documents: manager('https:\\/\\/x') },
    { name: 'a JSONata query, which is no regex', documents: manager('$map(x, function($v) { a(?=b) })', 'jsonata') },
    { name: 'a glob with look-around characters', documents: { 'renovate.json': '{ "packageRules": [{ "matchPackageNames": ["a(?=b)"] }] }' } },
    { name: 'a lone star of the old options, which means anything', documents: { 'renovate.json': '{ "packageRules": [{ "matchPackagePatterns": ["*"] }] }' } },
    { name: 'text that only looks like a regex', documents: { 'renovate.json': '{ "prBodyNotes": ["/a(?=b)/"] }' } },
  ],
  reject: [
    {
      name: 'a look-ahead',
      documents: manager('a(?=b)'),
      findings: ['renovate.json:1:59 error RE2 refuses this regex: invalid or unsupported Perl syntax: `(?=`'],
      remedies: ['without look-around'],
    },
    {
      name: 'a back-reference',
      documents: manager('(a)\\1'),
      findings: ['renovate.json:1:59 error RE2 refuses this regex: invalid escape sequence: `\\1`'],
      remedies: ['without back-references'],
    },
    {
      name: 'one group name twice',
      documents: manager('(?<depName>a)|(?<depName>b)'),
      findings: ['renovate.json:1:59 error RE2 refuses this regex: duplicate capture group name: `depName`'],
      remedies: ['may stand only once'],
    },
    {
      name: 'a high count',
      documents: manager('a{1001}'),
      findings: ['renovate.json:1:59 error RE2 refuses this regex: invalid repeat count: `{1001}`'],
      remedies: ['1,000 at most'],
    },
    {
      name: 'a file pattern, which becomes a glob without a word',
      documents: { 'renovate.json': '{ "argocd": { "managerFilePatterns": ["/a(?!b)/"] } }' },
      findings: ['renovate.json:1:40 error RE2 refuses this regex: invalid or unsupported Perl syntax: `(?!`'],
      remedies: ['without look-around'],
    },
    {
      name: 'a package rule in a preset',
      documents: { 'renovate.json': '{}', 'shared.json': '{ "packageRules": [{ "matchPackageNames": ["x", "!/a(?<!b)/"], "allowedVersions": "/(?=1)/" }] }' },
      findings: [
        'shared.json:1:50 error RE2 refuses this regex: invalid named capture: `(?<!b)`',
        'shared.json:1:84 error RE2 refuses this regex: invalid or unsupported Perl syntax: `(?=`',
      ],
      remedies: ['without look-around', 'without look-around'],
    },
  ],
});
