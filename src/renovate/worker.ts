import { parentPort, workerData } from 'node:worker_threads';
import type { Extraction } from './extract.ts';
import type { JsonObject } from './types.ts';
import { write, type Ask, type Blackboard, type Questions, type Reply } from './protocol.ts';

/**
 * The thread in which Renovate runs: in parallel with our own reading, and ended from outside when a regex does not come back.
 * The compile cache is left off: for one file of small functions it saved nothing (measured, Node 24.21).
 */
const port = parentPort;
if (port === null) throw new Error('started outside a thread');
const { board } = workerData as { board: Blackboard };
const adapter = import('./adapter.ts');

function reply(message: Reply): void {
  port!.postMessage(message);
}

let resolved: JsonObject = {};
let extraction: Extraction | null = null;

async function answer({ question, request }: Ask): Promise<unknown> {
  const { engine, resolve, validate, extract, matchRules, decide, schedules } = await adapter;
  write(board, question);
  switch (question) {
    case 'engine':
      return engine();
    case 'resolve': {
      const result = await resolve(request as Questions['resolve']['request']);
      resolved = result.config;
      return result;
    }
    case 'validate':
      return validate(request as Questions['validate']['request']);
    case 'extract': {
      const { config, ...rest } = request as Questions['extract']['request'];
      extraction = await extract({ ...rest, config: config ?? resolved }, (doing) => write(board, doing));
      return extraction.runs;
    }
    case 'schedules':
      return schedules(request as Questions['schedules']['request'], (doing) => write(board, doing));
    case 'decide':
      return decide(request as Questions['decide']['request'], extracted(), (doing) => write(board, doing));
    case 'matchRules':
      return matchRules(request as Questions['matchRules']['request'], extracted(), (doing) => write(board, doing));
  }
}

function extracted(): Extraction {
  if (extraction === null) throw new Error('asked before extract');
  return extraction;
}

/** One question at a time: Renovate keeps its settings in module-level state. */
let turn: Promise<void> = Promise.resolve();
port.on('message', (ask: Ask) => {
  turn = turn.then(async () => {
    try {
      reply({ id: ask.id, answer: await answer(ask) });
    } catch (error) {
      reply({ id: ask.id, crash: (error as Error).stack ?? String(error) });
    }
  });
});
