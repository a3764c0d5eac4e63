/** "Sign in with Slack" (OpenID Connect): authorize, token, userInfo, keys and discovery, as Slack has them. */
import { Hono } from 'hono';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { SlackUser } from '../directory.ts';
import type { Workspace } from '../workspace.ts';
import { SignInCodes, type SignInRequest } from './openid-codes.ts';
import { refusalPage, signInPage } from './sign-in-page.ts';

const KEY_ID = 'local-slack';

export interface OpenIdOptions {
  issuer: string;
  clientId: string;
  clientSecret: string;
  teamId: string;
  teamName: string;
  /** Where people may be sent back to; Slack wants them registered. */
  isAllowedRedirect: (redirectUri: string) => boolean;
  now: () => number;
}

/** Routes of the identity provider; the signing key is new with every start. */
export async function openIdRoutes(
  workspace: Pick<Workspace, 'users'>,
  options: OpenIdOptions,
): Promise<Hono> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' };
  const codes = new SignInCodes(options.now);
  const routes = new Hono();
  routes.get('/.well-known/openid-configuration', (c) => c.json(discovery(options.issuer)));
  routes.get('/openid/connect/keys', (c) => c.json({ keys: [publicJwk] }));
  routes.route('/', authorizeRoutes(workspace, options, codes));
  routes.route('/', tokenRoutes(workspace, options, codes, privateKey));
  return routes;
}

function authorizeRoutes(
  workspace: Pick<Workspace, 'users'>,
  options: OpenIdOptions,
  codes: SignInCodes,
): Hono {
  const routes = new Hono();
  routes.get('/openid/connect/authorize', (c) => {
    const asked = c.req.query();
    const request: SignInRequest = {
      clientId: asked.client_id ?? '',
      redirectUri: asked.redirect_uri ?? '',
      state: asked.state ?? '',
      nonce: asked.nonce ?? '',
      codeChallenge: asked.code_challenge ?? '',
    };
    const problem = problemOf(request, options) ?? problemOfQuery(asked);
    if (problem) return c.html(refusalPage(problem), 400);
    const people = workspace.users.filter((user) => !user.deleted);
    return c.html(signInPage(request, options.teamName, people));
  });
  routes.post('/openid/connect/authorize', async (c) => {
    const form = await c.req.parseBody();
    const field = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
    const request: SignInRequest = {
      clientId: field('clientId'),
      redirectUri: field('redirectUri'),
      state: field('state'),
      nonce: field('nonce'),
      codeChallenge: field('codeChallenge'),
    };
    const problem = problemOf(request, options);
    if (problem) return c.html(refusalPage(problem), 400);
    const back = new URL(request.redirectUri);
    const user = workspace.users.find((one) => one.id === field('user') && !one.deleted);
    if (user) back.searchParams.set('code', codes.issue(request, user.id));
    else back.searchParams.set('error', 'access_denied');
    if (request.state) back.searchParams.set('state', request.state);
    return c.redirect(back.href, 302);
  });
  return routes;
}

function tokenRoutes(
  workspace: Pick<Workspace, 'users'>,
  options: OpenIdOptions,
  codes: SignInCodes,
  privateKey: CryptoKey,
): Hono {
  const routes = new Hono();
  routes.post('/api/openid.connect.token', async (c) => {
    const form = new URLSearchParams(new TextDecoder().decode(await c.req.arrayBuffer()));
    const refuse = (error: string) => c.json({ ok: false, error });
    const client = clientOf(form, c.req.header('authorization'));
    if (client.id !== options.clientId) return refuse('invalid_client_id');
    if (client.secret !== options.clientSecret) return refuse('bad_client_secret');
    if ((form.get('grant_type') ?? 'authorization_code') !== 'authorization_code')
      return refuse('invalid_grant_type');
    const verifier = form.get('code_verifier') ?? '';
    const grant = await codes.redeem(form.get('code') ?? '', form.get('redirect_uri') ?? '', verifier);
    if (typeof grant === 'string') return refuse(grant);
    const user = workspace.users.find((one) => one.id === grant.userId);
    if (!user) return refuse('invalid_code');
    const idToken = await signIdToken(user, grant.nonce, options, privateKey);
    return c.json({
      ok: true,
      access_token: codes.issueToken(user.id),
      token_type: 'Bearer',
      id_token: idToken,
    });
  });
  routes.on(['GET', 'POST'], '/api/openid.connect.userInfo', (c) => {
    const token = (c.req.header('authorization') ?? '').replace(/^Bearer\s+/i, '');
    if (token === '') return c.json({ ok: false, error: 'not_authed' });
    const user = workspace.users.find((one) => one.id === codes.userOf(token));
    return user
      ? c.json({ ok: true, ...claimsOf(user, options) })
      : c.json({ ok: false, error: 'invalid_auth' });
  });
  return routes;
}

/** The claims of a person, signed; valid for five minutes as Slack's are. */
function signIdToken(
  user: SlackUser,
  nonce: string,
  options: OpenIdOptions,
  key: CryptoKey,
): Promise<string> {
  const issuedAt = Math.floor(options.now() / 1000);
  return new SignJWT({ ...claimsOf(user, options), ...(nonce ? { nonce } : {}), auth_time: issuedAt })
    .setProtectedHeader({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' })
    .setIssuer(options.issuer)
    .setAudience(options.clientId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 300)
    .sign(key);
}

/** What makes a request unacceptable, in words for the developer; undefined when nothing does. */
function problemOf({ clientId, redirectUri }: SignInRequest, options: OpenIdOptions): string | undefined {
  if (clientId !== options.clientId) return 'invalid_client_id';
  if (!URL.canParse(redirectUri) || !options.isAllowedRedirect(redirectUri)) {
    return `redirect_uri did not match any configured URIs. Passed URI: ${redirectUri}`;
  }
  return undefined;
}

function problemOfQuery(asked: Record<string, string>): string | undefined {
  if (asked.response_type !== 'code') return 'response_type must be code';
  if (!(asked.scope ?? '').split(/[ ,]/).includes('openid')) return 'invalid_scope: openid is missing';
  const isPkceS256 = (asked.code_challenge_method ?? 'plain') === 'S256';
  return asked.code_challenge && !isPkceS256 ? 'code_challenge_method must be S256' : undefined;
}

function clientOf(form: URLSearchParams, authorization = ''): { id: string; secret: string } {
  const basic = /^Basic\s+(.+)$/i.exec(authorization)?.[1];
  if (basic === undefined)
    return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const [id = '', secret = ''] = Buffer.from(basic, 'base64')
    .toString('utf8')
    .split(':')
    .map(decodeURIComponent);
  return { id, secret };
}

function claimsOf(user: SlackUser, { teamId, teamName }: OpenIdOptions): Record<string, string | boolean> {
  return {
    sub: user.id,
    'https://slack.com/user_id': user.id,
    'https://slack.com/team_id': user.teamId ?? teamId,
    'https://slack.com/team_name': teamName,
    'https://slack.com/team_domain': teamId.toLowerCase(),
    ...(user.email ? { email: user.email, email_verified: true } : {}),
    name: user.name,
    locale: 'ja-JP',
  };
}

function discovery(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/openid/connect/authorize`,
    token_endpoint: `${issuer}/api/openid.connect.token`,
    userinfo_endpoint: `${issuer}/api/openid.connect.userInfo`,
    jwks_uri: `${issuer}/openid/connect/keys`,
    scopes_supported: ['openid', 'profile', 'email'],
    response_types_supported: ['code'],
    response_modes_supported: ['form_post', 'query'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['sub', 'auth_time', 'iss'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: true,
  };
}
