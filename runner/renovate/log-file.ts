import { closeSync, openSync, writeSync } from 'node:fs';

/** A log that is written line by line, at once: what a crash leaves behind is complete. */
export interface LogFile {
  write(line: string): void;
  close(): void;
}

/** The log is a help, the result comes from what was read: a full disk or a folder that may not be written to ends the log, not the run. */
export function openLogFile(path: string): LogFile {
  let file = attempt(() => openSync(path, 'w', 0o600));
  function close(): void {
    const open = file;
    file = null;
    if (open !== null) attempt(() => closeSync(open));
  }
  return {
    write(line) {
      const open = file;
      if (open !== null && attempt(() => writeSync(open, `${line}\n`)) === null) close();
    },
    close,
  };
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
