/** Making and ending the secret address of one's own calendar. */
import { and, eq, isNull } from 'drizzle-orm';
import { sha256Hex } from '../../../lib/bytes.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import { newSecret } from '../../../web/sessions.ts';
import type { Actor } from '../../directory/actor.ts';
import { changeDirectory } from '../../directory/mutations.ts';
import { findFeed } from './data.ts';
import { markOfFeed } from './rules.ts';
import { calendarFeed } from './tables.ts';

/** Meanwhile another address was made, or the one ended. */
export type Overtaken = { reason: 'changed-meanwhile' };

/**
 * Makes a new address, which ends the one before.
 * @param seen `markOfFeed` of what the button stood beside: pressed twice, it does not end what was just shown
 * @returns the secret, which is stored nowhere
 */
export function makeFeed(scope: Scope, actor: Actor, seen: string): Promise<Result<string, Overtaken>> {
  const { db, now } = scope;
  return changeDirectory<string, Overtaken>(scope, actor, 'meeting.make_calendar', async () => {
    if (markOfFeed(await findFeed(db, actor.slackUserId)) !== seen)
      return refused({ reason: 'changed-meanwhile' });
    const secret = newSecret();
    return done({
      value: secret,
      detail: { person: actor.slackUserId },
      statements: [
        endOf(scope, actor),
        db.insert(calendarFeed).values({
          tokenHash: await sha256Hex(secret),
          person: actor.slackUserId,
          createdAt: now,
          revokedAt: null,
          fetchedAt: null,
        }),
      ],
    });
  });
}

/** Ends the address; ending what has ended changes nothing. */
export async function revokeFeed(scope: Scope, actor: Actor): Promise<void> {
  await changeDirectory<undefined, never>(scope, actor, 'meeting.revoke_calendar', async () => {
    if (!(await findFeed(scope.db, actor.slackUserId))) return done({ value: undefined });
    return done({
      value: undefined,
      detail: { person: actor.slackUserId },
      statements: [endOf(scope, actor)],
    });
  });
}

function endOf({ db, now }: Scope, { slackUserId }: Actor) {
  return db
    .update(calendarFeed)
    .set({ revokedAt: now })
    .where(and(eq(calendarFeed.person, slackUserId), isNull(calendarFeed.revokedAt)));
}
