import { readAddress, readAlertAddress, readBranch, readHost, readImage, readLabel, readPresets, readProject, readTag, type Reading } from '../../../src/scaffold/read.ts';

type Read = (text: string) => Reading;
const address: Read = (text) => readAddress(text, 'the address');

/** What would mean something to YAML, Helm, a shell, Markdown or a terminal. */
const HOSTILE = ['', ' ', 'a b', 'a\nb: c', 'a # b', 'a: b', "a'b", 'a"b', 'a`b`', '{{ .Values.x }}', '$(id)', 'a;b', '<!-- x -->', '\u001b[2J', 'a\u202eb', '"'];

describe.each<[string, Read, readonly (readonly [string, string])[], readonly string[]]>([
  [
    'an address',
    address,
    [
      ['https://gitlab.com', 'https://gitlab.com'],
      ['HTTPS://GitLab.Example.com:8443/', 'https://gitlab.example.com:8443'],
      ['http://10.0.0.1:8080/gitlab', 'http://10.0.0.1:8080/gitlab'],
    ],
    ['gitlab.com', 'ssh://git@gitlab.com', 'https://user:secret@gitlab.com', 'https://gitlab.com/?a', 'https://gitlab.com/#a', 'https://-a.com', 'https://[fd00::1]:6443', `https://${'a'.repeat(500)}.com`],
  ],
  ['a project', readProject, [['platform/cluster-config', 'platform/cluster-config'], ['/a/b/c.git', 'a/b/c'], ['_a/b.c', '_a/b.c']], ['cluster-config', 'a//b', 'a/../b', '-a/b', 'https://gitlab.com/a/b']],
  ['presets', readPresets, [['local>a/b', 'local>a/b'], ['gitlab>a/b/c#v1.0', 'gitlab>a/b/c#v1.0'], ['a/b', 'a/b']], ['local>a', 'local>a/b//presets/policy/fast', 'config:recommended', 'local>a/b#', 'npm>a/b']],
  [
    'the address for alerts',
    readAlertAddress,
    [
      ['https://gitlab.com/a/b/prometheus/alerts/notify.json', 'https://gitlab.com/a/b/prometheus/alerts/notify.json'],
      ['https://gitlab.com/a/b/alerts/notify/prometheus/0123abcd.json', 'https://gitlab.com/a/b/alerts/notify/prometheus/0123abcd.json'],
    ],
    ['https://gitlab.com/a/b', 'https://gitlab.com/a/b/-/alert_management', 'notify.json'],
  ],
  ['a name in Kubernetes', readLabel, [['argocd', 'argocd'], ['a-1', 'a-1']], ['Argo', '-a', 'a-', 'a.b', 'a'.repeat(54)]],
  ['a host', readHost, [['argocd.example.com', 'argocd.example.com']], ['argocd', 'https://argocd.example.com', 'argocd.example.com:443', 'Argocd.example.com', '*.example.com']],
  ['a branch', readBranch, [['main', 'main'], ['release/1.0', 'release/1.0'], ['HEAD', 'HEAD']], ['-x', 'a..b', 'a.lock', 'a.', 'refs/heads/', 'a~1', '@{u}']],
  ['an image', readImage, [['node:24', 'node:24'], ['$CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX/node:24', '$CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX/node:24'], ['${REGISTRY}/a@sha256:0a', '${REGISTRY}/a@sha256:0a']], ['$(id)', '${A:-b}']],
])('%s', (_name, read, accepted, refused) => {
  it.each(accepted)('takes %j', (text, value) => {
    expect(read(text)).toEqual({ ok: true, value });
  });

  it.each([...refused, ...HOSTILE])('refuses %j, and says of which form it is', (text) => {
    expect(read(text)).toEqual({ ok: false, problem: expect.stringMatching(/of the form|named by|at most|no user or password|ends in/) });
  });
});

it.each(['docker', 'a "b" # {{ x }}', "it's", 'größe', '- x', '$TAG'])('takes the tag %j', (text) => {
  expect(readTag(text)).toEqual({ ok: true, value: text });
});

it.each(['', ' a', 'a ', 'a\nb', 'a\u0000b', '\u001b[2J', 'a\u2028b', '\ud800'])('refuses the tag %j', (text) => {
  expect(readTag(text)).toEqual({ ok: false, problem: expect.any(String) });
});
