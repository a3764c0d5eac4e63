/** Reading message events: a person's own message, posted, edited or deleted. Bots' messages and Slack's notices are left out. */
import * as v from 'valibot';
import type { MessageSeen } from './feature.ts';

const Posted = v.object({
  user: v.string(),
  text: v.nullish(v.string()),
  ts: v.string(),
  thread_ts: v.nullish(v.string()),
  bot_id: v.nullish(v.string()),
});

/** `thread_broadcast` is a reply that is shown in the channel, too; `file_share` one with a file. */
const New = v.object({
  ...Posted.entries,
  channel: v.string(),
  subtype: v.nullish(v.picklist(['thread_broadcast', 'file_share'])),
});
const Edited = v.object({
  subtype: v.literal('message_changed'),
  channel: v.string(),
  /** Of the change, not of the message. */
  ts: v.string(),
  message: v.object({ ...Posted.entries, subtype: v.nullish(v.string()) }),
  previous_message: v.nullish(v.object({ text: v.nullish(v.string()) })),
});
const Deleted = v.object({
  subtype: v.literal('message_deleted'),
  channel: v.string(),
  ts: v.string(),
  deleted_ts: v.string(),
  previous_message: Posted,
});

type Seen = Pick<MessageSeen, 'what' | 'channel' | 'ts' | 'threadTs' | 'author' | 'text' | 'at'>;

/** Undefined for what no person wrote. */
export function readMessageEvent(event: unknown): Seen | undefined {
  const posted = v.safeParse(New, event);
  if (posted.success) return seen('posted', posted.output.channel, posted.output, posted.output.ts);
  const edited = v.safeParse(Edited, event);
  if (edited.success) return readChange(edited.output);
  const deleted = v.safeParse(Deleted, event);
  if (!deleted.success) return undefined;
  const { channel, deleted_ts: ts, previous_message: before } = deleted.output;
  return seen('deleted', channel, { ...before, ts, text: '' }, deleted.output.ts);
}

function readChange({ channel, message, previous_message: before, ts }: v.InferOutput<typeof Edited>) {
  // Slack turns a deleted message that has replies into such a tombstone.
  if (message.subtype === 'tombstone') return seen('deleted', channel, { ...message, text: '' }, ts);
  // A link's preview or a new reply changes a message, too, and nothing of what was written.
  if (before && (before.text ?? '') === (message.text ?? '')) return undefined;
  return seen('edited', channel, message, ts);
}

function seen(
  what: Seen['what'],
  channel: string,
  message: v.InferOutput<typeof Posted>,
  at: string,
): Seen | undefined {
  if (message.bot_id) return undefined;
  return {
    what,
    channel,
    ts: message.ts,
    threadTs: message.thread_ts ?? undefined,
    author: message.user,
    text: message.text ?? '',
    at: instantOf(at),
  };
}

/** A timestamp of Slack, `1790000000.000100`, in whole milliseconds. */
export function instantOf(ts: string): Date {
  return new Date(Math.floor(Number(ts) * 1000));
}
