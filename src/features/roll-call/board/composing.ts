/** What the board in chat says at this moment. */
import { markdownSection } from '../../../slack/block-kit.ts';
import type { Message } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { findRollCall } from '../data.ts';
import { nameOf } from '../text.ts';
import { boardToCompose } from './entries.ts';

/** @returns undefined for what is no board, or the board of a roll-call that is not there */
export async function composeBoard({ db }: Scope, what: string): Promise<Message | undefined> {
  const found = await findRollCall(db, boardToCompose(what) ?? '');
  if (!found) return undefined;
  const text = nameOf(found);
  return { text, blocks: [markdownSection(`*${text}*`)] };
}
