import { textOf, valueOf } from '../../source/yaml.ts';
import { isYamlPath, symbolOf } from '../context.ts';
import { readSpec } from '../deployments.ts';
import type { Idiom } from '../idiom.ts';
import { literalPins, triplesOf } from '../triples.ts';

/** Values of the argo-helm chart argocd-apps (and of charts made after it): `applications` and `applicationsets` by name, or as a list. */
export const argocdApps: Idiom = {
  name: 'argocd-apps',
  summary: 'values of the argocd-apps chart: applications.<name>.source',
  find(reading) {
    return reading.paths
      .filter((path) => isYamlPath(path) && reading.chartOf(path) === null && /\btargetRevision\b/.test(reading.text(path)) && /\bapplication(?:set)?s\b/i.test(reading.text(path)))
      .flatMap((path) => {
        const file = reading.parsed(path);
        return (file?.documents ?? []).flatMap(({ root }) => {
          if (root?.kind !== 'map' || textOf(valueOf(root, 'kind')) !== null) return [];
          // the chart may be a dependency: its values then stand one level deeper
          const holders = [root, ...root.entries.map((entry) => entry.value)];
          return holders.flatMap((holder) => (holder.kind === 'map' ? holder.entries : [])).filter((entry) => /^application(?:set)?s$/i.test(entry.key)).flatMap((entry) => {
            const { value } = entry;
            const named: [string | null, typeof value][] = value.kind === 'map' ? value.entries.map((one) => [one.key, one.value]) : value.kind === 'list' ? value.items.map((one) => [textOf(valueOf(one, 'name')), one]) : [];
            return named.flatMap(([name, one]) => {
              const spec = entry.key.toLowerCase() === 'applicationsets' ? valueOf(valueOf(one, 'template'), 'spec') : one;
              const application = name === null ? symbolOf(file!, undefined) : ({ kind: 'text', value: name, offset: null } as const);
              return readSpec(file!, spec, 'other', application, { rows: [], files: [] }).flatMap(triplesOf).flatMap((triple) => literalPins(triple, 'argocd-apps'));
            });
          });
        });
      });
  },
};
