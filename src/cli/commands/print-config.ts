import { CONFIG_OPTIONS, COULD_NOT_RUN, DIRECTORY, type Command } from '../command.ts';
import { requestOf } from '../request.ts';

export const printConfig: Command = {
  name: 'print-config',
  question: 'What does the Renovate config say after every `extends` is resolved?',
  details: 'Prints the config as Renovate would use it: presets merged in, older options migrated. Presets that cannot be resolved offline are named on stderr and left out.',
  operand: DIRECTORY,
  formats: [{ name: 'json', description: 'one document' }],
  options: CONFIG_OPTIONS,
  exits: [{ code: 0, meaning: 'the config is printed' }, ...COULD_NOT_RUN],

  async run(args, context) {
    const request = requestOf(args, context);
    const [{ resolveConfig, noteConfig, noteMissing }, { SOURCE_KEY }] = await Promise.all([
      import('../analyse.ts'),
      import('../../renovate/types.ts'),
    ]);
    const { config, resolved } = await resolveConfig(request);
    noteConfig(config, context);
    noteMissing(resolved, context);
    const text = JSON.stringify(resolved.config, (key, value: unknown) => (key === SOURCE_KEY ? undefined : value), 2);
    return { text: `${text}\n`, exit: 0 };
  },
};
