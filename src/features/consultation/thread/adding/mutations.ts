/**
 * 記録に追加, 記録に移す: what somebody wrote in a card's thread becomes part of the record. The text was never stored before: it is
 * read from Slack now, and sealed. Whether it must be deleted in Slack is decided by what it says now.
 */
import { and, eq, sql } from 'drizzle-orm';
import { runBatch } from '../../../../lib/db.ts';
import { done, type Result, refused } from '../../../../lib/result.ts';
import { instantOf } from '../../../../slack/message-event.ts';
import { aboutCase, enqueue, type Message } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { findThreadMessageInSlack } from '../../../../slack/thread-messages.ts';
import type { Actor } from '../../../directory/actor.ts';
import { openCaseKeyOf } from '../../content/data.ts';
import { casePlace, type LoadedConsultation } from '../../data.ts';
import { beginOperation, changeConsultation, type Refusal, recordRefusal } from '../../mutations.ts';
import { tellInCharge } from '../../notices.ts';
import { note } from '../../tables.ts';
import {
  addedMessage,
  cardSlotIn,
  inThread,
  type MessagePlace,
  movedMessage,
  movedNotice,
} from '../blocks.ts';
import { findThreadMessage, listOffered, reloadMessages, type ThreadMessage } from '../data.ts';
import { openExaminer } from '../examining.ts';
import { MESSAGES_A_PRESS } from '../rules.ts';
import { threadMessage } from '../tables.ts';

type SlackClient = Parameters<typeof findThreadMessageInSlack>[0];

/** Beside the rules' refusals: the message is gone, or Slack does not give it out now. */
export type AddRefusal = Refusal | { reason: 'gone' } | { reason: 'not-read' };

/** A message with what it says now. */
interface Read {
  message: ThreadMessage;
  words: string;
  state: 'recorded' | 'moved';
}

/** `isNew` is false when it stood in the record before: then nobody was told anything. */
export interface Added {
  loaded: LoadedConsultation;
  isNew: boolean;
  isMoved: boolean;
}

const ACTION = 'consultation.thread_note';

/**
 * Adds a message of the Actor's own, and after an offer what she wrote there since; she is told in the thread. Pressing again
 * changes nothing and is answered as the first time.
 */
export async function addToRecord(
  scope: Scope,
  actor: Actor,
  client: SlackClient,
  id: string,
  place: MessagePlace,
): Promise<Result<Added, AddRefusal>> {
  const begun = await beginOperation(scope, actor, id, 'comment');
  if (!begun.ok) return begun;
  const asked = await findThreadMessage(scope.db, place.channel, place.ts);
  if (asked?.author !== actor.slackUserId || asked.consultationId !== id) {
    await recordRefusal(scope, actor, { id, loaded: begun.value }, ACTION, 'not-found');
    return refused({ reason: 'gone' });
  }
  const wanted = isOffer(asked) ? await listOffered(scope.db, asked, MESSAGES_A_PRESS) : [asked];
  const pending = wanted.filter(({ noteId }) => noteId === null);
  if (pending.length === 0)
    return done({ loaded: begun.value, isNew: false, isMoved: asked.state === 'moved' });
  const read = await readAll(scope, actor, client, begun.value, pending);
  if (!read.ok) return read;
  return read.value.length === 0 ? refused({ reason: 'gone' }) : addRead(scope, actor, asked, read.value);
}

function isOffer({ state }: ThreadMessage): boolean {
  return state === 'offered' || state === 'recorded';
}

/** All that can be read; what was deleted meanwhile is left out. */
async function readAll(
  scope: Scope,
  actor: Actor,
  client: SlackClient,
  loaded: LoadedConsultation,
  wanted: readonly ThreadMessage[],
): Promise<Result<Read[], AddRefusal>> {
  if (wanted.length === 0) return done([]);
  const found = await Promise.all(
    wanted.map(async (message) => ({
      message,
      ...(await findThreadMessageInSlack(client, message.channel, message.ts)),
    })),
  );
  if (found.some(({ outcome }) => outcome === 'unreachable')) return refused({ reason: 'not-read' });
  const examine = await openExaminer(scope, actor, loaded);
  return done(
    found.flatMap((each): Read[] => {
      if (each.outcome !== 'found' || each.author !== actor.slackUserId) return [];
      const { words, kinds } = examine(each.text);
      return [{ message: each.message, words, state: kinds.length > 0 ? 'moved' : 'recorded' }];
    }),
  );
}

async function addRead(
  scope: Scope,
  actor: Actor,
  asked: ThreadMessage,
  read: readonly Read[],
): Promise<Result<Added, Refusal>> {
  const wish = { id: asked.consultationId, operation: 'comment', action: ACTION } as const;
  let added: Added | undefined;
  const changed = await changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const isMoved = read.some(({ state }) => state === 'moved');
    added = { loaded, isNew: false, isMoved };
    const stored = await reloadMessages(scope.db, asked.channel, [
      asked.ts,
      ...read.map(({ message }) => message.ts),
    ]);
    const pending = read.filter(({ message }) =>
      stored.some(({ ts, noteId }) => ts === message.ts && noteId === null),
    );
    if (pending.length === 0) return done(undefined);
    const key = await openCaseKeyOf(scope, of.id);
    const notes = await Promise.all(
      pending.map(async ({ message, words }) => {
        const noteId = crypto.randomUUID();
        const body = await key.seal(casePlace('note', 'body', noteId, of), words);
        return {
          id: noteId,
          consultationId: of.id,
          kind: 'thread',
          author: actor.slackUserId,
          body,
          writtenAt: instantOf(message.ts),
        } as const;
      }),
    );
    const places = JSON.stringify(
      pending.map(({ message, state }, i) => ({ ts: message.ts, state, note: notes[i]?.id })),
    );
    added = { loaded, isNew: true, isMoved };
    return done({
      detail: { note: notes.map((each) => each.id).join(','), moved: isMoved },
      after: of,
      statements: [
        scope.db.insert(note).values(notes),
        scope.db
          .update(threadMessage)
          .set({ state: placed(places, 'state'), noteId: placed(places, 'note') })
          .where(
            and(
              eq(threadMessage.channel, asked.channel),
              sql`${threadMessage.ts} IN (SELECT value->>'ts' FROM json_each(${places}))`,
            ),
          ),
      ],
      entries: [
        inThread(
          cardSlotIn(loaded, asked.channel),
          asked.channel,
          actor.slackUserId,
          isMoved ? movedMessage(loaded) : addedMessage(loaded, pending.length),
        ),
        ...notes.flatMap(({ id: noteId }, i) =>
          pending[i]?.state === 'moved'
            ? tellInCharge(loaded, movedNotice(loaded, noteId), actor.slackUserId)
            : [],
        ),
      ],
    });
  });
  if (!changed.ok) return changed;
  if (!added) throw new Error('nothing was decided');
  return done(added);
}

/** What belongs to the row's message in a JSON list: a statement of D1 takes at most 100 parameters. */
function placed(places: string, field: 'state' | 'note') {
  return sql`(SELECT value->>${field} FROM json_each(${places}) WHERE value->>'ts' = ${threadMessage.ts})`;
}

/** Says something to one person in the thread of the case's card, where no change tells of it. */
export async function sayInThread(
  scope: Scope,
  loaded: LoadedConsultation,
  channel: string,
  person: string,
  message: Message,
): Promise<void> {
  await runBatch(scope.db, [
    enqueue(
      scope.db,
      aboutCase(loaded.consultation.id, [inThread(cardSlotIn(loaded, channel), channel, person, message)]),
      scope.now,
    ),
  ]);
  scope.wakeCourier();
}
