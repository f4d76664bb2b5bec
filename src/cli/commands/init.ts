import { realpathSync, statSync } from 'node:fs';
import { FIELDS } from '../../scaffold/fields.ts';
import { originOf } from '../../scaffold/origin.ts';
import { packageVersion } from '../../program/package.ts';
import type { Command, Context } from '../command.ts';
import type { Place } from '../init/state.ts';

export const init: Command = {
  name: 'init',
  question: 'What does a cluster configuration repository look like that Argo CD, Renovate and GitLab work on together?',
  details:
    'Writes Argo CD itself, the app of apps with ingress controller, certificates, metrics and monitoring, alerts that become incidents in GitLab, the Renovate config, the pipeline and a README with the steps to set it all up. On a terminal it asks for what the options do not say. Nothing that is there is ever overwritten; a second time it changes nothing.',
  operand: { name: 'DIR', description: 'directory to write to, by default the current one; it is made if it is missing, and may be a git repository', created: true },
  formats: [
    { name: 'table', description: 'for people' },
    { name: 'json', description: 'one document' },
  ],
  options: [
    ...FIELDS.map(({ option, value, description, choices }) => ({ name: option, value, description: choices === undefined ? description : `${description} (${choices.join(', ')}); by default ${choices[0]}` })),
    { name: 'tag', value: 'NAME', repeatable: true, description: 'tag of the GitLab runners that take the CI jobs' },
    { name: 'yes', value: null, description: 'ask nothing, and take the defaults' },
    { name: 'keep', value: null, description: 'write what is missing beside files that are there and different, and leave those alone' },
    { name: 'dry-run', value: null, description: 'only say what would be written' },
  ],
  exits: [{ code: 0, meaning: 'all of it is there' }, { code: 1, meaning: 'nothing was written, because other files are in the way' }, { code: 2, meaning: 'wrong usage, or a value that cannot be' }, { code: 3, meaning: 'could not run: a file that may not be read or written, or the questions were broken off' }],

  async run(args, context) {
    const [{ valuesOf }, { readTemplates }, { scaffoldFiles }, { placeOf }, { writeNew }, report] = await Promise.all([
      import('../init/values.ts'),
      import('../init/templates.ts'),
      import('../../scaffold/files.ts'),
      import('../init/state.ts'),
      import('../init/write.ts'),
      import('../init/report.ts'),
    ]);
    // DIR itself may be a link: whoever names it means where it leads
    const directory = statSync(args.directory, { throwIfNoEntry: false }) === undefined ? args.directory : realpathSync(args.directory);
    const known = { origin: await originAt(directory, context), version: packageVersion() };
    const values = await valuesOf(args, known, context.io);
    const files: { path: string; text: string; place: Place }[] = [];
    for (const file of scaffoldFiles(await readTemplates(context.packageRoot), values, known)) files.push({ ...file, place: await placeOf(directory, file) });
    const dryRun = args.given('dry-run');
    const done = args.given('keep') || files.every(({ place }) => place.kind !== 'other');
    if (done && !dryRun) for (const file of files.filter(({ place }) => place.kind === 'free')) await writeNew(directory, file);
    const answer = { directory, dryRun, done, values, files };
    return { text: args.format === 'json' ? report.initJson(answer) : report.initTable(answer, context.style), exit: done ? 0 : 1 };
  },
};

/** What the git repository there says, when it is one and not merely a folder of one. */
async function originAt(directory: string, context: Context): Promise<ReturnType<typeof originOf>> {
  if (statSync(directory, { throwIfNoEntry: false }) === undefined) return null;
  const { openWorkTree } = await import('../git.ts');
  const tree = await openWorkTree(directory);
  if (tree === null) return null;
  if (realpathSync(tree.top) !== directory) {
    context.note(`${directory} is a folder of the git repository ${tree.top}. Argo CD, Renovate and GitLab read what is written from the root of its repository: it is meant to be one of its own.`);
    return null;
  }
  return tree.origin === null ? null : originOf(tree.origin);
}
