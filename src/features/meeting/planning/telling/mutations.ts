/** Everybody who attends meetings of a confirmed year is told once: staff by one DM, guests by one mail, each with a list of their own. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Database, isUniqueViolation, runBatch, type Statement } from '../../../../lib/db.ts';
import { enqueueMail, type MailEntry } from '../../../../mail/outbox.ts';
import { enqueue, type OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { invitedMark } from '../../attendance/notices.ts';
import { noticeStatements } from '../../storing/rows/mutations.ts';
import { notice } from '../../tables.ts';
import { type Confirmation, planningCity } from '../data.ts';
import { planConfirmation } from '../tables.ts';
import { digestMail, digestMessage, doneMessage } from './blocks.ts';
import { listMeetings, listRecipients, listTold, TOLD, type Told } from './data.ts';

/** With their lists they stay well below the 2 MB that a parameter of D1 may have. */
const TOLD_A_RUN = 40;

/** Tells those who were not told yet, so many a run; when nobody is left, whoever confirmed hears that it is done. */
export async function tellOfPlan(scope: Scope, confirmation: Confirmation): Promise<void> {
  const { db, now } = scope;
  const [city, meetings, known] = await Promise.all([
    planningCity(db),
    listMeetings(db, confirmation.id),
    listTold(db, confirmation.id),
  ]);
  const all = await listRecipients(db, meetings, confirmation.id);
  const waiting = all.filter(({ recipient: { recipient } }) => !known.has(recipient));
  const portion = waiting.slice(0, TOLD_A_RUN);
  const isLast = portion.length === waiting.length;
  const entries = portion.flatMap(({ recipient, meetings: own }): OutboxEntry[] =>
    recipient.by === 'slack'
      ? [
          {
            kind: 'direct',
            person: recipient.recipient,
            message: digestMessage(scope, confirmation, own, city),
          },
        ]
      : [],
  );
  const mails = portion.flatMap(({ recipient, meetings: own }): MailEntry[] =>
    recipient.by === 'mail' ? [digestMail(recipient, confirmation, own, city)] : [],
  );
  const last: OutboxEntry[] = isLast
    ? [
        {
          kind: 'direct',
          person: confirmation.confirmedBy,
          message: doneMessage(confirmation, city, { meetings: meetings.length, people: all.length }),
        },
      ]
    : [];
  const told = portion.map(({ recipient: { recipient } }) => ({ what: TOLD, recipient }));
  // So that the end is told once, too, also by two runs at the same time.
  const end = isLast ? [{ what: `${TOLD}/done`, recipient: confirmation.confirmedBy }] : [];
  try {
    await runBatch(db, [
      ...noticeStatements(db, confirmation.id, [...told, ...end], now),
      invitedTo(db, portion, now),
      enqueue(db, [...entries, ...last], now),
      ...(mails.length > 0 ? [enqueueMail(db, mails, now)] : []),
      ...(isLast
        ? [
            db
              .update(planConfirmation)
              .set({ toldAt: now })
              .where(and(eq(planConfirmation.id, confirmation.id), isNull(planConfirmation.toldAt))),
          ]
        : []),
    ]);
  } catch (error) {
    // Another run was faster and has told them.
    if (!isUniqueViolation(error)) throw error;
    return;
  }
  scope.wakeCourier();
}

/** The statement that notes each invitation; whoever was invited to one already (a newcomer) stays noted. */
function invitedTo(db: Database, portion: readonly Told[], now: Date): Statement {
  const rows = JSON.stringify(
    portion.map(({ recipient: { recipient }, meetings }) => ({
      recipient,
      of: meetings.map(({ id }) => id),
    })),
  );
  return db
    .insert(notice)
    .select(
      sql`SELECT one.value, ${invitedMark(0)}, each.value->>'recipient', ${now.getTime()}
        FROM json_each(${rows}) AS each, json_each(each.value, '$.of') AS one WHERE true`,
    )
    .onConflictDoNothing();
}
