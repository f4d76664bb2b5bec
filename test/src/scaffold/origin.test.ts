import { originOf } from '../../../src/scaffold/origin.ts';

it.each<[string, string, string]>([
  ['https://gitlab.example.com/platform/cluster-config.git', 'https://gitlab.example.com', 'platform/cluster-config'],
  ['https://gitlab-ci-token:glpat-secret@gitlab.example.com:8443/a/b/c', 'https://gitlab.example.com:8443', 'a/b/c'],
  ['http://gitlab.lan/a/b.git', 'http://gitlab.lan', 'a/b'],
  ['git@gitlab.com:a/b.git', 'https://gitlab.com', 'a/b'],
  ['gitlab.com:a/b', 'https://gitlab.com', 'a/b'],
  ['ssh://git@gitlab.example.com:2222/a/b.git', 'https://gitlab.example.com', 'a/b'],
])('%s', (remote, gitlab, project) => {
  expect(originOf(remote)).toEqual({ gitlab, project });
});

it.each(['', '/srv/git/a.git', '../a/b', 'file:///srv/git/a/b.git', 'https://gitlab.com/a', 'https://gitlab.com', 'git@gitlab.com:a/b c', 'https://gitlab.com/a/{{x}}', 'ext::sh -c id', 'https://gitlab.com/a/b\nhttps://c/d/e'])('%j is none', (remote) => {
  expect(originOf(remote)).toBeNull();
});
