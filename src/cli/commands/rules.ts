import { COULD_NOT_RUN, type Command } from '../command.ts';

export const rules: Command = {
  name: 'rules',
  question: 'Which checks exist?',
  details: 'Lists every rule of `check` with its severity, whether it can be repaired by the tool, and the address of its documentation.',
  operand: null,
  formats: [
    { name: 'table', description: 'for people' },
    { name: 'json', description: 'one document' },
  ],
  options: [],
  exits: [{ code: 0, meaning: 'the rules are listed' }, ...COULD_NOT_RUN],

  async run(args, context) {
    const [{ rules: all }, { rulesJson, rulesTable }] = await Promise.all([import('../../lint/rules/index.ts'), import('../../report/rules.ts')]);
    return { text: args.format === 'json' ? rulesJson(all) : rulesTable(all, context.style), exit: 0 };
  },
};
