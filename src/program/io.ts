import type { Style } from '../base/style.ts';

/** The world as a command sees it. Only bin.ts connects it to the process. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdoutIsTty: boolean;
  readonly stderrIsTty: boolean;
  /** Milliseconds since 1970: for progress, and for the day until which a suppression holds. */
  now(): number;
  /** Answers. */
  stdout(text: string): void;
  /** Diagnostics. */
  stderr(text: string): void;
  /** Puts a question and gives the line that is typed in; null when nothing more comes (Ctrl-D, Ctrl-C). Only where somebody sits at a terminal. */
  readonly ask?: (question: string) => Promise<string | null>;
}

/** https://no-color.org: any value but the empty one switches colours off. */
export function wantsColour(io: Io, isTty: boolean): boolean {
  return isTty && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb';
}

/** What a command gets besides its arguments. */
export interface Context {
  readonly io: Io;
  readonly style: Style;
  /** Absolute path of the installed package. */
  readonly packageRoot: string;
  /** Something left out or worth knowing, on stderr. */
  note(text: string): void;
  /** What is being done, shown only when it takes long. */
  step(text: string): void;
}
