import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseCron, type KnownCron } from '../base/cron.ts';
import { fail, type Failure } from '../base/failure.ts';
import type { AnalyseRequest } from './analyse.ts';
import type { Arguments } from '../program/command.ts';
import type { Context } from './command.ts';

/** What the options of the command line mean, with paths made absolute. */
export function requestOf(args: Arguments, context: Context): Omit<AnalyseRequest, 'validate'> {
  const config = args.value('config');
  return {
    root: args.directory,
    config: config === null ? null : resolve(context.io.cwd, config),
    presets: { packageRoot: context.packageRoot, mapped: args.values('preset').map((text) => mappedPreset(text, context.io.cwd)) },
    cwd: context.io.cwd,
    step: context.step,
    open: context.open,
  };
}

/** `--cron 'EXPR [ZONE]'`. @throws FailureError `usage` */
export function cronsOf(given: readonly string[]): KnownCron[] {
  return given.map((text) => {
    const cron = parseCron(text);
    return cron === null ? fail(cronFailure(text, 'it has not five fields, or something that is no timezone behind them')) : { ...cron, origin: '--cron' };
  });
}

export function cronFailure(written: string, reason: string): Failure {
  return { code: 'usage', message: `--cron ${JSON.stringify(written)} is no time to start at: ${reason}`, remedy: "For example --cron '0 4 * * 1-5', or --cron '0 4 * * 1-5 Europe/Berlin'; without a timezone it is UTC." };
}

/** `REF=PATH`, split at the last `=`: references to presets behind URLs may contain one. */
function mappedPreset(text: string, cwd: string): { readonly reference: string; readonly file: string } {
  const equals = text.lastIndexOf('=');
  if (equals < 1 || equals === text.length - 1) {
    fail({ code: 'usage', message: `--preset ${text} is not of the form REF=PATH`, remedy: "For example --preset 'local>platform/presets=../presets/default.json'." });
  }
  const written = text.slice(equals + 1);
  const file = resolve(cwd, written);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    fail({ code: 'config-missing', message: `there is no preset file ${written}`, remedy: 'Check the path given with --preset: it is taken from the working directory.' });
  }
  return { reference: text.slice(0, equals), file };
}
