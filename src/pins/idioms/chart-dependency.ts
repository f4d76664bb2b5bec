import { textOf, valueOf } from '../../source/yaml.ts';
import { nameOf, symbolOf } from '../context.ts';
import type { Idiom } from '../idiom.ts';
import { makePin } from '../make-pin.ts';

/** A dependency of a chart that Argo CD deploys from this repository (an umbrella chart). One in a local folder is no pin. */
export const chartDependency: Idiom = {
  name: 'chart-dependency',
  summary: 'dependency of an umbrella chart (Chart.yaml, requirements.yaml)',
  find(reading) {
    return reading.paths
      .filter((path) => /^(?:Chart|requirements)\.ya?ml$/.test(nameOf(path)))
      .flatMap((path) => {
        const file = reading.parsed(path);
        const root = file?.documents[0]?.root;
        const dependencies = valueOf(root, 'dependencies');
        if (!file || dependencies?.kind !== 'list') return [];
        const chart = textOf(valueOf(root, 'name'));
        return dependencies.items.flatMap((dependency) => {
          const version = valueOf(dependency, 'version');
          const repository = textOf(valueOf(dependency, 'repository'));
          if (version?.kind !== 'scalar' || !repository || repository.startsWith('file:')) return [];
          const symbol = symbolOf(file, version);
          if (symbol.kind !== 'text' || symbol.offset === null) return [];
          const pin = makePin({ file, idiom: 'chart-dependency', offset: symbol.offset, value: symbol.value, chart: textOf(valueOf(dependency, 'name')), repository, application: chart, path: false });
          return pin ? [pin] : [];
        });
      });
  },
};
