/** What overrides a place: each in words that follow "by". */
export type OverrideKind = 'patch' | 'parameter' | 'values-object' | 'values' | 'values-file' | 'merge' | 'template' | 'template-patch' | 'default';

/** A place that is read instead of another one. */
export interface Override {
  readonly by: OverrideKind;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  /** What stands there; null where a whole list or map is replaced and nothing in it corresponds. */
  readonly value: string | null;
}

/** A pin that no deployment takes its version from: each one that reads it is told another value. */
export interface Shadow {
  readonly file: string;
  readonly offset: number;
  /** One for each different place that overrides it. */
  readonly overrides: readonly Override[];
}
