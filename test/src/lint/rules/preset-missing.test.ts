import { presetMissing } from '../../../../src/lint/rules/preset-missing.ts';
import { testRule } from '../harness.ts';

const documents = { 'renovate.json': '{\n  "extends": ["config:recommended", "local>platform/presets#v1(a)", "./relative", "config:recomended"],\n  "packageRules": [{ "extends": ["local>platform/rule"] }]\n}' };
const message = 'not found';

testRule(presetMissing, {
  accept: [
    { name: 'a relative preset in a repository config, which has a rule of its own', documents, missing: [{ reference: './relative', message }] },
    { name: 'a config whose presets are all found', documents },
  ],
  reject: [
    {
      name: 'a preset of another repository that nobody named a copy of',
      documents,
      missing: [{ reference: 'local>platform/presets#v1(a)', message: "Cannot find preset's package (local>platform/presets#v1(a))" }],
      findings: ['renovate.json:2:38 warning the preset "local>platform/presets#v1(a)" was not read, because it is another repository\'s: what it sets is not judged, and what it could change is reported as info only'],
      remedies: ["--preset 'local>platform/presets=path/to/preset.json'"],
    },
    {
      name: 'a preset that this repository may have itself',
      documents: { 'renovate.json': '{ "extends": ["github>team/apps//.github/renovate/default"] }' },
      files: ['.github/renovate/default.json'],
      missing: [{ reference: 'github>team/apps//.github/renovate/default', message: "Cannot find preset's package (github>team/apps//.github/renovate/default)" }],
      findings: ['renovate.json:1:16 warning the preset "github>team/apps//.github/renovate/default" was not read, because it is another repository\'s: what it sets is not judged, and what it could change is reported as info only'],
      remedies: ["--preset 'github>team/apps//.github/renovate/default=.github/renovate/default.json'"],
    },
    {
      name: 'a preset that this package does not have',
      documents: { 'renovate.json': '{ "extends": ["local>platform/renovate-argocd//presets/none"] }' },
      missing: [{ reference: 'local>platform/renovate-argocd//presets/none', message: "Cannot find preset's package (x)" }],
      findings: ['renovate.json:1:16 error the preset "local>platform/renovate-argocd//presets/none" cannot be resolved: Cannot find preset\'s package (x)'],
      remedies: ['Correct the reference'],
    },
    {
      name: 'a preset of another repository',
      documents,
      missing: [{ reference: 'local>platform/presets#v1(a)', message }],
      findings: ['renovate.json:2:38 error the preset "local>platform/presets#v1(a)" cannot be resolved: not found'],
      remedies: ["--preset 'local>platform/presets=path/to/preset.json'"],
    },
    {
      name: 'a misspelt built-in preset',
      documents,
      missing: [{ reference: 'config:recomended', message }],
      findings: ['renovate.json:2:84 error the preset "config:recomended" cannot be resolved: not found'],
      remedies: ['typing error'],
    },
    {
      name: 'a preset inside a rule',
      documents,
      missing: [{ reference: 'local>platform/rule', message }],
      findings: ['renovate.json:3:35 error the preset "local>platform/rule" cannot be resolved: not found'],
      remedies: ['--preset'],
    },
    {
      name: 'a preset that another preset names',
      documents,
      missing: [{ reference: 'local>platform/inner', message }],
      findings: ['renovate.json:2:14 error the preset "local>platform/inner" cannot be resolved: not found'],
      remedies: ['--preset'],
    },
  ],
});
