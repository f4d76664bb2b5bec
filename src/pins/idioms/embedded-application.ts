import { walkScalars } from '../../source/yaml.ts';
import { isYamlPath } from '../context.ts';
import { deploymentsIn } from '../deployments.ts';
import { embeddedFile } from '../embedded.ts';
import type { Idiom } from '../idiom.ts';
import { literalPins, triplesOf } from '../triples.ts';

/** An Application written inside a block string: the manifest of a workflow step, of a ConfigMap, of an operator's resource. */
export const embeddedApplication: Idiom = {
  name: 'embedded-application',
  summary: 'Application inside a block string of another resource',
  find(reading) {
    return reading.paths
      .filter((path) => isYamlPath(path) && /\n[ \t]+apiVersion:\s*["']?argoproj\.io\//.test(reading.text(path)) && /[|>][+\-\d]*[ \t]*(?:#.*)?\r?\n/.test(reading.text(path)))
      .flatMap((path) => {
        const file = reading.parsed(path);
        if (!file) return [];
        const inner = file.documents.flatMap(({ root }) => {
          const found: NonNullable<ReturnType<typeof embeddedFile>>[] = [];
          walkScalars(root, (scalar) => {
            const embedded = scalar.block && scalar.value?.includes('argoproj.io/') ? embeddedFile(file, scalar) : null;
            if (embedded) found.push(embedded);
          });
          return found;
        });
        return inner.flatMap((one) => deploymentsIn(one).flatMap(triplesOf).flatMap((triple) => literalPins(triple, 'embedded-application')));
      });
  },
};
