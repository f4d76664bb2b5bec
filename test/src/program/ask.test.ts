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

describe('on a terminal, which shows what is typed by readline', () => {
  function typing(): ReturnType<typeof terminal> {
    const { input, output, shown } = terminal();
    return { input, output: Object.assign(output, { isTTY: true }), shown };
  }

  it('each key is shown once, however many questions there were', async () => {
    const { input, output, shown } = typing();
    for (const letter of ['x', 'y', 'z']) {
      const answer = askLine('? ', input, output);
      input.write(`${letter}\r`);
      expect(await answer).toBe(letter);
    }
    expect(shown().replaceAll(/[^xyz]/g, '')).toBe('xyz');
    expect(input.listenerCount('keypress')).toBe(0);
  });

  it.each([['Ctrl-C', '\u0003'], ['Ctrl-D', '\u0004']])('%s is null', async (_name, key) => {
    const { input, output } = typing();
    const answer = askLine('? ', input, output);
    input.write(key);
    expect(await answer).toBeNull();
  });
});
