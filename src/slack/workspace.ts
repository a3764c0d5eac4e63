/** What Slack itself says of the workspace and of its people, kept in D1 so that an outage of Slack does not lock staff out. */
import type { webApi } from '@slack/bolt';
import { gt } from 'drizzle-orm';
import type { Database } from '../lib/db.ts';
import { logWarning } from '../lib/log.ts';
import { slackAccount, slackWorkspace } from './tables.ts';

/** Part of the 3 seconds that a person's tap may take in all. */
const ASK_TIMEOUT_MS = 1_200;
const ASKED_A_MINUTE = 60;

/** The id of the workspace that the bot is installed in. Undefined while Slack has never answered. */
export async function ownTeamId(db: Database, client: webApi.WebClient): Promise<string | undefined> {
  const [known] = await db.select({ teamId: slackWorkspace.teamId }).from(slackWorkspace).limit(1);
  if (known) return known.teamId;
  const answer = await askInTime(client.auth.test());
  if (!answer?.team_id || !answer.user_id) return undefined;
  await db
    .insert(slackWorkspace)
    .values({ id: 1, teamId: answer.team_id, botUserId: answer.user_id })
    .onConflictDoNothing();
  return answer.team_id;
}

/**
 * Whether one more account may be asked about now: users.info takes some 100 calls a minute
 * (https://docs.slack.dev/apis/web-api/rate-limits), and a city that answers a roll-call brings thousands of new accounts in one.
 */
export async function mayAskOfAnother(db: Database, now: Date): Promise<boolean> {
  const lately = await db
    .select({ slackUserId: slackAccount.slackUserId })
    .from(slackAccount)
    .where(gt(slackAccount.checkedAt, new Date(now.getTime() - 60_000)))
    .limit(ASKED_A_MINUTE);
  return lately.length < ASKED_A_MINUTE;
}

/** Whether Slack says that the account is a guest's or a bot's; stored for later. Undefined when Slack does not answer in time. */
export async function askWhetherGuest(
  db: Database,
  client: webApi.WebClient,
  slackUserId: string,
  now: Date,
): Promise<boolean | undefined> {
  const answer = await askInTime(client.users.info({ user: slackUserId }));
  if (!answer?.user) return undefined;
  const { is_restricted, is_ultra_restricted, is_bot, is_stranger } = answer.user;
  const isGuest = [is_restricted, is_ultra_restricted, is_bot, is_stranger].some(Boolean);
  const row = { isGuest, checkedAt: now };
  await db
    .insert(slackAccount)
    .values({ slackUserId, ...row })
    .onConflictDoUpdate({ target: slackAccount.slackUserId, set: row });
  return isGuest;
}

async function askInTime<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  let timer: number | NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ASK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([asked, timeout]);
  } catch (error) {
    logWarning('slack.does_not_answer', { error: error instanceof Error ? error.name : typeof error });
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
