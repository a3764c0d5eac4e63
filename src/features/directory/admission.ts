/** Who may enter at all, by chat or by a page: listed, of this workspace, and no guest of it. */
import type { webApi } from '@slack/bolt';
import type { Scope } from '../../slack/scope.ts';
import { askWhetherGuest, mayAskOfAnother } from '../../slack/workspace.ts';
import { Actor } from './actor.ts';

/** How long Slack's word on an account is taken before it is asked again. */
const ACCOUNT_FRESH_MS = 60 * 60_000;

/**
 * The listed person behind a Slack id; undefined for whoever may not enter. `isStale` asks the caller to ask Slack anew when
 * the person has been answered.
 * @param beforeAsking runs before Slack is asked, which may take longer than a person who pressed a button should wait for
 */
export async function admit(
  scope: Scope,
  client: webApi.WebClient,
  slackUserId: string,
  teamIds: readonly string[],
  ownTeam: string | undefined,
  beforeAsking?: () => Promise<void>,
): Promise<{ actor: Actor; isStale: boolean } | undefined> {
  if (ownTeam !== undefined && teamIds.some((id) => id !== ownTeam)) return undefined;
  const found = await Actor.find(scope.db, slackUserId);
  if (!found) return undefined;
  const { actor, account } = found;
  const isStale = account !== null && scope.now.getTime() - account.checkedAt.getTime() > ACCOUNT_FRESH_MS;
  const isKnownToBeNoGuest = account !== null && !account.isGuest;
  if (isKnownToBeNoGuest) return { actor, isStale };
  // A guest may have become a member since. When Slack does not answer the very first time, the city's own list decides:
  // an outage must not lock staff out, nor must so many newcomers at once that Slack would refuse to tell.
  const isAsked = isStale || (account === null && (await mayAskOfAnother(scope.db, scope.now)));
  if (isAsked) await beforeAsking?.();
  const asked = isAsked ? await askWhetherGuest(scope.db, client, slackUserId, scope.now) : undefined;
  const isGuest = asked ?? account?.isGuest ?? false;
  return isGuest ? undefined : { actor, isStale: false };
}
