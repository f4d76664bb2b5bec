#!/usr/bin/env node
import { start } from './start.js';

await start('renovate-argocd-runner', 'runner/bin.js');
