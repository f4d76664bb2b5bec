import { presetTagAfterArguments } from '../../../../src/lint/rules/preset-tag-after-arguments.ts';
import { testRule } from '../harness.ts';

function extending(...references: string[]): Record<string, string> {
  return { 'renovate.json': JSON.stringify({ extends: references }) };
}

testRule(presetTagAfterArguments, {
  accept: [
    { name: 'a tag before the arguments', documents: extending('local>platform/presets//automerge#v1(minor)') },
    { name: 'arguments alone, a tag alone', documents: extending(':label(charts)', 'local>platform/presets#v1') },
    { name: 'a hash inside the arguments', documents: extending(':label(#charts)', ':label(a(b)#c)') },
    { name: 'a config without presets', documents: { 'renovate.json': '{}' } },
  ],
  reject: [
    {
      name: 'one argument, which the tag corrupts',
      documents: extending('config:recommended', 'local>platform/presets//label(charts)#v3'),
      findings: ['renovate.json:1:35 error the tag #v3 stands after the arguments of the preset "local>platform/presets//label(charts)#v3": it is ignored, and the last argument becomes "charts)#v"'],
      remedies: ['before the parenthesis: "local>platform/presets//label#v3(charts)".'],
    },
    {
      name: 'two arguments, of which the last is corrupted',
      documents: extending('platform/presets(a, b)#v12'),
      findings: ['renovate.json:1:14 error the tag #v12 stands after the arguments of the preset "platform/presets(a, b)#v12": it is ignored, and the last argument becomes "b)#v1"'],
      remedies: ['"platform/presets#v12(a, b)"'],
    },
    {
      name: 'a second tag',
      documents: extending('gitlab>platform/presets#v1(a)#v2'),
      findings: ['renovate.json:1:14 error the tag #v2 stands after the arguments of the preset "gitlab>platform/presets#v1(a)#v2": it is ignored, and the last argument becomes "a)#v"'],
      remedies: ['"gitlab>platform/presets#v2(a)"'],
    },
    {
      name: 'a built-in preset and a URL, which have no tags',
      documents: extending(':label(charts)#v1', 'https://git.example.com/p.json(a)#v1'),
      findings: [
        'renovate.json:1:14 error the tag #v1 stands after the arguments of the preset ":label(charts)#v1": it is ignored, and the last argument becomes "charts)#v"',
        'renovate.json:1:34 error the tag #v1 stands after the arguments of the preset "https://git.example.com/p.json(a)#v1": it is ignored, and the last argument becomes "a)#v"',
      ],
      remedies: ['Leave the tag out, presets of this kind have none: ":label(charts)".', '"https://git.example.com/p.json(a)"'],
    },
    {
      name: 'a rule of a preset, with a single string',
      documents: { 'renovate.json': '{}', 'shared.json': '{ "packageRules": [{ "extends": "local>a/b(x)#v1" }] }' },
      findings: ['shared.json:1:34 error the tag #v1 stands after the arguments of the preset "local>a/b(x)#v1": it is ignored, and the last argument becomes "x)#v"'],
      remedies: ['"local>a/b#v1(x)"'],
    },
  ],
});
