/** What a version names: a chart in an http repository, a chart in an OCI registry, a git revision, a container image. */
export type PinKind = 'helm' | 'oci' | 'git' | 'image';

/** One place in the repository from which Argo CD or Flux takes a version. */
export interface Pin {
  /** Path from the judged directory, with forward slashes. */
  readonly file: string;
  /** Of the first character of the version, counted from 1. */
  readonly line: number;
  readonly column: number;
  /** Of the same character in the decoded text, in UTF-16 code units from 0. */
  readonly offset: number;
  /** The version exactly as written, without quotes. */
  readonly value: string;
  readonly kind: PinKind;
  /** Name of the idiom that found it: file, fixture folder and docs anchor have the same name. */
  readonly idiom: string;
  /** A range, a branch, HEAD, latest: a value that may deploy something else tomorrow. */
  readonly floating: boolean;
  /** Chart, image or repository; null when it cannot be known statically. */
  readonly name: string | null;
  /** Repository as declared; null when it cannot be known statically. */
  readonly repository: string | null;
  /** The Argo CD Application it belongs to; for Flux the HelmRelease or Kustomization. Null when not known. */
  readonly application: string | null;
  /** Names of the Applications themselves, where `application` is none: what of a name that a template makes is written out, `*` for the rest (`*-cert-manager`); those that deploy one folder between them. */
  readonly applicationPatterns?: readonly string[];
  /** One of several versions that stand side by side under `versions`, for the chart to offer by name; an update would change what the name means. */
  readonly offered?: true;
}
