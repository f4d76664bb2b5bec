import type { Cell, PolicyRow } from '../policy/cell.ts';
import type { UpdateType } from '../renovate/types.ts';
import { deciderText } from './explain-report.ts';

/** The reasons of all cells, each once, numbered as they come: a table has no room for sentences. */
export interface Notes {
  number(cell: Cell): number;
  /** In the order of their numbers, from 1. */
  readonly texts: readonly string[];
}

export function notesOf(rows: readonly PolicyRow[], types: readonly UpdateType[]): Notes {
  const numbers = new Map<string, number>();
  function number(cell: Cell): number {
    const text = deciderText(cell);
    const known = numbers.get(text) ?? numbers.size + 1;
    numbers.set(text, known);
    return known;
  }
  for (const { pin, updates } of rows) if (pin.status === 'managed') for (const type of types) number(updates[type]);
  return { number, texts: [...numbers.keys()] };
}
