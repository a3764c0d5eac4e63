/** The frame around the public pages: no cookie, no cache, nothing from elsewhere; below 30 KB with style and script. */
import type { Context, MiddlewareHandler } from 'hono';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { secureHeaders } from 'hono/secure-headers';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { sha256Bytes } from '../../../../lib/bytes.ts';
import type { Bindings } from '../../../../slack/courier.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { SAFETY_SCRIPT } from './script.ts';
import { SAFETY_STYLE } from './style.ts';
import { safetyText as text } from './text.ts';

export interface SafetyEnv {
  Bindings: Bindings;
  Variables: { scope: Scope };
}

export interface SafetyPage {
  title: string;
  body: Child;
  status?: ContentfulStatusCode;
  /** Of what was just sent: shown on top, and all that the page's script gets. */
  sentence?: string;
}

/** Whether the page's script asks, which shows a sentence and keeps what could not be sent. */
function isScript(c: Context): boolean {
  return c.req.header('accept') === 'application/json';
}

/** One page; to the page's script a sentence. */
export function showSafetyPage(
  c: Context<SafetyEnv>,
  { title, body, status = 200, sentence }: SafetyPage,
): Response | Promise<Response> {
  const isOk = status === 200;
  // What leads nowhere is the same to the letter, whenever it is asked for; all else may have an answer to send.
  const isDead = status === 403 || status === 404 || status === 410;
  if (isScript(c)) return c.json({ ok: isOk, sentence: sentence ?? title }, status);
  return c.html(
    <>
      {raw('<!doctype html>')}
      <html lang="ja">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <title>{title}</title>
          <link rel="icon" href="data:," />
          <style>{raw(SAFETY_STYLE)}</style>
        </head>
        <body {...(isDead ? {} : { 'data-now': String(c.get('scope').now.getTime()) })}>
          <main>
            <h1>{title}</h1>
            <p
              id="status"
              role="status"
              class={isOk ? 'notice done' : 'notice error'}
              data-waiting={text.waiting}
              hidden={sentence === undefined}
            >
              {sentence}
            </p>
            {body}
          </main>
          {isDead ? null : <script>{raw(SAFETY_SCRIPT)}</script>}
        </body>
      </html>
    </>,
    status,
  );
}

/** What no link opens is answered alike, whatever is wrong with it. */
export function showUnknown(c: Context<SafetyEnv>): Response | Promise<Response> {
  return showSafetyPage(c, { title: text.notFoundTitle, body: <p>{text.notFound}</p>, status: 404 });
}

/** The address is a secret: it goes into no other site's log, no cache and no search engine. */
export const protectSafetyPages: MiddlewareHandler<SafetyEnv> = async (c, next) => {
  policy ??= Promise.all([hashOf(SAFETY_STYLE), hashOf(SAFETY_SCRIPT)]);
  const [style, script] = await policy;
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [style],
      scriptSrc: [script],
      imgSrc: ['data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    crossOriginResourcePolicy: 'same-origin',
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: 'max-age=31536000; includeSubDomains',
    xFrameOptions: 'DENY',
  })(c, async () => {
    await next();
    c.res.headers.set('cache-control', 'no-store, max-age=0');
    c.res.headers.set('x-robots-tag', 'noindex, nofollow');
  });
};

let policy: Promise<[string, string]> | undefined;

async function hashOf(content: string): Promise<string> {
  return `'sha256-${btoa(String.fromCharCode(...(await sha256Bytes(content))))}'`;
}
