import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findPins } from '../../../src/pins/find.ts';
import { memoryRepository, readRepository, type Repository } from '../../../src/source/repository.ts';
import { application } from '../../support/application.ts';
import { temporaryFolder } from '../../support/fixtures.ts';


function summary(repository: Repository): { pins: string[]; notices: string[] } {
  const pins = findPins(repository).map((pin) => `${pin.file}:${pin.line}:${pin.column} ${pin.name} ${pin.value}`);
  return { pins, notices: repository.notices.map((notice) => `${notice.code} ${notice.file}${notice.line === undefined ? '' : `:${notice.line}:${notice.column}`}`) };
}

const nested = (open: string, levels: number): string => `${application('a', '1.0.0')}---\nx: ${open.repeat(levels)}\n`;

const bomb = (): string => {
  const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i},*l${i},*l${i},*l${i},*l${i},*l${i},*l${i},*l${i},*l${i}]`);
  return `l0: &l0 {chart: x, repoURL: "https://x.example.org", targetRevision: 1.0.0}\n${levels.join('\n')}\n`;
};

test.each<[string, Record<string, string>, string[], string[]]>([
  ['a broken document among good ones', { 'a.yaml': `${application('a', '1.0.0')}---\na: b: c\n---\n${application('b', '2.0.0')}` }, ['a.yaml:9:21 a 1.0.0', 'a.yaml:21:21 b 2.0.0'], ['yaml-broken a.yaml:11:4']],
  ['CRLF', { 'a.yaml': application('a', '1.0.0').replaceAll('\n', '\r\n') }, ['a.yaml:9:21 a 1.0.0'], []],
  ['a byte order mark', { 'a.yaml': `\uFEFF${application('a', '1.0.0')}` }, ['a.yaml:9:21 a 1.0.0'], []],
  ['tabs as indentation', { 'a.yaml': `${application('a', '1.0.0')}---\na:\n\tb: 1\n` }, ['a.yaml:9:21 a 1.0.0'], ['yaml-broken a.yaml:12:1']],
  ['flow collections nested 100,000 deep', { 'a.yaml': nested('[', 100_000), 'b.yaml': application('b', '2.0.0') }, ['b.yaml:9:21 b 2.0.0'], ['yaml-too-deep a.yaml']],
  ['maps nested 100,000 deep', { 'a.yaml': nested('{a: ', 100_000), 'b.yaml': application('b', '2.0.0') }, ['b.yaml:9:21 b 2.0.0'], ['yaml-too-deep a.yaml']],
  ['lists nested 100,000 deep', { 'a.yaml': `${application('a', '1.0.0')}---\n${'- '.repeat(100_000)}\n`, 'b.yaml': application('b', '2.0.0') }, ['b.yaml:9:21 b 2.0.0'], ['yaml-too-deep a.yaml']],
  ['an alias bomb', { 'a.yaml': application('a', '1.0.0'), 'values.yaml': bomb() }, ['a.yaml:9:21 a 1.0.0', 'values.yaml:1:70 x 1.0.0'], []],
  ['an anchor that contains itself', { 'a.yaml': application('a', '1.0.0'), 'values.yaml': 'a: &a\n  chart: x\n  repoURL: https://x.example.org\n  targetRevision: 1.0.0\n  b: *a\n' }, ['a.yaml:9:21 a 1.0.0', 'values.yaml:4:19 x 1.0.0'], []],
  ['an unclosed template action', { 'a.yaml': `${application('a', '1.0.0')}# {{ if\n` }, ['a.yaml:9:21 a 1.0.0'], []],
  ['ten thousand unclosed braces', { 'a.yaml': `${application('a', '1.0.0')}# ${'{{'.repeat(10_000)}\n` }, ['a.yaml:9:21 a 1.0.0'], []],
  ['an empty file', { 'a.yaml': '' }, [], []],
  ['a scalar as document', { 'a.yaml': 'argoproj.io targetRevision chart\n' }, [], []],
  ['JSON that is none', { 'config.json': '{"chart": {"name": ', 'a.yaml': application('a', '1.0.0') }, ['a.yaml:9:21 a 1.0.0'], []],
])('%s', (_name, files, pins, notices) => {
  expect(summary(memoryRepository(files))).toEqual({ pins, notices });
});

describe('what lies on disk', () => {
  const outside = temporaryFolder({ 'secret.yaml': application('outside', '9.9.9') });
  const folder = temporaryFolder({
    'a.yaml': application('a', '1.0.0'),
    'large.yaml': application('large', '1.0.0') + '# padding\n'.repeat(5_300_000),
    'binary.yaml': new Uint8Array([0, 1, 2, 3, 255]),
    'latin1.yaml': Buffer.from('# caf\u00e9\nkind: Application # argoproj.io/\n', 'latin1'),
  });
  symlinkSync(folder.root, join(folder.root, 'loop'));
  symlinkSync(join(outside.root, 'secret.yaml'), join(folder.root, 'link.yaml'));
  afterAll(() => {
    folder.remove();
    outside.remove();
  });

  test('50 MB, binary, not UTF-8, a loop of links and a link to the outside are left out, and said', () => {
    expect(summary(readRepository(folder.root))).toEqual({
      pins: ['a.yaml:9:21 a 1.0.0'],
      notices: ['file-binary binary.yaml', 'file-too-large large.yaml', 'file-not-utf8 latin1.yaml'].sort((a, b) => a.split(' ')[1]!.localeCompare(b.split(' ')[1]!)),
    });
  });

  test('a folder that is none', () => {
    expect(() => readRepository(join(folder.root, 'a.yaml'))).toThrow(expect.objectContaining({ failure: expect.objectContaining({ code: 'directory-missing' }) }));
  });
});
