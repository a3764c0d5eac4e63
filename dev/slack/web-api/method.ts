/** What every Web API method is: arguments in, Slack's answer out, `SlackError` for a refusal. */
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import type { Arguments } from './arguments.ts';
import { SlackError } from './slack-error.ts';

/** Answers without `ok: true`, which is added. */
export type Method = (args: Arguments, world: World) => JsonObject;

/** One page of `items`, and the cursor of the next one. */
export function pageOf<Item>(items: Item[], args: Arguments, fallbackLimit: number) {
  const cursor = args.text('cursor');
  const start = cursor === undefined ? 0 : Number(decodeCursor(cursor).replace(/^page:/, ''));
  if (!Number.isInteger(start) || start < 0) throw new SlackError('invalid_cursor');
  const end = start + args.limit(fallbackLimit);
  const nextCursor = end < items.length ? btoa(`page:${end}`) : '';
  return { page: items.slice(start, end), hasMore: end < items.length, nextCursor };
}

function decodeCursor(cursor: string): string {
  try {
    return atob(cursor);
  } catch {
    return 'unreadable';
  }
}
