#!/usr/bin/env node
import { start } from './start.js';

await start('renovate-argocd', 'src/cli/bin.js');
