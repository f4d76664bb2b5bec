/** What goes wrong on demand: a server that refuses, breaks off, answers rubbish or nothing at all. */
export interface InjectedAnswer {
  readonly status: number;
  /** `{ 'retry-after': '1' }` */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Fault {
  /** Held against `GET /path?query`. */
  readonly matches: RegExp;
  /**
   * A status alone, or with headers and body; `reset`: the connection is cut before anything is answered; `hang`: nothing is answered until the server closes; `malformed`: 200 with JSON
   * that is none; `truncated`: the real answer, cut off in the middle of its body; a function: what happens meanwhile elsewhere, and then the real answer.
   */
  readonly answer: number | InjectedAnswer | 'reset' | 'hang' | 'malformed' | 'truncated' | (() => Promise<unknown>);
  /** How many requests it hits; one when left out, Infinity until it is lifted. */
  readonly times?: number;
}

export interface Faults {
  /** The next requests that match are answered so. What comes back lifts the fault. */
  add(fault: Fault): () => void;
  take(line: string): Fault['answer'] | null;
}

export function openFaults(): Faults {
  const pending: (Fault & { left: number })[] = [];
  return {
    add: (fault) => {
      const entry = { ...fault, left: fault.times ?? 1 };
      pending.push(entry);
      return () => void (entry.left = 0);
    },
    take: (line) => {
      const found = pending.find(({ left, matches }) => left > 0 && matches.test(line));
      if (found === undefined) return null;
      found.left -= 1;
      return found.answer;
    },
  };
}
