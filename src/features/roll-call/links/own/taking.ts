/** An answer that comes by the web is taken like any other one, but not over and over. */
import type { Scope } from '../../../../slack/scope.ts';
import { type Taken, takeReply } from '../../answering/mutations.ts';
import type { NewReply } from '../../answering/rules.ts';
import { countReplies } from './data.ts';

/** Different answers of one person in a minute. The same one again changes nothing and is not counted. */
const MOST_A_MINUTE = 10;
const MINUTE_MS = 60_000;

export type TakingRefusal = 'too-many' | 'ended' | 'unknown';

/** Requires that the caller proved who sends it: by a signed link, or a card's PIN. */
export async function takeFromWeb(scope: Scope, sent: NewReply): Promise<Taken | TakingRefusal> {
  const since = new Date(scope.now.getTime() - MINUTE_MS);
  if ((await countReplies(scope.db, sent.rollCallId, sent.person, since)) >= MOST_A_MINUTE) return 'too-many';
  const taken = await takeReply(scope, sent);
  if (taken.ok) return taken.value;
  return taken.refusal.reason === 'not-running' ? 'ended' : 'unknown';
}
