#!/usr/bin/env node
// Inlines presets/managers/*.json and presets/policy/standard.json into default.json, the recommended bundle. `--check` writes nothing and exits 1
// when it is stale. One file and not a list of `extends`: it works from a raw file URL too, where relative presets do not, and is read without a
// platform to fetch presets from.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const folder = new URL('presets/managers/', root);
const policy = new URL('presets/policy/standard.json', root);
const target = new URL('default.json', root);

/** Order of the bundle: package rules apply in it, the later one wins. */
const ORDER = [
  'application',
  'application-revision',
  'custom-resource',
  'application-set-generator',
  'values',
  'versions-file',
  'chart-dependency',
  'kustomize-helm-charts',
  'helm-values-image',
  'git-tag',
  'annotation',
];

/** Left to those who extend them: the flux manager parses every YAML file, of which a repository for Argo CD alone has nothing. */
const OPT_IN = ['flux'];

function merge(into, from) {
  for (const [key, value] of Object.entries(from)) {
    if (Array.isArray(value)) into[key] = [...(into[key] ?? []), ...value];
    else if (typeof value === 'object' && value !== null) into[key] = merge(into[key] ?? {}, value);
    else into[key] = value;
  }
  return into;
}

function bundle() {
  const found = readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
  const strays = [...found.filter((name) => ![...ORDER, ...OPT_IN].includes(name)), ...[...ORDER, ...OPT_IN].filter((name) => !found.includes(name))];
  if (strays.length > 0) throw new Error(`scripts/generate.mjs: ORDER and OPT_IN disagree with presets/managers about ${strays.join(', ')}`);
  const parts = [...ORDER.map((name) => new URL(`${name}.json`, folder)), policy].map((file) => {
    const { $schema: _schema, description: _description, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
    return rest;
  });
  return {
    $schema: 'https://docs.renovatebot.com/renovate-schema.json',
    description: ['GENERATED from presets/managers and presets/policy/standard by scripts/generate.mjs. Do not edit.', 'Finds every chart version that Argo CD deploys; patches merge by themselves, minors by merge request, majors after approval.'],
    ...parts.reduce(merge, {}),
  };
}

const text = `${JSON.stringify(bundle(), null, 2)}\n`;
if (process.argv.includes('--check')) {
  let present = '';
  try {
    present = readFileSync(target, 'utf8');
  } catch {
    // absent is stale
  }
  if (present !== text) {
    console.error('default.json is stale: npm run generate');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
