/** Scheduled work of the links: whoever joins a roll-call that goes out by mail gets one. */
import type { Scope } from '../../../../slack/scope.ts';
import { listMailed } from './data.ts';
import { mailLinks } from './mutations.ts';

/** One query in minutes in which nothing goes out by mail. */
export async function mailThoseWhoJoined(scope: Scope): Promise<void> {
  for (const { id } of await listMailed(scope.db)) await mailLinks(scope, id);
}
