import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FailureError } from '../../../src/base/failure.ts';
import { newManifest, type Surroundings } from '../../../src/deploy/new-manifest.ts';
import { readRequest } from '../../../src/deploy/request.ts';
import { projectRoot } from '../../support/fixtures.ts';
import { rawOf } from './support/raw.ts';

const PLAIN: Surroundings = { isHelm: false, namesDestination: false };
const HELM: Surroundings = { isHelm: true, namesDestination: true };

function made(raw: Partial<ReturnType<typeof rawOf>> = {}, around = PLAIN, template: string | null = null): string {
  return newManifest(readRequest({ ...rawOf(), ...raw }), around, template === null ? null : { origin: 'app.tmpl', text: template });
}

it('the destination is what is said, or what the chart has, or the cluster that Argo CD runs in', () => {
  const server = (text: string): unknown => parse(text).spec.destination.server;
  expect([server(made()), server(made({}, HELM)), server(made({}, { ...HELM, namesDestination: false })), server(made({ destination: 'https://10.0.0.1:6443' }, HELM))]).toEqual([
    'https://kubernetes.default.svc',
    '{{ .Values.destination.server }}',
    'https://kubernetes.default.svc',
    'https://10.0.0.1:6443',
  ]);
});

it.each(['1.10', 'true', '2026-11-25', '#1', "o'hara", 'say"so', '@x'])('the revision %s is a text', (revision) => {
  expect(parse(made({ revision })).spec.source.targetRevision).toBe(revision);
});

describe('values', () => {
  it.each([
    ['plain', 'image:\n  tag: v1\n'],
    ['indented', '  a: 1\n  b: 2\n'],
    ['with empty lines', '\n\na: 1\n\n\nb: 2'],
    ['with a carriage return', 'a: 1\r\nb: 2\r\n'],
    ['with a comment that looks like a placeholder', '# __NAME__ and __OTHER__ #@if NAME\na: __NAME__\n'],
    ['with a text of several lines', 'a: |\n  x\n    y\n\n  z\n'],
    ['like the end of a document', 'a: "--- x"\nb: "..."\n'],
  ])('%s', (_name, values) => {
    const text = parse(made({ values })).spec.source.helm.values as string;
    expect(parse(text)).toEqual(parse(values));
  });

  it('none, and files beside the chart', () => {
    expect(parse(made()).spec.source.helm).toBeUndefined();
    expect(parse(made({ 'value-file': ['values-prod.yaml', '../shared/no.yaml'] })).spec.source.helm).toEqual({ valueFiles: ['values-prod.yaml', '../shared/no.yaml'] });
  });

  it('braces are not for Helm', () => {
    const values = 'title: "{{ .Title }} and {{`x`}}"\n';
    const written = made({ values }, HELM);
    // what Helm makes of it
    expect(written.replaceAll('{{ "{{" }}', '\u0000').replaceAll(/(?<="){{ .Values.destination.server }}/g, 'x')).not.toContain('{{');
    expect(parse(parse(written.replaceAll('{{ "{{" }}', '{{')).spec.source.helm.values)).toEqual(parse(values));
  });
});

const OWN = `# {{ .Release.Name }} stays
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: __NAME__
  namespace: {{ .Release.Namespace }}
  labels:
    team: shop
spec:
  project: __PROJECT__
  source:
    repoURL: __REPOSITORY__
    path: __CHART_PATH__
    targetRevision: __REVISION__
  destination:
    namespace: __NAMESPACE__-prod
`;

describe("a team's own template", () => {
  it('is filled in, and is otherwise as it was', () => {
    expect(made({}, HELM, OWN)).toBe(OWN.replace('__NAME__', 'shop').replace('__PROJECT__', 'default').replace('__REPOSITORY__', 'https://gitlab.example.com/team/shop.git').replace('__CHART_PATH__', 'chart').replace('__REVISION__', 'v1.0.0').replace('__NAMESPACE__', 'shop'));
    expect(made({}, HELM, OWN.replaceAll('\n', '\r\n'))).toBe(made({}, HELM, OWN));
  });

  it("docs/deploy.md has one, for an Application with values and one without", () => {
    const [template] = /(?<=^```yaml\n)[^`]*__REVISION__[^`]*/m.exec(readFileSync(join(projectRoot, 'docs/deploy.md'), 'utf8'))!;
    const source = (text: string): unknown => parse(text.replace('{{ .Values.destination.server }}', 'x')).spec.source;
    const plain = { repoURL: 'https://gitlab.example.com/team/shop.git', path: 'chart', targetRevision: 'v1.0.0' };
    expect([source(made({}, HELM, template)), source(made({ values: 'a: 1', 'value-file': ['b.yaml'] }, HELM, template))]).toEqual([plain, { ...plain, helm: { valueFiles: ['b.yaml'], values: 'a: 1\n' } }]);
  });

  it.each<[string, string, string, number | undefined]>([
    ['an unknown placeholder', OWN.replace('__PROJECT__', '__TEAM__'), 'asks for TEAM, which has no value', 10],
    ['a value that needs quotes where there are none', OWN.replace('__REVISION__', '__REVISION__ # now'), 'has REVISION where its value would need quotes', 14],
    ['another name', OWN.replace('__NAME__', 'store'), 'no Application in it is called __NAME__', undefined],
    ['a fixed revision', OWN.replace('__REVISION__', 'v9'), 'its targetRevision is not __REVISION__', undefined],
    ['another repository', OWN.replace('__REPOSITORY__', '"https://example.org/a/b"'), 'is the Application of another repository', 12],
    ['no YAML', OWN.replace('path: _', 'path: [_'), 'is no YAML', 14],
    ['nothing', '', 'holds no Application', undefined],
  ])('%s is refused', (_name, template, says, line) => {
    const failure = failureOf(() => made({ revision: "o'hara" }, HELM, template));
    expect(failure).toMatchObject({ message: expect.stringContaining(says), code: 'template-invalid', file: 'app.tmpl' });
    expect(failure.line).toBe(line);
  });
});

function failureOf(deed: () => unknown): FailureError['failure'] {
  try {
    return { code: 'usage', message: `no failure but ${String(deed())}` };
  } catch (error) {
    return (error as FailureError).failure;
  }
}
