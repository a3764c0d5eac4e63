/** `/kikan 言葉…`: finds the command that a person means. Help and menu are made from the same table, so they cannot drift. */
import { distance } from 'fastest-levenshtein';
import { slackText } from './text.ts';

export interface Command<Args> {
  /** The Japanese word that staff type. */
  word: string;
  /** The same in ASCII, for keyboards without Japanese input. */
  ascii: string;
  /** One line of help. */
  summary: string;
  /** Label of the menu's button; a command without one is not in the menu. */
  button?: string;
  /** `rest` is what was typed after the word, as typed but for the spaces at its ends. */
  run(args: Args, rest: string): Promise<void>;
}

export type Routed<Args> =
  | { to: 'command'; command: Command<Args>; rest: string }
  | { to: 'menu' }
  | { to: 'unknown'; nearest: Command<Args> | undefined };

/** Words further away than this share of their letters are no typing mistakes. */
const MAX_DISTANCE_SHARE = 0.5;
/** No command is longer; comparing more of what was typed would only cost time. */
const MAX_COMPARED = 40;

/** Takes the text as typed: NFKC, any case, extra and full-width spaces. */
export function routeCommand<Args>(commands: readonly Command<Args>[], text: string): Routed<Args> {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  const word = fold(first);
  if (!word) return { to: 'menu' };
  const command = commands.find((each) => fold(each.word) === word || fold(each.ascii) === word);
  if (command) return { to: 'command', command, rest: rest.trim() };
  return { to: 'unknown', nearest: nearestCommand(commands, word.slice(0, MAX_COMPARED)) };
}

export function helpMessage<Args>(commands: readonly Command<Args>[]): { text: string; blocks: object[] } {
  const lines = commands.map((each) => `• \`/kikan ${each.word}\`　${each.summary}${asciiOf(each)}`);
  return {
    text: [slackText.helpTitle, ...commands.map((each) => `/kikan ${each.word}`)].join(' '),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: slackText.helpTitle } },
      { type: 'section', text: { type: 'mrkdwn', text: [slackText.helpIntro, ...lines].join('\n') } },
    ],
  };
}

function asciiOf({ word, ascii }: { word: string; ascii: string }): string {
  return word === ascii ? '' : slackText.helpEnglish(`/kikan ${ascii}`);
}

/** Buttons for the commands that have one; each carries `menu.<ascii>` as its action. */
export function menuMessage<Args>(commands: readonly Command<Args>[]): { text: string; blocks: object[] } {
  return {
    text: slackText.menuTitle,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${slackText.menuTitle}*` } },
      ...menuButtons(commands),
    ],
  };
}

/** Never repeats what was typed: it may be a resident's name. */
export function unknownMessage<Args>(
  commands: readonly Command<Args>[],
  nearest: Command<Args> | undefined,
): { text: string; blocks: object[] } {
  const lines = [slackText.unknown, ...(nearest ? [slackText.nearest(nearest.word)] : [])];
  return {
    text: lines.join(' '),
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: lines.join('\n') } }, ...menuButtons(commands)],
  };
}

export function menuActionId(command: { ascii: string }): string {
  return `menu.${command.ascii}`;
}

function menuButtons<Args>(commands: readonly Command<Args>[]): object[] {
  const buttons = commands.flatMap((each) =>
    each.button
      ? [{ type: 'button', action_id: menuActionId(each), text: { type: 'plain_text', text: each.button } }]
      : [],
  );
  return buttons.length > 0 ? [{ type: 'actions', elements: buttons }] : [];
}

function nearestCommand<Args>(commands: readonly Command<Args>[], word: string): Command<Args> | undefined {
  const [best] = commands
    .flatMap((command) =>
      [command.word, command.ascii].map((name) => ({
        command,
        share: distance(fold(name), word) / Math.max(name.length, word.length),
      })),
    )
    .sort((a, b) => a.share - b.share);
  return best && best.share <= MAX_DISTANCE_SHARE ? best.command : undefined;
}

function fold(word: string): string {
  return word.normalize('NFKC').toLowerCase();
}
