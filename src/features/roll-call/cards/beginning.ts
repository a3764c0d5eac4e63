/** What everybody is told when a roll-call begins, is announced, or stops coming first. */
import type { Statement } from '../../../lib/db.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { centersOf, listRunning, type RollCall } from '../data.ts';
import { type Asked, listAsked } from '../making/data.ts';
import { askMessage, newsMessage } from './blocks.ts';
import { listCenterCards } from './data.ts';
import { centerSlot, enqueueMany, newsSlot, reachCenters, updateCards } from './entries.ts';

/**
 * The statements that ask everybody when a roll-call begins, with what a drill that runs says of a real one. In a drill of Slack's
 * failure chat stays silent: mail is the only way, and the board.
 * @param rollCall as it stands when it runs
 */
export async function beginningStatements(
  scope: Scope,
  rollCall: RollCall,
  known?: readonly Asked[],
): Promise<Statement[]> {
  const { db, now } = scope;
  const running = await listRunning(db);
  const outranked = rollCall.kind === 'actual' ? running.filter(({ kind }) => kind === 'drill') : [];
  const updates = await Promise.all(outranked.map((drill) => rankingEntries(scope, drill, true)));
  if (rollCall.scenario === 'slack-outage') return enqueueMany(db, updates.flat(), now);
  const asked = known ?? (await listAsked(db, centersOf(rollCall)));
  const isOutranked = rollCall.kind === 'drill' && running.some(({ kind }) => kind === 'actual');
  const entries = reachCenters(asked, {
    rollCallId: rollCall.id,
    slotOf: (code) => centerSlot(rollCall.id, code),
    inChannel: askMessage(scope, rollCall, { isChannel: true, isOutranked }),
    toPerson: askMessage(scope, rollCall, { isChannel: false, isOutranked }),
  });
  return enqueueMany(db, [...entries, ...updates.flat()], now);
}

/** The cards of a drill that runs: whether a real one comes before it. */
export async function rankingEntries(
  scope: Scope,
  drill: RollCall,
  isOutranked: boolean,
): Promise<OutboxEntry[]> {
  const cards = await listCenterCards(scope.db, drill.id);
  return updateCards(cards, askMessage(scope, drill, { isChannel: true, isOutranked }));
}

/** The statements that tell everybody concerned one thing about a planned one. @param occasion tells one such post from the next */
export async function newsStatements(
  { db, now }: Scope,
  rollCall: RollCall,
  occasion: string,
  { sentence, hint }: { sentence: string; hint?: string },
): Promise<Statement[]> {
  const message: Message = newsMessage(rollCall, sentence, hint);
  const entries = reachCenters(await listAsked(db, centersOf(rollCall)), {
    rollCallId: rollCall.id,
    slotOf: newsSlot(rollCall.id, occasion),
    inChannel: message,
    toPerson: message,
  });
  return enqueueMany(db, entries, now);
}
