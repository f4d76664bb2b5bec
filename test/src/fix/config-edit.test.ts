import { changeConfig } from '../../../src/fix/config-edit.ts';
import type { ConfigChange } from '../../../src/lint/rule.ts';
import type { Dialect } from '../../../src/source/json5.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly changes: readonly ConfigChange[];
  readonly expected: string;
  readonly dialect?: Dialect;
  readonly base?: readonly string[];
}

function lines(...text: string[]): string {
  return `${text.join('\n')}\n`;
}

it.each<Case>([
  {
    name: 'a value in the place of another',
    text: '{ "a": { "b": [1, "x"] } } // why\n',
    changes: [{ kind: 'set', path: ['a', 'b', 1], value: 'y "z"' }],
    expected: '{ "a": { "b": [1, "y \\"z\\""] } } // why\n',
  },
  {
    name: 'a key with the objects around it',
    text: lines('{', '    "a": 1', '}'),
    changes: [{ kind: 'set', path: ['b', 'c'], value: true }],
    expected: lines('{', '    "a": 1,', '    "b": {', '        "c": true', '    }', '}'),
  },
  {
    name: 'a key behind a comment of the last one',
    text: lines('{', '  "a": 1 // the first', '  // the end', '}'),
    changes: [{ kind: 'set', path: ['b'], value: 2 }],
    expected: lines('{', '  "a": 1, // the first', '  "b": 2', '  // the end', '}'),
  },
  {
    name: 'a key where commas trail',
    text: lines('{', '  a: 1,', '}'),
    dialect: 'json5',
    changes: [{ kind: 'set', path: ['b'], value: [{ c: 'd' }] }],
    expected: lines('{', '  a: 1,', '  b: [', '    {', '      c: "d",', '    },', '  ],', '}'),
  },
  {
    name: 'single quotes where the config has them',
    text: lines('{', "  a: 'x',", "  'b': 'y',", '}'),
    dialect: 'json5',
    changes: [{ kind: 'append', path: ['c'], value: `it's "z"` }],
    expected: lines('{', "  a: 'x',", "  'b': 'y',", `  c: ['it\\'s "z"'],`, '}'),
  },
  {
    name: 'an entry of a list on one line',
    text: '{ "a": ["x"] }\n',
    changes: [{ kind: 'append', path: ['a'], value: 'y' }],
    expected: '{ "a": ["x", "y"] }\n',
  },
  {
    name: 'an entry of an empty list',
    text: lines('{', '  "a": []', '}'),
    changes: [{ kind: 'append', path: ['a'], value: { b: 1 } }],
    expected: lines('{', '  "a": [', '    {', '      "b": 1', '    }', '  ]', '}'),
  },
  {
    name: 'an entry before another',
    text: lines('{', '  "a": [', '    { "b": 1 },', '    { "c": 2 }', '  ]', '}'),
    changes: [{ kind: 'insert', path: ['a', 1], value: { d: 3 } }],
    expected: lines('{', '  "a": [', '    { "b": 1 },', '    {', '      "d": 3', '    },', '    { "c": 2 }', '  ]', '}'),
  },
  {
    name: 'lines of their own go whole, and indexes mean what they meant',
    text: lines('{', '  "a": [', '    "x", // one', '    "y",', '    "z"', '  ]', '}'),
    changes: [
      { kind: 'remove', path: ['a', 1] },
      { kind: 'remove', path: ['a', 2] },
      { kind: 'remove', path: ['a', 1] },
    ],
    expected: lines('{', '  "a": [', '    "x" // one', '  ]', '}'),
  },
  {
    name: 'the first of a list on one line',
    text: '{"a": ["x", "y"]}\n',
    changes: [{ kind: 'remove', path: ['a', 0] }],
    expected: '{"a": ["y"]}\n',
  },
  {
    name: 'an option that moves to a rule of its own',
    text: lines('{', '  "packageRules": [', '    { "matchManagers": ["argocd"], "versioning": "helm", "automerge": true }', '  ]', '}'),
    changes: [
      { kind: 'remove', path: ['packageRules', 0, 'versioning'] },
      { kind: 'insert', path: ['packageRules', 0], value: { matchManagers: ['argocd'], versioning: 'helm' } },
    ],
    expected: lines('{', '  "packageRules": [', '    {', '      "matchManagers": ["argocd"],', '      "versioning": "helm"', '    },', '    { "matchManagers": ["argocd"], "automerge": true }', '  ]', '}'),
  },
  {
    name: 'line ends as they are',
    text: '{\r\n\t"a": 1\r\n}\r\n',
    changes: [{ kind: 'set', path: ['b'], value: 2 }],
    expected: '{\r\n\t"a": 1,\r\n\t"b": 2\r\n}\r\n',
  },
  {
    name: 'the config inside a package.json',
    text: lines('{', '  "name": "x",', '  "renovate": { "a": 1 }', '}'),
    base: ['renovate'],
    changes: [{ kind: 'set', path: ['a'], value: 2 }],
    expected: lines('{', '  "name": "x",', '  "renovate": { "a": 2 }', '}'),
  },
  { name: 'an empty file', text: '', changes: [{ kind: 'set', path: ['a'], value: 1 }], expected: lines('{', '  "a": 1', '}') },
  { name: 'what cannot be done is left out', text: '{ "a": 1 }\n', changes: [{ kind: 'set', path: ['a', 'b'], value: 1 }, { kind: 'append', path: ['a'], value: 1 }, { kind: 'insert', path: ['c', 0], value: 1 }, { kind: 'remove', path: ['d'] }], expected: '{ "a": 1 }\n' },
  { name: 'a key that stands twice is left alone', text: '{ a: 1, b: 2, a: 3 }\n', dialect: 'json5', changes: [{ kind: 'remove', path: ['a'] }], expected: '{ a: 1, b: 2, a: 3 }\n' },
])('$name', ({ text, changes, expected, dialect = 'strict', base = [] }) => {
  expect(changeConfig({ text, dialect, base }, changes)).toBe(expected);
});
