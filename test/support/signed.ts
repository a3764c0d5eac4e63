/** Signed requests as Slack sends them, and as it never would. */
import { SIGNING_SECRET } from './house.ts';

export interface SigningOptions {
  /** Seconds since the epoch; now unless told. */
  at?: number;
  secret?: string;
  contentType?: string;
}

/** A POST to /slack/events with a signature for `body`. */
export async function signedRequest(body: string, options: SigningOptions = {}): Promise<Request> {
  const {
    at = Math.floor(Date.now() / 1000),
    secret = SIGNING_SECRET,
    contentType = 'application/json',
  } = options;
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`v0:${at}:${body}`));
  const hex = Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return new Request('https://kikan.test/slack/events', {
    method: 'POST',
    body,
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': `v0=${hex}`,
    },
  });
}

export const FORM = 'application/x-www-form-urlencoded';

/** The body of `/kikan text`. */
export function slashBody(person: string, text: string, extra: Record<string, string> = {}): string {
  return new URLSearchParams({
    command: '/kikan',
    text,
    user_id: person,
    team_id: 'T0MIDORI',
    channel_id: 'C0GENERAL',
    trigger_id: crypto.randomUUID(),
    ...extra,
  }).toString();
}

/** The body of an interaction, as Slack sends it. */
export function interactionBody(payload: object): string {
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

const who = (person: string) => ({
  team: { id: 'T0MIDORI', domain: 'midori' },
  user: { id: person, name: 'x', team_id: 'T0MIDORI' },
  trigger_id: crypto.randomUUID(),
});

/** A submitted modal whose plain inputs hold `texts` by block id; what Slack's client would not let through can be sent, too. */
export function submissionBody(
  person: string,
  view: { id: string; callbackId: string; metadata?: string; values: Record<string, object> },
): string {
  const values = Object.fromEntries(
    Object.entries(view.values).map(([block, value]) => [block, { input: value }]),
  );
  return interactionBody({
    type: 'view_submission',
    ...who(person),
    view: {
      id: view.id,
      type: 'modal',
      callback_id: view.callbackId,
      private_metadata: view.metadata ?? '',
      state: { values },
    },
  });
}

/** A pressed button with an action id and value of one's own making: a copied button. */
export function pressBody(person: string, actionId: string, value: string, channel = 'C0GENERAL'): string {
  return interactionBody({
    type: 'block_actions',
    ...who(person),
    channel: { id: channel, name: 'x' },
    container: { type: 'message', channel_id: channel, message_ts: '1.1' },
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1.1' }],
  });
}
