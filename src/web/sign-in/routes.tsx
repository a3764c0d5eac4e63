/** Signing in and out: /sign-in asks, /sign-in/slack leaves for Slack, /sign-in/callback comes back. */
import { type Context, Hono } from 'hono';
import { sha256Hex } from '../../lib/bytes.ts';
import { logInfo, logWarning } from '../../lib/log.ts';
import type { Scope } from '../../slack/scope.ts';
import { dropCookie, readCookie, writeCookie } from '../cookies.ts';
import { showPage } from '../frame.tsx';
import { localPath } from '../local-path.ts';
import type { PageEnv } from '../page-env.ts';
import { beginSession, endSession, resumeSession } from '../sessions.ts';
import { webText as text } from '../text.ts';
import { ATTEMPT_MS, beginAttempt, takeAttempt } from './attempts.ts';
import { authorizeUrl, clientOf, redeemCode, SignInError, type SlackIdentity } from './openid.ts';

export interface SignInOptions {
  /** Whether that person may use the pages now; whoever may not is noted by it. */
  admit(scope: Scope, identity: SlackIdentity, c: Context<PageEnv>): Promise<boolean>;
  cityName(scope: Scope): Promise<string>;
}

type Failure = Exclude<keyof typeof text.signInFailed, 'title' | 'again'>;

export function signInRoutes({ admit, cityName }: SignInOptions): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  routes.get('/sign-in', async (c) => {
    const { settings } = c.get('scope');
    const to = localPath(c.req.query('to'));
    const notice = noticeOf(c.req.query('why'));
    return showPage(c, {
      title: text.signIn.title,
      body: (
        <>
          {notice ? (
            <p class="notice" role="status">
              {notice}
            </p>
          ) : null}
          <p>{text.signIn.lead(await cityName(c.get('scope')))}</p>
          {clientOf(settings) ? (
            <p>
              <a class="button primary" href={`/sign-in/slack?to=${encodeURIComponent(to)}`}>
                {text.signIn.button}
              </a>
            </p>
          ) : (
            <p class="notice warning">{text.signIn.notSetUp}</p>
          )}
          <p class="quiet">{text.signIn.howLong}</p>
        </>
      ),
    });
  });

  routes.get('/sign-in/slack', async (c) => {
    const { db, settings, now } = c.get('scope');
    if (!clientOf(settings)) return c.redirect('/sign-in', 303);
    const attempt = await beginAttempt(db, {
      address: await addressOf(c),
      returnTo: localPath(c.req.query('to')),
      now,
    });
    if (!attempt) return fail(c, 'tooMany');
    try {
      const url = await authorizeUrl(settings, attempt);
      writeCookie(c, '__Host-kikan_sign_in', attempt.browserCookie, ATTEMPT_MS / 1000);
      return c.redirect(url, 303);
    } catch (error) {
      return refuse(c, error);
    }
  });

  routes.get('/sign-in/callback', async (c) => {
    const { db, settings, now } = c.get('scope');
    const { state = '', code = '', error } = c.req.query();
    const browser = readCookie(c, '__Host-kikan_sign_in') ?? '';
    dropCookie(c, '__Host-kikan_sign_in');
    const attempt = await takeAttempt(db, state, browser, now);
    if (!attempt) return fail(c, 'stale');
    if (error !== undefined || code === '') return fail(c, 'cancelled');
    let identity: SlackIdentity;
    try {
      identity = await redeemCode(settings, code, attempt);
    } catch (thrown) {
      return refuse(c, thrown);
    }
    if (!(await admit(c.get('scope'), identity, c))) return fail(c, 'notListed');
    const previous = readCookie(c, '__Host-kikan_session');
    const { cookie } = await beginSession(db, identity.slackUserId, previous, now);
    writeCookie(c, '__Host-kikan_session', cookie);
    // A page of our own in between: the session's cookie is then there at the first page, also where a browser holds cookies back on redirects from elsewhere.
    return c.redirect(attempt.returnTo, 303);
  });

  routes.post('/sign-out', async (c) => {
    const { db, now } = c.get('scope');
    const session = await resumeSession(db, readCookie(c, '__Host-kikan_session'), now);
    if (session) {
      await endSession(db, session);
      logInfo('sign_in.ended', { person: session.slackUserId });
    }
    dropCookie(c, '__Host-kikan_session');
    return c.redirect('/sign-in?why=signed-out', 303);
  });

  return routes;
}

function noticeOf(why: string | undefined): string | undefined {
  if (why === 'signed-out') return text.signIn.signedOut;
  return why === 'expired' ? text.signIn.expired : undefined;
}

const STATUS = { cancelled: 400, stale: 400, provider: 502, tooMany: 429, notListed: 403 } as const;

async function fail(c: Context<PageEnv>, why: Failure): Promise<Response> {
  logWarning('sign_in.failed', { why });
  if (why === 'tooMany') c.header('retry-after', String(ATTEMPT_MS / 1000));
  return showPage(c, {
    title: text.signInFailed.title,
    isFault: true,
    status: STATUS[why],
    body: (
      <>
        <p>{text.signInFailed[why]}</p>
        <p>
          <a class="button" href="/sign-in">
            {text.signInFailed.again}
          </a>
        </p>
      </>
    ),
  });
}

function refuse(c: Context<PageEnv>, error: unknown): Promise<Response> {
  if (!(error instanceof SignInError)) throw error;
  logWarning('sign_in.provider', { step: error.code });
  return fail(c, 'provider');
}

/** The network address as Cloudflare saw it, as a keyed hash: enough to count, not to know. */
function addressOf(c: Context<PageEnv>): Promise<string> {
  const { SLACK_SIGNING_SECRET } = c.get('scope').settings;
  return sha256Hex(`${SLACK_SIGNING_SECRET} ${c.req.header('cf-connecting-ip') ?? ''}`);
}
