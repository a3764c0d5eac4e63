/** The messages of a roll-call in centers' channels and to single people: each begins with its name, which says whether it is a drill. */
import type { types } from '@slack/bolt';
import { contextLine, markdownSection } from '../../../slack/block-kit.ts';
import { linkButton } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Message } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { ACTIONS } from '../actions.ts';
import { instructionsOf, type RollCall } from '../data.ts';
import { reportPath, rollCallPath } from '../paths.ts';
import { nameOf, rollCallText, titled } from '../text.ts';
import { cardText as text } from './text.ts';

/** Rings everybody who is in the channel; in an update nobody. */
const EVERYBODY = '<!channel>';

interface AskLook {
  /** In a channel, everybody in it is rung. */
  isChannel: boolean;
  /** Said of a drill while a real one runs. */
  isOutranked?: boolean;
  /** Why it comes now, where it does not come at the start. */
  why?: string;
}

/** What asks people for their answers. */
export function askMessage(
  { settings }: Pick<Scope, 'settings'>,
  rollCall: RollCall,
  { isChannel, isOutranked = false, why }: AskLook,
): Message {
  const { id, kind, reference, startedAt, note } = rollCall;
  const name = nameOf(rollCall);
  const lines = [
    `*${escapeMrkdwn(name)}*${isChannel ? ` ${EVERYBODY}` : ''}`,
    `*${kind === 'drill' ? text.isDrill : text.isActual}*`,
    ...(why === undefined ? [] : [why]),
    ...(startedAt === null ? [] : [rollCallText.startedAt(startedAt)]),
    text.asked,
    rollCallText.instructions(instructionsOf(rollCall)),
  ];
  return {
    text: name,
    blocks: [
      ...(isOutranked
        ? [markdownSection(`*${escapeMrkdwn(titled(rollCall, ''))}* ${text.actualFirst}`)]
        : []),
      markdownSection(lines.join('\n')),
      ...(note === null ? [] : [contextLine(rollCallText.noteOnPage)]),
      { type: 'actions', elements: askButtons(settings, id, reference) },
    ],
  };
}

function askButtons(settings: Scope['settings'], id: string, reference: string): types.Button[] {
  return [
    ACTIONS.safe.button(id),
    ACTIONS.reply.button(id),
    ACTIONS.centerReport.button(id),
    ACTIONS.open.button(id),
    ...(settings.SLACK_CLIENT_ID === undefined
      ? []
      : [linkButton({ settings }, rollCallPath(reference), text.page)]),
  ];
}

/** What takes the place of the card when it is over: no answers any more, and the way to the report. */
export function closedMessage(
  scope: Pick<Scope, 'settings'>,
  rollCall: Pick<RollCall, 'id' | 'kind' | 'reference' | 'scenario'>,
  closedAt: Date,
): Message {
  const name = nameOf(rollCall);
  return {
    text: name,
    blocks: [
      markdownSection(`*${escapeMrkdwn(name)}*\n${text.closed(closedAt)}`),
      {
        type: 'actions',
        elements: [
          ACTIONS.open.button(rollCall.id),
          linkButton(scope, reportPath(rollCall.reference), text.report),
        ],
      },
    ],
  };
}

/** One sentence about a roll-call, under its name. @param hint said smaller */
export function newsMessage(rollCall: RollCall, sentence: string, hint?: string): Message {
  const name = nameOf(rollCall);
  return {
    text: `${name} ${sentence}`,
    blocks: [
      markdownSection(`*${escapeMrkdwn(name)}*\n${sentence}`),
      ...(hint === undefined ? [] : [contextLine(hint)]),
      { type: 'actions', elements: [ACTIONS.open.button(rollCall.id)] },
    ],
  };
}
