/** The pages of 点呼. What a person may not see is answered like what does not exist, and noted. */
import { type Context, Hono } from 'hono';
import { FormToken, showPage } from '../../../web/frame.tsx';
import { PRESS_SEPARATOR } from '../../../web/modal/blocks.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { ACTIONS } from '../actions.ts';
import { boardSection } from '../board/section.tsx';
import { findRollCallByReference, listRollCalls, listRunning, standInOfActor } from '../data.ts';
import { helpingSection } from '../helping/section.tsx';
import { IMPROVEMENTS_PATH } from '../lessons/paths.ts';
import { lessonsSection } from '../lessons/section.tsx';
import { lessonsText } from '../lessons/text.ts';
import { CARDS_PATH } from '../links/card/paths.ts';
import { keepsCards } from '../links/card/rules.ts';
import { cardText } from '../links/card/text.ts';
import { findDrillsOfYear } from '../making/data.ts';
import { rollCallModal } from '../opening/blocks.ts';
import { openRollCall } from '../opening/mutations.ts';
import type { PageSection } from '../parts.ts';
import { ROLL_CALLS_PATH } from '../paths.ts';
import { PRIORITY_PATH } from '../priority/paths.ts';
import { priorityCenterOf } from '../priority/rules.ts';
import { priorityText } from '../priority/text.ts';
import { reportingSection } from '../reporting/section.tsx';
import { mayCommand, maySeeRollCall, readRollCallReference } from '../rules.ts';
import { START_ACTIONS } from '../starting/actions.ts';
import { startingText } from '../starting/text.ts';
import { nameOf } from '../text.ts';
import type { RollCallKind } from '../words.ts';
import { RollCallList } from './list.tsx';
import { noteSection } from './note.tsx';
import { rollCallPagesText as text } from './text.ts';
import { yearSentence } from './year.ts';

/** In the order in which they stand. */
const SECTIONS: readonly PageSection[] = [
  noteSection,
  helpingSection,
  boardSection,
  reportingSection,
  lessonsSection,
];

/** Years of drills. */
const SHOWN = 50;

export function rollCallPages(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(ROLL_CALLS_PATH, async (c) => {
    const scope = c.get('scope');
    const { db, now } = scope;
    const actor = actorOfPage(c);
    const [standIn, running, actual, drills, year] = await Promise.all([
      standInOfActor(scope, actor),
      listRunning(db),
      listRollCalls(db, 'actual', SHOWN),
      listRollCalls(db, 'drill', SHOWN),
      findDrillsOfYear(db, now),
    ]);
    const isSeen = (each: (typeof drills)[number]) => maySeeRollCall(actor, standIn, each);
    const isPast = ({ status }: (typeof drills)[number]) => status === 'closed' || status === 'cancelled';
    const seen = [...actual, ...drills].filter(isSeen);
    return showPage(c, {
      title: text.title,
      body: (
        <>
          <h2>{text.running}</h2>
          <RollCallList rollCalls={running} none={text.nothingRuns} />
          {mayCommand(actor, standIn) ? <StartButtons c={c} /> : null}
          <h2>{text.yearPlan(year.series)}</h2>
          <p>{yearSentence(year.drills.filter(isSeen))}</p>
          <h2>{text.planned}</h2>
          <RollCallList
            rollCalls={seen.filter(({ status }) => status === 'scheduled').toReversed()}
            none={text.nothingPlanned}
          />
          <h2>{text.actual}</h2>
          <RollCallList
            rollCalls={seen.filter((each) => each.kind === 'actual' && isPast(each))}
            none={text.none}
          />
          <h2>{text.drills}</h2>
          <RollCallList
            rollCalls={seen.filter((each) => each.kind === 'drill' && isPast(each))}
            none={text.none}
          />
          <h2>{text.preparation}</h2>
          {priorityCenterOf(actor) === undefined ? null : (
            <p>
              <a class="button plain" href={PRIORITY_PATH}>
                {priorityText.button}
              </a>
            </p>
          )}
          {keepsCards(actor, standIn) ? (
            <p>
              <a class="button plain" href={CARDS_PATH}>
                {cardText.title}
              </a>
            </p>
          ) : null}
          <p>
            <a class="button plain" href={IMPROVEMENTS_PATH}>
              {lessonsText.list.title}
            </a>
          </p>
        </>
      ),
    });
  });

  pages.get(`${ROLL_CALLS_PATH}/:reference`, async (c) => {
    const scope = c.get('scope');
    const reference = readRollCallReference(c.req.param('reference'));
    const named = reference === undefined ? undefined : await findRollCallByReference(scope.db, reference);
    const found = await openRollCall(scope, actorOfPage(c), named?.id ?? '', ACTIONS.open.actionId);
    if (!found.ok) return c.notFound();
    const look = found.value;
    const [modal, sections] = await Promise.all([
      rollCallModal(scope, look, { isNamed: false }),
      Promise.all(SECTIONS.map((section) => section(c, look))),
    ]);
    return showPage(c, {
      title: nameOf(look.rollCall),
      body: (
        <>
          {await host.embed(c, modal)}
          {sections}
          <p>
            <a class="button plain" href={ROLL_CALLS_PATH}>
              {text.back}
            </a>
          </p>
        </>
      ),
    });
  });

  return pages;
}

/** The forms, which are the same as in chat. */
function StartButtons({ c }: { c: Context<PageEnv> }) {
  const kinds: readonly RollCallKind[] = ['drill', 'actual'];
  return (
    <>
      <h2>{text.doMore}</h2>
      <form method="post" action="/modal/press">
        <FormToken c={c} />
        <input type="hidden" name="back" value={ROLL_CALLS_PATH} />
        <ul class="buttons">
          {kinds.map((kind) => (
            <li>
              <button
                class="button"
                type="submit"
                name="press"
                value={`${START_ACTIONS.form}${PRESS_SEPARATOR}${kind}`}
              >
                {startingText.open[kind]}
              </button>
            </li>
          ))}
        </ul>
      </form>
    </>
  );
}
