/** How every entry of the FAQ changes: one batch of audit entry, rows, notices, tasks for the index and outbox entries. */
import { eq, sql } from 'drizzle-orm';
import { type Database, isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import { done, type NotFound, type Result } from '../../../lib/result.ts';
import { enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type AuditEvent, appendEntry, EMPTY_CHAIN, nextEntry } from '../../../vault/audit.ts';
import { changeInTurn, type Write } from '../../../vault/changing.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { type FaqEntry, type FaqRevision, findEntry, type LoadedEntry, loadEntry } from '../data.ts';
import { indexTask } from '../indexing/tasks/mutations.ts';
import { formatFaqReference } from '../rules.ts';
import { faqEntry, faqNotice, faqRevision } from '../tables.ts';

export interface Told {
  about: string;
  what: string;
  recipient: string;
}

export interface EntryChange {
  /** Identifiers and controlled words. */
  detail?: AuditEvent['detail'];
  set?: Partial<Omit<FaqEntry, 'id' | 'number' | 'version' | 'updatedAt'>>;
  /** Versions as they are afterwards: new ones, and those that became others. */
  revisions?: readonly FaqRevision[];
  statements?: readonly Statement[];
  told?: readonly Told[];
  entries?: readonly OutboxEntry[];
}

type Decide<Reason> = (loaded: LoadedEntry) => Promise<Result<EntryChange | undefined, Reason>>;

/**
 * Changes an entry as `decide` says, which asks the rules first; else refuses, and notes that it refused. The index follows.
 * @returns the entry as it is afterwards
 */
export async function changeEntry<Reason extends { reason: string }>(
  scope: Scope,
  actor: Actor,
  { id, action }: { id: string; action: string },
  decide: Decide<Reason>,
): Promise<Result<FaqEntry, Reason | NotFound>> {
  let faq: string | undefined;
  const changed = await changeStored(scope, actor.slackUserId, { id, action }, async (loaded) => {
    faq = formatFaqReference(loaded.entry.number);
    return decide(loaded);
  });
  if (!changed.ok)
    await noteRefusal(scope, actor, action, {
      detail: { reason: changed.refusal.reason, ...(faq === undefined ? {} : { faq }) },
    });
  return changed;
}

/** Changes an entry on the house's own account. Undefined from `decide` leaves it as it is. */
export async function changeEntryByJob(
  scope: Scope,
  { id, action, job }: { id: string; action: string; job: string },
  decide: (loaded: LoadedEntry) => Promise<EntryChange | undefined>,
): Promise<void> {
  await changeStored(scope, `job:${job}`, { id, action }, async (loaded) => done(await decide(loaded)));
}

async function changeStored<Reason>(
  scope: Scope,
  by: string,
  { id, action }: { id: string; action: string },
  decide: Decide<Reason>,
): Promise<Result<FaqEntry, Reason | NotFound>> {
  const { db } = scope;
  const changed = await changeInTurn<LoadedEntry, Reason>(db, {
    chain: `faq:${id}`,
    load: () => loadEntry(db, id),
    async decide(loaded) {
      const decision = await decide(loaded);
      if (!decision.ok) return decision;
      return done(decision.value && writeOf(scope, by, action, loaded, decision.value));
    },
  });
  if (!changed.ok) return changed;
  if (changed.value.isChanged) {
    scope.wakeIndexer();
    scope.wakeCourier();
  }
  return done(changed.value.after.entry);
}

function writeOf(
  { db, now, origin }: Scope,
  by: string,
  action: string,
  loaded: LoadedEntry,
  change: EntryChange,
): Write<LoadedEntry> {
  const { entry } = loaded;
  const after: FaqEntry = { ...entry, ...change.set, version: entry.version + 1, updatedAt: now };
  return {
    event: {
      at: now,
      actor: by,
      action,
      outcome: 'done',
      ...origin,
      detail: {
        ...change.detail,
        faq: formatFaqReference(entry.number),
        status: after.status,
        ...(after.status === entry.status ? {} : { was: entry.status }),
      },
    },
    statements: [
      db.update(faqEntry).set(after).where(eq(faqEntry.id, entry.id)),
      ...commonStatements(db, entry.id, change, now),
    ],
    after: { ...loaded, entry: after },
  };
}

export type NewEntry = Pick<
  FaqEntry,
  'id' | 'externalId' | 'visibility' | 'owner' | 'reviewedOn' | 'reviewDueOn' | 'submissionKey'
>;

/**
 * Makes an entry that nobody finds yet, with its first version.
 * @param revision its first version, number 1
 * @returns the entry; for a form that was sent before, the entry that it made
 */
export async function makeEntry(
  scope: Scope,
  by: string,
  made: NewEntry,
  revision: FaqRevision,
  change: Pick<EntryChange, 'detail' | 'statements' | 'told' | 'entries'> = {},
): Promise<FaqEntry> {
  const { db, now, origin } = scope;
  const entry = await nextEntry(`faq:${made.id}`, EMPTY_CHAIN, {
    at: now,
    actor: by,
    action: 'faq.make',
    outcome: 'done',
    ...origin,
    detail: { ...change.detail, source: revision.source },
  });
  try {
    await runBatch(db, [
      appendEntry(db, entry),
      insertEntry(db, made, now),
      ...commonStatements(db, made.id, { ...change, revisions: [revision] }, now),
    ]);
  } catch (error) {
    // The same form again: its id follows from the form.
    if (!isUniqueViolation(error)) throw error;
  }
  const stored = await findEntry(db, made.id);
  if (!stored) throw new Error('the entry of the FAQ was not stored');
  scope.wakeCourier();
  return stored;
}

/** The number is taken in the statement itself: of two at once one waits for the other. */
function insertEntry(db: Database, made: NewEntry, now: Date): Statement {
  const at = now.getTime();
  // Every column of the table, in its order.
  return db.insert(faqEntry).select(sql`
    SELECT ${made.id}, coalesce(max(number), 0) + 1, ${made.externalId}, 'unpublished', NULL, NULL, NULL, NULL, NULL,
      ${made.visibility}, ${made.owner}, ${made.reviewedOn}, ${made.reviewDueOn}, NULL, NULL, NULL, ${made.submissionKey}, 1, ${at}, ${at}
    FROM faq_entry WHERE true`);
}

function commonStatements(
  db: Database,
  id: string,
  { revisions = [], statements = [], told = [], entries = [] }: EntryChange,
  now: Date,
): Statement[] {
  return [
    // What is no longer open first: there is one open version at most.
    ...revisions.toSorted((a, b) => openness(a) - openness(b)).map((revision) => storeRevision(db, revision)),
    ...statements,
    ...told.map((each) => db.insert(faqNotice).values({ ...each, at: now })),
    indexTask(db, id, now),
    ...(entries.length === 0 ? [] : [enqueue(db, entries, now)]),
  ];
}

function openness({ state }: FaqRevision): number {
  return state === 'draft' || state === 'proposed' ? 1 : 0;
}

function storeRevision(db: Database, revision: FaqRevision): Statement {
  return db
    .insert(faqRevision)
    .values(revision)
    .onConflictDoUpdate({ target: [faqRevision.entryId, faqRevision.number], set: revision });
}
