import type { Command } from '../../src/program/command.ts';
import type { RunnerContext } from '../context.ts';
import { gate } from './gate.ts';
import { incidents } from './incidents.ts';
import { note } from './note.ts';
import { plan } from './plan.ts';
import { preflight } from './preflight.ts';
import { revert } from './revert.ts';
import { run } from './run.ts';
import { schedule } from './schedule.ts';
import { serve } from './serve.ts';
import { shard } from './shard.ts';

/** In the order of `--help`. What a command needs beyond its data it imports when it runs. */
export const commands: readonly Command<RunnerContext>[] = [plan, run, shard, schedule, preflight, incidents, gate, revert, note, serve];
