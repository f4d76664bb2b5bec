import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { accessChecks, projectChecks, tokenChecks } from '../../../../runner/preflight/checks/index.ts';

/** Each check is one file, one line in the list, and one table of tests. */
const FOLDER = new URL('../../../../runner/preflight/checks/', import.meta.url);

const names = [...tokenChecks, ...accessChecks, ...projectChecks].map(({ name }) => name);

it('the list has every file, and each once', () => {
  const files = readdirSync(FOLDER).filter((file) => file !== 'index.ts');
  expect([...names].sort()).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort());
});

it.each([...tokenChecks, ...accessChecks, ...projectChecks].map(({ name, title, why }) => [name, title, why] as const))('%s has a name, a title, a reason and a table', (name, title, why) => {
  expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
  expect(title).toMatch(/^[A-Z].*[^.]$/);
  expect(why).toMatch(/^[A-Z"].*\.$/);
  const table = new URL(`${name}.test.ts`, import.meta.url);
  expect(existsSync(table)).toBe(true);
  expect(readFileSync(table, 'utf8')).toMatch(/it\.each/);
});
