/** The pages' front: headers, Access, where forms may come from, who is signed in. What lies behind it is for people of the city. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { logWarning } from '../lib/log.ts';
import type { Scope } from '../slack/scope.ts';
import { requireAccess } from './access.ts';
import { offerAgain } from './again.tsx';
import { readCookie } from './cookies.ts';
import { showFault } from './faults.tsx';
import { protectPages } from './headers.ts';
import { LIVE_SCRIPT, liveScriptPath } from './live.ts';
import { comesFromElsewhere, isSameSecret } from './origin-check.ts';
import type { PageEnv } from './page-env.ts';
import { resumeSession } from './sessions.ts';
import { type SignInOptions, signInRoutes } from './sign-in/routes.tsx';
import { STYLE, stylePath } from './style.ts';

/** A file of 10 MB and what surrounds it in a form. */
const MOST_BYTES = 11 * 1024 * 1024;

/** What links and forms send. */
const METHODS = ['GET', 'HEAD', 'POST'];

export interface PagesOptions extends SignInOptions {
  scopeOf(c: Context<PageEnv>): Scope;
  /** Finds who is behind the session, and sets what the pages need; answers itself whoever may not enter. */
  gate: MiddlewareHandler<PageEnv>;
  /** The pages themselves, each behind the gate. */
  routes: readonly Hono<PageEnv>[];
}

export function createPages({ scopeOf, gate, routes, ...signIn }: PagesOptions): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();
  for (const protect of protectPages) pages.use(protect);
  pages.use(async (c, next) => {
    c.set('scope', scopeOf(c));
    await next();
  });
  pages.use(requireAccess);
  pages.get('/:style{style-[0-9a-f]{12}\\.css}', async (c) => {
    if (`/${c.req.param('style')}` !== (await stylePath())) return c.notFound();
    return c.body(STYLE, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });
  pages.get('/:script{live-[0-9a-f]{12}\\.js}', async (c) => {
    if (`/${c.req.param('script')}` !== (await liveScriptPath())) return c.notFound();
    return c.body(LIVE_SCRIPT, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });
  pages.use(async (c, next) => {
    if (METHODS.includes(c.req.method)) return next();
    c.header('allow', METHODS.join(', '));
    return showFault(c, 'wrongMethod', 405);
  });
  pages.use(bodyLimit({ maxSize: MOST_BYTES, onError: (c) => showFault(c, 'tooLarge', 413) }));
  pages.use(async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    if (!comesFromElsewhere(c, c.get('scope').settings.PUBLIC_URL)) return next();
    logWarning('form.from_elsewhere');
    return showFault(c, 'elsewhere', 403);
  });
  pages.route('/', signInRoutes(signIn));
  pages.use(requireSession);
  pages.use(gate);
  for (const each of routes) pages.route('/', each);
  return pages;
}

/** Nobody gets further without a session, and no form without the token of its session. */
const requireSession: MiddlewareHandler<PageEnv> = async (c, next) => {
  const { db, now } = c.get('scope');
  const cookie = readCookie(c, '__Host-kikan_session');
  const session = await resumeSession(db, cookie, now);
  if (c.req.method === 'GET' || c.req.method === 'HEAD') {
    if (session) c.set('session', session);
    else return c.redirect(signInPath(c, cookie !== undefined), 303);
    return next();
  }
  const form = await readPostedForm(c);
  if (!form) return showFault(c, 'elsewhere', 400);
  if (!session) {
    logWarning('form.without_session');
    return offerAgain(c, form, undefined);
  }
  const token = form.get('form_token');
  if (typeof token !== 'string' || !isSameSecret(token, session.formToken)) {
    logWarning('form.wrong_token', { person: session.slackUserId });
    return offerAgain(c, form, session);
  }
  c.set('session', session);
  return next();
};

/** Undefined when the body is no form: no page of ours sends such a thing. */
async function readPostedForm(c: Context<PageEnv>): Promise<FormData | undefined> {
  try {
    return await c.req.formData();
  } catch {
    return undefined;
  }
}

function signInPath(c: Context<PageEnv>, hadSession: boolean): string {
  const { pathname, search } = new URL(c.req.url);
  const asked = new URLSearchParams({
    to: `${pathname}${search}`,
    ...(hadSession ? { why: 'expired' } : {}),
  });
  return `/sign-in?${asked}`;
}
