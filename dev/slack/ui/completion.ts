/** What can complete a slash command that is being typed. */
import type { Snapshot } from '../client-api.ts';

type Commands = Snapshot['commands'];

interface Suggestion {
  /** The composer's text once this is taken. */
  full: string;
  label: string;
  note: string;
}

/** The commands, then the words of the command, that go on from what is typed; none once it is complete. */
export function suggestionsFor(typed: string, commands: Commands): Suggestion[] {
  if (!typed.startsWith('/') || typed.includes('\n')) return [];
  const [, command = '', space = '', rest = ''] = /^(\S+)(\s*)(.*)$/.exec(typed) ?? [];
  const known = commands.find((one) => one.command === command);
  if (!space) {
    return commands
      .filter((one) => one.command.startsWith(command.toLowerCase()) && one.command !== typed)
      .map((one) => ({
        full: `${one.command} `,
        label: `${one.command} ${one.usageHint}`.trim(),
        note: one.description,
      }));
  }
  const begun = rest.normalize('NFKC').toLowerCase();
  const words = known?.words ?? [];
  if (words.includes(rest)) return [];
  return words
    .filter((word) => word.toLowerCase().startsWith(begun))
    .map((word) => ({ full: `${command} ${word}`, label: `${command} ${word}`, note: '' }));
}

/** A slash command cut into its name and its text; undefined for an ordinary message. */
export function parseCommand(typed: string): { command: string; text: string } | undefined {
  const [, command, text = ''] = /^(\/\S+)(?:\s+([\s\S]*))?$/.exec(typed) ?? [];
  return command === undefined ? undefined : { command, text };
}

/**
 * What a key means to an open list: go to that index, take that suggestion, or close the list.
 * Undefined: the key is not the list's.
 */
export function meaningOf(
  key: string,
  suggestions: Suggestion[],
  active: number,
): number | Suggestion | 'dismiss' | undefined {
  const count = suggestions.length;
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (active + 1) % count;
    case 'ArrowUp':
      return active <= 0 ? count - 1 : active - 1;
    case 'Escape':
      return 'dismiss';
    case 'Tab':
      return suggestions[active] ?? suggestions[0];
    case 'Enter':
      return suggestions[active];
    default:
      return undefined;
  }
}
