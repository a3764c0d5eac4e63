/**
 * 要救助 is cleared, once, with a reason. It stands in the audit chain of the person's answers: an answer that asks for help anew at
 * the same moment and the clearing do not pass each other unseen.
 */

import { and, eq } from 'drizzle-orm';
import { isUniqueViolation, runBatch } from '../../../lib/db.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { letOthersPass } from '../../../lib/turns.ts';
import { markdownSection } from '../../../slack/block-kit.ts';
import { mention } from '../../../slack/mrkdwn.ts';
import { enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { appendEntry, type ChainHead, chainHead, nextEntry } from '../../../vault/audit.ts';
import type { Actor } from '../../directory/actor.ts';
import { ACTIONS } from '../actions.ts';
import { replyChain } from '../answering/mutations.ts';
import { boardEntry } from '../board/entries.ts';
import { type LoadedRollCall, loadRollCall, type RollCall, standInOfActor } from '../data.ts';
import { mayClearHelp, maySeePeopleOf, type StandIn } from '../rules.ts';
import { noteRollCallRefusal } from '../storing/mutations.ts';
import { rosterPerson } from '../tables.ts';
import { nameOf } from '../text.ts';
import { type Helped, listHelped } from './data.ts';
import { sealReason } from './reasons.ts';
import { type ClearRefusal, denialOfClearing } from './rules.ts';
import { helpingText as text } from './text.ts';

export const CLEAR_HELP = 'roll-call.clear-help';
const ATTEMPTS = 20;

export interface Clearing {
  rollCallId: string;
  person: string;
  /** The request for help that was looked at. */
  since: Date;
  /** As it was typed; sealed here. */
  reason: string;
}

/** Clears a request for help: as long as it is open, also after the end of the roll-call. */
export async function clearHelp(
  scope: Scope,
  actor: Actor,
  { reason, ...wanted }: Clearing,
): Promise<Result<Helped, ClearRefusal>> {
  const helpReason = await sealReason(scope, wanted, reason);
  for (let attempt = 1; ; attempt += 1) {
    const found = await lookUp(scope, actor, wanted);
    if (!found.ok) {
      const { reference, refusal } = found.refusal;
      await noteRollCallRefusal(scope, actor, CLEAR_HELP, reference, refusal.reason);
      return refused(refusal);
    }
    const set = { helpClearedAt: scope.now, helpClearedBy: actor.slackUserId, helpReason };
    if (await tryClear(scope, actor, found.value, set, attempt))
      return done({ ...found.value.helped, ...set });
    await letOthersPass(attempt);
  }
}

interface Found {
  head: ChainHead;
  loaded: LoadedRollCall;
  helped: Helped;
}

async function lookUp(
  scope: Scope,
  actor: Actor,
  { rollCallId, person, since }: Omit<Clearing, 'reason'>,
): Promise<Result<Found, { refusal: ClearRefusal; reference: string | undefined }>> {
  const { db } = scope;
  // Read before what is decided on: an answer in between makes the entry that follows it fail.
  const head = await chainHead(db, replyChain(rollCallId, person));
  const [loaded, [listed], standIn] = await Promise.all([
    loadRollCall(db, rollCallId),
    listHelped(db, rollCallId, person),
    standInOfActor(scope, actor),
  ]);
  const reference = loaded?.rollCall.reference;
  const helped = knownTo(actor, standIn, listed);
  if (!loaded || !helped) return refused({ refusal: { reason: 'not-found' }, reference });
  const refusal = denialOfClearing(helped, since, mayClearHelp(actor, standIn, helped.center));
  return refusal ? refused({ refusal, reference }) : done({ head, loaded, helped });
}

/** Whether somebody of another center asked for help is answered like that nobody did. */
export function knownTo(actor: Actor, standIn: StandIn, helped: Helped | undefined): Helped | undefined {
  const isKnown =
    helped && (maySeePeopleOf(actor, helped.center) || mayClearHelp(actor, standIn, helped.center));
  return isKnown ? helped : undefined;
}

/** False when somebody was faster. */
async function tryClear(
  scope: Scope,
  actor: Actor,
  { head, loaded, helped: { rollCallId, person } }: Found,
  set: Pick<Helped, 'helpClearedAt' | 'helpClearedBy' | 'helpReason'>,
  attempt: number,
): Promise<boolean> {
  const { db, now } = scope;
  const { rollCall } = loaded;
  const entry = await nextEntry(replyChain(rollCallId, person), head, {
    at: now,
    actor: actor.slackUserId,
    action: CLEAR_HELP,
    outcome: 'done',
    ...scope.origin,
    detail: { rollCall: rollCall.reference, kind: rollCall.kind, person },
  });
  try {
    await runBatch(db, [
      appendEntry(db, entry),
      db
        .update(rosterPerson)
        .set(set)
        .where(and(eq(rosterPerson.rollCallId, rollCallId), eq(rosterPerson.person, person))),
      enqueue(db, [...boardEntry(loaded), ...clearedNotice(rollCall, person, actor)], now),
    ]);
  } catch (error) {
    if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    return false;
  }
  scope.wakeCourier();
  return true;
}

/** The person hears it, and how to ask again: whoever cleared it may be wrong. */
function clearedNotice(rollCall: RollCall, person: string, actor: Actor): OutboxEntry[] {
  if (person === actor.slackUserId) return [];
  const sentence = `*${nameOf(rollCall)}*\n${text.told(mention(actor.slackUserId))}`;
  const buttons = rollCall.status === 'running' ? [ACTIONS.reply.button(rollCall.id)] : [];
  return [
    {
      kind: 'direct',
      person,
      message: {
        text: nameOf(rollCall),
        blocks: [
          markdownSection(sentence),
          ...(buttons.length > 0 ? [{ type: 'actions', elements: buttons }] : []),
        ],
      },
    },
  ];
}
