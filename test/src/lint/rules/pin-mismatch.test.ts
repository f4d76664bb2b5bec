import { pinMismatch } from '../../../../src/lint/rules/pin-mismatch.ts';
import { manager, pin, testRule } from '../harness.ts';

const place = 'applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager:';
const custom = manager({ manager: 'custom.regex', source: 'renovate.json', packageName: 'cert', datasource: 'docker', registryUrls: ['https://example.com'], currentValue: 'v1.11.0"' });
const by = 'custom.regex (renovate.json)';

const OCI = { status: 'mismatch', kind: 'oci', repository: 'oci://ghcr.io/team' } as const;

testRule(pinMismatch, {
  accept: [
    { name: 'a managed version', pins: [pin()] },
    { name: 'a duplicate', pins: [pin({ status: 'duplicate', reason: 'several-managers' })] },
  ],
  reject: [
    {
      name: 'another name',
      pins: [pin({ status: 'mismatch', reason: 'wrong-name', managers: [custom] })],
      findings: [`${place} ${by} looks up cert instead of cert-manager`],
      remedies: ['depName or packageName'],
    },
    {
      name: 'another registry',
      pins: [pin({ status: 'mismatch', reason: 'wrong-registry', managers: [custom] })],
      findings: [`${place} ${by} looks in https://example.com, but Argo CD takes it from https://charts.jetstack.io`],
      remedies: ['set registryUrlTemplate to https://charts.jetstack.io'],
    },
    {
      name: 'another datasource',
      pins: [pin({ status: 'mismatch', reason: 'wrong-datasource', managers: [custom] })],
      findings: [`${place} ${by} uses the datasource docker, but a version of the kind helm needs helm`],
      remedies: ['Set datasourceTemplate to helm'],
    },
    {
      name: 'a chart of an OCI registry by its http name',
      pins: [pin({ ...OCI, reason: 'wrong-datasource', managers: [manager({ ...custom, datasource: 'helm', registryUrls: ['ghcr.io/team'] })] })],
      findings: [`${place} ${by} uses the datasource helm, but a version of the kind oci needs docker`],
      remedies: ['a manager of its own read charts of OCI registries, with datasourceTemplate docker and the whole address as packageName: ghcr.io/team/cert-manager'],
    },
    {
      name: 'a chart of an OCI registry in an http index that was named on purpose',
      pins: [pin({ ...OCI, reason: 'wrong-datasource', managers: [manager({ ...custom, datasource: 'helm' })] })],
      findings: [`${place.replace('error', 'warning')} ${by} looks it up in https://example.com (helm), but Argo CD takes it from oci://ghcr.io/team: what is released there need not be here, or not yet`],
      remedies: ['datasource docker, packageName ghcr.io/team/cert-manager. If the two are known'],
    },
    {
      name: 'a chart by the releases of its project',
      pins: [pin({ status: 'mismatch', reason: 'wrong-datasource', managers: [manager({ ...custom, datasource: 'github-releases', packageName: 'cert-manager/cert-manager', registryUrls: [] })] })],
      findings: [`${place.replace('error', 'warning')} ${by} looks it up in cert-manager/cert-manager (github-releases), but Argo CD takes it from https://charts.jetstack.io: what is released there need not be here, or not yet`],
      remedies: ['datasource helm'],
    },
    {
      name: 'an OCI registry with a path, which the datasource docker does not take',
      pins: [pin({ ...OCI, reason: 'wrong-registry', managers: [manager({ ...custom, registryUrls: [] })] })],
      findings: [`${place} ${by} looks in the default registry, but Argo CD takes it from oci://ghcr.io/team`],
      remedies: ['let packageName be the whole address, ghcr.io/team/cert-manager'],
    },
    {
      name: 'a quote in the value',
      pins: [pin({ status: 'mismatch', reason: 'wrong-value', managers: [custom] })],
      findings: [`${place} ${by} reads the version as "v1.11.0\\""`],
      remedies: ['Narrow what currentValue captures'],
    },
    {
      name: 'an update that changes other places',
      pins: [pin({ status: 'mismatch', reason: 'write-back-spread', managers: [custom] })],
      findings: [`${place} an update by ${by} would change other places of the file too`],
      remedies: ['Renovate rewrites every occurrence'],
    },
    {
      name: 'an update that cannot be written',
      pins: [pin({ status: 'mismatch', reason: 'write-back-failed', managers: [custom] })],
      findings: [`${place} ${by} finds the version but cannot write a new one`],
      remedies: ['autoReplaceStringTemplate'],
    },
  ],
});
