/** Bolt's App, built once an isolate; features register their listeners on it. */
import { App, type CodedError, type Context } from '@slack/bolt';
import * as v from 'valibot';
import { runBatch } from '../lib/db.ts';
import type { Settings } from '../lib/env.ts';
import { logError } from '../lib/log.ts';
import { enqueue } from './outbox.ts';
import { WorkersReceiver } from './receiver.ts';
import type { Scope } from './scope.ts';
import { slackText } from './text.ts';
import { INTERACTIVE_TIMEOUT_MS, quietLogger, webClientOptions } from './web-client.ts';

/** What listeners find in Bolt's `context`: the request's scope, put there by the receiver. */
export interface RequestContext extends Record<string, unknown> {
  scope: Scope;
}

export type SlackApp = App<RequestContext>;

/** Builds the App and its receiver. `register` mounts the listeners of all features, in order. */
export function buildSlackApp(settings: Settings, register: (app: SlackApp) => void): WorkersReceiver {
  const receiver = new WorkersReceiver(settings.SLACK_SIGNING_SECRET, answerStaleControl);
  const app: SlackApp = new App<RequestContext>({
    receiver,
    // With `token` the App would call auth.test while it is being built.
    authorize: async () => ({ botToken: settings.SLACK_BOT_TOKEN }),
    clientOptions: webClientOptions(settings, INTERACTIVE_TIMEOUT_MS),
    logger: quietLogger,
    extendedErrorHandler: true,
    convoStore: false,
    // It needs the bot's ids at build time; message events of the bot are left out by those who listen to messages.
    ignoreSelf: false,
  });
  app.error(reportFault);
  register(app);
  return receiver;
}

const PressedSchema = v.object({
  type: v.literal('block_actions'),
  user: v.object({ id: v.string() }),
  channel: v.optional(v.object({ id: v.string() })),
});

/** Nobody listens to a button of an older version any more: the person who pressed it is told. */
async function answerStaleControl(body: unknown, scope: Scope): Promise<void> {
  const pressed = v.safeParse(PressedSchema, body);
  if (!pressed.success) return;
  const { user, channel } = pressed.output;
  const message = { text: slackText.staleControl };
  await runBatch(scope.db, [
    enqueue(
      scope.db,
      [{ kind: 'ephemeral', channel: channel?.id ?? 'D', person: user.id, message }],
      scope.now,
    ),
  ]);
  scope.wakeCourier();
}

/** A fault of ours: the person hears of it, since what they did may not have happened; then the receiver answers 500. */
async function reportFault({ error, context }: { error: CodedError; context: Context }): Promise<void> {
  const scope: Scope = context.scope;
  const person = context.userId;
  logError('slack.fault', error.original ?? error);
  if (person) {
    await runBatch(scope.db, [
      enqueue(scope.db, [{ kind: 'direct', person, message: { text: slackText.fault } }], scope.now),
    ]);
    scope.wakeCourier();
  }
  throw error;
}
