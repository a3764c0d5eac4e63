/** A closed case becomes a draft of the FAQ: opened like any case that somebody reads, and covered before anything of it is stored. */
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import { loadDetector } from '../../../vault/personal-data/detector.ts';
import { openAnswers, openCaseKeyOf, openContent } from '../../consultation/content/data.ts';
import type { LoadedConsultation } from '../../consultation/data.ts';
import { findIdByReference } from '../../consultation/finding/data.ts';
import type { Actor } from '../../directory/actor.ts';
import { listNames } from '../../directory/data.ts';
import { noteLook, noteRefusal } from '../../directory/noting.ts';
import { startDraft } from '../editing/mutations.ts';
import { formatFaqReference, mayEdit } from '../rules.ts';
import { coverFor } from './covering.ts';
import { countDrawnFrom, findDrawnFrom } from './data.ts';
import { type Drafted, draftOf } from './rules.ts';

export const DRAW = 'faq.draft_from_case';

export type DrawRefusal =
  | NotFound
  /** Who does not belong to the case says first, on its page, what it is opened for. */
  | { reason: 'purpose-needed' | 'not-closed' | 'erased'; reference: string };

/**
 * How a case is opened to somebody who reads it: asks the rules and the purpose, and notes the look. Handed in, since a feature changes
 * nothing of another one by itself.
 */
export type BeginReading = (
  scope: Scope,
  actor: Actor,
  id: string,
) => Promise<Result<LoadedConsultation, { reason: string }>>;

export interface Drawn {
  /** Of the entry. */
  number: number;
  /** How many places were covered; null where the draft was there before. */
  covered: number | null;
}

/**
 * Draws a draft from a closed case. A case gives one: where it has one already, that one.
 */
export async function drawDraft(
  scope: Scope,
  actor: Actor,
  beginReading: BeginReading,
  { reference }: { reference: string },
): Promise<Result<Drawn, DrawRefusal>> {
  const id = mayEdit(actor) ? await findIdByReference(scope.db, reference) : undefined;
  if (id === undefined) {
    await noteRefusal(scope, actor, DRAW, { detail: { reason: NOT_FOUND.reason } });
    return refused(NOT_FOUND);
  }
  const begun = await beginReading(scope, actor, id);
  if (!begun.ok) {
    const { reason } = begun.refusal;
    return reason === 'purpose-needed' || reason === 'erased'
      ? refused({ reason, reference })
      : refused(NOT_FOUND);
  }
  const loaded = begun.value;
  if (loaded.consultation.status !== 'closed') return refused({ reason: 'not-closed', reference });
  // Counted first: what another makes from here on is found, or has the same key.
  const drawn = await countDrawnFrom(scope.db, id);
  const before = await findDrawnFrom(scope.db, id);
  if (before !== undefined) return done({ number: before, covered: null });
  const { content, covered } = await openDrafted(scope, loaded);
  const made = await startDraft(scope, actor, {
    content,
    source: 'consultation',
    visibility: 'all',
    submissionKey: `case/${id}/${drawn}`,
    isKeyOfAll: true,
    consultationId: id,
  });
  if (!made.ok) return made;
  const { number } = made.value;
  await noteLook(scope, actor, DRAW, { caseId: id, detail: { faq: formatFaqReference(number), covered } });
  return done({ number, covered });
}

/** Requires that the reading of the case was allowed and logged. */
async function openDrafted(scope: Scope, loaded: LoadedConsultation): Promise<Drafted> {
  const { db } = scope;
  const { consultation: of, members } = loaded;
  const key = await openCaseKeyOf(scope, of.id);
  const people = [of.sender, ...(of.personInCharge === null ? [] : [of.personInCharge]), ...members];
  const [detector, { readNameBook }, content, answers, names] = await Promise.all([
    loadDetector(),
    // Its lists are large, and few requests need them.
    import('../../../vault/personal-data/name-book.ts'),
    openContent(db, key, of),
    openAnswers(db, key, of),
    listNames(db, people),
  ]);
  const staff = [...new Set([...names.values(), ...answers.map(({ authorName }) => authorName)])];
  const cover = coverFor(detector, readNameBook(), { subject: content.subject, staff });
  return draftOf({ topics: of.topics, body: content.body, answers: answers.map(({ body }) => body) }, cover);
}
