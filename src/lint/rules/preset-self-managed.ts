import { extendsIn, type WrittenText } from '../../base/config-walk.ts';
import type { Document, Draft, Model, Rule } from '../rule.ts';

export const presetSelfManaged: Rule = {
  name: 'preset-self-managed',
  severity: 'warning',
  summary: 'A gitlab> preset is always fetched from gitlab.com, and this repository seems to be elsewhere',
  fixable: false,
  check: (model) => (seemsSelfManaged(model) ? model.documents.flatMap(draftsOf) : []),
};

/** Nothing in a checkout says where it came from: a pipeline says GitLab, and any mention of gitlab.com, or an Application that deploys from there, makes it doubtful that it is another one. */
function seemsSelfManaged({ files, documents, pins }: Model): boolean {
  const speaksOfIt = documents.some(({ value }) => JSON.stringify(value).includes('gitlab.com')) || pins.some(({ kind, repository }) => kind === 'git' && /^(?:https:\/\/|(?:ssh:\/\/)?git@)gitlab\.com[/:]/.test(repository ?? ''));
  return files.includes('.gitlab-ci.yml') && !speaksOfIt;
}

function draftsOf({ source, value }: Document): Draft[] {
  return extendsIn(value)
    .flat()
    .filter(({ text }) => text.startsWith('gitlab>'))
    .map((reference) => draftOf(source, reference));
}

/** The endpoint is a constant of config/presets/gitlab/index.js (44.121.2), whatever instance Renovate works on. */
function draftOf(source: string, { text, path }: WrittenText): Draft {
  const local = text.replace('gitlab>', 'local>');
  return {
    message: `the preset ${JSON.stringify(text)} is fetched from gitlab.com, also when this project is on another GitLab`,
    remedy: `On a self-managed GitLab write ${JSON.stringify(local)}. On gitlab.com both reach the same preset.`,
    target: { kind: 'config', source, path },
    data: { reference: text, local },
  };
}
