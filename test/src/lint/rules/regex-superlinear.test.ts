import { regexSuperlinear } from '../../../../src/lint/rules/regex-superlinear.ts';
import { testRule, type Case, type RejectCase } from '../harness.ts';

function given(name: string, regex: string, customType = 'regex'): Case {
  return { name, documents: { 'renovate.json': JSON.stringify({ customManagers: [{ customType, matchStrings: [regex] }] }) } };
}

function exponential(name: string, regex: string, part: string, remedy: string): RejectCase {
  const message = `renovate.json:1:59 warning ${part} can match one text in many ways, and RegExp, which Renovate uses where RE2 is missing, tries them all where what follows does not fit: their number doubles with each round`;
  return { ...given(name, regex), findings: [message], remedies: [remedy] };
}

testRule(regexSuperlinear, {
  accept: [
    given('white space and a lazy text', 'chart:\\s*(?<depName>.*?)\\s+version:\\s*(?<currentValue>\\S+)\\s'),
    given('any text', 'chart: (?<depName>\\S+)[\\s\\S]*?version: (?<currentValue>\\S+)'),
    given('whole lines', 'chart: (?<depName>\\S+)\\n(?:[^\\n]*\\n)*?\\s*version: (?<currentValue>\\S+)'),
    given('whole lines, counted', 'chart: (?<depName>\\S+)\\n(?:[^\\n]*\\n){0,15}?\\s*version: (?<currentValue>\\S+)'),
    given('named lines', 'chart: (?<depName>\\S+)\\n(?:[ \\t]+(?:repoURL|path):[^\\n]*\\n)*[ \\t]+version: (?<currentValue>\\S+)'),
    given('rounds that begin with a character of their own', '(?<depName>[\\w-]+(?:/[\\w-]+)*): (?<currentValue>\\S+)'),
    given('a loop at the end, which has nothing that could fail', 'version: (?<currentValue>(?:\\d+\\.?)+)'),
    given('an optional rest behind the loop', 'version: (?<currentValue>(?:\\d+\\.?)+)\\s*(?:#.*)?'),
    given('loops inside of a counted one', '(?:.*\\n?){3}x'),
    given('rounds of one length', '(?:[0-9a-f]{2}){3,}x(?<currentValue>\\d)'),
    given('words apart', '(?:\\b\\w+\\b\\s*)*:'),
    given('a regex that RE2 refuses, which has its own rule', '(a+)+(?=b)'),
    given('a regex that RegExp refuses, which never runs on it', '(?i)(a+)+b'),
    given('a query', '(a+)+b', 'jsonata'),
    given('more than can be judged', '(?:a{0,1000}b{0,1000}c{0,1000})*d'),
    { name: 'a glob', documents: { 'renovate.json': '{ "argocd": { "managerFilePatterns": ["(a+)+b"] } }' } },
  ],
  reject: [
    exponential('a loop in a loop', 'x(a+)+y(?<currentValue>\\d)', '(a+)+', 'Let each round begin'),
    exponential('a loop in a loop at the end of the text', '(?<currentValue>(?:\\d+\\.?)+)$', '(?:\\d+\\.?)+', 'Let each round begin'),
    exponential('an optional divider', '(?<depName>(?:[\\w-]+/?)+): (?<currentValue>\\S+)', '(?:[\\w-]+/?)+', '(?:[^/]+/)*[^/]+'),
    exponential('a divider that stands inside too', '(?<depName>[^\\s:]+(?:/[^\\s:]+)*): (?<currentValue>\\S+)', '(?:/[^\\s:]+)*', 'Let each round begin'),
    exponential('two sets with common characters', 'chart: (?<depName>\\S+)(?:.|\\s)*?version: (?<currentValue>\\S+)', '(?:.|\\s)*?', 'Write [\\s\\S]*?'),
    exponential('lines whose indentation two parts can take', 'chart: (?<depName>\\S+)(?:\\n\\s+.*)*?\\n\\s+version: (?<currentValue>\\S+)', '(?:\\n\\s+.*)*?', 'Let each line have one way'),
    exponential('lines whose end may be missing', '(?:.+\\n?)+?version: (?<currentValue>\\S+)', '(?:.+\\n?)+?', 'Let each line have one way'),
    exponential('equal alternatives', '(?:ab|a|b)*c(?<currentValue>\\d)', '(?:ab|a|b)*', 'Let each round begin'),
    exponential('rounds of several lengths', '(?:[0-9a-f]{2,3})*x(?<currentValue>\\d)', '(?:[0-9a-f]{2,3})*', 'Let each round begin'),
    { name: 'a file pattern', documents: { 'renovate.json': '{ "argocd": { "managerFilePatterns": ["/^(?:[^/]+/?)+app/"] } }' }, findings: [expect.stringContaining('renovate.json:1:40 warning (?:[^/]+/?)+ can match') as unknown as string], remedies: ['(?:[^/]+/)*[^/]+'] },
  ],
});
