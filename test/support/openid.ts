/** "Sign in with Slack" for the fake Slack: one signing key for all houses of a test file, as an isolate keeps Slack's keys. */
import type { Hono } from 'hono';
import { openIdRoutes } from '../../dev/slack/server/openid.ts';
import type { Workspace } from '../../dev/slack/workspace.ts';

export const ISSUER = 'https://slack.test';

let current: Workspace | undefined;
let routes: Promise<Hono> | undefined;

/** The identity provider of a house's Slack. */
export async function signInOf(
  slack: Workspace,
): Promise<{ fetch(request: Request): Response | Promise<Response> }> {
  current = slack;
  routes ??= openIdRoutes(
    {
      get users() {
        return current?.users ?? [];
      },
    },
    {
      issuer: ISSUER,
      clientId: 'test-client',
      clientSecret: 'test-client-secret',
      teamId: 'T0MIDORI',
      teamName: 'みどり市',
      isAllowedRedirect: (uri) => uri === 'https://kikan.test/sign-in/callback',
      now: Date.now,
    },
  );
  const provider = await routes;
  return { fetch: (request) => provider.fetch(request) };
}

export function isOpenId(request: Request): boolean {
  const { pathname } = new URL(request.url);
  return (
    pathname.startsWith('/openid/') ||
    pathname.startsWith('/.well-known/') ||
    pathname.startsWith('/api/openid.')
  );
}
