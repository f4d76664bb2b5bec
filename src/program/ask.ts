import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** One question, one line. Null when the input ends, or Ctrl-C is pressed: readline would wait for ever then. */
export function askLine(question: string, input: Readable, output: Writable): Promise<string | null> {
  const lines = createInterface({ input, output });
  return new Promise((resolve) => {
    lines.on('SIGINT', () => lines.close());
    lines.on('close', () => {
      // the cursor is still behind the question
      output.write('\n');
      resolve(null);
    });
    lines.question(question, (answer) => {
      lines.removeAllListeners('close');
      lines.close();
      resolve(answer);
    });
  });
}
