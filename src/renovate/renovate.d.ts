/** Renovate 44 ships no typings for its deep modules and promises no stability of them: everything behind this line is `any`, on purpose. */
declare module 'renovate/dist/*';

/** Answered at build time by scripts/build.mjs, from Renovate's own registries. */
declare module 'renovate-facts' {
  export const version: string;
  export const datasources: Readonly<Record<string, { readonly defaultVersioning?: string; readonly defaultConfig?: object }>>;
  export const managers: Readonly<
    Record<string, { readonly categories?: readonly string[]; readonly datasources?: readonly string[]; readonly supersedesManagers?: readonly string[]; readonly updateDependency?: boolean }>
  >;
  /** Built-in presets with their `extends` resolved; the rules apart, because there are hundreds. */
  export const flattened: Readonly<
    Record<string, { readonly rest: { readonly [key: string]: unknown }; readonly rules: () => Promise<{ readonly packageRules: readonly object[] }> }>
  >;
}

/** The package of that name that Renovate depends on. */
declare module 'renovate-jsonata' {
  export default function jsonata(query: string): unknown;
}

declare module 'renovate-croner' {
  export class Cron {
    constructor(expression: string, options: { readonly timezone: string; readonly mode: '5-part' });
    nextRun(after: Date): Date | null;
  }
}

/** The clock that Renovate reads. */
declare module 'renovate-luxon' {
  export const Settings: { now: () => number };
  export const DateTime: { fromMillis(time: number, options: { readonly zone: string }): { readonly weekday: number; readonly hour: number; readonly minute: number } };
}

declare module 'renovate-yaml' {
  interface ParsedDocument {
    readonly errors: readonly Error[];
    toJS(options?: object): unknown;
  }
  export function parseAllDocuments(text: string, options: object): readonly ParsedDocument[];
  export function parseDocument(text: string, options: object): unknown;
  export function stringify(value: unknown, options?: object): string;
}
