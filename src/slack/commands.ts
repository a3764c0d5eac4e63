/** Mounts `/kikan`, its menu and the home tab on the App, all from one table of commands. */
import type { webApi } from '@slack/bolt';
import { runBatch } from '../lib/db.ts';
import { logWarning } from '../lib/log.ts';
import type { RequestContext, SlackApp } from './app.ts';
import {
  type Command,
  helpMessage,
  menuActionId,
  menuMessage,
  routeCommand,
  unknownMessage,
} from './command-router.ts';
import { enqueue, type Message } from './outbox.ts';
import { slackText } from './text.ts';

/** One use of a command, typed or pressed. */
export interface Invocation {
  context: RequestContext;
  client: webApi.WebClient;
  triggerId: string;
  person: string;
  /** Acknowledges, with a message for this person only or without. Must be called once, within 3 seconds. */
  answer(message?: Message): Promise<void>;
}

export type KikanCommand = Command<Invocation>;

const SLASH_COMMAND = '/kikan';

export function registerCommands(app: SlackApp, featureCommands: readonly KikanCommand[]): void {
  const commands: KikanCommand[] = [...featureCommands, helpCommand(() => commands)];
  app.command(SLASH_COMMAND, async ({ context, client, command, ack }) => {
    const answer = async (message?: Message) =>
      message ? ack({ response_type: 'ephemeral', ...message }) : ack();
    await run(commands, command.text, {
      context,
      client,
      triggerId: command.trigger_id,
      person: command.user_id,
      answer,
    });
  });
  for (const each of commands) {
    app.action(
      { type: 'block_actions', action_id: menuActionId(each) },
      async ({ context, client, body, ack }) => {
        const channel = body.channel?.id ?? 'D';
        const answer = async (message?: Message) => {
          await ack();
          if (message) await sayLater(context, channel, body.user.id, message);
        };
        await each.run({ context, client, triggerId: body.trigger_id, person: body.user.id, answer }, '');
      },
    );
  }
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab === 'home') await publishHome(client, event.user, commands);
  });
}

async function run(commands: readonly KikanCommand[], text: string, invocation: Invocation): Promise<void> {
  const routed = routeCommand(commands, text);
  if (routed.to === 'command') return routed.command.run(invocation, routed.rest);
  return invocation.answer(
    routed.to === 'menu' ? menuMessage(commands) : unknownMessage(commands, routed.nearest),
  );
}

function helpCommand(all: () => readonly KikanCommand[]): KikanCommand {
  return {
    word: slackText.help,
    ascii: 'help',
    summary: slackText.helpSummary,
    button: slackText.helpTitle,
    run: (invocation) => invocation.answer(helpMessage(all())),
  };
}

/** The home tab is the menu, always there. Slack not answering leaves the tab as it was. */
async function publishHome(
  client: webApi.WebClient,
  person: string,
  commands: readonly KikanCommand[],
): Promise<void> {
  try {
    await client.apiCall('views.publish', {
      user_id: person,
      view: { type: 'home', blocks: [...menuMessage(commands).blocks, ...helpMessage(commands).blocks] },
    });
  } catch (error) {
    logWarning('slack.home_not_published', { error: error instanceof Error ? error.name : typeof error });
  }
}

async function sayLater(
  { scope }: RequestContext,
  channel: string,
  person: string,
  message: Message,
): Promise<void> {
  await runBatch(scope.db, [enqueue(scope.db, [{ kind: 'ephemeral', channel, person, message }], scope.now)]);
  scope.wakeCourier();
}
