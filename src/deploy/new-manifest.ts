import { fail, FailureError } from '../base/failure.ts';
import { render, type TemplateValues } from '../scaffold/template.ts';
import { applicationNames, locateRevision } from './read-manifest.ts';
import type { DeployRequest } from './request.ts';
import { literalBlock } from './scalar.ts';

/** A team's own template. */
export interface ManifestTemplate {
  /** As it was named, for messages. */
  readonly origin: string;
  readonly text: string;
}

/** What of the cluster repository a new manifest depends on. */
export interface Surroundings {
  /** Whether Helm renders the file: then braces in values are none of its own. */
  readonly isHelm: boolean;
  /** Whether the chart's values.yaml says where its Applications go. */
  readonly namesDestination: boolean;
}

const DEFAULT: ManifestTemplate = {
  origin: "renovate-argocd's own template",
  text: `# Written by renovate-argocd deploy, which from now on changes targetRevision and nothing else.
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: __NAME__
  namespace: __ARGOCD_NAMESPACE__
spec:
  project: __PROJECT__
  source:
    repoURL: __REPOSITORY__
    path: __CHART_PATH__
    targetRevision: __REVISION__
    helm: #@if HELM
      valueFiles: __VALUE_FILES__ #@if VALUE_FILES
      values: __VALUES__ #@if VALUES
  destination:
    server: __DESTINATION__
    namespace: __NAMESPACE__
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - CreateNamespace=true
`,
};

/** A whole line whose value may take several. */
const VALUES_LINE = /^(?<indent>[ \t]*)(?<key>[\w.-]+:) __VALUES__(?:[ \t]*#@if VALUES)?[ \t]*$/;

/**
 * The manifest of an application that has none yet. It is read again before it is believed.
 * @param template the team's own; null for the one that comes with the program
 * @throws FailureError `template-invalid` for an unknown placeholder, a value where it would need quotes, and what does not become this Application
 */
export function newManifest(request: DeployRequest, around: Surroundings, template: ManifestTemplate | null): string {
  const { origin, text } = template ?? DEFAULT;
  const values = valuesOf(request, around);
  const lines = text.replaceAll('\r\n', '\n').split('\n').map((line, index) => {
    const block = withValues(line, request, around);
    return block === undefined ? rendered({ origin, line, number: index + 1 }, values) : block;
  });
  const made = lines.filter((line) => line !== null).join('\n');
  check(made, origin, request);
  return made;
}

function valuesOf({ name, argocdNamespace, project, repository, chartPath, revision, namespace, destination, values, valueFiles }: DeployRequest, { isHelm, namesDestination }: Surroundings): TemplateValues {
  return {
    NAME: name,
    ARGOCD_NAMESPACE: argocdNamespace,
    PROJECT: project,
    REPOSITORY: repository,
    CHART_PATH: chartPath,
    REVISION: revision,
    NAMESPACE: namespace,
    DESTINATION: destination ?? (isHelm && namesDestination ? '{{ .Values.destination.server }}' : 'https://kubernetes.default.svc'),
    VALUES: values === null ? '' : helmSafe(values, isHelm),
    VALUE_FILES: valueFiles,
    HELM: values !== null || valueFiles.length > 0 ? 'yes' : '',
  };
}

/** Helm would run the actions that are meant for somebody else; so each brace pair becomes an action that prints it. */
function helmSafe(text: string, isHelm: boolean): string {
  return isHelm ? text.replaceAll('{{', '{{ "{{" }}') : text;
}

/** The line of the values as a block; undefined when it is another line, null when there are no values. */
function withValues(line: string, { values }: DeployRequest, { isHelm }: Surroundings): string | null | undefined {
  const parts = VALUES_LINE.exec(line)?.groups;
  if (parts === undefined) return undefined;
  if (values === null) return null;
  return `${parts['indent']}${parts['key']} ${literalBlock(helmSafe(values, isHelm), `${parts['indent']}  `)}`;
}

/** Null when the line is left out. Line by line, so that a fault has its place. */
function rendered({ origin, line, number }: { readonly origin: string; readonly line: string; readonly number: number }, values: TemplateValues): string | null {
  try {
    // a line that is left out leaves nothing, not even an empty one
    const [kept = null] = line === '' ? [''] : render(FILE_OF_YAML, `${line}\n`, values).split('\n').slice(0, -1);
    return kept;
  } catch (error) {
    return fail({ code: 'template-invalid', message: (error as Error).message.replace(FILE_OF_YAML, origin), file: origin, line: number, column: Math.max(line.indexOf('__'), 0) + 1, text: line, remedy: `Placeholders are ${Object.keys(values).map((name) => `__${name}__`).join(', ')}; each stands alone behind its key.` });
  }
}

/** Says that placeholders are quoted as YAML wants it. */
const FILE_OF_YAML = 'template.yaml';

/** Whatever is wrong with it is the template's fault: what goes into it has been checked. */
function check(made: string, origin: string, request: DeployRequest): void {
  const remedy = 'Nothing was changed. docs/deploy.md has a template to begin with.';
  try {
    const place = locateRevision(made, { file: origin, repository: request.repository, name: request.name, chartPath: request.chartPath });
    const names = applicationNames(made);
    const wrong = !names.includes(request.name) ? 'no Application in it is called __NAME__' : place.value !== request.revision || place.typed ? 'its targetRevision is not __REVISION__' : null;
    if (wrong !== null) fail({ code: 'template-invalid', message: `${origin} does not make the Application ${request.name}: ${wrong}`, file: origin, remedy });
  } catch (error) {
    throw error instanceof FailureError ? new FailureError({ ...error.failure, code: 'template-invalid', remedy }) : error;
  }
}
