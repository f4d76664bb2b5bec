import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { docsUrl, SEVERITIES } from '../../../src/lint/rule.ts';
import { rules } from '../../../src/lint/rules/index.ts';

const root = new URL('../../../', import.meta.url);

function names(folder: string, ending: string): string[] {
  return readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, name.length - ending.length))
    .sort();
}

const listed = rules.map(({ name }) => name).sort();

describe('one name everywhere', () => {
  it('each file of src/lint/rules stands in the list', () => {
    expect(names('src/lint/rules', '.ts').filter((name) => name !== 'index')).toEqual(listed);
  });

  it('each rule has a test', () => {
    expect(names('test/src/lint/rules', '.test.ts')).toEqual(listed);
  });

  it('each rule has a fixture', () => {
    expect(names('test/fixtures/lint', '')).toEqual(listed);
  });

  it('docs/rules.md has a section for each, in the order of the list', () => {
    const docs = readFileSync(new URL('docs/rules.md', root), 'utf8');
    expect([...docs.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(rules.map(({ name }) => name));
  });
});

describe.each(rules)('$name', (rule) => {
  it('is named in kebab case', () => {
    expect(rule.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
  });

  it('has a severity, and a summary of one sentence without full stop', () => {
    expect(SEVERITIES).toContain(rule.severity);
    expect(rule.summary).toMatch(/^[A-Z][^\n]{20,120}[^.\n]$/);
  });

  it('has docs whose address is computed from the name', () => {
    expect(docsUrl(rule.name)).toBe(`https://gitlab.com/renovate-argocd/renovate-argocd/-/blob/main/docs/rules.md#${rule.name}`);
  });

  it('exports the name in camel case', async () => {
    const camel = rule.name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const exported = (await import(`../../../src/lint/rules/${rule.name}.ts`)) as object;
    expect({ ...exported }).toEqual({ [camel]: rule });
  });

  it.each(['doc.md', 'bad', 'good'])('has a fixture with %s', (part) => {
    expect(existsSync(new URL(`test/fixtures/lint/${rule.name}/${part}`, root))).toBe(true);
  });
});
