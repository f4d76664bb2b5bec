/** Holds answers against GitLab's published description (Swagger 2): what a field is said to be, it has to be. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

export interface Operation {
  readonly responses: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** Where the description is known to be wrong: definitions, why, and what their fields are in truth. */
export interface Correction {
  readonly of: RegExp;
  readonly why: string;
  readonly fields: Readonly<Record<string, Schema>>;
}

const PREFIX = '#/definitions/';

/** What of a value is not as it is described; nothing when all is. Null stands for every field: the description does not say which may be. */
export function violations({ definitions, corrections }: { definitions: Description['definitions']; corrections: readonly Correction[] }, schema: Schema, value: unknown): string[] {
  function judge(wanted: Schema, found: unknown, place: string): string[] {
    if (wanted.$ref !== undefined) return judgeDefinition(wanted.$ref.slice(PREFIX.length), found, place);
    if (found === null) return place === '$' || place.endsWith(']') ? [`${place}: null`] : [];
    if (wanted.type === 'array') return Array.isArray(found) ? found.flatMap((entry, index) => judge(wanted.items ?? {}, entry, `${place}[${index}]`)) : [`${place}: no array`];
    if (wanted.type === 'object' || wanted.properties !== undefined) return isObject(found) ? judgeFields(wanted.properties ?? {}, found, place) : [`${place}: no object`];
    const mistake = scalarMistake(wanted, found);
    return mistake === null ? [] : [`${place}: ${mistake}`];
  }

  function judgeDefinition(name: string, found: unknown, place: string): string[] {
    const definition = definitions[name];
    if (definition === undefined) return [`${place}: the description has no ${name}`];
    const corrected = Object.assign({}, definition.properties, ...corrections.filter(({ of }) => of.test(name)).map(({ fields }) => fields)) as Readonly<Record<string, Schema>>;
    return judge({ ...definition, properties: corrected }, found, place);
  }

  function judgeFields(fields: Readonly<Record<string, Schema>>, found: Readonly<Record<string, unknown>>, place: string): string[] {
    return Object.entries(found).flatMap(([name, entry]) => (fields[name] === undefined ? [] : judge(fields[name], entry, `${place}.${name}`)));
  }

  return judge(schema, value, '$');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  symbol: (value) => typeof value === 'string',
  text: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
};

function scalarMistake({ type = '', format = '', enum: values }: Schema, found: unknown): string | null {
  const fits = SCALARS[type];
  if (fits === undefined) return null;
  if (!fits(found)) return `${JSON.stringify(found)} is no ${type}`;
  if (format.startsWith('date') && Number.isNaN(Date.parse(String(found)))) return `${JSON.stringify(found)} is no ${format}`;
  return values === undefined || values.includes(found) ? null : `${JSON.stringify(found)} is none of ${values.join(', ')}`;
}

/** `GET /projects/:id/hooks/:hook` in the description, whatever the parameters are called there. */
export function operationOf({ paths }: Description, line: string): Operation | null {
  const [method = '', path = ''] = line.split(' ');
  const wanted = shape(path.replaceAll(/:\w+/g, '{}'));
  const found = Object.entries(paths).find(([candidate]) => shape(candidate.replace(/^\/api\/v4/, '')) === wanted);
  return found?.[1][method.toLowerCase()] ?? null;
}

function shape(path: string): string {
  return path.replaceAll(/\{\w*\}/g, '{}');
}
