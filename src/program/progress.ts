import type { Io } from './io.ts';

export interface Progress {
  step(text: string): void;
  /** Wipes the line. */
  end(): void;
}

/** Runs shorter than this show nothing. */
const PATIENCE_MS = 1000;

/** One line on stderr, rewritten in place; nothing at all when nobody watches. */
export function startProgress(io: Io): Progress {
  if (!io.stderrIsTty || io.env['TERM'] === 'dumb') return { step: () => {}, end: () => {} };
  const start = io.now();
  let current = '';
  let shown = false;
  function show(): void {
    if (current === '') return;
    io.stderr(`\r\u001b[K${current}…`);
    shown = true;
  }
  const timer = setTimeout(show, PATIENCE_MS);
  timer.unref();
  return {
    step(text) {
      current = text;
      // The timer cannot fire while files are read: the clock decides too.
      if (shown || io.now() - start >= PATIENCE_MS) show();
    },
    end() {
      clearTimeout(timer);
      if (shown) io.stderr('\r\u001b[K');
      shown = false;
      current = '';
    },
  };
}
