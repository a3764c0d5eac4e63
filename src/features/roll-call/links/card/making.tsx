/** /roll-calls/cards: the printed cards of centers, made and printed by those who may. Who looks at a PIN is noted. */
import { type Context, Hono } from 'hono';
import { FormToken, showPage } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { noteLook, noteRefusal } from '../../../directory/noting.ts';
import { actorOfPage } from '../../../directory/page-gate.ts';
import { standInOfActor } from '../../data.ts';
import { ROLL_CALLS_PATH } from '../../paths.ts';
import { openLinkKey } from '../../sealing.ts';
import { cardAddress, signCard } from '../signing.ts';
import { type CardCenter, findCard, listCardCenters, openPin } from './data.ts';
import { makeCard } from './mutations.ts';
import { CARDS_PATH, cardPath } from './paths.ts';
import { mayKeepCard } from './rules.ts';
import { CardSheet } from './sheet.tsx';
import { cardText as text } from './text.ts';

const PATH = `${CARDS_PATH}/:code`;
const LOOK = 'roll-call.card';

export function cardMakingPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(CARDS_PATH, async (c) => {
    const own = await keptCenters(c);
    if (own.length === 0) return refuse(c);
    return showPage(c, { title: text.title, body: <CenterList centers={own} /> });
  });

  pages.get(PATH, async (c) => {
    const center = (await keptCenters(c)).find(({ code }) => code === c.req.param('code'));
    return center ? showCard(c, center) : refuse(c);
  });

  pages.post(PATH, async (c) => {
    const code = c.req.param('code');
    const seen = (await c.req.formData()).get('seen');
    const made = await makeCard(c.get('scope'), actorOfPage(c), code, typeof seen === 'string' ? seen : '');
    // Somebody else just made one: it is shown, and can be replaced from there.
    if (made.ok || made.refusal.reason === 'changed-meanwhile') return c.redirect(cardPath(code), 303);
    return c.notFound();
  });

  return pages;
}

async function keptCenters(c: Context<PageEnv>): Promise<CardCenter[]> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const [standIn, centers] = await Promise.all([standInOfActor(scope, actor), listCardCenters(scope.db)]);
  return centers.filter(({ code }) => mayKeepCard(actor, standIn, code));
}

async function refuse(c: Context<PageEnv>): Promise<Response> {
  await noteRefusal(c.get('scope'), actorOfPage(c), LOOK, { detail: { reason: 'not-found' } });
  return c.notFound();
}

async function showCard(c: Context<PageEnv>, center: CardCenter): Promise<Response> {
  const scope = c.get('scope');
  const found = await findCard(scope.db, center.code);
  if (found) await noteLook(scope, actorOfPage(c), LOOK, { detail: { center: center.code } });
  const key = await openLinkKey(scope);
  const token = found && (await signCard(key, { center: center.code, cardId: found.card.cardId }));
  return showPage(c, {
    title: text.titleOf(center.short),
    body: (
      <>
        <div class="no-print">
          <p>{text.lead}</p>
          {found ? (
            <p>
              {text.madeAt(found.card.madeAt, found.madeByName ?? '')} {text.print}
            </p>
          ) : (
            <p>{text.none}</p>
          )}
          <form method="post" action={cardPath(center.code)}>
            <FormToken c={c} />
            <input type="hidden" name="seen" value={found?.card.cardId ?? ''} />
            {found ? <p>{text.renewQuestion}</p> : null}
            <ul class="buttons">
              <li>
                <button class={found ? 'button' : 'button primary'} type="submit">
                  {found ? text.renew : text.make}
                </button>
              </li>
              <li>
                <a class="button plain" href={ROLL_CALLS_PATH}>
                  {text.back}
                </a>
              </li>
            </ul>
          </form>
        </div>
        {found && token ? (
          <CardSheet
            centerName={center.name}
            address={cardAddress(scope.settings.PUBLIC_URL, token)}
            pin={await openPin(scope, found.card)}
          />
        ) : null}
      </>
    ),
  });
}

function CenterList({ centers }: { centers: readonly CardCenter[] }) {
  return (
    <>
      <p>{text.lead}</p>
      <h2>{text.list}</h2>
      <ul>
        {centers.map(({ code, name }) => (
          <li>
            <a href={cardPath(code)}>{name}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
