/** What a token's scopes open: `api` everything, `read_api` what only reads, the others a few routes each (lib/api/*.rb, allow_access_with_scope). */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'GET /user': ['read_user'],
  'GET /version': ['read_user'],
  'GET /metadata': ['read_user'],
  'GET /users': ['read_user'],
  'GET /projects/:id/repository/files/:path': ['read_repository'],
  'HEAD /projects/:id/repository/files/:path': ['read_repository'],
  'GET /projects/:id/repository/files/:path/raw': ['read_repository'],
};

/** A token may look at itself whatever it may do besides, and may end itself. */
const ITSELF = /^(?:GET|DELETE) \/personal_access_tokens\/self$/;

export function isWithin(scopes: readonly string[], line: string): boolean {
  if (scopes.includes('api') || ITSELF.test(line)) return true;
  return (/^(?:GET|HEAD) /.test(line) && scopes.includes('read_api')) || (ALSO[line] ?? []).some((scope) => scopes.includes(scope));
}

/** git over HTTP (lib/gitlab/auth.rb). */
export function mayTransfer(scopes: readonly string[], writes: boolean): boolean {
  return (writes ? ['api', 'write_repository'] : ['api', 'write_repository', 'read_repository', 'read_api']).some((scope) => scopes.includes(scope));
}
