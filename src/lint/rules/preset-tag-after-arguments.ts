import { extendsIn, type WrittenText } from '../../base/config-walk.ts';
import { setting, type Document, type Draft, type Rule } from '../rule.ts';

export const presetTagAfterArguments: Rule = {
  name: 'preset-tag-after-arguments',
  severity: 'error',
  summary: 'A preset\'s tag stands after its arguments, where Renovate takes it for a part of the last one',
  fixable: true,
  check: (model) => model.documents.flatMap(draftsOf),
};

function draftsOf({ source, value }: Document): Draft[] {
  return extendsIn(value)
    .flat()
    .flatMap((reference) => draftOf(source, reference));
}

/**
 * Renovate takes everything between the first parenthesis and the last character of the reference for arguments, whatever that
 * character is (splitPresetParams of config/presets/parse.js, 44.121.2). Does not match a `#` inside the arguments.
 */
const TAG_LAST = /^(?<name>[^(]+)\((?<args>.*)\)(?<tag>#[^()]+)$/s;

function draftOf(source: string, { text, path }: WrittenText): Draft[] {
  const { name, args, tag } = TAG_LAST.exec(text)?.groups ?? {};
  if (name === undefined || args === undefined || tag === undefined) return [];
  const mended = takesTag(name) ? `${name.replace(/#.*$/s, '')}${tag}(${args})` : `${name}(${args})`;
  const last = `${args})${tag}`.slice(0, -1).split(',').at(-1)!.trim();
  return [
    {
      message: `the tag ${tag} stands after the arguments of the preset ${JSON.stringify(text)}: it is ignored, and the last argument becomes ${JSON.stringify(last)}`,
      remedy: takesTag(name) ? `Write the tag before the parenthesis: ${JSON.stringify(mended)}.` : `Leave the tag out, presets of this kind have none: ${JSON.stringify(mended)}.`,
      target: { kind: 'config', source, path },
      data: { reference: text, tag: tag.slice(1), argument: last },
      change: setting(source, path, mended),
    },
  ];
}

/** Only presets that stand in a repository: not built-in ones, URLs, npm packages and relative ones. */
function takesTag(name: string): boolean {
  if (/^(?:https?:|npm>|[@./])/.test(name)) return false;
  return name.includes('>') || name.includes('/');
}
