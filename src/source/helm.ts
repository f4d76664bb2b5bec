/** Where Helm renders: templates of a chart, and other texts whose actions only Helm can fill in. */

/** Answers with the folder of the Helm chart that a file is a template of, or null. */
export function chartsIn(paths: readonly string[]): (path: string) => string | null {
  const charts = new Set(paths.filter((path) => /(?:^|\/)Chart\.ya?ml$/.test(path)).map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
  return (path) => {
    for (let at = path.lastIndexOf('/templates/'); at !== -1; at = path.lastIndexOf('/templates/', at - 1)) {
      if (charts.has(path.slice(0, at))) return path.slice(0, at);
      if (at === 0) break;
    }
    return path.startsWith('templates/') && charts.has('') ? '' : null;
  };
}

/** Up to the next pair of braces: a text full of open ones would take quadratic time. */
export const HELM_ACTION = /\{\{(?:(?!\{\{)[^}])*?(?:\.Values|\.Release|\.Chart|\.Capabilities|\binclude\b|\bdefine\b)/;
