/** `/kikan`, its menu and the home tab, all from one table of commands. */
import type { SlackApp } from './app.ts';
import { helpMessage, menuActionId, menuMessage, routeCommand, unknownMessage } from './command-router.ts';
import type { Invocation, KikanCommand, Press, SlackFeature } from './feature.ts';
import { publishHome } from './home.ts';
import { type Message, sayTo } from './outbox.ts';
import { slackText } from './text.ts';

const SLASH_COMMAND = '/kikan';

/** Mounts the slash command and the home tab; answers the whole table, help included. */
export function mountCommands(
  app: SlackApp,
  featureCommands: readonly KikanCommand[],
  homes: Record<'first' | 'usual', readonly NonNullable<SlackFeature['home']>[]>,
  unknownWords: readonly NonNullable<SlackFeature['onUnknownWord']>[] = [],
): readonly KikanCommand[] {
  const commands: KikanCommand[] = [...featureCommands, helpCommand(() => commands)];
  app.command(SLASH_COMMAND, async ({ context, client, command, ack }) => {
    const answer = async (message?: Message) =>
      message ? ack({ response_type: 'ephemeral', ...message }) : ack();
    const { trigger_id: triggerId, user_id: person } = command;
    await run(commands, unknownWords, command.text, { context, client, triggerId, person, answer });
  });
  app.event('app_home_opened', async ({ context, event, client }) => {
    if (event.tab !== 'home') return;
    const blocksOf = (parts: typeof homes.first) => Promise.all(parts.map((part) => part(context)));
    const [first, usual] = await Promise.all([blocksOf(homes.first), blocksOf(homes.usual)]);
    await publishHome(client, event.user, [
      ...first.flat(),
      ...menuMessage(commands).blocks,
      ...usual.flat(),
      ...helpMessage(commands).blocks,
    ]);
  });
  return commands;
}

/** The menu's buttons: each does what its typed command does. */
export function menuPresses(
  commands: readonly KikanCommand[],
): Record<string, (press: Press) => Promise<void>> {
  return Object.fromEntries(
    commands.map((command) => [menuActionId(command), (press: Press) => pressCommand(command, press)]),
  );
}

function pressCommand(command: KikanCommand, { channel, ...press }: Press): Promise<void> {
  const answer = async (message?: Message) => {
    if (message) await sayTo(press.context.scope, press.person, channel, message);
  };
  return command.run({ ...press, answer }, '');
}

async function run(
  commands: readonly KikanCommand[],
  unknownWords: readonly NonNullable<SlackFeature['onUnknownWord']>[],
  text: string,
  invocation: Invocation,
): Promise<void> {
  const routed = routeCommand(commands, text);
  if (routed.to === 'command') return routed.command.run(invocation, routed.rest);
  if (routed.to === 'menu') return invocation.answer(menuMessage(commands));
  const { nearest } = routed;
  const more = await Promise.all(unknownWords.map((each) => each(invocation, text, nearest !== undefined)));
  const message = unknownMessage(commands, nearest);
  return invocation.answer({ ...message, blocks: [...message.blocks, ...more.flat()] });
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
