/** The frame around every page: title, navigation, who is signed in. Works without script, with a keyboard and a screen reader. */
import type { Context } from 'hono';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { NavigationEntry, PageEnv, Surroundings } from './page-env.ts';
import type { Session } from './sessions.ts';
import { stylePath } from './style.ts';
import { webText as text } from './text.ts';

export interface PageContent {
  /** Of the tab and of the heading. */
  title: string;
  /** Said before the title in the tab when the page reports a fault, so that a screen reader says it first. */
  isFault?: boolean;
  body: Child;
  status?: ContentfulStatusCode;
}

/** A page for whoever is signed in; without the gate (signing in, faults) the frame shows neither person nor navigation. */
export async function showPage(
  c: Context<PageEnv>,
  { title, isFault, body, status }: PageContent,
): Promise<Response> {
  const surroundings: Surroundings | undefined = c.get('surroundings');
  const session: Session | undefined = c.get('session');
  const path = new URL(c.req.url).pathname;
  const shownTitle = isFault ? text.errorTitle(title) : title;
  const page = (
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{text.documentTitle(shownTitle, surroundings?.cityName ?? '')}</title>
        <link rel="stylesheet" href={await stylePath()} />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">
          {text.skip}
        </a>
        <Header surroundings={surroundings} formToken={session?.formToken} path={path} />
        <main id="main" tabindex={-1}>
          <h1>{title}</h1>
          {body}
        </main>
        {surroundings ? (
          <footer class="site-footer">
            <p class="row">{text.footer}</p>
          </footer>
        ) : null}
      </body>
    </html>
  );
  return c.html(
    <>
      {raw('<!doctype html>')}
      {page}
    </>,
    status ?? 200,
  );
}

/** The hidden field that every form of a session carries. */
export function FormToken({ c }: { c: Context<PageEnv> }) {
  return <input type="hidden" name="form_token" value={c.get('session').formToken} />;
}

function Header({
  surroundings,
  formToken,
  path,
}: {
  surroundings: Surroundings | undefined;
  formToken: string | undefined;
  path: string;
}) {
  return (
    <header class="site-header">
      <div class="row">
        <a class="brand" href="/">
          {text.product} {surroundings?.cityName ?? ''}
        </a>
        {surroundings && formToken ? (
          <>
            <p class="whoami">{surroundings.person}</p>
            <form method="post" action="/sign-out">
              <input type="hidden" name="form_token" value={formToken} />
              <button class="button plain" type="submit">
                {text.signOut}
              </button>
            </form>
          </>
        ) : null}
      </div>
      {surroundings ? <Navigation entries={surroundings.navigation} path={path} /> : null}
    </header>
  );
}

/** Twice, since no script unfolds it: folded on phones, in the open where there is room. The style sheet hides one of them. */
function Navigation({ entries, path }: { entries: readonly NavigationEntry[]; path: string }) {
  return (
    <nav class="site-nav" aria-label={text.navigation}>
      <details class="folded">
        <summary>{text.navigation}</summary>
        <NavigationList entries={entries} path={path} />
      </details>
      <div class="row open">
        <NavigationList entries={entries} path={path} />
      </div>
    </nav>
  );
}

function NavigationList({ entries, path }: { entries: readonly NavigationEntry[]; path: string }) {
  return (
    <ul>
      {entries.map((entry) => (
        <li>
          <a href={entry.path} {...(entry.path === path ? { 'aria-current': 'page' } : {})}>
            {entry.label}
          </a>
        </li>
      ))}
    </ul>
  );
}
