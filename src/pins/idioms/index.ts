import type { Idiom } from '../idiom.ts';
import { application } from './application.ts';
import { applicationSetGenerator } from './application-set-generator.ts';
import { applicationSet } from './application-set.ts';
import { argocdApps } from './argocd-apps.ts';
import { chartDependency } from './chart-dependency.ts';
import { chartEntry } from './chart-entry.ts';
import { customResource } from './custom-resource.ts';
import { embeddedApplication } from './embedded-application.ts';
import { fluxGitRepository } from './flux-git-repository.ts';
import { fluxHelmChart } from './flux-helm-chart.ts';
import { fluxHelmRelease } from './flux-helm-release.ts';
import { fluxOciRepository } from './flux-oci-repository.ts';
import { fluxPatch } from './flux-patch.ts';
import { fluxValuesImage } from './flux-values-image.ts';
import { gitFileGenerator } from './git-file-generator.ts';
import { helmChartInflationGenerator } from './helm-chart-inflation-generator.ts';
import { helmValuesImage } from './helm-values-image.ts';
import { kustomizeHelmCharts } from './kustomize-helm-charts.ts';
import { kustomizePatch } from './kustomize-patch.ts';
import { values } from './values.ts';
import { versionsFile } from './versions-file.ts';

/** Every idiom, the more certain ones first: of two that find the same place the first names it. */
export const idioms: readonly Idiom[] = [
  application,
  applicationSet,
  applicationSetGenerator,
  gitFileGenerator,
  embeddedApplication,
  customResource,
  chartDependency,
  kustomizeHelmCharts,
  helmChartInflationGenerator,
  kustomizePatch,
  versionsFile,
  argocdApps,
  values,
  chartEntry,
  helmValuesImage,
  fluxHelmRelease,
  fluxHelmChart,
  fluxOciRepository,
  fluxGitRepository,
  fluxPatch,
  fluxValuesImage,
];
