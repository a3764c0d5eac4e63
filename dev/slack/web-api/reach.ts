/** Whether the bot can reach a channel or DM, refused in Slack's words. */
import type { Place } from '../directory.ts';
import type { World } from '../world.ts';
import { SlackError } from './slack-error.ts';

/** The place, when the bot can see it. A user id stands for the DM with that person if `takesUserIds`. */
export function visiblePlace(id: string | undefined, world: World, takesUserIds = false): Place {
  const { directory } = world;
  const user = takesUserIds && id ? directory.users.get(id) : undefined;
  const place = directory.place(user ? directory.dmOf(user.id) : (id ?? ''));
  if (!place) throw new SlackError('channel_not_found');
  if (place.kind === 'dm' && place.user.deleted) throw new SlackError('channel_not_found');
  if (place.kind === 'channel' && place.channel.isPrivate && !isBotIn(place, world)) {
    throw new SlackError('channel_not_found');
  }
  return place;
}

/** The place, when the bot may also write into it. */
export function writablePlace(id: string | undefined, world: World): Place {
  const place = visiblePlace(id, world, true);
  if (place.kind === 'channel' && place.channel.isArchived) throw new SlackError('is_archived');
  if (!isBotIn(place, world)) throw new SlackError('not_in_channel');
  return place;
}

/** Whether the bot is a member. */
export function isBotIn(place: Place, world: World): boolean {
  return place.kind === 'dm' || place.channel.members.includes(world.settings.bot.userId);
}

/** The id that messages in this place carry. */
export function placeId(place: Place): string {
  return place.kind === 'dm' ? place.id : place.channel.id;
}
