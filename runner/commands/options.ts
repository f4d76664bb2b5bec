import type { Option } from '../../src/program/command.ts';

/** Options of every command that talks to GitLab. */
export const CONNECTION_OPTIONS: readonly Option[] = [
  { name: 'config', value: 'FILE', description: 'configuration, by default runner.json5 in the current directory when it is there' },
  { name: 'endpoint', value: 'URL', description: "GitLab's address" },
];

/** Options that name projects. */
export const SELECTION_OPTIONS: readonly Option[] = [
  { name: 'project', value: 'PATH', repeatable: true, description: 'a project, or a glob; with this option, --group or --topic only what they name is run' },
  { name: 'group', value: 'PATH', repeatable: true, description: 'a group with its subgroups' },
  { name: 'topic', value: 'NAME', repeatable: true, description: 'projects with this topic' },
  { name: 'exclude', value: 'PATH', repeatable: true, description: 'a path or glob to leave out, besides those of the configuration' },
];

export const REPORT_OPTION: Option = { name: 'report', value: 'DIR', description: 'folder of the report; the last one there tells how long each project takes' };

export const CONCURRENCY_OPTION: Option = { name: 'concurrency', value: 'N', description: 'Renovate processes at a time, by default as many as cores and memory allow' };

export const DRY_RUN_OPTION: Option = { name: 'dry-run', value: null, description: 'say what would be done, and write nothing to GitLab' };
