import { findPins } from '../../../src/pins/find.ts';
import { memoryRepository } from '../../../src/source/repository.ts';

const application = (values: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: argo-events
spec:
  source:
    chart: argo-events
    repoURL: https://argoproj.github.io/argo-helm
    targetRevision: 2.4.9
    helm:
      valuesObject: ${values}
`;

describe('images under versions, for the chart to offer by name', () => {
  it.each<[string, string, readonly (true | undefined)[]]>([
    ['an entry with its version', '{nats: {versions: [{version: 2.9.1, natsImage: "nats:2.9.1", metricsImage: "team/exporter:0.9.1"}]}}', [true, true]],
    ['an entry without one', '{nats: {versions: [{natsImage: "nats:2.9.1"}]}}', [undefined]],
    ['another list', '{nats: {containers: [{version: 2.9.1, image: "nats:2.9.1"}]}}', [undefined]],
    ['no list', '{versions: {nats: {version: 2.9.1, image: "nats:2.9.1"}}}', [undefined]],
  ])('%s', (_name, values, expected) => {
    const images = findPins(memoryRepository({ 'app.yaml': application(values) })).filter(({ kind }) => kind === 'image');
    expect(images.map(({ offered }) => offered)).toEqual(expected);
  });
});
