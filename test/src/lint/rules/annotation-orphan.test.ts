import { annotationOrphan } from '../../../../src/lint/rules/annotation-orphan.ts';
import type { ExtractedDependency } from '../../../../src/renovate/types.ts';
import { dependency, pin, run, testRule, type Case } from '../harness.ts';

const comment = '# renovate: datasource=docker depName=redis';
const text = `image:\n  ${comment}\n  tag: 7.4.1\n`;

function given(name: string, content: string, ...dependencies: Partial<ExtractedDependency>[]): Case {
  const run0 = run({ matchStrings: ['# renovate: (?<currentValue>x)'], matchedFiles: dependencies.length === 0 ? [] : ['values.yaml'], dependencies: dependencies.map(dependency) });
  return { name, files: ['values.yaml'], texts: { 'values.yaml': content }, runs: [run0] };
}

function at(content: string, value: string): Partial<ExtractedDependency> {
  return { currentValue: value, writeBack: { kind: 'exact', offset: content.indexOf(value) } };
}

const inline = `tag: 7.4.1 ${comment}\n`;
const spaced = `${comment}\n\n  # the cache\n  tag: 7.4.1\n`;
const far = `${comment}\nimage:\n  repository: redis\n  tag: 7.4.1\n`;
const twice = `${comment}\nname: redis\n${comment}\ntag: 7.4.1\n`;
const versioned = '# renovate: datasource=docker depName=redis versioning=helm\ntag: 7.4.1\n';
const finding = 'values.yaml:2:3 warning no manager reads this comment, so line 3 is not updated';

testRule(annotationOrphan, {
  accept: [
    given('a version below it', text, at(text, '7.4.1')),
    given('a version on its own line', inline, at(inline, '7.4.1')),
    given('a blank line and a comment between', spaced, at(spaced, '7.4.1')),
    given('a version a few lines below', far, at(far, '7.4.1')),
    given('a version without a digit, which nothing can be written over', text.replace('7.4.1', 'latest'), { currentValue: 'latest' }),
    given('a versioning that is heeded', versioned, { ...at(versioned, '7.4.1'), versioning: 'helm' }),
    { ...given('a versioning that package rules set', versioned, { ...at(versioned, '7.4.1'), versioning: 'docker' }), resolved: { packageRules: [{ matchDatasources: ['docker'], versioning: 'docker' }] } },
    given('prose', '# renovate: see the docs\ntag: 7.4.1\n'),
    { ...given('another kind of file', text), files: ['README.md'], texts: { 'README.md': text } },
    { ...given('a file that is ignored on purpose', text), resolved: { ignorePaths: ['values'] } },
    {
      ...given('a match that Renovate discards, which has its own rule', text),
      documents: { 'renovate.json': '{ "customManagers": [{ "matchStrings": ["x"] }] }' },
      runs: [run({ dropped: [{ file: 'values.yaml', match: { offset: 9, length: 60 }, missing: ['datasource'], value: '7.4.1' }] })],
    },
    { ...given('a repository without a config', text), documents: {} },
    { ...given('a version of Argo CD that nobody updates, which pin-unmanaged reports with its comment', text), pins: [pin({ file: 'values.yaml', line: 3, column: 8, offset: text.indexOf('7.4.1'), status: 'unmanaged', reason: 'not-extracted' })] },
    {
      ...given('a version further down that a built-in manager finds by itself, and under that name', far),
      runs: [run({ manager: 'helm-values', index: null, source: null, matchedFiles: ['values.yaml'], dependencies: [dependency({ ...at(far, '7.4.1'), depName: 'public.ecr.aws/docker/library/redis' })] })],
    },
  ],
  reject: [
    { ...given('a file that no custom manager reads', text), findings: [finding], remedies: ['extend "local>GROUP/renovate-argocd"'] },
    { ...given('a manager that extracts another line', `${text}other: 1.0.0\n`.replace('\nother', '\n\n\n\n\nother'), { currentValue: '1.0.0', writeBack: { kind: 'exact', offset: 72 } }), findings: [finding], remedies: ['its regex does not fit'] },
    { ...given('the first of two', twice, at(twice, '7.4.1')), findings: ['values.yaml:1:1 warning no manager reads this comment, so line 2 is not updated'], remedies: ['its regex does not fit'] },
    {
      ...given('a version that argocd finds by itself further down', far),
      runs: [run({ manager: 'argocd', index: null, source: null, matchedFiles: ['values.yaml'], dependencies: [dependency(at(far, '7.4.1'))] })],
      findings: ['values.yaml:1:1 warning no manager reads this comment, so line 2 is not updated'],
      remedies: ['Renovate reads such comments only through a custom manager'],
    },
    { ...given('a comment behind a value', `a: 1\ntag: 7.4.1 # renovate: docker=redis\nb: 2\n`), findings: ['values.yaml:2:12 warning no manager reads this comment, so its own line is not updated'], remedies: ['custom manager'] },
    { ...given('a comment above a template', `${comment}\nimage: {{ .Values.image }}\n`), findings: ['values.yaml:1:1 warning no manager reads this comment, and line 2 has no version that it could speak of, only a template'], remedies: ['where the version stands'] },
    { ...given('a comment above a template with a version', `${comment}\nimage: {{ .Values.image }}:7.4.1\n`), findings: ['values.yaml:1:1 warning no manager reads this comment, so line 2 is not updated'], remedies: ['custom manager'] },
    { ...given('a custom manager that reads other lines', text), runs: [run({ matchStrings: ['repoURL: (?<depName>x)'], matchedFiles: ['values.yaml'] })], findings: [finding], remedies: ['do not look for such comments'] },
    {
      ...given('a preset that may bring the manager', text),
      missing: [{ reference: 'local>team/presets', message: 'not found' }],
      findings: [finding.replace('warning', 'info')],
      remedies: ['Name the preset local>team/presets with --preset'],
    },
    {
      ...given('a versioning that the manager does not capture', versioned, { ...at(versioned, '7.4.1'), versioning: 'docker' }),
      findings: ['values.yaml:1:1 warning the manager that reads this comment passes over versioning=helm, so versions are compared as docker'],
      remedies: ['(?: versioning=(?<versioning>'],
    },
    { ...given('a comment at the end', `a: 1\n${comment}`), findings: ['values.yaml:2:1 warning no manager reads this comment, so it updates nothing'], remedies: ['custom manager'] },
  ],
});
