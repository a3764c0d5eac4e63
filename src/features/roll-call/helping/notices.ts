/** Who hears at once, by direct message, that somebody asks for help. */
import { contextLine, markdownSection } from '../../../slack/block-kit.ts';
import { escapeMrkdwn, mention } from '../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { findCenterInCity } from '../../directory/data.ts';
import { ACTIONS } from '../actions.ts';
import { listCommanders, type RollCall, type RosterRow } from '../data.ts';
import { nameOf } from '../text.ts';
import { listManagersToday } from './data.ts';
import { helpingText as text } from './text.ts';

/**
 * To the managers of the person's center, those who stand in for them, and whoever commands: for the batch that stores that help
 * is asked for, so once for each time. Not to the person, nor to whoever entered it for her.
 */
export async function helpNotices(
  { db, now }: Scope,
  { rollCall, roster }: { rollCall: RollCall; roster: RosterRow },
  { at, by }: { at: Date; by: string },
): Promise<OutboxEntry[]> {
  const [managers, commanders, found] = await Promise.all([
    listManagersToday(db, now, roster.center),
    listCommanders(db, now),
    findCenterInCity(db, roster.center),
  ]);
  const told = new Set([...(managers.get(roster.center) ?? []), ...commanders]);
  const sentence = text.asked(mention(roster.person), escapeMrkdwn(found?.center.short ?? ''), at);
  const message = {
    text: nameOf(rollCall),
    blocks: [
      markdownSection(`*${nameOf(rollCall)}*\n${sentence}`),
      contextLine(text.askedHint),
      { type: 'actions', elements: [ACTIONS.help.button(rollCall.id), ACTIONS.open.button(rollCall.id)] },
    ],
  };
  // Not about the roll-call in the courier's sense: it is said even to those who answer meanwhile, and after the end.
  return [...told]
    .filter((person) => person !== roster.person && person !== by)
    .map((person) => ({ kind: 'direct', person, message }));
}
