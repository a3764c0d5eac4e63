/** The Events API: envelopes, subscriptions, and sending again what the app did not take. */
import { type Ack, type AppLink, isSuccess } from './app-link.ts';
import { randomId, sleep } from './clock.ts';
import { type JsonObject, stringOf } from './json.ts';
import type { World } from './world.ts';

export class EventSender {
  readonly #world: World;
  readonly #link: AppLink;

  constructor(world: World, link: AppLink) {
    this.#world = world;
    this.#link = link;
  }

  /**
   * Sends an event the app is subscribed to, again up to three times; the answer is the last one. Of the messages of
   * a channel the app hears only as a member.
   */
  send(event: JsonObject, eventId = randomId('Ev')): Promise<Ack | undefined> {
    const isSubscribed = this.#world.settings.events.includes(subscriptionOf(event));
    if (!isSubscribed || !this.#isHeard(event)) return Promise.resolve(undefined);
    return this.#link.track(this.#sendWithRetries(event, eventId));
  }

  /** Proves the app's address as Slack does when it is entered; true when the app returned the challenge. */
  async verifyUrl(): Promise<boolean> {
    const challenge = crypto.randomUUID();
    const body = { token: 'legacy', challenge, type: 'url_verification' };
    const ack = await this.#link.send({
      what: 'url_verification',
      body: JSON.stringify(body),
      contentType: 'application/json',
      logged: body,
    });
    return isSuccess(ack) && ack.ackBody.includes(challenge);
  }

  #isHeard(event: JsonObject): boolean {
    const { directory, settings } = this.#world;
    return event.type !== 'message' || directory.isMember(settings.bot.userId, stringOf(event.channel));
  }

  async #sendWithRetries(event: JsonObject, eventId: string): Promise<Ack> {
    const { eventRetryMs } = this.#world.settings;
    const envelope = this.#envelope(event, eventId);
    let ack = await this.#sendOnce(envelope, {});
    for (const [index, pause] of eventRetryMs.slice(0, 3).entries()) {
      if (isSuccess(ack) || ack.noRetry) break;
      await sleep(pause);
      ack = await this.#sendOnce(envelope, {
        'x-slack-retry-num': String(index + 1),
        'x-slack-retry-reason': retryReason(ack),
      });
    }
    return ack;
  }

  #sendOnce(envelope: JsonObject, headers: Record<string, string>): Promise<Ack> {
    return this.#link.send({
      what: stringOf(envelope.eventType),
      body: JSON.stringify({ ...envelope, eventType: undefined }),
      contentType: 'application/json',
      logged: { ...envelope, eventType: undefined },
      headers,
    });
  }

  #envelope(event: JsonObject, eventId: string): JsonObject {
    const { teamId, apiAppId, bot } = this.#world.settings;
    return {
      eventType: event.type,
      token: 'legacy',
      team_id: teamId,
      context_team_id: teamId,
      context_enterprise_id: null,
      api_app_id: apiAppId,
      event,
      type: 'event_callback',
      event_id: eventId,
      event_time: this.#world.clock.seconds(),
      authorizations: [
        {
          enterprise_id: null,
          team_id: teamId,
          user_id: bot.userId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${eventId}`,
    };
  }
}

const MESSAGE_SUBSCRIPTIONS: Record<string, string> = {
  im: 'message.im',
  group: 'message.groups',
  channel: 'message.channels',
};

function subscriptionOf(event: JsonObject): string {
  if (event.type !== 'message') return stringOf(event.type);
  return MESSAGE_SUBSCRIPTIONS[stringOf(event.channel_type)] ?? '';
}

function retryReason(ack: Ack): string {
  if (ack.failure === 'timeout') return 'http_timeout';
  return ack.failure ?? 'http_error';
}
