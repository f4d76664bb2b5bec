import { regexZeroLength } from '../../../../src/lint/rules/regex-zero-length.ts';
import { run, testRule, type Case } from '../harness.ts';

function given(name: string, regex: string): Case {
  return { name, documents: { 'renovate.json': `{\n  "customManagers": [\n    { "matchStrings": [${JSON.stringify(regex)}] }\n  ]\n}` }, runs: [run()] };
}

const message = 'renovate.json:3:25 error customManagers[0] (custom.regex): this regex can match the empty string, and after such a match Renovate finds nothing more in the file';
const remedies = ['Let it demand at least one character'];

testRule(regexZeroLength, {
  accept: [
    given('a regex that demands characters', 'version: (?<currentValue>\\S*)'),
    given('an optional part beside others', '(?:# .*\\n)?version: (?<currentValue>\\S+)'),
    given('a regex that RE2 refuses, which has its own rule', '(?=a)'),
    { ...given('a query', '$'), runs: [run({ manager: 'custom.jsonata' })] },
    { name: 'a manager without regexes', documents: { 'renovate.json': '{ "customManagers": [{}] }' }, runs: [run()] },
  ],
  reject: [
    { ...given('all optional', '(?:version: (?<currentValue>\\S+))?'), findings: [message], remedies },
    { ...given('a star', '(?<currentValue>\\d*)'), findings: [message], remedies },
    { ...given('an empty alternative', 'version: (?<currentValue>\\S+)|'), findings: [message], remedies },
    { ...given('a boundary only', '\\b(?<currentValue>\\d*)'), findings: [message], remedies },
    { ...given('the end of a line', '(?m)$'), findings: [message], remedies },
  ],
});
