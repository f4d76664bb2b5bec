import { runIn } from '../program/process.ts';
import { main } from './main.ts';

/** Connects the command line to the process. */
await runIn(process, 'renovate-argocd', (argv, io) => main(argv, io));
