import type { Repository } from '../source/repository.ts';
import { expandCalls } from './calls.ts';
import { createContext, type Context } from './context.ts';
import { findDeployments } from './deployments.ts';
import { readFlux, type Flux } from './flux.ts';
import type { Reading } from './idiom.ts';
import { idioms } from './idioms/index.ts';
import { fillRepositories } from './patched-repository.ts';
import { withOwners } from './path-owner.ts';
import type { Pin } from './pin.ts';
import type { Shadow } from './shadow.ts';
import { findShadows } from './shadows/index.ts';
import { triplesOf } from './triples.ts';

/** What the oracle says of a repository. */
export interface Findings {
  /** Every place of the repository from which Argo CD or Flux takes a version, sorted by file and place. */
  readonly pins: readonly Pin[];
  /** Those that other places override. Worked out when it is asked for. */
  shadows(): readonly Shadow[];
}

/** Reads a repository. Knows nothing of Renovate. */
export function readPins(repository: Repository): Findings {
  const context = createContext(repository);
  const reading: Reading = { ...context, triples: fillRepositories(expandCalls(findDeployments(context).flatMap(triplesOf), context), context), flux: once(() => readFlux(context)) };
  const pins = withOwners(unique(idioms.flatMap((idiom) => idiom.find(reading)), context), reading.triples);
  return { pins, shadows: () => findShadows(reading, pins) };
}

function once(read: () => Flux): () => Flux {
  let known: Flux | undefined;
  return () => (known ??= read());
}

export function findPins(repository: Repository): readonly Pin[] {
  return readPins(repository).pins;
}

/**
 * One pin for each place: what the first idiom of the list says, or a later one that knows more. Only an anchored version, which
 * aliases repeat, serves several charts, and is a pin of each.
 */
function unique(pins: readonly Pin[], context: Context): Pin[] {
  const places = new Map<string, Pin[]>();
  for (const pin of pins) {
    const key = `${pin.file}\0${pin.offset}`;
    const known = places.get(key);
    if (!known) places.set(key, [pin]);
    else if (known.every((one) => one.name !== pin.name) && pin.name !== null && anchored(context.text(pin.file), pin.offset)) known.push(pin);
    else if (known.length === 1 && mayReplace(known[0]!, pin)) known[0] = pin;
  }
  return [...places.values()].flat().sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.offset - b.offset));
}

function anchored(text: string, offset: number): boolean {
  return /&[^\s,[\]{}]+\s+["']?$/.test(text.slice(Math.max(0, offset - 80), offset));
}

function mayReplace(known: Pin, pin: Pin): boolean {
  const open = known.idiom === pin.idiom || known.name === null || known.repository === null;
  return open && completeness(pin) > completeness(known);
}

/** A chart is more than a guess at a git repository; a known name and repository are more than null. */
function completeness(pin: Pin): number {
  return (pin.kind === 'git' ? 0 : 8) + (pin.name === null ? 0 : 4) + (pin.repository === null ? 0 : 2) + (pin.application === null ? 0 : 1);
}
