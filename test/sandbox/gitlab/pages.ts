import { json, type Answer } from '../loopback.ts';
import type { Input } from './input.ts';

/** Offset pagination with a Link of the same origin (https://docs.gitlab.com/api/rest/#pagination). */
export function paged(entries: readonly unknown[], input: Input, url: URL): Answer {
  const page = Math.max(1, Number(input['page'] ?? 1));
  const size = Math.min(100, Math.max(1, Number(input['per_page'] ?? 20)));
  const pages = Math.max(1, Math.ceil(entries.length / size));
  const link = (number: number, rel: string): string => `<${pageUrl(url, number, size)}>; rel="${rel}"`;
  const links = [link(1, 'first'), link(pages, 'last'), ...(page > 1 ? [link(page - 1, 'prev')] : []), ...(page < pages ? [link(page + 1, 'next')] : [])];
  return json(200, entries.slice((page - 1) * size, page * size), {
    link: links.join(', '),
    'x-page': String(page),
    'x-per-page': String(size),
    'x-total': String(entries.length),
    'x-total-pages': String(pages),
    'x-next-page': page < pages ? String(page + 1) : '',
    'x-prev-page': page > 1 ? String(page - 1) : '',
  });
}

function pageUrl(url: URL, page: number, size: number): string {
  const other = new URL(url);
  other.searchParams.set('page', String(page));
  other.searchParams.set('per_page', String(size));
  return other.href;
}
