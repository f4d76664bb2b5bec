/** What the text of a custom manager's regexes and templates names. */

/** Escaped characters and classes hold no group. */
const TOKEN = /\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]|\(\?P?<(?<name>[A-Za-z_]\w*)>/g;

/** Named groups, in the syntax of either engine. */
export function groupsOf(regex: string): string[] {
  const names = [...regex.matchAll(TOKEN)].flatMap(({ groups }) => groups?.['name'] ?? []);
  return [...new Set(names)];
}

/** Names between the braces of any template, `{{#if name}}` among them. */
export function wordsOfTemplates(settings: { readonly [key: string]: unknown }): Set<string> {
  const templates = Object.entries(settings).flatMap(([key, value]) => (key.endsWith('Template') && typeof value === 'string' ? [value] : []));
  return new Set(templates.flatMap((template) => template.match(/\{\{[^}]*\}/g) ?? []).flatMap((expression) => expression.match(/\w+/g) ?? []));
}
