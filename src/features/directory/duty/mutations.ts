/** 受付当番: who of the core center receives new consultations. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { done, type Result, refused } from '../../../lib/result.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../actor.ts';
import { type Colleague, listCenterStaff } from '../data.ts';
import { changeDirectory } from '../mutations.ts';
import { mayChangeDuty, takesNewConsultations } from '../rules.ts';
import { markOf } from '../settings/rules.ts';
import { staff } from '../tables.ts';
import { dutyText as text } from './text.ts';

export const CHANGE_DUTY = 'duty.change';

export type DutyRefusal = { reason: 'not-allowed' | 'not-of-center' | 'nobody-left' | 'changed-meanwhile' };

/** The mark of who is on duty: what the form showed. */
export function markOfDuty(coreStaff: readonly Colleague[]): Promise<string> {
  return markOf(onDuty(coreStaff).sort());
}

/**
 * Puts exactly these people on duty and takes the others off it.
 * @param wanted Slack ids of core staff
 * @param seen `markOfDuty` of what the Actor chose from: whoever was faster is not undone unseen
 */
export async function changeDuty(
  scope: Scope,
  actor: Actor,
  wanted: readonly string[],
  seen: string,
): Promise<Result<undefined, DutyRefusal>> {
  const { db } = scope;
  return changeDirectory<undefined, DutyRefusal>(scope, actor, CHANGE_DUTY, async () => {
    if (!mayChangeDuty(actor)) return refused({ reason: 'not-allowed' });
    const coreStaff = await listCenterStaff(db, actor.center.code);
    const known = new Set(coreStaff.map(({ slackUserId }) => slackUserId));
    if (!wanted.every((person) => known.has(person))) return refused({ reason: 'not-of-center' });
    const after = coreStaff.map((each) => ({ ...each, isOnDuty: wanted.includes(each.slackUserId) }));
    const begins = onDuty(after).filter((person) => !onDuty(coreStaff).includes(person));
    const ends = onDuty(coreStaff).filter((person) => !wanted.includes(person));
    if (begins.length + ends.length === 0) return done({ value: undefined });
    if (seen !== (await markOfDuty(coreStaff))) return refused({ reason: 'changed-meanwhile' });
    if (!takesNewConsultations(after)) return refused({ reason: 'nobody-left' });
    const list = sql`(SELECT value FROM json_each(${JSON.stringify(wanted)}))`;
    return done({
      value: undefined,
      detail: { begins: begins.join(' '), ends: ends.join(' ') },
      statements: [
        db
          .update(staff)
          .set({ isOnDuty: sql`${staff.slackUserId} IN ${list}` })
          .where(and(eq(staff.center, actor.center.code), isNull(staff.removedAt))),
      ],
      entries: notices(actor, begins, ends),
    });
  });
}

function onDuty(people: readonly Colleague[]): string[] {
  return people.filter((person) => person.isOnDuty).map((person) => person.slackUserId);
}

/** To everyone whose duty changes, but for whoever changed it. */
function notices(actor: Actor, begins: readonly string[], ends: readonly string[]): OutboxEntry[] {
  const by = escapeMrkdwn(actor.name);
  const tell = (sentence: string) => (person: string) =>
    ({ kind: 'direct', person, message: { text: sentence } }) as const;
  return [...begins.map(tell(text.begins(by))), ...ends.map(tell(text.ends(by)))].filter(
    ({ person }) => person !== actor.slackUserId,
  );
}
