/** What a person's inbox shows on the pages: the home tab's inbox, and the first of what else waits for this person. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { type Inbox, readInbox } from '../../inbox/data.ts';
import { type ListedCase, listCases, listFound } from '../../listing/data.ts';
import type { ListView } from '../../listing/rules.ts';
import { consultation, IS_OPEN } from '../../tables.ts';
import { isSeenBy, type Sight, sightOf } from '../../visibility/data.ts';
import { mayTakeNew } from '../../visibility/rules.ts';

/** Of each kind so many are shown; the list has them all. */
const SHOWN = 5;

export interface PageInbox extends Inbox {
  /** Those that this person was asked to take charge of. */
  asked: readonly ListedCase[];
  /** Those whose hand-over waits for the center's answer. */
  offered: readonly ListedCase[];
  /** New ones, for whoever takes them. */
  unaccepted: readonly ListedCase[];
  mine: readonly ListedCase[];
}

export async function readPageInbox(scope: Scope, actor: Actor): Promise<PageInbox> {
  const { db, now } = scope;
  const sight = await sightOf(scope, actor);
  const first = async (view: ListView) =>
    (await listCases(db, sight, { view, filters: {}, now }, undefined, SHOWN)).cases;
  const [inbox, asked, offered, unaccepted, mine] = await Promise.all([
    readInbox(scope, actor),
    listAsked(db, sight),
    first('offered'),
    mayTakeNew(actor) ? first('unaccepted') : [],
    first('mine'),
  ]);
  return { ...inbox, asked, offered, unaccepted, mine };
}

async function listAsked(db: Database, sight: Sight): Promise<ListedCase[]> {
  const rows = await db
    .select({ id: consultation.id })
    .from(consultation)
    .where(
      sql`${consultation.proposedPerson} = ${sight.person.slackUserId} AND ${IS_OPEN} AND ${isSeenBy(sight)}`,
    )
    .limit(SHOWN);
  return listFound(
    db,
    rows.map(({ id }) => id),
  );
}
