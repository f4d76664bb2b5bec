import { readAlerting } from '../../../src/alerts/read.ts';
import { configDocument } from '../../../src/config/document.ts';
import type { CoveredPin } from '../../../src/coverage/coverage.ts';
import { lint, type Locate } from '../../../src/lint/lint.ts';
import { KNOWN_NAMES } from '../../../src/lint/known-names.ts';
import { writtenManagers } from '../../../src/lint/managers.ts';
import { patternJudge } from '../../../src/lint/patterns.ts';
import type { AppliedRule, Finding, Model, PackageRules, Rule, RuleSubject } from '../../../src/lint/rule.ts';
import type { ExtractedDependency, JsonObject, ManagerRun, RuleVerdict } from '../../../src/renovate/types.ts';
import { parseJson5 } from '../../../src/source/json5.ts';
import { memoryRepository } from '../../../src/source/repository.ts';

/** A model in few words: what a case does not name is empty. */
export interface Case extends Partial<Omit<Model, 'documents' | 'managers' | 'patterns' | 'config' | 'text' | 'names'>> {
  readonly name: string;
  /** Config and presets as text, by source; the first is the repository's. */
  readonly documents?: Readonly<Record<string, string>>;
  readonly resolved?: JsonObject;
  readonly texts?: Readonly<Record<string, string>>;
}

export interface RejectCase extends Case {
  /** Each finding as `file:line:column severity message`, in order. */
  readonly findings: readonly string[];
  /** Part of each remedy. */
  readonly remedies: readonly string[];
}

/** Runs a rule over hand-made models: no finding for those to accept, exactly the listed ones for those to reject. */
export function testRule(rule: Rule, table: { readonly accept: readonly Case[]; readonly reject: readonly RejectCase[] }): void {
  describe(`${rule.name} accepts`, () => {
    it.each(table.accept)('$name', (given) => {
      expect(findingsOf(rule, given).map(line)).toEqual([]);
    });
  });
  describe(`${rule.name} rejects`, () => {
    it.each(table.reject)('$name', (given) => {
      const findings = findingsOf(rule, given);
      expect(findings.map(line)).toEqual(given.findings);
      expect(findings.map(({ remedy }) => remedy)).toEqual(given.remedies.map((part) => expect.stringContaining(part)));
    });
  });
}

function line({ file, line: row, column, severity, message }: Finding): string {
  return `${file}:${row}:${column} ${severity} ${message}`;
}

export function findingsOf(rule: Rule, given: Case): Finding[] {
  const documents = Object.entries(given.documents ?? { 'renovate.json': '{}' }).map(([source, text]) => {
    const parsed = parseJson5(text, 'json5');
    if (!parsed.ok) throw new Error(`${source} in the test is broken: ${parsed.message}`);
    return configDocument({ source, file: source, text, value: parsed.value as JsonObject, positions: parsed.positions });
  });
  const locate: Locate = (source, path, part) => {
    const document = documents.find((candidate) => candidate.source === source)!;
    return part === 'key' ? document.keyAt(path) : document.valueAt(path);
  };
  const file = documents[0]?.file ?? null;
  const resolved = given.resolved ?? Object.assign({}, ...documents.map(({ value }) => value));
  const managers = writtenManagers(documents, given.runs ?? [], resolved);
  const model: Model = { pins: [], shadows: [], runs: [], packageRules: { rules: [], subjects: [], unread: [] }, timetable: null, missing: [], messages: [], files: [], alerting: readAlerting(memoryRepository(given.texts ?? {})), ...given, documents, text: (path) => given.texts?.[path] ?? '', names: KNOWN_NAMES, managers, patterns: patternJudge(), config: { file, resolved } };
  return lint(model, [rule], locate);
}

export function pin(overrides: Partial<CoveredPin> = {}): CoveredPin {
  return {
    file: 'applications/templates/app-cert-manager.yaml',
    line: 12,
    column: 21,
    offset: 300,
    value: 'v1.11.0',
    kind: 'helm',
    idiom: 'application',
    floating: false,
    name: 'cert-manager',
    repository: 'https://charts.jetstack.io',
    application: 'cert-manager',
    status: 'managed',
    reason: null,
    managers: [manager()],
    ...overrides,
  };
}

export function manager(overrides: Partial<CoveredPin['managers'][number]> = {}): CoveredPin['managers'][number] {
  return {
    manager: 'argocd',
    datasource: 'helm',
    packageName: 'cert-manager',
    registryUrls: ['https://charts.jetstack.io'],
    currentValue: 'v1.11.0',
    source: 'presets/managers/application.json',
    ...overrides,
  };
}

/** By default the first custom manager of renovate.json. */
export function run(overrides: Partial<ManagerRun> = {}): ManagerRun {
  return {
    manager: 'custom.regex',
    index: 0,
    source: { source: 'renovate.json', index: 0 },
    filePatterns: [],
    matchStrings: [],
    matchedFiles: [],
    dependencies: [],
    dropped: [],
    error: null,
    ...overrides,
  };
}

export function dependency(overrides: Partial<ExtractedDependency> = {}): ExtractedDependency {
  return {
    file: 'values.yaml',
    depName: 'cert-manager',
    packageName: 'cert-manager',
    datasource: 'helm',
    currentValue: 'v1.11.0',
    currentDigest: null,
    versioning: null,
    registryUrls: [],
    enabled: true,
    skipReason: null,
    match: null,
    writeBack: { kind: 'none' },
    ...overrides,
  };
}

/** By default a dependency of the argocd manager. */
export function subject(overrides: Partial<ExtractedDependency> = {}, rest: Partial<RuleSubject> = {}): RuleSubject {
  return { manager: 'argocd', dependency: dependency(overrides), count: 1, ...rest };
}

/**
 * A rule of renovate.json with a verdict for each subject: `matches`, or `fails matchA matchB`, or `undecidable matchC`. Its place is that in the resolved config,
 * if not said otherwise.
 */
export function applied(index: number, settings: JsonObject, verdicts: readonly string[], rest: Partial<AppliedRule> = {}): AppliedRule {
  const types = settings['matchUpdateTypes'];
  return {
    index,
    source: { source: 'renovate.json', index },
    settings,
    updateTypes: Array.isArray(types) ? (types as readonly string[]) : null,
    isBreaking: null,
    verdicts: verdicts.map(verdict),
    ...rest,
  };
}

function verdict(text: string): RuleVerdict {
  const [kind, ...matchers] = text.split(' ');
  return (kind === 'matches' ? { kind } : { kind, matchers }) as RuleVerdict;
}

export function packageRules(subjects: readonly RuleSubject[], rules: readonly AppliedRule[], unread: PackageRules['unread'] = []): PackageRules {
  return { rules, subjects, unread };
}
