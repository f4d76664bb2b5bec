import { findPins } from '../../../src/pins/find.ts';
import { idioms } from '../../../src/pins/idioms/index.ts';
import type { Pin } from '../../../src/pins/pin.ts';
import { readRepository } from '../../../src/source/repository.ts';
import { expectedRows, fixturesRoot, foldersIn } from '../../support/fixtures.ts';

function withoutOffset({ offset: _offset, ...pin }: Pin): Omit<Pin, 'offset'> {
  return pin;
}

test('every idiom has a fixture folder, and every folder an idiom', () => {
  expect(foldersIn('idioms')).toEqual(idioms.map((idiom) => idiom.name).sort());
});

test.each(foldersIn('idioms'))('%s: the oracle finds exactly the expected pins', (name) => {
  const pins = findPins(readRepository(`${fixturesRoot}/idioms/${name}/files`)).map(withoutOffset);
  expect(pins).toEqual(expectedRows(`idioms/${name}`, pins));
});

test.each(foldersIn('idioms'))('%s: the fixture shows the idiom that it is named after', (name) => {
  const pins = findPins(readRepository(`${fixturesRoot}/idioms/${name}/files`));
  expect(pins.map((pin) => pin.idiom)).toContain(name);
});

test.each(foldersIn('idioms'))('%s: each place holds the value', (name) => {
  const repository = readRepository(`${fixturesRoot}/idioms/${name}/files`);
  const texts = new Map(repository.files.map((file) => [file.path, file.text]));
  const pins = findPins(repository);
  expect(pins.map((pin) => texts.get(pin.file)!.slice(pin.offset, pin.offset + pin.value.length))).toEqual(pins.map((pin) => pin.value));
});
