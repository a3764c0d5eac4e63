/** What the app is told about a command or an interaction, with the fields that Slack sends. */
import { handleOf, type SlackUser } from './directory.ts';
import type { JsonObject } from './json.ts';
import type { StoredMessage } from './messages.ts';
import { type StoredView, viewPayload } from './views.ts';
import { messagePayload } from './web-api/message-payload.ts';
import type { World } from './world.ts';

/** The form fields of a slash command; a fresh trigger id and response URL are made. */
export function commandFields(
  user: SlackUser,
  act: { channel: string; command: string; text: string },
  world: World,
): Record<string, string> {
  const { teamId, apiAppId } = world.settings;
  return {
    token: 'legacy',
    team_id: teamId,
    team_domain: teamDomain(world),
    channel_id: act.channel,
    channel_name: channelName(act.channel, world),
    user_id: user.id,
    user_name: handleOf(user),
    command: act.command,
    text: act.text,
    api_app_id: apiAppId,
    is_enterprise_install: 'false',
    response_url: world.responseUrls.issue({ userId: user.id, channel: act.channel }),
    trigger_id: world.triggers.issue(user.id),
  };
}

/** A click or choice in a message. */
export function messageActionPayload(
  user: SlackUser,
  message: StoredMessage,
  action: JsonObject,
  state: JsonObject,
  world: World,
): JsonObject {
  const isEphemeral = message.ephemeralFor !== undefined;
  const thread = message.threadTs ? { thread_ts: message.threadTs } : {};
  return {
    type: 'block_actions',
    ...common(user, world),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isEphemeral,
      ...thread,
    },
    trigger_id: world.triggers.issue(user.id),
    channel: { id: message.channel, name: channelName(message.channel, world) },
    ...(isEphemeral ? {} : { message: messagePayload(message, world) }),
    state: { values: state },
    response_url: world.responseUrls.issue({
      userId: user.id,
      channel: message.channel,
      messageTs: message.ts,
      ...(message.threadTs ? { threadTs: message.threadTs } : {}),
    }),
    actions: [action],
  };
}

/** A click or choice in a modal or Home tab. */
export function viewActionPayload(
  user: SlackUser,
  view: StoredView,
  action: JsonObject,
  world: World,
): JsonObject {
  return {
    type: 'block_actions',
    ...common(user, world),
    container: { type: 'view', view_id: view.id },
    trigger_id: world.triggers.issue(user.id),
    view: viewPayload(view, world.app),
    actions: [action],
  };
}

/** A modal that is submitted. */
export function submissionPayload(
  user: SlackUser,
  view: StoredView,
  responseUrls: JsonObject[],
  world: World,
): JsonObject {
  return {
    type: 'view_submission',
    ...common(user, world),
    trigger_id: world.triggers.issue(user.id),
    view: viewPayload(view, world.app),
    response_urls: responseUrls,
  };
}

/** A modal that is closed with its ×, its close button, or all at once. */
export function closedPayload(
  user: SlackUser,
  view: StoredView,
  isCleared: boolean,
  world: World,
): JsonObject {
  return {
    type: 'view_closed',
    ...common(user, world),
    view: viewPayload(view, world.app),
    is_cleared: isCleared,
  };
}

/** What a menu asks the app while a person types. */
export function suggestionPayload(
  user: SlackUser,
  asked: { blockId: string; actionId: string; value: string },
  surface: StoredView | StoredMessage,
  world: World,
): JsonObject {
  const isView = 'rootId' in surface;
  return {
    type: 'block_suggestion',
    ...common(user, world),
    block_id: asked.blockId,
    action_id: asked.actionId,
    value: asked.value,
    container: isView
      ? { type: 'view', view_id: surface.id }
      : {
          type: 'message',
          message_ts: surface.ts,
          channel_id: surface.channel,
          is_ephemeral: surface.ephemeralFor !== undefined,
        },
    ...(isView
      ? { view: viewPayload(surface, world.app) }
      : {
          channel: { id: surface.channel, name: channelName(surface.channel, world) },
          message: messagePayload(surface, world),
        }),
  };
}

function common(user: SlackUser, world: World): JsonObject {
  const { teamId, apiAppId } = world.settings;
  return {
    team: { id: teamId, domain: teamDomain(world) },
    user: {
      id: user.id,
      username: handleOf(user),
      name: handleOf(user),
      team_id: user.teamId ?? teamId,
    },
    api_app_id: apiAppId,
    token: 'legacy',
    enterprise: null,
    is_enterprise_install: false,
  };
}

function teamDomain(world: World): string {
  return world.settings.teamId.toLowerCase();
}

function channelName(id: string, world: World): string {
  const place = world.directory.place(id);
  if (place?.kind !== 'channel') return 'directmessage';
  return place.channel.isPrivate ? 'privategroup' : place.channel.name;
}
