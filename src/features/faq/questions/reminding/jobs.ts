/** Owners of open questions are reminded: on the day, then weekly while it is overdue. Run late or twice, everything is said once. */
import { and, eq, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import { japanDate } from '../../../../lib/jst.ts';
import { linkMessage } from '../../../../slack/modal.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { center, staff } from '../../../directory/tables.ts';
import { faqNotice, faqOpenQuestion } from '../../tables.ts';
import type { LoadedQuestion } from '../data.ts';
import { questionPath } from '../paths.ts';
import { formatQuestionReference, isReminderHour, reminderOf } from '../rules.ts';
import { changeQuestionByJob, type QuestionChange } from '../storing/mutations.ts';
import { questionsText as text } from '../text.ts';

export const REMINDING_JOB = 'remind-of-questions';
/** Some queries each: with what else runs in a minute it stays within the 50 of the free plan. */
const REMINDED_A_RUN = 3;

/** One query a minute, none at night. */
export async function remindOfQuestions(scope: Scope): Promise<void> {
  const { db, now } = scope;
  if (!isReminderHour(now)) return;
  const due = await db
    .select({
      id: faqOpenQuestion.id,
      dueOn: faqOpenQuestion.dueOn,
      told: sql<string>`(SELECT json_group_array(what) FROM faq_notice WHERE about = ${faqOpenQuestion.id})`.as(
        'told',
      ),
    })
    .from(faqOpenQuestion)
    .where(
      and(
        eq(faqOpenQuestion.state, 'open'),
        isNotNull(faqOpenQuestion.owner),
        lte(faqOpenQuestion.dueOn, japanDate(now)),
      ),
    );
  const untold = due.filter(({ told, ...question }) => {
    const reminder = reminderOf(question, now);
    return reminder !== undefined && !told.includes(JSON.stringify(reminder.what));
  });
  for (const { id } of untold.slice(0, REMINDED_A_RUN))
    await changeQuestionByJob(scope, { id, action: 'faq.remind_question', job: REMINDING_JOB }, (loaded) =>
      remind(scope, loaded),
    );
}

async function remind(scope: Scope, { question }: LoadedQuestion): Promise<QuestionChange | undefined> {
  const { db, now } = scope;
  const { id, number, owner, dueOn, state } = question;
  const reminder = reminderOf(question, now);
  if (state !== 'open' || owner === null || dueOn === null || !reminder) return undefined;
  const [told] = await db
    .select({ at: faqNotice.at })
    .from(faqNotice)
    .where(and(eq(faqNotice.about, id), eq(faqNotice.what, reminder.what)))
    .limit(1);
  if (told) return undefined;
  const people = await keepersOf(scope, owner);
  const reference = formatQuestionReference(number);
  const sentence = (reminder.isLate ? text.tell.late : text.tell.due)(reference, dueOn);
  const message = linkMessage(scope, questionPath(number), sentence);
  return {
    detail: { due: dueOn },
    // Noted for the owner, though others hear it in her place: it is said once.
    statements: [db.insert(faqNotice).values({ about: id, what: reminder.what, recipient: owner, at: now })],
    entries: people.map((person) => ({ kind: 'direct', person, message })),
  };
}

/** The owner; once she has left the core center, its managers. */
async function keepersOf({ db }: Scope, owner: string): Promise<string[]> {
  const rows = await db
    .select({ id: staff.slackUserId, role: staff.role })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(and(eq(center.kind, 'kikan'), isNull(staff.removedAt)));
  if (rows.some(({ id }) => id === owner)) return [owner];
  return rows.filter(({ role }) => role === 'manager').map(({ id }) => id);
}
