import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markersIn } from '../../src/base/incident-marker.ts';
import type { GitLab } from '../sandbox/gitlab/index.ts';
import { at, openGitLab, rest } from '../sandbox/rest.ts';
import { projectRoot } from '../support/fixtures.ts';

/** What docs/incidents.md tells people to try is tried here, on the emulated GitLab. */
const page = readFileSync(join(projectRoot, 'docs/incidents.md'), 'utf8');
const payload = /```json\n(?<json>[^]*?)```/.exec(page)!.groups!['json']!;
const PROJECT = 'platform/cluster-config';

let gitlab: GitLab;
beforeAll(async () => {
  gitlab = await openGitLab([{ path: PROJECT, files: { 'README.md': '# A cluster\n' } }]);
});
afterAll(() => gitlab.close());

async function send(body: string | null, key = gitlab.alertEndpoint(PROJECT).key): Promise<number> {
  const { url } = gitlab.alertEndpoint(PROJECT);
  return (await fetch(url, body === null ? {} : { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body })).status;
}

async function incidents(): Promise<{ title: string; state: string; description: string }[]> {
  return (await rest(gitlab, `GET ${at(PROJECT)}/issues?issue_type=incident`)).body;
}

it('the payload opens an incident, and closes it', async () => {
  expect(await send(payload)).toBe(201);
  expect(await incidents()).toMatchObject([{ title: 'argocd/trial is not synced', state: 'opened' }]);
  expect(markersIn((await incidents())[0]!.description)).toEqual([{ application: 'trial', namespace: 'argocd' }]);
  expect(await send(payload.replace(/(?<=^ {6}"status": )"firing"/m, '"resolved"'))).toBe(201);
  expect(await incidents()).toMatchObject([{ state: 'closed' }]);
});

it.each<[number, string, () => Promise<number>]>([
  [401, 'another key', () => send(payload, 'wrong')],
  [404, 'a look', () => send(null)],
  [422, 'something else', () => send('{}')],
])('%i for %s, as the table says', async (status, _name, answer) => {
  expect(await answer()).toBe(status);
  expect(page).toContain(`| ${status} | `);
});

it('every marker on the page is in form', () => {
  expect(markersIn(page.replaceAll('\\"', '"')).includes(null)).toBe(false);
});
