import * as z from 'zod';
import { RunnerConfig } from './schema.ts';

/** The schema that editors read, JSON Schema 2020-12: schemas/runner.json. A file of its own, because no run needs it. */
export function configJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(RunnerConfig, { io: 'input' });
}
