import type { GitLab } from './gitlab/index.ts';
import { listen } from './loopback.ts';
import { at, openGitLab, rest } from './rest.ts';

describe('faults', () => {
  let gitlab: GitLab;

  beforeAll(async () => {
    gitlab = await openGitLab([{ path: 'g/a', files: { 'a.txt': 'a\n' } }]);
  });
  afterAll(() => gitlab.close());

  it('answers with status, headers and body', async () => {
    gitlab.fail({ matches: /\/user$/, answer: { status: 429, headers: { 'retry-after': '7' }, body: '{"message":"slower"}' } });
    const { status, headers, body } = await rest(gitlab, 'GET user');
    expect([status, headers.get('retry-after'), body]).toEqual([429, '7', { message: 'slower' }]);
  });

  it('answers with JSON that is none', async () => {
    gitlab.fail({ matches: /\/user$/, answer: 'malformed' });
    const { status, headers, body } = await rest(gitlab, 'GET user');
    expect([status, headers.get('content-type'), typeof body]).toEqual([200, 'application/json', 'string']);
  });

  it.each(['GET user', 'DELETE projects/1'])('cuts an answer off in its middle: %s', async (line) => {
    gitlab.fail({ matches: /./, answer: 'truncated' });
    await expect(rest(gitlab, line)).rejects.toThrow('terminated');
    expect((await rest(gitlab, 'GET user')).status).toBe(200);
  });

  it('goes on failing until it is lifted', async () => {
    const lift = gitlab.fail({ matches: /\/version$/, answer: 503, times: Infinity });
    expect([(await rest(gitlab, 'GET version')).status, (await rest(gitlab, 'GET version')).status]).toEqual([503, 503]);
    lift();
    expect((await rest(gitlab, 'GET version')).status).toBe(200);
  });

  it('lets something happen before the real answer', async () => {
    gitlab.fail({ matches: /\/repository\/branches/, answer: async () => gitlab.commit('g/a', { 'a.txt': 'b\n' }, 'meanwhile') });
    const branches = async (): Promise<string[]> => (await rest(gitlab, `GET ${at('g/a')}/repository/branches`)).body.map(({ name }: { name: string }) => name);
    expect([await branches(), await branches()]).toEqual([['main', 'meanwhile'], ['main', 'meanwhile']]);
  });

  it('finds a deleted project no more', async () => {
    gitlab.add({ path: 'g/gone', files: { 'a.txt': 'a\n' } });
    gitlab.remove('g/gone');
    const git = await fetch(`${gitlab.origin}/g/gone.git/info/refs?service=git-upload-pack`, { headers: { authorization: `Basic ${Buffer.from(`oauth2:${gitlab.token}`).toString('base64')}` } });
    expect([(await rest(gitlab, `GET ${at('g/gone')}`)).status, git.status, gitlab.project('g/gone').path]).toEqual([404, 404, 'g/gone']);
    gitlab.add({ path: 'g/gone' });
    expect((await rest(gitlab, `GET ${at('g/gone')}`)).status).toBe(200);
  });
});

it('close ends what hangs', async () => {
  const server = await listen(async () => ({ status: 200 }));
  server.fail({ matches: /./, answer: 'hang' });
  const hanging = expect(fetch(server.origin)).rejects.toThrow('fetch failed');
  await fetch(`${server.origin}/other`);
  await server.close();
  await hanging;
  expect(server.requests.map(({ path, status }) => [path, status])).toEqual([['/', 'hang'], ['/other', 200]]);
});
