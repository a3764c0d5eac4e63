/**
 * "Sign in with Slack": OpenID Connect's code flow with PKCE. jose verifies the token's signature, issuer, audience and times.
 * https://docs.slack.dev/authentication/sign-in-with-slack/
 */
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import * as v from 'valibot';
import { sha256Bytes, toBase64Url } from '../../lib/bytes.ts';
import type { Settings } from '../../lib/env.ts';
import type { BegunAttempt } from './attempts.ts';

const TIMEOUT_MS = 5_000;
/** A provider's clock may differ by that much. */
const CLOCK_TOLERANCE_SECONDS = 60;
/** A token signed with a key that the provider began to use since is believed after that long; jose's 30 s would refuse people. */
const KEYS_COOLDOWN_MS = 1_000;

/** What the provider says of the person, proven. */
export interface SlackIdentity {
  slackUserId: string;
  teamId: string;
}

/** The provider refused, or what it said proves nothing. Says which step, never what was sent. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly code: 'discovery' | 'token' | 'id-token' | 'nonce' | 'claims';

  constructor(code: SignInError['code'], cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/** What a provider says of itself. Its endpoints are behind TLS, unless it is a provider on one's own machine that has none. */
function discoveryOf(issuer: string) {
  const isPlain = issuer.startsWith('http://');
  const endpoint = v.pipe(
    v.string(),
    v.url(),
    v.check((url) => isPlain || new URL(url).protocol === 'https:'),
  );
  return v.object({
    issuer: v.pipe(
      v.string(),
      v.check((named) => withoutSlash(named) === withoutSlash(issuer)),
    ),
    authorization_endpoint: endpoint,
    token_endpoint: endpoint,
    jwks_uri: endpoint,
    code_challenge_methods_supported: v.optional(v.array(v.string()), []),
  });
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}

type Provider = v.InferOutput<ReturnType<typeof discoveryOf>> & {
  keys: ReturnType<typeof createRemoteJWKSet>;
};

const providers = new Map<string, Provider>();

/** The client id and secret of the city's Slack app; undefined while sign-in is not set up. */
export function clientOf({
  SLACK_CLIENT_ID: id,
  SLACK_CLIENT_SECRET: secret,
}: Settings): { id: string; secret: string } | undefined {
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}

/** Where the browser goes to sign in. */
export async function authorizeUrl(settings: Settings, attempt: BegunAttempt): Promise<string> {
  const provider = await discover(settings);
  const url = new URL(provider.authorization_endpoint);
  const asked = {
    response_type: 'code',
    scope: 'openid',
    client_id: settings.SLACK_CLIENT_ID ?? '',
    redirect_uri: redirectUri(settings),
    state: attempt.state,
    nonce: attempt.nonce,
    ...(offersPkce(provider)
      ? {
          code_challenge: toBase64Url(await sha256Bytes(attempt.verifier)),
          code_challenge_method: 'S256',
        }
      : {}),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url.href;
}

const TokenAnswer = v.object({ ok: v.optional(v.boolean(), true), id_token: v.string() });
const Claims = v.object({
  nonce: v.string(),
  'https://slack.com/user_id': v.string(),
  'https://slack.com/team_id': v.string(),
});

/**
 * Redeems the code and verifies who signed in.
 * @throws {SignInError} when the provider refuses, or its answer proves nothing
 */
export async function redeemCode(
  settings: Settings,
  code: string,
  { nonce, verifier }: { nonce: string; verifier: string },
): Promise<SlackIdentity> {
  const provider = await discover(settings);
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri(settings),
    client_id: settings.SLACK_CLIENT_ID ?? '',
    client_secret: settings.SLACK_CLIENT_SECRET ?? '',
    ...(offersPkce(provider) ? { code_verifier: verifier } : {}),
  });
  const answer = await askJson('token', provider.token_endpoint, { method: 'POST', body });
  const token = v.safeParse(TokenAnswer, answer);
  if (!token.success || !token.output.ok) throw new SignInError('token');
  const verified = await verifyIdToken(settings, provider, token.output.id_token);
  const claims = v.safeParse(Claims, verified);
  if (!claims.success) throw new SignInError('claims');
  if (claims.output.nonce !== nonce) throw new SignInError('nonce');
  return {
    slackUserId: claims.output['https://slack.com/user_id'],
    teamId: claims.output['https://slack.com/team_id'],
  };
}

export function redirectUri({ PUBLIC_URL }: Settings): string {
  return new URL('/sign-in/callback', PUBLIC_URL).href;
}

async function verifyIdToken(settings: Settings, provider: Provider, idToken: string): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(idToken, provider.keys, {
      issuer: provider.issuer,
      audience: settings.SLACK_CLIENT_ID ?? '',
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'iat', 'nonce'],
      maxTokenAge: '10 minutes',
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    return payload;
  } catch (error) {
    throw new SignInError('id-token', error);
  }
}

function offersPkce(provider: Provider): boolean {
  return provider.code_challenge_methods_supported.includes('S256');
}

/** Asked once an isolate. A provider that names another issuer than the one that was set is refused (OpenID Discovery 4.3). */
async function discover({ SLACK_ISSUER }: Settings): Promise<Provider> {
  const known = providers.get(SLACK_ISSUER);
  if (known) return known;
  const address = `${withoutSlash(SLACK_ISSUER)}/.well-known/openid-configuration`;
  const parsed = v.safeParse(discoveryOf(SLACK_ISSUER), await askJson('discovery', address, {}));
  if (!parsed.success) throw new SignInError('discovery');
  const provider = {
    ...parsed.output,
    keys: createRemoteJWKSet(new URL(parsed.output.jwks_uri), {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: KEYS_COOLDOWN_MS,
      [customFetch]: (url: string, init: RequestInit) => fetch(url, { ...init, redirect: 'manual' }),
    }),
  };
  providers.set(SLACK_ISSUER, provider);
  return provider;
}

async function askJson(step: SignInError['code'], url: string, init: RequestInit): Promise<unknown> {
  try {
    const answer = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return answer.ok ? await answer.json() : undefined;
  } catch (error) {
    throw new SignInError(step, error);
  }
}
