import type { CoveredPin, ManagedBy, ReasonCode } from '../../coverage/coverage.ts';
import { deployerName, managerName, pinName, type Rule } from '../rule.ts';

export const pinMismatch: Rule = {
  name: 'pin-mismatch',
  severity: 'error',
  summary: 'Renovate reads the version, but looks up something else or would change another place',
  fixable: false,
  check: (model) =>
    model.pins
      .filter((pin) => pin.status === 'mismatch')
      .map((pin) => {
        const fault = faultOf(pin);
        return {
          message: `${pin.value} of ${pinName(pin)}: ${fault.message}`,
          remedy: fault.remedy,
          ...(fault.severity === undefined ? {} : { severity: fault.severity }),
          target: { kind: 'pin', pin },
          data: { reason: pin.reason, kind: pin.kind, name: pin.name, value: pin.value, repository: pin.repository },
        };
      }),
};

interface Fault {
  readonly message: string;
  readonly remedy: string;
  readonly severity?: 'warning';
}

function faultOf(pin: CoveredPin): Fault {
  const manager = pin.managers[0];
  if (manager === undefined) return { message: 'what Renovate extracts does not fit', remedy: 'Compare with `renovate-argocd pins --format json`.' };
  const by = managerName(manager);
  const describe = FAULTS[pin.reason ?? 'wrong-value'] ?? FAULTS['wrong-value']!;
  return describe(pin, manager, by);
}

const FAULTS: Partial<Record<ReasonCode, (pin: CoveredPin, manager: ManagedBy, by: string) => Fault>> = {
  'wrong-name': (pin, manager, by) => ({
    message: `${by} looks up ${manager.packageName ?? 'nothing'} instead of ${pin.name ?? 'the chart'}`,
    remedy: 'Correct what depName or packageName captures in that manager, or in the `# renovate:` comment.',
  }),
  'wrong-registry': (pin, manager, by) => ({
    message: `${by} looks in ${manager.registryUrls.join(', ') || 'the default registry'}, but ${deployerName(pin)} takes it from ${pin.repository ?? 'another one'}`,
    remedy: pin.kind === 'oci' ? `The datasource docker takes no path from registryUrl: let packageName be the whole address, ${addressOf(pin)}, as with "packageNameTemplate": "{{{registryUrl}}}/{{{depName}}}".` : `Let the manager capture registryUrl from the source's repoURL, or set registryUrlTemplate${pin.repository === null ? '' : ` to ${pin.repository}`}.`,
  }),
  'wrong-datasource': (pin, manager, by) => {
    const place = substituteOf(manager);
    if (place !== null) {
      return {
        severity: 'warning',
        message: `${by} looks it up in ${place} (${manager.datasource ?? ''}), but ${deployerName(pin)} takes it from ${pin.repository ?? 'another place'}: what is released there need not be here, or not yet`,
        remedy: `Look it up where it comes from: datasource ${datasourceOf(pin)}${pin.kind === 'oci' ? `, packageName ${addressOf(pin)}` : ''}. If the two are known to go together, keep it.`,
      };
    }
    return {
      message: `${by} uses the datasource ${manager.datasource ?? '(none)'}, but a version of the kind ${pin.kind} needs ${datasourceOf(pin)}`,
      remedy: pin.kind === 'oci' ? `Let a manager of its own read charts of OCI registries, with datasourceTemplate docker and the whole address as packageName: ${addressOf(pin)}.` : `Set datasourceTemplate to ${datasourceOf(pin)} in that manager.`,
    };
  },
  'wrong-value': (_pin, manager, by) => ({
    message: `${by} reads the version as ${JSON.stringify(manager.currentValue)}`,
    remedy: 'Narrow what currentValue captures: without quotes, spaces and the rest of the line.',
  }),
  'write-back-spread': (_pin, _manager, by) => ({
    message: `an update by ${by} would change other places of the file too`,
    remedy: 'Let matchStrings match no more than the lines of this one source: Renovate rewrites every occurrence of the version inside the match.',
  }),
  'write-back-failed': (_pin, _manager, by) => ({
    message: `${by} finds the version but cannot write a new one`,
    remedy: 'Let matchStrings capture the version exactly as it stands in the file, or correct autoReplaceStringTemplate.',
  }),
};

/** Another place that is named in full, and was so on purpose: an http index for a chart of an OCI registry, or the releases of its project. */
function substituteOf({ datasource, packageName, registryUrls }: ManagedBy): string | null {
  const [registry] = registryUrls;
  if (datasource === 'helm') return registry !== undefined && /^https?:\/\//.test(registry) ? registry : null;
  return /^(?:git|github|gitlab|gitea|forgejo)-(?:tags|releases)$/.test(datasource ?? '') && packageName !== null ? packageName : null;
}

function addressOf({ repository, name }: CoveredPin): string {
  const registry = (repository ?? 'registry').replace(/^oci:\/\//, '').replace(/\/$/, '');
  return name === null || registry.endsWith(`/${name}`) ? registry : `${registry}/${name}`;
}

function datasourceOf(pin: CoveredPin): string {
  return { helm: 'helm', oci: 'docker', git: 'git-tags', image: 'docker' }[pin.kind];
}
