/**
 * What is said of messages in the threads of cards, and how the record follows them. A message, an edit and a deletion each take
 * effect once, however often Slack tells of them and in whatever order: the row knows the time of the latest that was seen.
 */
import { and, eq } from 'drizzle-orm';
import { isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import type { MessageSeen } from '../../../slack/feature.ts';
import { aboutCase, enqueue, findSlotOfCard, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { FindingKind } from '../../../vault/personal-data/finding.ts';
import type { Actor } from '../../directory/actor.ts';
import { openCaseKeyOf } from '../content/data.ts';
import { casePlace, type LoadedConsultation, loadConsultation, standingOf } from '../data.ts';
import { changeByJob } from '../mutations.ts';
import { denialOf } from '../rules.ts';
import { note } from '../tables.ts';
import { maySee } from '../visibility/rules.ts';
import { inThread, type Keeping, offerMessage, warningMessage } from './blocks.ts';
import { findThreadMessage, type ThreadMessage, wasOfferedSince } from './data.ts';
import { openExaminer, THREAD_JOB } from './examining.ts';
import { offerWindowOf } from './rules.ts';
import { threadMessage } from './tables.ts';

/** A message's event may meet its own redelivery, and the author's press on its button. */
const ATTEMPTS = 5;

export type Seen = Omit<MessageSeen, 'context' | 'client'>;

/** Takes in what the author did. In threads that are no card's, nothing. */
export async function followMessage(scope: Scope, author: Actor, seen: Seen): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const known = await findThreadMessage(scope.db, seen.channel, seen.ts);
    try {
      if (!known) return await noticeMessage(scope, author, seen);
      if (seen.what === 'posted' || known.seenAt >= seen.at) return;
      return known.state === 'recorded'
        ? await followIntoRecord(scope, author, seen, known)
        : await lookAgain(scope, author, seen, known);
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** A message that nothing was said about so far. */
async function noticeMessage(scope: Scope, author: Actor, seen: Seen): Promise<void> {
  if (seen.what === 'deleted' || seen.text.trim() === '') return;
  const slot = await slotOf(scope, seen);
  const [, id] = /^consultation\/([^/]+)\//.exec(slot ?? '') ?? [];
  const loaded = id === undefined ? undefined : await loadConsultation(scope, id);
  if (!loaded || loaded.consultation.erasedAt) return;
  const noticed = await notice(scope, author, loaded, seen);
  if (!noticed) return;
  const row = {
    channel: seen.channel,
    ts: seen.ts,
    consultationId: loaded.consultation.id,
    author: seen.author,
    state: noticed.state,
    seenAt: seen.at,
  };
  await store(scope, row.consultationId, [scope.db.insert(threadMessage).values(row)], noticed.entries);
}

/** An edited or deleted message that is not in the record, or was moved there to be deleted. */
async function lookAgain(scope: Scope, author: Actor, seen: Seen, known: ThreadMessage): Promise<void> {
  const loaded = await loadConsultation(scope, known.consultationId);
  if (!loaded || loaded.consultation.erasedAt) return;
  const isMoved = known.state === 'moved';
  const noticed = seen.what === 'deleted' ? undefined : await notice(scope, author, loaded, seen, isMoved);
  const state = isMoved ? known.state : (noticed?.state ?? known.state);
  // The row as it was read must still be there: else the new one violates the primary key, and the batch is undone.
  const asRead = and(
    eq(threadMessage.channel, known.channel),
    eq(threadMessage.ts, known.ts),
    eq(threadMessage.seenAt, known.seenAt),
    eq(threadMessage.state, known.state),
  );
  const replaced = [
    scope.db.delete(threadMessage).where(asRead),
    scope.db.insert(threadMessage).values({ ...known, state, seenAt: seen.at }),
  ];
  await store(scope, known.consultationId, replaced, noticed?.entries ?? []);
}

/** What the author is told of a message; undefined when there is nothing to say of it, now or later. */
async function notice(
  scope: Scope,
  author: Actor,
  loaded: LoadedConsultation,
  seen: Seen,
  isKept = false,
): Promise<{ state: 'warned' | 'offered'; entries: OutboxEntry[] } | undefined> {
  const examine = await openExaminer(scope, author, loaded);
  const { kinds } = examine(seen.text);
  const slot = await slotOf(scope, seen);
  const mayAdd = denialOf(author, standingOf(loaded), 'comment') === undefined;
  // Taking a message in reads its text from Slack: not where typed text belongs on pages alone.
  const isOnPages = author.city.personalDataEntry === 'web';
  if (kinds.length > 0) {
    const keeping = mayAdd ? (isOnPages ? 'on-page' : 'possible') : 'impossible';
    return {
      state: 'warned',
      entries: [warning(scope, loaded, slot, seen, kinds, isKept ? 'kept' : keeping)],
    };
  }
  if (!mayAdd || isKept || isOnPages) return undefined;
  const message = { channel: seen.channel, consultationId: loaded.consultation.id, author: seen.author };
  const isQuiet = await wasOfferedSince(scope.db, message, offerWindowOf(seen.at));
  const offer = inThread(slot, seen.channel, seen.author, offerMessage(loaded, seen));
  return { state: 'offered', entries: isQuiet ? [] : [offer] };
}

/** The record holds what the message says now; what was deleted in Slack stays in it, marked. */
async function followIntoRecord(
  scope: Scope,
  author: Actor,
  seen: Seen,
  { consultationId, noteId }: ThreadMessage,
): Promise<void> {
  if (noteId === null) return;
  const isDeleted = seen.what === 'deleted';
  const action = isDeleted ? 'consultation.thread_delete' : 'consultation.thread_edit';
  await changeByJob(scope, THREAD_JOB, action, consultationId, async (loaded) => {
    const current = await findThreadMessage(scope.db, seen.channel, seen.ts);
    if (!current || current.seenAt >= seen.at) return undefined;
    // Whoever may no longer see the case does not write in its record either.
    if (!isDeleted && !maySee(author, standingOf(loaded))) return undefined;
    const edited = isDeleted ? undefined : await editedNote(scope, author, loaded, seen, noteId);
    return {
      detail: { note: noteId, author: seen.author },
      after: loaded.consultation,
      statements: [
        scope.db
          .update(note)
          .set(edited?.values ?? { deletedInSlackAt: seen.at })
          .where(eq(note.id, noteId)),
        scope.db
          .update(threadMessage)
          .set({ seenAt: seen.at })
          .where(and(eq(threadMessage.channel, seen.channel), eq(threadMessage.ts, seen.ts))),
      ],
      entries: edited?.entries ?? [],
    };
  });
}

async function editedNote(
  scope: Scope,
  author: Actor,
  loaded: LoadedConsultation,
  seen: Seen,
  noteId: string,
) {
  const { consultation: of } = loaded;
  const examine = await openExaminer(scope, author, loaded);
  const { words, kinds } = examine(seen.text);
  const key = await openCaseKeyOf(scope, of.id);
  const body = await key.seal(casePlace('note', 'body', noteId, of), words);
  return {
    values: { body, editedAt: seen.at },
    entries: kinds.length > 0 ? [warning(scope, loaded, await slotOf(scope, seen), seen, kinds, 'kept')] : [],
  };
}

/** The post of ours whose thread it is. */
async function slotOf({ db }: Scope, { channel, threadTs }: Seen): Promise<string | undefined> {
  return threadTs === undefined ? undefined : findSlotOfCard(db, channel, threadTs);
}

function warning(
  scope: Scope,
  loaded: LoadedConsultation,
  slot: string | undefined,
  seen: Seen,
  kinds: readonly FindingKind[],
  keeping: Keeping,
): OutboxEntry {
  return inThread(slot, seen.channel, seen.author, warningMessage(scope, kinds, loaded, seen, keeping));
}

async function store(
  scope: Scope,
  caseId: string,
  statements: readonly Statement[],
  entries: readonly OutboxEntry[],
): Promise<void> {
  await runBatch(scope.db, [...statements, enqueue(scope.db, aboutCase(caseId, entries), scope.now)]);
  if (entries.length > 0) scope.wakeCourier();
}
