import { regexEngineDependent } from '../../../../src/lint/rules/regex-engine-dependent.ts';
import { dependency, run, testRule, type Case } from '../harness.ts';

function given(name: string, regex: string | readonly string[], text: string, more = ''): Case {
  const regexes = [regex].flat();
  return {
    name,
    texts: { 'values.yaml': text },
    documents: { 'renovate.json': `{\n  "customManagers": [\n    { "matchStrings": ${JSON.stringify(regexes)}${more} }\n  ]\n}` },
    runs: [run({ matchStrings: regexes, matchedFiles: ['values.yaml'] })],
  };
}

function pattern(name: string, written: string): Case {
  return { name, documents: { 'renovate.json': `{ "argocd": { "managerFilePatterns": [${JSON.stringify(written)}] } }` } };
}

const crlf = 'a: 1.0.0\r\nb: 2.0.0\r\n';
const subject = 'renovate.json:3:25 warning';
const label = `${subject} customManagers[0] (custom.regex): for`;
const whole = '(?<depName>\\w): (?<currentValue>.*)';
const nbsp = 'a:\u00a01.0.0\n';

testRule(regexEngineDependent, {
  accept: [
    given('lines that end with LF', whole, 'a: 1.0.0\nb: 2.0.0\n'),
    given('a dot that takes no line end', '(?<depName>\\w): (?<currentValue>[0-9.]+).*', crlf),
    given('a lazy dot before white space', '(?<depName>\\w): (?<currentValue>.*?)\\s*\\n', crlf),
    given('a dot in a class, and an escaped one', '(?<depName>\\w): (?<currentValue>[.\\d]+\\.\\d)', crlf),
    given('a dot that is to take line ends', '(?<depName>a): (?<currentValue>(?s:.)+)', crlf),
    given('white space as RE2 has it', '(?<depName>\\w):\\s+(?<currentValue>\\S+)', 'a:\t1.0.0\n'),
    given('a no-break space that is not matched', '(?<depName>\\w): (?<currentValue>\\S+)', 'a: 1.0.0\n# \u00a0\n'),
    given('a regex that RE2 refuses, which has its own rule', '(?<currentValue>.*)(?=x)', crlf),
    given('flags for a part', '(?i:chart): (?<currentValue>\\d)', crlf),
    { ...given('what manager-captured-syntax reports', whole, crlf), runs: [run({ matchedFiles: ['values.yaml'], dependencies: [dependency({ currentValue: '1.0.0\r' })] })] },
    { ...given('a query', '(?i)x', crlf, ', "customType": "jsonata"'), runs: [run({ manager: 'custom.jsonata', matchedFiles: ['values.yaml'] })] },
    pattern('a file pattern that both read', '/^apps\\/.+\\.yaml$/'),
    pattern('a glob', 'apps/[[:alpha:]]'),
  ],
  reject: [
    { ...given('a dot at the end of a CRLF line', whole, crlf), findings: [`${label} currentValue this regex captures "1.0.0\\r" with RE2 and "1.0.0" with RegExp (values.yaml:1)`], remedies: ['write [^\\r\\n] for it'] },
    { ...given('a dot that must come to the line feed', 'x|(?<depName>b): (?<currentValue>.*)\\n', crlf), findings: [`${label} currentValue this regex captures "2.0.0\\r" with RE2 and nothing with RegExp (values.yaml:2)`], remedies: ['\\r?\\n'] },
    { ...given('a no-break space', '(?<depName>\\w):\\s(?<currentValue>\\S+)', nbsp), findings: [`${label} currentValue this regex captures nothing with RE2 and "1.0.0" with RegExp (values.yaml:1)`], remedies: ['replace the no-break space'] },
    { ...given('a no-break space in a class', '(?<depName>\\w):(?<currentValue>[^\\s]+)', nbsp), findings: [`${label} currentValue this regex captures "\u00a01.0.0" with RE2 and nothing with RegExp (values.yaml:1)`], remedies: ['replace the no-break space'] },
    {
      ...given('the regex among several', ['(?<depName>x)', whole], crlf),
      findings: ['renovate.json:3:41 warning customManagers[0] (custom.regex): for currentValue this regex captures "1.0.0\\r" with RE2 and "1.0.0" with RegExp (values.yaml:1)'],
      remedies: ['write [^\\r\\n] for it'],
    },
    {
      ...given('a regex inside the matches of another', ['b:[\\s\\S]*', 'b: (?<currentValue>.*)'], crlf, ', "matchStringsStrategy": "recursive"'),
      findings: ['renovate.json:3:23 warning customManagers[0] (custom.regex): for currentValue this regex captures "2.0.0\\r" with RE2 and "2.0.0" with RegExp (values.yaml:2)'],
      remedies: ['write [^\\r\\n] for it'],
    },
    { ...given('flags for the whole', '(?i)chart: (?<currentValue>\\d)', ''), findings: [`${subject} RE2 accepts this regex, RegExp refuses it (invalid group): without RE2 Renovate stops at the whole repository`], remedies: ['Write (?i:…)'] },
    { ...given('a named group of Python', '(?P<currentValue>\\d)', ''), findings: [`${subject} RE2 accepts this regex, RegExp refuses it (invalid group): without RE2 Renovate stops at the whole repository`], remedies: ['(?<name>…)'] },
    { ...given('a named class', '(?<currentValue>[[:alpha:]]+)', ''), findings: [`${subject} RE2 knows [:alpha:], RegExp takes it for plain characters: without RE2 this regex matches something else`], remedies: ['[A-Za-z]'] },
    { ...given('the start of the text', '\\A(?<currentValue>\\d)', ''), findings: [`${subject} RE2 knows \\A, RegExp takes it for plain characters: without RE2 this regex matches something else`], remedies: ['Write ^'] },
    { ...pattern('a file pattern', '/(?i)apps/'), findings: ['renovate.json:1:40 warning RE2 accepts this regex, RegExp refuses it (invalid group): without RE2 Renovate takes this pattern for a glob'], remedies: ['Write (?i:…)'] },
  ],
});
