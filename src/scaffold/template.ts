/** What a placeholder may stand for. An empty text or list is "not there" to `@if`. */
export type TemplateValues = Readonly<Record<string, string | readonly string[]>>;

/** Helm, Go, Prometheus and GitLab have `{{ }}`, `$x` and `$[[ ]]` in the same files; two underscores and capitals none of them has. */
const NAME = '[A-Z](?:[A-Z_]*[A-Z])?';
const EMBEDDED = `__(?<embedded>${NAME})__`;

/**
 * Placeholders by language: those that are a value of their own, then any other. YAML: behind a key or a dash, up to the end of the line. JSON and JSON5: with its quotes.
 * One pass, so that nothing within a value is taken for a placeholder.
 */
const PLACEHOLDERS = {
  yaml: new RegExp(`(?<=^[ \\t]*(?:- )*(?:[\\w.$-]+: )?)__(?<whole>${NAME})__$|${EMBEDDED}`, 'gm'),
  json: new RegExp(`"__(?<whole>${NAME})__"|${EMBEDDED}`, 'g'),
  text: new RegExp(EMBEDDED, 'g'),
} as const;

/** At the end of a line, as a comment of its language: the line is there only if the value is. */
const CONDITION = /^(?<line>.*?)[ \t]*(?:#|\/\/|<!--)@if (?<name>[A-Z_]+)(?:[ \t]*-->)?$/;

/** Within other text a value stands as it is, so it has to mean nothing to any language there. */
const INERT = /^[\w.~:/@>#+-]*$/;

/**
 * Fills in a template. Where a placeholder is a whole YAML scalar (.yml, .yaml, and .example behind it) or a JSON string (.json, .json5), its value is quoted as that language wants it;
 * anywhere else only a value that needs no quotes anywhere is taken.
 * @param path of the file, which says its language
 * @throws Error for a placeholder without value and for a value that would need quotes where there are none: a defect of the template
 */
export function render(path: string, template: string, values: TemplateValues): string {
  const lines = template.split('\n').flatMap((line) => chosen(line, path, values)).join('\n');
  const language = languageOf(path);
  return lines.replaceAll(PLACEHOLDERS[language], (...match) => {
    const { whole, embedded } = match.at(-1) as { readonly whole?: string; readonly embedded?: string };
    if (whole === undefined) return inert(embedded!, path, values);
    return language === 'yaml' ? yamlScalar(valueOf(whole, path, values)) : json(valueOf(whole, path, values));
  });
}

function languageOf(path: string): keyof typeof PLACEHOLDERS {
  if (/\.ya?ml(?:\.example)?$/.test(path)) return 'yaml';
  return /\.json5?$/.test(path) ? 'json' : 'text';
}

function chosen(line: string, path: string, values: TemplateValues): readonly string[] {
  const condition = CONDITION.exec(line)?.groups;
  if (condition === undefined) return [line];
  return valueOf(condition['name']!, path, values).length === 0 ? [] : [condition['line']!];
}

function valueOf(name: string, path: string, values: TemplateValues): string | readonly string[] {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) throw new Error(`the template ${path} asks for ${name}, which has no value`);
  return value;
}

function inert(name: string, path: string, values: TemplateValues): string {
  const value = valueOf(name, path, values);
  if (typeof value !== 'string' || !INERT.test(value)) throw new Error(`the template ${path} has ${name} where its value would need quotes`);
  return value;
}

/** As short as JSON allows, in one line. */
function json(value: string | readonly string[]): string {
  return typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`;
}

/** JSON is YAML; quotes stand only where the text would be something else without them. */
function yamlScalar(value: string | readonly string[]): string {
  if (typeof value !== 'string') return json(value);
  return PLAIN.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value) ? value : quoted(value);
}

/** Begins with a letter, so it is no number or date, and has no blank, so that neither `: ` nor ` #` is in it. */
const PLAIN = /^[A-Za-z](?:[\w.~/@+:-]*[\w~/])?$/;

function quoted(value: string): string {
  return JSON.stringify(value).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
