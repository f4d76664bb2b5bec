import { FailureError } from '../../../src/base/failure.ts';
import type { Renovate } from '../../../src/renovate/types.ts';
import { temporaryFolder } from '../../support/fixtures.ts';
import { extractFrom, openBuilt } from './harness.ts';

const folders: { remove: () => void }[] = [];
afterAll(() => folders.forEach(({ remove }) => remove()));

async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(() => null, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(FailureError);
  return (error as FailureError).failure;
}

function evil(renovate: Renovate): Promise<unknown> {
  const folder = temporaryFolder({ 'evil.yaml': `${'a'.repeat(60)}!` });
  folders.push(folder);
  return extractFrom(renovate, folder.root, ['evil.yaml'], {
    customManagers: [{ customType: 'regex', managerFilePatterns: ['**'], matchStrings: ['^(?<depName>(?:a+)+)$(?<currentValue>b)'], datasourceTemplate: 'helm' }],
  });
}

it('a regex that backtracks for ever is ended, and named', async () => {
  const renovate = openBuilt({ limit: 1500 });
  const failure = await failureOf(evil(renovate));
  expect(failure).toMatchObject({ code: 'renovate-timeout', message: 'Renovate did not come back within 1.5 s: custom.regex (customManagers[0]) on evil.yaml' });
  await expect(failureOf(renovate.engine())).resolves.toMatchObject({ code: 'renovate-timeout' });
  await renovate.close();
});

it('a thread that cannot start has crashed', async () => {
  const renovate = openBuilt({ worker: new URL('./nope.js', import.meta.url) });
  await expect(failureOf(renovate.engine())).resolves.toMatchObject({ code: 'renovate-crashed' });
  await renovate.close();
});

it('a defect in one answer leaves the others', async () => {
  const renovate = openBuilt();
  const broken = failureOf(renovate.resolve(null as never));
  await expect(broken).resolves.toMatchObject({ code: 'renovate-crashed' });
  await expect(renovate.engine()).resolves.toMatchObject({ renovate: expect.any(String) });
  await renovate.close();
});

it('closing ends what is still asked', async () => {
  const renovate = openBuilt();
  const asked = failureOf(renovate.engine());
  await renovate.close();
  await expect(asked).resolves.toMatchObject({ code: 'renovate-crashed' });
});
