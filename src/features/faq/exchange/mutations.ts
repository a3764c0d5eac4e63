/**
 * Taking a file of entries over: all of it or nothing, however often. Nothing is deleted. Besides its line in the city's audit chain an
 * import has one in the chain of each entry that it changes: these make it wait for whoever changes the entry at the same time.
 */
import { sha256Hex } from '../../../lib/bytes.ts';
import { type Database, isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import { addYears, type JapanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { ATTEMPTS, letOthersPass } from '../../../lib/turns.ts';
import type { Scope } from '../../../slack/scope.ts';
import { appendEntry, chainHead, EMPTY_CHAIN, nextEntry } from '../../../vault/audit.ts';
import type { CaseKey } from '../../../vault/key-ring.ts';
import type { Actor } from '../../directory/actor.ts';
import type { FaqFileEntry } from '../../directory/faq-entries.ts';
import { noteLook, noteRefusal } from '../../directory/noting.ts';
import { type FaqEntry, type FaqRevision, revisionPlace } from '../data.ts';
import { mayImport, mayReadCoreOnly } from '../rules.ts';
import { openFaqKey } from '../sealing.ts';
import { NO_TEXT, textColumns } from '../storing/publishing/mutations.ts';
import { type ExchangeScope, exportEntries, planImport } from './data.ts';
import { type Counts, countSteps, type ImportWay, type Planned, type Step } from './rules.ts';
import { storeImported, type Written } from './storing/mutations.ts';

/** The action, as the audit log names it. */
export const IMPORT_ENTRIES = 'faq.import';
/** Values sealed at the same time. */
const SEALED_AT_ONCE = 200;

export interface Import {
  as: ImportWay;
  /** The file's entries; asked for again when somebody was first. */
  read(): Promise<readonly FaqFileEntry[]>;
  /** Stored with the import, also when nothing changes. */
  statements?: (db: Database) => readonly Statement[];
}

/**
 * Takes the entries over. Requires that `by` may import.
 * @param by a Slack id, or `command`; had a hand in what comes as drafts, and so may not approve it
 */
export async function importEntries(
  scope: ExchangeScope,
  by: string,
  { as, read, statements = () => [] }: Import,
): Promise<Counts> {
  const { db, now: at, origin } = scope;
  for (let attempt = 1; ; attempt += 1) {
    const head = await chainHead(db, 'city');
    const steps = await planImport(scope, await read(), as);
    const counts = countSteps(steps);
    const written = await writeSteps(scope, by, as, steps);
    const more = statements(db);
    if (written.length === 0 && more.length === 0) return counts;
    const event = { at, actor: by, action: IMPORT_ENTRIES, outcome: 'done' as const, ...origin };
    const entry = await nextEntry('city', head, { ...event, detail: { ...counts, as } });
    try {
      await runBatch(db, [appendEntry(db, entry), ...storeImported(db, written, at), ...more]);
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
      await letOthersPass(attempt);
      continue;
    }
    scope.wakeIndexer();
    return counts;
  }
}

async function writeSteps(
  scope: ExchangeScope,
  by: string,
  as: ImportWay,
  steps: readonly Step[],
): Promise<Written[]> {
  const changing = steps.flatMap((step) => (step.kind === 'fresh' || step.kind === 'changed' ? [step] : []));
  const key = await openFaqKey(scope);
  const written: Written[] = [];
  for (let first = 0; first < changing.length; first += SEALED_AT_ONCE)
    written.push(
      ...(await Promise.all(
        changing.slice(first, first + SEALED_AT_ONCE).map((step) => writeStep(scope, key, { by, as }, step)),
      )),
    );
  return written;
}

async function writeStep(
  { now: at, origin }: ExchangeScope,
  key: CaseKey,
  { by, as }: { by: string; as: ImportWay },
  step: Extract<Step, { kind: 'fresh' | 'changed' }>,
): Promise<Written> {
  const { planned } = step;
  const standing = step.kind === 'changed' ? step.standing : undefined;
  const before = standing?.entry ?? newEntry(at);
  const hasNewText = step.kind === 'fresh' || !step.isSameText;
  const number = (standing?.lastRevision ?? 0) + 1;
  const isPublished = as === 'published';
  const revision = hasNewText ? await newRevision(key, before.id, number, planned, { by, at, as }) : null;
  const entry: FaqEntry = {
    ...before,
    externalId: planned.externalId,
    ...(isPublished ? published(planned, at, revision) : {}),
    // What is no longer published stays for whom it was.
    visibility: isPublished || !standing ? planned.visibility : before.visibility,
    version: standing ? before.version + 1 : 1,
    updatedAt: at,
  };
  const audit = await nextEntry(`faq:${entry.id}`, standing?.head ?? EMPTY_CHAIN, {
    at,
    actor: by,
    action: IMPORT_ENTRIES,
    outcome: 'done',
    ...origin,
    detail: { status: entry.status, ...(revision ? { revision: number } : {}) },
  });
  return { entry, revision, audit };
}

/** One that nobody finds yet; its number is taken when it is stored. */
function newEntry(at: Date): FaqEntry {
  const id = crypto.randomUUID();
  return {
    id,
    number: 0,
    externalId: null,
    status: 'unpublished',
    ...NO_TEXT,
    visibility: 'all',
    owner: null,
    reviewedOn: null,
    reviewDueOn: null,
    publishedRevision: null,
    publishedAt: null,
    mergedInto: null,
    submissionKey: `file:${id}`,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

function published(
  { content, reviewedOn }: Planned,
  at: Date,
  revision: FaqRevision | null,
): Partial<FaqEntry> {
  return {
    ...textColumns(content),
    status: 'published',
    reviewedOn,
    reviewDueOn: dueOf(reviewedOn),
    // Whoever wished to merge it did not see this text.
    ...(revision ? { publishedRevision: revision.number, publishedAt: at, mergedInto: null } : {}),
  };
}

function dueOf(reviewedOn: JapanDate | null): JapanDate | null {
  return reviewedOn === null ? null : addYears(reviewedOn, 1);
}

async function newRevision(
  key: CaseKey,
  entryId: string,
  number: number,
  { content, visibility }: Planned,
  { by, at, as }: { by: string; at: Date; as: ImportWay },
): Promise<FaqRevision> {
  const isPublished = as === 'published';
  return {
    entryId,
    number,
    state: isPublished ? 'published' : 'draft',
    content: await key.seal(revisionPlace({ entryId, number }, 'content'), JSON.stringify(content)),
    visibility,
    source: 'file',
    consultationId: null,
    openQuestionId: null,
    editors: JSON.stringify([by]),
    createdAt: at,
    updatedAt: at,
    proposedAt: null,
    proposedBy: null,
    decidedBy: isPublished ? by : null,
    decidedAt: isPublished ? at : null,
    note: null,
    erasedAt: null,
    erasedBy: null,
  };
}

export type LoadRefusal = { reason: 'not-allowed' | 'changed-meanwhile' };

/**
 * Takes over a file that a person has looked through.
 * @param how `seen`: `markOfSteps` of what the person was shown
 */
export async function loadFile(
  scope: Scope,
  actor: Actor,
  entries: readonly FaqFileEntry[],
  { as, seen }: { as: ImportWay; seen: string },
): Promise<Result<Counts, LoadRefusal>> {
  if (!mayImport(actor)) return refuse(scope, actor, 'not-allowed');
  const steps = await planImport(scope, entries, as);
  // Sent once more, it finds everything as it wants it.
  if (countSteps(steps).fresh + countSteps(steps).changed === 0) return done(countSteps(steps));
  if (seen !== (await markOfSteps(steps))) return refuse(scope, actor, 'changed-meanwhile');
  return done(await importEntries(scope, actor.slackUserId, { as, read: async () => entries }));
}

async function refuse(
  scope: Scope,
  actor: Actor,
  reason: LoadRefusal['reason'],
): Promise<Result<never, LoadRefusal>> {
  await noteRefusal(scope, actor, IMPORT_ENTRIES, { detail: { reason } });
  return refused({ reason });
}

/** The mark of what an import would do: another one when somebody changed one of the entries since. */
export function markOfSteps(steps: readonly Step[]): Promise<string> {
  return sha256Hex(
    JSON.stringify(
      steps.map((step) => [step.kind, step.kind === 'changed' ? step.standing.entry.version : null]),
    ),
  );
}

/** Writes out what the person may read, and notes who took it. */
export async function takeEntries(
  scope: Scope,
  actor: Actor,
  format: 'json' | 'csv',
): Promise<FaqFileEntry[]> {
  const entries = await exportEntries(scope.db, mayReadCoreOnly(actor));
  await noteLook(scope, actor, 'faq.export', { detail: { entries: entries.length, format } });
  return entries;
}
