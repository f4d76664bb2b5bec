import { textOf, valueOf, type Yaml } from '../../source/yaml.ts';
import { symbolOf } from '../context.ts';
import type { Deployment } from '../deployments.ts';
import { embeddedFile } from '../embedded.ts';
import type { Idiom } from '../idiom.ts';
import type { Pin } from '../pin.ts';
import { NOWHERE, patternOf, resolveText } from '../resolve.ts';
import { imagePin, imagesIn, type ImageOwner } from '../values-images.ts';

/** Image tags inside the helm values of an Application: `values: |`, `valuesObject`, `parameters`. */
export const helmValuesImage: Idiom = {
  name: 'helm-values-image',
  summary: 'image tag inside the helm values of an Application',
  find({ triples }) {
    const deployments = new Set(triples.map((triple) => triple.deployment));
    return [...deployments].flatMap((deployment) => {
      const helm = valueOf(deployment.source, 'helm');
      if (helm?.kind !== 'map') return [];
      return [...fromValues(deployment, valueOf(helm, 'values')), ...imagesIn(ownerOf(deployment), deployment.file, valueOf(helm, 'valuesObject')), ...fromParameters(deployment, valueOf(helm, 'parameters'))];
    });
  },
};

function ownerOf({ application }: Deployment): ImageOwner {
  return { idiom: 'helm-values-image', application: resolveText(application, NOWHERE), applicationPattern: patternOf(application, NOWHERE) };
}

function fromValues(deployment: Deployment, values: Yaml | undefined): Pin[] {
  if (values?.kind !== 'scalar' || !/image|tag/i.test(values.value ?? '')) return [];
  const inner = embeddedFile(deployment.file, values);
  return (inner?.documents ?? []).flatMap(({ root }) => imagesIn(ownerOf(deployment), inner!, root ?? undefined));
}

/** `parameters`: `image.tag` beside `image.repository`. */
function fromParameters(deployment: Deployment, parameters: Yaml | undefined): Pin[] {
  if (parameters?.kind !== 'list') return [];
  const byName = new Map(parameters.items.map((item) => [textOf(valueOf(item, 'name')) ?? '', valueOf(item, 'value')]));
  return [...byName].flatMap(([name, value]) => {
    if (!/(?:^|\.)tag$/.test(name) || value?.kind !== 'scalar') return [];
    const base = name.replace(/tag$/, '');
    const repository = textOf(byName.get(`${base}repository`)) ?? textOf(byName.get(`${base}name`));
    const symbol = symbolOf(deployment.file, value);
    if (symbol.kind !== 'text' || symbol.offset === null || !repository) return [];
    const registry = textOf(byName.get(`${base}registry`));
    return imagePin(ownerOf(deployment), deployment.file, symbol.offset, symbol.value, registry ? `${registry}/${repository}` : repository);
  });
}
