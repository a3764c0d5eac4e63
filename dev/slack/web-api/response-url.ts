/** Answers sent to a response_url: a message for one person or for the channel, or a change of the clicked one. */
import type { JsonObject } from '../json.ts';
import { removeMessage } from '../message-events.ts';
import type { ResponseTarget } from '../response-urls.ts';
import type { World } from '../world.ts';
import type { Arguments } from './arguments.ts';
import { isEmpty, readContent } from './content.ts';
import { SlackError } from './slack-error.ts';

/** The handler for one response URL. */
export function answerResponseUrl(id: string): (args: Arguments, world: World) => JsonObject {
  return (args, world) => {
    const target = world.responseUrls.use(id);
    if (typeof target === 'string') throw new SlackError(target);
    respondTo(target, args, world);
    return {};
  };
}

/** Shows what a response URL, or the answer to a slash command, says. Throws `SlackError` when Slack refuses it. */
export function respondTo(target: ResponseTarget, args: Arguments, world: World): void {
  const original = target.messageTs ? world.messages.find(target.channel, target.messageTs) : undefined;
  if (args.flag('delete_original')) {
    if (original) removeMessage(original, world);
    return;
  }
  const { text = '', ...content } = readContent(args);
  if (isEmpty({ text, ...content })) throw new SlackError('no_text');
  if (args.flag('replace_original') && original) {
    delete original.blocks;
    Object.assign(original, { text, ...content });
    return;
  }
  const isForAll = args.text('response_type') === 'in_channel';
  const threadTs = args.text('thread_ts');
  world.messages.add({
    channel: target.channel,
    author: world.settings.bot.userId,
    isBot: true,
    text,
    ...content,
    ...(isForAll ? {} : { ephemeralFor: target.userId }),
    ...(threadTs ? { threadTs } : {}),
  });
}
