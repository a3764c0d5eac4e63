/** Who and what exists in the workspace: people, channels, and the app's direct messages. */

export interface SlackUser {
  id: string;
  /** The name people see. */
  name: string;
  email?: string;
  /** One line under the name. */
  title?: string;
  /** Multi-channel guest (`is_restricted`). */
  isGuest?: boolean;
  /** Single-channel guest (`is_ultra_restricted`). */
  isUltraRestricted?: boolean;
  deleted?: boolean;
  /** Another workspace's person, met in a shared channel. */
  teamId?: string;
}

export interface SlackChannel {
  id: string;
  /** Without `#`. */
  name: string;
  isPrivate?: boolean;
  isArchived?: boolean;
  /** Shared with another organisation (Slack Connect). */
  isShared?: boolean;
  /** Ids of the members, the bot's included where it is one. */
  members: string[];
}

export interface Bot {
  userId: string;
  botId: string;
  name: string;
}

/** Where messages can be: a channel, or the DM of one person with the app. */
export type Place = { kind: 'channel'; channel: SlackChannel } | { kind: 'dm'; id: string; user: SlackUser };

export class Directory {
  readonly users: Map<string, SlackUser>;
  readonly channels: Map<string, SlackChannel>;
  readonly teamId: string;
  readonly bot: Bot;

  constructor(teamId: string, bot: Bot, users: SlackUser[], channels: SlackChannel[]) {
    this.teamId = teamId;
    this.bot = bot;
    this.users = new Map(users.map((user) => [user.id, { ...user }]));
    this.channels = new Map(
      channels.map((channel) => [channel.id, { ...channel, members: [...channel.members] }]),
    );
  }

  /** The id of the DM between the app and this person. */
  dmOf(userId: string): string {
    return `D${userId.slice(1)}`;
  }

  /** A channel or DM by its id; undefined when there is none. */
  place(id: string): Place | undefined {
    const channel = this.channels.get(id);
    if (channel) return { kind: 'channel', channel };
    if (!id.startsWith('D')) return undefined;
    for (const user of this.users.values()) {
      if (this.dmOf(user.id) === id) return { kind: 'dm', id, user };
    }
    return undefined;
  }

  /** Whether this person sees the channel or DM. */
  isMember(userId: string, channelId: string): boolean {
    const place = this.place(channelId);
    if (place?.kind === 'dm') return place.user.id === userId || userId === this.bot.userId;
    return place?.channel.members.includes(userId) ?? false;
  }

  /** The channels this person is a member of, archived ones left out. */
  channelsOf(userId: string): SlackChannel[] {
    return [...this.channels.values()].filter(
      (channel) => !channel.isArchived && channel.members.includes(userId),
    );
  }

  /** The name people see for a person, the bot, or Slack itself. */
  nameOf(userId: string): string {
    if (userId === this.bot.userId) return this.bot.name;
    if (userId === 'USLACKBOT') return 'Slackbot';
    return this.users.get(userId)?.name ?? userId;
  }
}

/** The ASCII handle that payloads carry (`user_name`, `username`). */
export function handleOf(user: SlackUser): string {
  const fromMail = user.email
    ?.split('@')[0]
    ?.toLowerCase()
    .replaceAll(/[^a-z0-9._-]/g, '');
  return fromMail || user.id.toLowerCase();
}
