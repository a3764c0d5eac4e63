/**
 * Whoever looks after an answer hears when it must be looked through: a month ahead and on the day, from nine in the morning; once each,
 * however often this runs. Of many entries one message tells, since an imported file may bring hundreds at once.
 */
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm';
import { isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import { addDays, type JapanDate, japanDate, japanHour } from '../../../lib/jst.ts';
import { linkMessage } from '../../../slack/modal.ts';
import { enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { recordAlone } from '../../../vault/audit.ts';
import { isCoreManager } from '../../directory/rules.ts';
import { listDeskPeople, ownersAmong } from '../editing/data.ts';
import { DESK_ENTRIES_PATH } from '../paths.ts';
import { formatFaqReference } from '../rules.ts';
import { faqEntry, faqNotice } from '../tables.ts';
import { markOf, SOON_DAYS, type Stage, stageOf } from './rules.ts';
import { reviewingText as text } from './text.ts';

const FIRST_HOUR = 9;
const A_RUN = 500;
/** Named in a message; the list has them all. */
const NAMED = 5;
/** Noted where there is nobody to tell. */
const NOBODY = 'nobody';

interface Due {
  id: string;
  number: number;
  owner: string | null;
  reviewDueOn: JapanDate;
  stage: Stage;
}

/** One query while nothing is due. */
export async function remindOfReviews(scope: Scope): Promise<void> {
  const { db, now } = scope;
  if (japanHour(now) < FIRST_HOUR) return;
  const due = await listUntold(scope);
  if (due.length === 0) return;
  const core = ownersAmong(await listDeskPeople(db));
  const managers = core.filter(isCoreManager).map(({ slackUserId }) => slackUserId);
  const hearing = (owner: string | null) =>
    core.some(({ slackUserId }) => slackUserId === owner) && owner !== null ? [owner] : managers;
  const told = due.map((entry) => ({ entry, people: hearing(entry.owner) }));
  const entries = (['due', 'soon'] as const).flatMap((stage) => messagesOf(scope, stage, told));
  try {
    await runBatch(db, [noteTold(scope, told), ...(entries.length === 0 ? [] : [enqueue(db, entries, now)])]);
  } catch (error) {
    // Another run told of one of them meanwhile; the rest is told in the next one.
    if (!isUniqueViolation(error)) throw error;
    return;
  }
  const detail = { entries: due.length, people: new Set(told.flatMap(({ people }) => people)).size };
  await recordAlone(db, {
    at: now,
    actor: 'job:remind-of-reviews',
    action: 'faq.remind_review',
    outcome: 'done',
    ...scope.origin,
    detail,
  });
  scope.wakeCourier();
}

async function listUntold({ db, now }: Scope): Promise<Due[]> {
  const today = japanDate(now);
  const stage = sql<Stage>`CASE WHEN ${faqEntry.reviewDueOn} <= ${today} THEN 'due' ELSE 'soon' END`;
  const rows = await db
    .select({
      id: faqEntry.id,
      number: faqEntry.number,
      owner: faqEntry.owner,
      reviewDueOn: faqEntry.reviewDueOn,
    })
    .from(faqEntry)
    .where(
      and(
        eq(faqEntry.status, 'published'),
        lte(faqEntry.reviewDueOn, addDays(today, SOON_DAYS)),
        isNull(sql`(SELECT 1 FROM faq_notice WHERE about = ${faqEntry.id}
          AND what = 'review-' || ${stage} || '/' || ${faqEntry.reviewDueOn} LIMIT 1)`),
      ),
    )
    .orderBy(asc(faqEntry.reviewDueOn), asc(faqEntry.number))
    .limit(A_RUN);
  return rows.flatMap(({ reviewDueOn, ...row }) => {
    const found = reviewDueOn === null ? undefined : stageOf(reviewDueOn, today);
    return reviewDueOn !== null && found ? [{ ...row, reviewDueOn, stage: found }] : [];
  });
}

interface Told {
  entry: Due;
  people: readonly string[];
}

function messagesOf(scope: Scope, stage: Stage, told: readonly Told[]): OutboxEntry[] {
  const ofStage = told.filter(({ entry }) => entry.stage === stage);
  const people = new Set(ofStage.flatMap((each) => each.people));
  return [...people].map((person) => {
    const theirs = ofStage.filter((each) => each.people.includes(person));
    const named = theirs.slice(0, NAMED).map(({ entry }) => formatFaqReference(entry.number));
    const message = linkMessage(scope, `${DESK_ENTRIES_PATH}?review=due`, text[stage](named, theirs.length));
    return { kind: 'direct', person, message };
  });
}

/** However many, as one parameter. */
function noteTold({ db, now }: Scope, told: readonly Told[]): Statement {
  const rows = told.flatMap(({ entry, people }) =>
    (people.length === 0 ? [NOBODY] : people).map((person) => [
      entry.id,
      markOf(entry.stage, entry.reviewDueOn),
      person,
    ]),
  );
  // Every column of the table, in its order.
  return db.insert(faqNotice).select(sql`
    SELECT value->>0, value->>1, value->>2, ${now.getTime()} FROM json_each(${JSON.stringify(rows)})`);
}
