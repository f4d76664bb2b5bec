import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { GitLab } from './gitlab/index.ts';
import { at, openGitLab, rest } from './rest.ts';

const files = { 'a.txt': 'a\n' };
const SECOND = 'token-of-the-second-bot';
const READER = 'token-that-reads';
const FILES = 'token-that-reads-repositories';
const OLD = 'token-of-last-year';

describe('accounts and tokens', () => {
  let gitlab: GitLab;

  beforeAll(async () => {
    const users = [
      { username: 'project_1_bot', token: SECOND, bot: true, scopes: ['api'], expiresAt: '2999-12-31' },
      { username: 'reader', token: READER, scopes: ['read_api'] },
      { username: 'fetcher', token: FILES, scopes: ['read_repository'] },
      { username: 'old', token: OLD, expiresAt: '2020-01-31' },
    ];
    const members = { project_1_bot: 40, reader: 30, fetcher: 30 };
    gitlab = await openGitLab([{ path: 'g/ours', files, members }, { path: 'g/theirs', files }], { users });
  });
  afterAll(() => gitlab.close());

  it('a second bot is who it is, and a member of what names it', async () => {
    const [user, projects, token] = await Promise.all(['GET user', 'GET projects?membership=true', 'GET personal_access_tokens/self'].map((line) => rest(gitlab, line, { token: SECOND })));
    expect(user?.body).toMatchObject({ username: 'project_1_bot', bot: true });
    expect(projects?.body).toMatchObject([{ path_with_namespace: 'g/ours', permissions: { project_access: { access_level: 40 } } }]);
    expect(token?.body).toMatchObject({ scopes: ['api'], active: true, revoked: false, expires_at: '2999-12-31', user_id: user?.body.id });
  });

  it.each<[string, string, string, number]>([
    ['an account reads beyond its projects', SECOND, `GET ${at('g/theirs')}`, 404],
    ['read_api reads', READER, `GET ${at('g/ours')}/issues`, 200],
    ['read_api writes', READER, `POST ${at('g/ours')}/issues`, 403],
    ['read_repository reads a file', FILES, `GET ${at('g/ours')}/repository/files/a.txt/raw`, 200],
    ['read_repository reads a project', FILES, `GET ${at('g/ours')}`, 403],
    ['read_repository looks at its token', FILES, 'GET personal_access_tokens/self', 200],
    ['a token past its day', OLD, 'GET user', 401],
    ['no such token', 'wrong', 'GET user', 401],
  ])('%s', async (_name, token, line, status) => {
    expect((await rest(gitlab, line, { token })).status).toBe(status);
  });

  it.each<[string, string, string]>([
    ['a token past its day', OLD, 'Token is expired. You can either do re-authorization or token refresh.'],
    ['a token without the scope', FILES, 'The request requires higher privileges than provided by the access token.'],
  ])('says why: %s', async (_name, token, description) => {
    expect((await rest(gitlab, `GET ${at('g/ours')}`, { token })).body).toMatchObject({ error_description: description });
  });

  it('a token expires and is revoked in the midst', async () => {
    gitlab.addUser({ username: 'fleeting', token: 'fleeting-token' });
    const status = async (): Promise<number> => (await rest(gitlab, 'GET user', { token: 'fleeting-token' })).status;
    expect(await status()).toBe(200);
    gitlab.expire('fleeting-token', '2020-01-31');
    expect(await status()).toBe(401);
    gitlab.expire('fleeting-token', null);
    expect(await status()).toBe(200);
    gitlab.revoke('fleeting-token');
    expect((await rest(gitlab, 'GET user', { token: 'fleeting-token' })).body).toEqual({ error: 'invalid_token', error_description: 'Token was revoked. You have to re-authorize from the user.' });
  });

  it.each<[string, string, string, string | RegExp]>([
    ['api pushes', SECOND, 'pushed', /^$/],
    ['read_repository does not', FILES, 'refused', /403/],
    ['a token past its day does not', OLD, 'refused', /Authentication failed/],
  ])('git: %s', async (_name, token, branch, expected) => {
    const url = `${gitlab.origin.replace('://', `://oauth2:${token}@`)}/g/ours.git`;
    const pushed = promisify(execFile)('git', ['--git-dir', gitlab.project('g/ours').repository, 'push', '--quiet', url, `main:refs/heads/${branch}`], { env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });
    expect(await pushed.then(() => '', (error: Error) => error.message)).toMatch(expected);
  });
});
