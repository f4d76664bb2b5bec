import { PassThrough } from 'node:stream';
import { askLine } from '../../../src/program/ask.ts';

function terminal(): { input: PassThrough; output: PassThrough; shown: () => string } {
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  return { input: new PassThrough(), output, shown: () => shown };
}

it('puts the question and gives the line', async () => {
  const { input, output, shown } = terminal();
  const answer = askLine('Path: ', input, output);
  input.write('platform/cluster\n');
  expect(await answer).toBe('platform/cluster');
  expect(shown()).toBe('Path: ');
});

it('is asked again on the same terminal', async () => {
  const { input, output } = terminal();
  const first = askLine('A: ', input, output);
  input.write('a\n');
  await first;
  const second = askLine('B: ', input, output);
  input.write('\n');
  expect([await first, await second]).toEqual(['a', '']);
});

it('gives null when the input ends, with the cursor on a new line', async () => {
  const { input, output, shown } = terminal();
  const answer = askLine('Path: ', input, output);
  input.end();
  expect(await answer).toBeNull();
  expect(shown()).toBe('Path: \n');
});
