import { parseCron } from '../../../src/base/cron.ts';
import { cronsIn } from '../../../src/config/crons.ts';
import { memoryRepository } from '../../../src/source/repository.ts';

describe('an expression', () => {
  it.each<[string, ReturnType<typeof parseCron>]>([
    ['0 4 * * 1-5', { expression: '0 4 * * 1-5', timezone: null }],
    [' 0  4 * * MON-FRI ', { expression: '0 4 * * MON-FRI', timezone: null }],
    ['*/15 4,16 * * * Europe/Berlin', { expression: '*/15 4,16 * * *', timezone: 'Europe/Berlin' }],
    ['0 4 * * * UTC', { expression: '0 4 * * *', timezone: 'UTC' }],
    ['0 4 * *', null],
    ['0 0 4 * * *', null],
    ['0 4 * * * Europe/Berlin x', null],
    ['$CRON', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(parseCron(text)).toEqual(expected);
  });
});

/** Each as `expression zone of origin`; null when Renovate can run at any time. */
function found(files: Readonly<Record<string, string>>): string[] | null {
  const crons = cronsIn(memoryRepository(files).files);
  return crons === null ? null : crons.map(({ expression, timezone, origin }) => `${expression} ${timezone} of ${origin}`);
}

const workflow = (on: string, step = 'uses: renovatebot/github-action@v43'): string => `on:\n${on}\njobs:\n  a:\n    steps:\n      - ${step}\n`;
const daily = "  schedule:\n    - cron: '0 4 * * *'\n  workflow_dispatch:";

describe('files', () => {
  it.each<[string, Record<string, string>, string[] | null]>([
    ['none', {}, []],
    ["the runner's config", { 'runner.json5': "{ schedules: [{ cron: '0 4 * * *', cronTimezone: 'Europe/Berlin' }, { cron: ['0 5 * * *'] }] }" }, ['0 4 * * * Europe/Berlin of runner.json5', '0 5 * * * null of runner.json5']],
    ["a timezone for all of the runner's", { 'runner.json5': "{ timezone: 'Asia/Tokyo', run: { cron: '0 4 * * *' } }" }, ['0 4 * * * Asia/Tokyo of runner.json5']],
    ["a broken runner's config", { 'runner.json5': "{ cron: '0 4 * * *'" }, []],
    ['variables of GitLab CI', { '.gitlab-ci.yml': 'variables:\n  RENOVATE_CRON: "0 4 * * *"\n  RENOVATE_CRON_TIMEZONE: Europe/Berlin\n  BACKUP_CRON: "0 1 * * *"\n' }, ['0 4 * * * Europe/Berlin of .gitlab-ci.yml']],
    ['inputs of a component', { '.gitlab/ci/renovate.yml': 'include:\n  - component: gitlab.example.org/platform/renovate-argocd/run@1\n    inputs:\n      cron: "0 4 * * *"\n      timezone: UTC\n  - component: gitlab.example.org/platform/backup/run@1\n    inputs:\n      cron: "0 1 * * *"\n' }, ['0 4 * * * UTC of .gitlab/ci/renovate.yml']],
    ['the only cron beside Renovate', { '.gitlab-ci.yml': 'variables:\n  CRON: "0 4 * * *"\nrun:\n  script: renovate\n' }, ['0 4 * * * null of .gitlab-ci.yml']],
    ['a cron without Renovate', { '.gitlab-ci.yml': 'variables:\n  CRON: "0 4 * * *"\n' }, []],
    ['what is no cron', { '.gitlab-ci.yml': 'variables:\n  RENOVATE_CRON: $CRON\n  RENOVATE_CRON_JOB: nightly\n' }, []],
    ['a workflow', { '.github/workflows/renovate.yml': workflow(daily) }, ['0 4 * * * null of .github/workflows/renovate.yml']],
    ['a workflow with a container', { '.github/workflows/renovate.yml': workflow(daily, 'run: docker run --rm renovate/renovate:44') }, ['0 4 * * * null of .github/workflows/renovate.yml']],
    ['a workflow that runs at each push too', { '.github/workflows/renovate.yml': workflow(`${daily}\n  push:`) }, null],
    ['a workflow that only validates the config', { '.github/workflows/renovate.yml': workflow(`${daily}\n  push:`, 'run: npx renovate-config-validator') }, []],
    ['a workflow with a comment for Renovate', { '.github/workflows/test.yml': workflow(`${daily}\n  push:`, 'uses: actions/checkout@v4 # renovate: x') }, []],
    ['a workflow elsewhere', { 'apps/.github/workflows/renovate.yml': workflow(daily) }, []],
  ])('%s', (_name, files, expected) => {
    expect(found(files)).toEqual(expected);
  });
});
