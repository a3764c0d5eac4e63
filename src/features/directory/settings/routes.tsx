/** /settings: the sections of 設定 as pages; each opens through the modals' host, so that all that chat has works here. */
import { Hono } from 'hono';
import { dropCookie } from '../../../web/cookies.ts';
import { FormToken, showPage } from '../../../web/frame.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { noteRefusal } from '../noting.ts';
import { actorOfPage } from '../page-gate.ts';
import { mayKeepDirectory } from '../rules.ts';
import { endOwnSessions } from '../sessions/mutations.ts';
import type { SettingsSection } from './slack.ts';
import { settingsText as text } from './text.ts';

const SETTINGS = '/settings';

/** Where a section opens: the end of its action id. */
export function sectionPath({ actionId }: Pick<SettingsSection, 'actionId'>): string {
  return `${SETTINGS}/${actionId.split('.').at(-1)}`;
}

export function settingsPages(host: ModalHost, sections: readonly SettingsSection[]): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(SETTINGS, (c) => {
    const actor = actorOfPage(c);
    const done = c.req.query('done');
    return showPage(c, {
      title: text.title,
      body: (
        <>
          {done === undefined ? null : (
            <p class="notice done" role="status">
              {text.saved}
            </p>
          )}
          <ul class="cards">
            {sections
              .filter((section) => section.isFor(actor))
              .map((section) => (
                <Entry path={sectionPath(section)} label={section.label} summary={section.summary} />
              ))}
            {mayKeepDirectory(actor) ? (
              <Entry path="/people" label={text.people.label} summary={text.people.summary} />
            ) : null}
          </ul>
          <h2>{text.devices.title}</h2>
          <form method="post" action={`${SETTINGS}/sign-out-everywhere`}>
            <FormToken c={c} />
            <p>{text.devices.body}</p>
            <button class="button" type="submit">
              {text.devices.submit}
            </button>
          </form>
        </>
      ),
    });
  });

  pages.get(`${SETTINGS}/:section`, async (c) => {
    const section = sections.find((each) => sectionPath(each) === c.req.path);
    if (!section) return c.notFound();
    const actor = actorOfPage(c);
    if (!section.isFor(actor)) {
      await noteRefusal(c.get('scope'), actor, 'settings.open', { detail: { section: section.actionId } });
      return c.notFound();
    }
    const { actionId } = section;
    const page = await host.press(c, { actionId, value: actionId, back: SETTINGS });
    return page ?? c.redirect(SETTINGS, 303);
  });

  pages.post(`${SETTINGS}/sign-out-everywhere`, async (c) => {
    await endOwnSessions(c.get('scope'), actorOfPage(c));
    dropCookie(c, '__Host-kikan_session');
    return c.redirect('/sign-in?why=signed-out', 303);
  });

  return pages;
}

function Entry({ path, label, summary }: { path: string; label: string; summary: string }) {
  return (
    <li>
      <p class="name">
        <a href={path}>{label}</a>
      </p>
      <p>{summary}</p>
    </li>
  );
}
