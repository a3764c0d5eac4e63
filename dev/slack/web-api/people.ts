/** users.* and auth.test: who is who. */
import { handleOf, type SlackUser } from '../directory.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { type Method, pageOf } from './method.ts';
import { SlackError } from './slack-error.ts';

const authTest: Method = (_args, world) => ({
  url: `${world.settings.responseUrlBase}/`,
  team: world.settings.teamName,
  user: world.settings.bot.name,
  team_id: world.settings.teamId,
  user_id: world.settings.bot.userId,
  bot_id: world.settings.bot.botId,
  is_enterprise_install: false,
});

const info: Method = (args, world) => {
  const userId = args.text('user') ?? '';
  if (userId === world.settings.bot.userId) return { user: botPayload(world) };
  const user = world.directory.users.get(userId);
  if (!user) throw new SlackError('user_not_found');
  return { user: userPayload(user, world) };
};

const list: Method = (args, world) => {
  const everybody = [...world.directory.users.values()].map((user) => userPayload(user, world));
  const { page, nextCursor } = pageOf([...everybody, botPayload(world)], args, 200);
  return {
    members: page,
    cache_ts: world.clock.seconds(),
    response_metadata: { next_cursor: nextCursor },
  };
};

/** auth.test and every users method. */
export const peopleMethods: Record<string, Method> = {
  'api.test': (args) => ({ args: args.forLog() }),
  'auth.test': authTest,
  'users.info': info,
  'users.list': list,
};

function userPayload(user: SlackUser, world: World): JsonObject {
  const isForeign = user.teamId !== undefined && user.teamId !== world.settings.teamId;
  const profile = {
    real_name: user.name,
    real_name_normalized: user.name,
    display_name: user.name,
    display_name_normalized: user.name,
    title: user.title ?? '',
    team: user.teamId ?? world.settings.teamId,
    ...(user.email && !isForeign ? { email: user.email } : {}),
  };
  const common = {
    id: user.id,
    team_id: user.teamId ?? world.settings.teamId,
    name: handleOf(user),
    deleted: user.deleted === true,
    profile,
    is_bot: false,
    is_app_user: false,
    updated: 1_790_000_000,
  };
  if (user.deleted) return common;
  return {
    ...common,
    real_name: user.name,
    tz: 'Asia/Tokyo',
    tz_label: 'Japan Standard Time',
    tz_offset: 32_400,
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.isGuest === true || user.isUltraRestricted === true,
    is_ultra_restricted: user.isUltraRestricted === true,
    ...(isForeign ? { is_stranger: true } : {}),
  };
}

function botPayload(world: World): JsonObject {
  const { userId, botId, name } = world.settings.bot;
  return {
    id: userId,
    team_id: world.settings.teamId,
    name: name.toLowerCase(),
    real_name: name,
    deleted: false,
    is_bot: true,
    is_app_user: false,
    profile: { real_name: name, display_name: name, bot_id: botId, api_app_id: world.settings.apiAppId },
  };
}
