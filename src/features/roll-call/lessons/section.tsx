/** On the page of a roll-call: before its end what was promised earlier, afterwards what was noticed and promised this time. */
import type { Context } from 'hono';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Look, PageSection } from '../parts.ts';
import { mayCommand, maySeePeopleOf } from '../rules.ts';
import { openEarlierPromises, openLessons } from './data.ts';
import { LessonList } from './list.tsx';
import { IMPROVEMENTS_PATH } from './paths.ts';
import { takesLessons } from './rules.ts';
import { listAskedCenters } from './telling/data.ts';
import { lessonsText as text } from './text.ts';

/** What one looks at beside a drill. */
const EARLIER_SHOWN = 20;

export const lessonsSection: PageSection = async (c, look) => {
  switch (look.rollCall.status) {
    case 'closed':
      return noticed(c, look);
    case 'cancelled':
      return null;
    default:
      return promisedEarlier(c, look);
  }
};

async function noticed(c: Context<PageEnv>, { rollCall, actor, standIn, now }: Look) {
  const scope = c.get('scope');
  const isCommander = mayCommand(actor, standIn);
  const [lessons, centers] = await Promise.all([
    openLessons(scope, actor, rollCall.id),
    takesLessons(rollCall, now) ? listAskedCenters(scope.db, rollCall.id) : [],
  ]);
  const missing = centers.filter(({ code, hasSent }) => !hasSent && maySeePeopleOf(actor, code));
  const isDistrict = actor.center.kind === 'district';
  return (
    <section>
      <h2>{text.heading}</h2>
      {lessons.length === 0 ? (
        <p>{isDistrict ? text.few : text.none}</p>
      ) : (
        <LessonList c={c} actor={actor} lessons={lessons} isCommander={isCommander} isNamed={false} />
      )}
      {missing.length > 0 && !isDistrict ? (
        <p class="quiet">{text.missing(missing.map(({ short }) => short))}</p>
      ) : null}
      <ListLink />
    </section>
  );
}

async function promisedEarlier(c: Context<PageEnv>, { rollCall, actor, standIn }: Look) {
  const lessons = await openEarlierPromises(c.get('scope'), rollCall, EARLIER_SHOWN);
  if (lessons.length === 0) return null;
  return (
    <section>
      <h2>{text.list.earlier}</h2>
      <LessonList
        c={c}
        actor={actor}
        lessons={lessons}
        isCommander={mayCommand(actor, standIn)}
        isNamed={true}
      />
      <ListLink />
    </section>
  );
}

function ListLink() {
  return (
    <p class="no-print">
      <a href={IMPROVEMENTS_PATH}>{text.list.link}</a>
    </p>
  );
}
