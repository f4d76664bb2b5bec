import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { projectRoot } from '../support/fixtures.ts';

/** Links between the pages lead somewhere, and so do their anchors. Addresses of others are left alone: tests reach nothing but this machine. */
const PAGES = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...readdirSync(join(projectRoot, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => `docs/${name.replaceAll('\\', '/')}`)];

function textOf(page: string): string {
  return readFileSync(join(projectRoot, page), 'utf8').replaceAll(/^ *```[^]*?^ *```/gm, '');
}

/** As GitLab and GitHub make them of headings. */
function anchorsOf(page: string): Set<string> {
  return new Set([...textOf(page).matchAll(/^#{1,6} (?<title>.*)$/gm)].map(({ groups }) => groups!['title']!.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').trim().replaceAll(' ', '-')));
}

const links = PAGES.flatMap((page) =>
  [...textOf(page).replaceAll(/`[^`\n]*`/g, '').matchAll(/\[[^\]]*\]\((?<target>[^)\s]+)\)/g)].map(({ groups }) => groups!['target']!).filter((target) => !/^[a-z]+:/.test(target)).map((target) => [page, target] as const),
);

it('there are links to judge', () => {
  expect(links.length).toBeGreaterThan(50);
});

it.each(links)('%s: %s', (page, target) => {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : posix.join(dirname(page), path);
  expect({ file, exists: existsSync(join(projectRoot, file)) }).toEqual({ file, exists: true });
  expect(anchor === undefined || anchorsOf(file).has(anchor)).toBe(true);
});
