import { presetArgumentMissing } from '../../../../src/lint/rules/preset-argument-missing.ts';
import { SOURCE_KEY } from '../../../../src/renovate/types.ts';
import { findingsOf, testRule } from '../harness.ts';

function from(source: string, rule: object): { packageRules: never[] } {
  return { packageRules: [{ ...rule, [SOURCE_KEY]: { source, index: 0 } } as never] };
}

testRule(presetArgumentMissing, {
  accept: [
    { name: 'a preset with its argument', documents: { 'renovate.json': '{ "extends": [":label(charts)"] }' }, resolved: { labels: ['charts'] } },
    { name: 'templates for later', documents: { 'renovate.json': '{ "extends": [":label"] }' }, resolved: { branchTopic: '{{depName}}-{{{newVersion}}}', groupName: '{{ arg0 }} {{#if args}}' } },
    { name: 'a description', documents: { 'renovate.json': '{ "extends": [":label"] }' }, resolved: { description: ['Apply label `{{arg0}}`'] } },
    { name: 'a preset that is judged itself', documents: { 'default.json': '{ "labels": ["{{arg0}}"] }' } },
  ],
  reject: [
    {
      name: 'a built-in preset among others',
      documents: { 'renovate.json': '{\n  "extends": ["config:recommended", ":label", "local>a/b"]\n}' },
      resolved: { labels: ['{{arg0}}'] },
      findings: ['renovate.json:2:38 error the preset ":label" is extended without its argument: {{arg0}} stays literally in labels'],
      remedies: ['in parentheses: ":label(VALUE)".'],
    },
    {
      name: 'the second argument alone',
      documents: { 'renovate.json': '{ "extends": [":labels(a)", ":label(b)"] }' },
      resolved: { labels: ['a', '{{arg1}}', 'b'] },
      findings: ['renovate.json:1:16 error the preset ":labels(a)" is extended without its argument: {{arg1}} stays literally in labels'],
      remedies: ['":labels(VALUE,VALUE2)"'],
    },
    {
      name: 'an entry that names its preset',
      documents: { 'renovate.json': '{ "extends": ["local>a/b", "local>platform/presets//automerge#v1", ":label"] }', 'shared/automerge.json': '{ "packageRules": [{ "matchUpdateTypes": ["{{args}}"], "groupName": "{{arg0}}" }] }' },
      resolved: from('shared/automerge.json', { matchUpdateTypes: ['{{args}}'], groupName: '{{arg0}}' }),
      findings: ['renovate.json:1:29 error the preset "local>platform/presets//automerge#v1" is extended without its argument: {{args}} and {{arg0}} stay literally in packageRules.matchUpdateTypes and packageRules.groupName'],
      remedies: ['"local>platform/presets//automerge#v1(VALUE)"'],
    },
    {
      name: 'an entry of a built-in preset',
      documents: { 'renovate.json': '{ "extends": [":followTag", ":label"] }' },
      resolved: from(':followTag', { followTag: '{{arg1}}' }),
      findings: ['renovate.json:1:16 error the preset ":followTag" is extended without its argument: {{arg1}} stays literally in packageRules.followTag'],
      remedies: ['":followTag(VALUE,VALUE2)"'],
    },
    {
      name: 'a preset inside the rule',
      documents: { 'renovate.json': '{ "extends": [":timezone", "local>a/b"], "packageRules": [{ "matchManagers": ["argocd"], "extends": [":label"] }] }' },
      resolved: from('renovate.json', { matchManagers: ['argocd'], labels: ['{{arg0}}'] }),
      findings: ['renovate.json:1:103 error the preset ":label" is extended without its argument: {{arg0}} stays literally in packageRules.labels'],
      remedies: ['":label(VALUE)"'],
    },
    {
      name: 'the only preset that can be meant',
      documents: { 'renovate.json': '{ "extends": ["config:recommended", "local>a/b"] }' },
      resolved: { labels: ['{{arg0}}'] },
      findings: ['renovate.json:1:38 error the preset "local>a/b" is extended without its argument: {{arg0}} stays literally in labels'],
      remedies: ['"local>a/b(VALUE)"'],
    },
    {
      name: 'one of several, which cannot be told apart',
      documents: { 'renovate.json': '{ "extends": ["local>a/b", "local>a/c"] }' },
      resolved: { labels: ['{{arg0}}'] },
      findings: ['renovate.json:1:14 error a preset is extended without its argument: {{arg0}} stays literally in labels'],
      remedies: ['Give the preset its arguments'],
    },
  ],
});

/** `{{arg0}}` in the description of a preset needs no argument. */
function withoutDescription(preset: object): string {
  return JSON.stringify({ ...preset, description: [] });
}

it('knows every built-in preset that takes arguments', async () => {
  const { groups } = (await import('renovate/dist/config/presets/internal/index.js' as string)) as { groups: Record<string, Record<string, object>> };
  const taking = Object.entries(groups).flatMap(([group, presets]) =>
    Object.entries(presets)
      .filter(([, preset]) => /\{\{arg(?:s|\d)/.test(withoutDescription(preset)))
      .map(([name]) => `${group === 'default' ? '' : group}:${name}`),
  );
  const blamed = taking.map((name) => {
    const given = { name, documents: { 'renovate.json': JSON.stringify({ extends: ['local>a/b', 'local>a/c', name] }) }, resolved: { labels: ['{{arg0}}'] } };
    return findingsOf(presetArgumentMissing, given)[0]?.data['reference'];
  });
  expect(taking.length).toBeGreaterThan(10);
  expect(blamed).toEqual(taking);
});
