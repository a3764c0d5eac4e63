/** /faq: to ask and to look through; /faq/asks: what was asked, for who asked it; /faq/12: an entry. None of it changes an entry. */
import { type Context, Hono } from 'hono';
import { japanDate } from '../../../lib/jst.ts';
import { showPage } from '../../../web/frame.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { ASKS_PATH, askConsultPath, askPath, FAQ_PATH } from '../paths.ts';
import { formatFaqReference } from '../rules.ts';
import { entryPathFrom, FAQ_ACTIONS } from './blocks.ts';
import { browse } from './browsing/page.tsx';
import { type AskRow, findOwnAsk, findVote, listShown, openAsk } from './data.ts';
import { AskBox, EntryList } from './list.tsx';
import { ask, carryOver } from './mutations.ts';
import { ConsultForm, EntryPage, VoteForm } from './page.tsx';
import { readWhole, wantedEntry } from './reading/mutations.ts';
import { mayConsult } from './rules.ts';
import { askingText, pagesText as text } from './text.ts';
import { vote } from './voting/mutations.ts';

const NUMBER = ':number{[0-9]{1,9}}';

export function askingPages(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(FAQ_PATH, (c) => browse(c, {}));

  pages.post(FAQ_PATH, async (c) => {
    const posted = (await c.req.formData()).get('words');
    const typed = typeof posted === 'string' ? posted : '';
    const asked = await ask(c.get('scope'), actorOfPage(c), typed, 'page');
    if (!asked.ok) return browse(c, { isEmpty: true });
    // Straight from asking, the results say whether the search worked.
    return c.redirect(`${askPath(asked.value.askId)}${asked.value.isSearched ? '' : '?search=off'}`, 303);
  });

  pages.get(`${ASKS_PATH}/:id`, async (c) => {
    const own = await ownAsk(c);
    return own ? showResults(c, own) : refuseAsk(c);
  });

  pages.get(`${ASKS_PATH}/:id/consult`, async (c) => {
    const own = await ownAsk(c);
    if (!own || !mayConsult(actorOfPage(c))) return refuseAsk(c);
    const shown = await host.press(c, {
      actionId: FAQ_ACTIONS.consult,
      value: own.id,
      back: askPath(own.id),
    });
    return shown ?? c.redirect(askPath(own.id), 303);
  });

  pages.post(`${ASKS_PATH}/:id/consult`, async (c) => {
    const own = await ownAsk(c);
    if (!own || !mayConsult(actorOfPage(c))) return refuseAsk(c);
    await carryOver(c.get('scope'), actorOfPage(c), own.id);
    return c.redirect(askConsultPath(own.id), 303);
  });

  pages.get(`${FAQ_PATH}/${NUMBER}`, async (c) => {
    const scope = c.get('scope');
    const actor = actorOfPage(c);
    const number = Number(c.req.param('number'));
    const own = await findOwnAsk(scope.db, actor.slackUserId, c.req.query('ask') ?? '');
    const askId = own?.id ?? '';
    const read = await readWhole(scope, actor, { number }, askId);
    if (!read.ok) return c.notFound();
    if (read.value.number !== number) return c.redirect(entryPathFrom(read.value.number, askId), 303);
    const voted = await findVote(scope.db, actor.slackUserId, read.value.id);
    const shown = { c, actor, entry: read.value, today: japanDate(scope.now), askId, voted };
    return showPage(c, { title: formatFaqReference(number), body: <EntryPage {...shown} /> });
  });

  pages.post(`${FAQ_PATH}/${NUMBER}/vote`, async (c) => {
    const scope = c.get('scope');
    const actor = actorOfPage(c);
    const form = await c.req.formData();
    const entry = { number: Number(c.req.param('number')) };
    const [said, asked] = [form.get('vote'), form.get('ask')];
    const own = await findOwnAsk(scope.db, actor.slackUserId, typeof asked === 'string' ? asked : '');
    const askId = own?.id ?? '';
    const isHelpful = said === 'helped';
    // Without a word of ours nothing is said, and the entry is shown as it was.
    const voted =
      isHelpful || said === 'not_helped'
        ? await vote(scope, actor, { entry, askId, isHelpful })
        : await wantedEntry(scope, actor, entry, 'faq.vote');
    return voted.ok ? c.redirect(entryPathFrom(voted.value.number, askId), 303) : c.notFound();
  });

  return pages;
}

function ownAsk(c: Context<PageEnv>): Promise<AskRow | undefined> {
  return findOwnAsk(c.get('scope').db, actorOfPage(c).slackUserId, c.req.param('id') ?? '');
}

/** What others asked looks like what nobody asked. */
async function refuseAsk(c: Context<PageEnv>): Promise<Response> {
  await noteRefusal(c.get('scope'), actorOfPage(c), 'faq.read_ask', { detail: { reason: 'not-found' } });
  return c.notFound();
}

async function showResults(c: Context<PageEnv>, own: AskRow): Promise<Response> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const [typed, hits] = await Promise.all([openAsk(scope, own), listShown(scope.db, actor, own)]);
  const isOff = c.req.query('search') === 'off';
  const none = mayConsult(actor) ? askingText.none : askingText.noneForCity;
  const sentence = isOff ? askingText.unavailable : hits.length === 0 ? none : askingText.found(hits.length);
  return showPage(c, {
    title: text.resultsTitle,
    body: (
      <>
        <dl class="facts">
          <dt>{text.asked}</dt>
          <dd class="typed">{typed}</dd>
        </dl>
        <p role="status">{sentence}</p>
        <EntryList
          entries={hits}
          today={japanDate(scope.now)}
          askId={own.id}
          below={(entry) => (
            <>
              <p>
                <a
                  href={entryPathFrom(entry.number, own.id)}
                  aria-label={`${formatFaqReference(entry.number)} ${askingText.readWhole}`}
                >
                  {askingText.readWhole}
                </a>
              </p>
              <VoteForm c={c} number={entry.number} askId={own.id} about={formatFaqReference(entry.number)} />
            </>
          )}
        />
        {own.way === 'consultation' ? <p class="quiet">{text.beside}</p> : null}
        {mayConsult(actor) ? <ConsultForm c={c} askId={own.id} /> : null}
        <h2>{text.again}</h2>
        <AskBox c={c} />
        <p>
          <a class="button plain" href={`${FAQ_PATH}?ask=${own.id}`}>
            {text.browse}
          </a>
        </p>
      </>
    ),
  });
}
