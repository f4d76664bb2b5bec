import type { Command } from '../command.ts';
import { check } from './check.ts';
import { explain } from './explain.ts';
import { init } from './init.ts';
import { pins } from './pins.ts';
import { printConfig } from './print-config.ts';
import { rules } from './rules.ts';

/** In the order of `--help`. What a command needs beyond its data it imports when it runs: `--help` must not load a parser. */
export const commands: readonly Command[] = [pins, check, explain, printConfig, rules, init];
