/** A roll-call is started or planned: who is told. */
import type { Result } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { beginningStatements, newsStatements } from '../cards/beginning.ts';
import { cardText } from '../cards/text.ts';
import type { RollCall } from '../data.ts';
import { listAsked } from '../making/data.ts';
import { type MakeRefusal, type Making, makeRollCall } from '../making/mutations.ts';
import type { Reach } from './blocks.ts';
import type { Chosen } from './schema.ts';

/** How many people a start would tell. */
export async function reachOf({ db }: Scope, { centers }: Pick<Chosen, 'centers'>): Promise<Reach> {
  const asked = await listAsked(db, centers);
  return {
    people: asked.length,
    centers: new Set(asked.map(({ center }) => center)).size,
    withoutMail: asked.filter(({ email }) => email === null).length,
  };
}

/**
 * Starts what was chosen, or plans it.
 * @param note as it was typed
 * @param submissionKey of the form: sent again, it starts nothing
 */
export async function startRollCall(
  scope: Scope,
  actor: Actor,
  { startsAt, ...chosen }: Chosen,
  note: string | null,
  submissionKey: string,
): Promise<Result<RollCall, MakeRefusal>> {
  // Mails follow with the next run of the cron, which sends them anyway: a form must be answered within 3 seconds.
  return makeRollCall(
    scope,
    actor,
    { ...chosen, note, startsAt: startsAt === null ? null : new Date(startsAt), submissionKey },
    (row) => makingOf(scope, row),
  );
}

async function makingOf(scope: Scope, row: RollCall): Promise<Making> {
  if (row.status === 'running') return { statements: await beginningStatements(scope, row) };
  if (!row.isAnnounced) return {};
  const sentence = cardText.planned[row.kind](row.startsAt);
  return {
    statements: await newsStatements(scope, row, 'planned', { sentence, hint: cardText.plannedHint }),
  };
}
