/** What "Sign in with Slack" remembers between its steps: codes that work once, and access tokens. */

/** Slack's codes live ten minutes. */
const CODE_LIFE_MS = 10 * 60 * 1000;

/** What the app asked for when it sent the person here. */
export interface SignInRequest {
  clientId: string;
  redirectUri: string;
  state: string;
  nonce: string;
  /** PKCE, S256; empty when not used. */
  codeChallenge: string;
}

interface Grant extends SignInRequest {
  userId: string;
  issuedAt: number;
  isUsed: boolean;
}

export class SignInCodes {
  readonly #grants = new Map<string, Grant>();
  readonly #tokens = new Map<string, string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A fresh code for this person and request. */
  issue(request: SignInRequest, userId: string): string {
    const code = `code-${crypto.randomUUID()}`;
    this.#grants.set(code, { ...request, userId, issuedAt: this.#now(), isUsed: false });
    return code;
  }

  /** Redeems a code; answers the grant, or Slack's word for why not. A wrong try uses the code up too. */
  async redeem(code: string, redirectUri: string, codeVerifier: string): Promise<Grant | string> {
    const grant = this.#grants.get(code);
    if (!grant) return 'invalid_code';
    if (grant.isUsed) return 'code_already_used';
    grant.isUsed = true;
    if (this.#now() - grant.issuedAt > CODE_LIFE_MS) return 'invalid_code';
    if (grant.redirectUri !== redirectUri) return 'bad_redirect_uri';
    const isVerified =
      grant.codeChallenge === '' || grant.codeChallenge === (await challengeOf(codeVerifier));
    return isVerified ? grant : 'invalid_code_verifier';
  }

  /** A fresh access token for userInfo. */
  issueToken(userId: string): string {
    const token = `xoxp-${crypto.randomUUID()}`;
    this.#tokens.set(token, userId);
    return token;
  }

  /** Whose access token it is. */
  userOf(token: string): string | undefined {
    return this.#tokens.get(token);
  }
}

async function challengeOf(codeVerifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  return Buffer.from(digest).toString('base64url');
}
