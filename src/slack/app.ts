/** Bolt's App, built once an isolate; features register their listeners on it. */
import { App, type CodedError, type Context } from '@slack/bolt';
import type { Settings } from '../lib/env.ts';
import { logError } from '../lib/log.ts';
import type { OpeningContext } from './modal.ts';
import { sayTo } from './outbox.ts';
import { WorkersReceiver } from './receiver.ts';
import type { Scope } from './scope.ts';
import { slackText } from './text.ts';
import { INTERACTIVE_TIMEOUT_MS, quietLogger, webClientOptions } from './web-client.ts';

/** What listeners find in Bolt's `context`: the request's scope, put there by the receiver. */
export interface RequestContext extends Record<string, unknown>, OpeningContext {
  scope: Scope;
}

export type SlackApp = App<RequestContext>;

/**
 * Looks into a fault for a reason that people can do something about: answers the sentence for the person in the place of the
 * general one, or undefined. Whoever else must hear of it has been told then. Never throws.
 */
export type FaultReader = (
  scope: Scope,
  error: unknown,
  person: string | undefined,
) => Promise<string | undefined>;

/** Builds the App and its receiver. `mount` puts the door and the features on it, in order. */
export function buildSlackApp(
  settings: Settings,
  mount: (app: SlackApp) => void,
  readFault: FaultReader,
): WorkersReceiver {
  const receiver = new WorkersReceiver(settings.SLACK_SIGNING_SECRET);
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
  app.error((fault: Fault) => reportFault(fault, readFault));
  mount(app);
  return receiver;
}

interface Fault {
  error: CodedError;
  context: Context;
}

/**
 * A fault: the person hears of it, since what they did may not have happened; then the receiver answers 500. One that has a reason
 * of its own is settled with its sentence: Slack sends an event that was answered with 500 three times more.
 */
async function reportFault({ error, context }: Fault, readFault: FaultReader): Promise<void> {
  const scope: Scope = context.scope;
  const person = context.userId;
  logError('slack.fault', error.original ?? error);
  const sentence = await readFault(scope, error, person);
  if (person) await sayTo(scope, person, undefined, { text: sentence ?? slackText.fault });
  if (sentence === undefined) throw error;
}
