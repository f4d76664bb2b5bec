import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** One question, one line. Null when the input ends, or Ctrl-C is pressed: readline would wait for ever then. */
export function askLine(question: string, input: Readable, output: Writable): Promise<string | null> {
  const lines = createInterface({ input, output });
  return new Promise((resolve) => {
    let answered = false;
    lines.on('SIGINT', () => lines.close());
    // readline lets go of the terminal by a listener of its own: none is taken away here
    lines.on('close', () => {
      // the cursor is still behind the question
      if (!answered) output.write('\n');
      resolve(null);
    });
    lines.question(question, (answer) => {
      answered = true;
      resolve(answer);
      lines.close();
    });
  });
}
