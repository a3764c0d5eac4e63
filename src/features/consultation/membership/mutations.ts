/** 協力者 and 限定: who is named in a case, and whether only they see it. */
import { and, eq, sql } from 'drizzle-orm';
import type { Statement } from '../../../lib/db.ts';
import { done, type Result } from '../../../lib/result.ts';
import { mention } from '../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { readButton, referenceMessage } from '../blocks.ts';
import type { Consultation, LoadedConsultation } from '../data.ts';
import { changeConsultation, type Refusal, type Wish } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { tell, tellBothSides, tellOnce } from '../notices.ts';
import { member } from '../tables.ts';
import { membershipText as text } from './text.ts';

/** Makes just these people the members of a case. Those who are new are told. */
export async function nameMembers(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  wanted: readonly string[],
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const change = membersChange(scope, actor, loaded, wanted);
    if (change.statements.length === 0) return done(undefined);
    return done({
      after: of,
      detail: change.detail,
      statements: change.statements,
      entries: tellOnce(change.entries, actor.slackUserId),
    });
  });
}

export interface Restriction {
  members: readonly string[];
  reason: string | null;
}

/** Closes a case to all but those named in it: these members, its sender, whoever has charge of it. */
export async function restrictConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { members, reason }: Restriction,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const note = await sealNote(scope, actor, of, 'reason', reason);
    const change = membersChange(scope, actor, loaded, members);
    const sentence = text.restricted(of.reference, mention(actor.slackUserId));
    return done({
      after: { ...of, isRestricted: true },
      detail: { ...change.detail, note: note.id },
      statements: [...note.statements, ...change.statements],
      entries: tellOnce([...toParties(loaded, sentence), ...change.entries], actor.slackUserId),
    });
  });
}

/** Opens a case again to the core center and to the centers that it belongs to. Its members stay. */
export async function unrestrictConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  reason: string | null,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const note = await sealNote(scope, actor, of, 'reason', reason);
    const sentence = text.unrestricted(of.reference, mention(actor.slackUserId));
    return done({
      after: { ...of, isRestricted: false },
      detail: { note: note.id },
      statements: note.statements,
      entries: tellOnce(toParties(loaded, sentence), actor.slackUserId),
    });
  });
}

/** Those for whom it changes what may be said where. */
function toParties(loaded: LoadedConsultation, sentence: string): OutboxEntry[] {
  const message = referenceMessage(sentence, [readButton(loaded.consultation)]);
  return tellBothSides(loaded, message);
}

interface MembersChange {
  /** Slack ids, with commas; null where there are none. */
  detail: { added: string | null; removed: string | null };
  statements: Statement[];
  entries: OutboxEntry[];
}

function membersChange(
  { db, now }: Scope,
  actor: Actor,
  { consultation: of, members }: LoadedConsultation,
  wanted: readonly string[],
): MembersChange {
  const added = wanted.filter((person) => !members.includes(person));
  const removed = members.filter((person) => !wanted.includes(person));
  const isOneOf = (people: readonly string[]) =>
    sql`(SELECT value FROM json_each(${JSON.stringify(people)}))`;
  const gone = db
    .delete(member)
    .where(and(eq(member.consultationId, of.id), sql`${member.slackUserId} IN ${isOneOf(removed)}`));
  // Every column of the table, in its order.
  const come = db
    .insert(member)
    .select(
      sql`SELECT ${of.id}, value, ${actor.slackUserId}, ${now.getTime()} FROM json_each(${JSON.stringify(added)}) WHERE true`,
    );
  const message = referenceMessage(text.named(of.reference, mention(actor.slackUserId)), [readButton(of)]);
  return {
    detail: { added: added.join() || null, removed: removed.join() || null },
    statements: [...(removed.length > 0 ? [gone] : []), ...(added.length > 0 ? [come] : [])],
    entries: added.map((person) => tell(person, message)),
  };
}
