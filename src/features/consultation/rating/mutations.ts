/** 評価する: what the sender thinks of the support; it may be changed, also after the case was reopened and closed again. */
import { done, type Result } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { readButton, referenceMessage } from '../blocks.ts';
import { closingPlace, findRating } from '../closing/data.ts';
import { rating } from '../closing/tables.ts';
import { openCaseKeyOf } from '../content/data.ts';
import type { Consultation } from '../data.ts';
import { changeConsultation, type Refusal, type Wish } from '../mutations.ts';
import { tellInCharge } from '../notices.ts';
import { RATINGS, type Rating } from '../words.ts';
import { ratingText as text } from './text.ts';

/** Undefined leaves the sentence of an earlier rating as it is; null takes it away. */
export interface NewRating {
  value: Rating;
  comment?: string | null;
}

/** Stores it; the person in charge hears of the value when it is new. */
export async function rateConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { value, comment }: NewRating,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const earlier = await findRating(scope.db, of.id);
    // A second tap on the same button.
    if (comment === undefined && earlier?.value === value) return done(undefined);
    const row = {
      consultationId: of.id,
      value,
      comment: comment === undefined ? (earlier?.comment ?? null) : await sealComment(scope, of, comment),
      ratedBy: actor.slackUserId,
      ratedAt: scope.now,
    };
    const news = referenceMessage(text.told(of.reference, RATINGS[value]), [readButton(of)]);
    return done({
      after: of,
      detail: { from: earlier?.value ?? null, to: value, commented: row.comment !== null },
      statements: [
        scope.db.insert(rating).values(row).onConflictDoUpdate({ target: rating.consultationId, set: row }),
      ],
      entries: earlier?.value === value ? [] : tellInCharge(loaded, news, actor.slackUserId),
    });
  });
}

async function sealComment(scope: Scope, of: Consultation, comment: string | null) {
  if (comment === null) return null;
  const key = await openCaseKeyOf(scope, of.id);
  return key.seal(closingPlace('rating', 'comment', of), comment);
}
