/** What is said, and to whom, when a center takes over, or does not any more. Controlled words only. */
import { button, markdownSection } from '../../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../../slack/outbox.ts';
import type { RollCall } from '../../data.ts';
import { nameOf } from '../../text.ts';
import type { Consequence } from '../rules.ts';
import { takeoverText as text } from './text.ts';

export const TAKEOVER_ACTIONS = {
  accept: 'roll-call.takeover.accept',
  choose: 'roll-call.takeover.choose',
} as const;

/** The value of both buttons, and the metadata of the form. */
export function writeTakeover(rollCallId: string, center: string): string {
  return `${rollCallId} ${center}`;
}

export function readTakeover(value: string): { rollCallId: string; center: string } {
  const [rollCallId = '', center = ''] = value.split(' ');
  return { rollCallId, center };
}

export interface People {
  heads: ReadonlyMap<string, readonly string[]>;
  commanders: readonly string[];
  /** Short names by code. */
  shorts: ReadonlyMap<string, string>;
}

/**
 * The messages of what follows from a report; nobody gets the same one twice.
 * @param left who was to take over before, by closed center
 */
export function consequenceEntries(
  rollCall: RollCall,
  consequences: readonly Consequence[],
  people: People,
  left: ReadonlyMap<string, string>,
): OutboxEntry[] {
  return consequences.flatMap((consequence) => [
    ...toReleased(rollCall, consequence, people, left.get(consequence.center)),
    ...entriesOf(rollCall, consequence, people),
  ]);
}

function entriesOf(rollCall: RollCall, consequence: Consequence, people: People): OutboxEntry[] {
  const name = escapeMrkdwn(nameOf(rollCall));
  const short = (code: string) => escapeMrkdwn(people.shorts.get(code) ?? code);
  const closed = short(consequence.center);
  const value = writeTakeover(rollCall.id, consequence.center);
  switch (consequence.kind) {
    case 'propose': {
      const sentence = text.proposed(name, closed, short(consequence.substitute));
      const accept = button(TAKEOVER_ACTIONS.accept, text.accept, value, 'primary');
      const choose = button(TAKEOVER_ACTIONS.choose, text.choose, value);
      const { commanders } = people;
      const heads = headsOf(people, consequence.substitute).filter((each) => !commanders.includes(each));
      return [
        ...direct(heads, withButtons(sentence, [accept])),
        ...direct(commanders, withButtons(sentence, [accept, choose])),
      ];
    }
    case 'none': {
      const choose = button(TAKEOVER_ACTIONS.choose, text.chooseFirst, value, 'primary');
      return direct(people.commanders, withButtons(text.nobody(name, closed), [choose]));
    }
    case 'end': {
      const sentence = text.ended(name, closed, short(consequence.substitute));
      return direct(together(people, consequence.substitute), withButtons(sentence, []));
    }
  }
}

/** Whoever was asked before need not any more. */
function toReleased(
  rollCall: RollCall,
  consequence: Consequence,
  people: People,
  before: string | undefined,
): OutboxEntry[] {
  if (before === undefined || consequence.kind === 'end') return [];
  const name = escapeMrkdwn(nameOf(rollCall));
  const short = (code: string) => escapeMrkdwn(people.shorts.get(code) ?? code);
  const sentence =
    consequence.kind === 'propose'
      ? text.released(name, short(consequence.center), short(consequence.substitute))
      : text.releasedToNobody(name, short(consequence.center));
  return direct(headsOf(people, before), withButtons(sentence, []));
}

/** To the center that is closed, and to those who command, but for whoever pressed. */
export function acceptedEntries(
  rollCall: RollCall,
  { center, substitute }: { center: string; substitute: string },
  people: People,
  by: string,
): OutboxEntry[] {
  const short = (code: string) => escapeMrkdwn(people.shorts.get(code) ?? code);
  const sentence = text.accepted(escapeMrkdwn(nameOf(rollCall)), short(center), short(substitute));
  const told = [...together(people, center), ...headsOf(people, substitute)];
  return direct(
    [...new Set(told)].filter((person) => person !== by),
    withButtons(sentence, []),
  );
}

function headsOf({ heads }: People, code: string): readonly string[] {
  return heads.get(code) ?? [];
}

function together(people: People, code: string): string[] {
  return [...new Set([...headsOf(people, code), ...people.commanders])];
}

function direct(people: readonly string[], message: Message): OutboxEntry[] {
  return people.map((person) => ({ kind: 'direct', person, message }));
}

function withButtons(sentence: string, buttons: readonly ReturnType<typeof button>[]): Message {
  return {
    text: sentence,
    blocks: [
      markdownSection(sentence),
      ...(buttons.length > 0 ? [{ type: 'actions', elements: [...buttons] }] : []),
    ],
  };
}
