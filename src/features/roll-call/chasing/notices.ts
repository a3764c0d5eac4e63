/** What managers and whoever commands hear of silent people. */
import { markdownSection } from '../../../slack/block-kit.ts';
import { escapeMrkdwn, mention } from '../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import { ACTIONS } from '../actions.ts';
import { answerable } from '../answering/notices.ts';
import type { RollCall } from '../data.ts';
import { nameOf } from '../text.ts';
import type { SilentCenter } from './data.ts';
import { chasingText as text } from './text.ts';

/** More names than that nobody calls from a message. */
const MAX_NAMED = 30;
/** A section of Slack's has 3,000 characters. */
const MAX_LINES = 80;

/** What silent people are told; its text says of every step the same, by which those that still wait are found. */
export function askedAgain(rollCall: RollCall, step: number): Message {
  return { ...answerable(rollCall, text.asked(step)), text: textOfAsking(rollCall) };
}

export function textOfAsking(rollCall: RollCall): string {
  return `${nameOf(rollCall)}　${text.askedShort}`;
}

/** One direct message a manager, of all the centers that she answers for; nobody hears of herself alone. */
export function noticesToManagers(
  rollCall: RollCall,
  centers: readonly SilentCenter[],
  managers: ReadonlyMap<string, readonly string[]>,
): OutboxEntry[] {
  const byManager = new Map<string, string[]>();
  for (const { code, short, silent } of centers)
    for (const manager of managers.get(code) ?? []) {
      const others = silent.filter((person) => person !== manager);
      if (others.length === 0) continue;
      const people = silent.length > MAX_NAMED ? text.count(silent.length) : text.names(others.map(mention));
      const lines = byManager.get(manager) ?? [];
      byManager.set(manager, [...lines, text.managerLine(escapeMrkdwn(short), people)]);
    }
  return [...byManager].map(([person, lines]) => ({
    kind: 'direct',
    person,
    message: messageOf(rollCall, text.managerIntro, lines, true),
  }));
}

/** One direct message to each of those who command. */
export function noticesToCore(
  rollCall: RollCall,
  centers: readonly SilentCenter[],
  commanders: readonly string[],
): OutboxEntry[] {
  if (centers.length === 0) return [];
  const lines = centers
    .slice(0, MAX_LINES)
    .map(({ short, silent, people }) => text.coreLine(escapeMrkdwn(short), silent.length, people));
  const more = centers.length > MAX_LINES ? [text.coreMore(centers.length - MAX_LINES)] : [];
  const message = messageOf(rollCall, text.coreIntro, [...lines, ...more], false);
  return commanders.map((person) => ({ kind: 'direct', person, message }));
}

function messageOf(rollCall: RollCall, intro: string, lines: readonly string[], mayEnter: boolean): Message {
  const { id } = rollCall;
  return {
    text: nameOf(rollCall),
    blocks: [
      markdownSection(`*${nameOf(rollCall)}*\n${intro}`),
      markdownSection(lines.join('\n')),
      {
        type: 'actions',
        elements: [
          ACTIONS.silent.button(id),
          ...(mayEnter ? [ACTIONS.replyFor.button(id)] : []),
          ACTIONS.open.button(id),
        ],
      },
    ],
  };
}
