/** Reminders and digests as messages: references, controlled words, dates, names of staff. */
import type { types } from '@slack/bolt';
import { formatInstant } from '../../../lib/jst.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Message } from '../../../slack/outbox.ts';
import { operationButton, readButton, referenceMessage } from '../blocks.ts';
import { buttonValueOf } from '../operating/rules.ts';
import type { Operation } from '../operating/words.ts';
import { DEADLINES, type DeadlineKind } from '../words.ts';
import type { DueReminder, OverdueCase } from './data.ts';
import type { Recipient } from './recipients.ts';
import type { Stage } from './rules.ts';
import { remindingText as text } from './text.ts';

/** What whoever is reminded can do about it, at once. */
const REMEDIES: Record<DeadlineKind, readonly Operation[]> = {
  accept: ['accept'],
  claim: ['claim'],
  assignment: ['confirm_assignment', 'refuse_assignment', 'assign'],
  answer: ['answer', 'snooze'],
  contact: ['answer', 'snooze'],
  handover: ['accept_offer', 'refuse_offer'],
  return: ['offer', 'snooze'],
  activity: ['record'],
  closing: ['confirm_closing', 'object_closing'],
};

/**
 * @param nameOf name of a colleague, for whom somebody stands in or who has not acted
 * @param may whether the recipient may do it now
 */
export function reminderMessage(
  due: DueReminder,
  stage: Stage,
  recipient: Recipient,
  nameOf: (person: string | null) => string,
  may: (operation: Operation) => boolean,
): Message {
  const { consultation: of, kind, dueAt } = due;
  const sentence = (stage === 'before' || stage === 'due' ? text.stages[stage] : text.stages.overdue)(
    of.reference,
    DEADLINES[kind],
    formatInstant(dueAt),
  );
  const remedies = REMEDIES[kind].filter(may);
  const buttons: types.Button[] = [
    ...remedies.map((operation) => operationButton(operation, buttonValueOf(operation, of, due.offer))),
    readButton(of),
  ];
  return referenceMessage(
    `${sentence}\n${escapeMrkdwn(whyOf(recipient, of.personInCharge, nameOf))}`,
    buttons,
  );
}

function whyOf(
  { ground, insteadOf }: Recipient,
  personInCharge: string | null,
  nameOf: (person: string | null) => string,
): string {
  if (ground === 'standIn') return text.why.standIn(nameOf(insteadOf ?? null));
  if (ground === 'helper' || ground === 'manager') return text.why[ground](nameOf(personInCharge));
  return text.why[ground];
}

/** Lines of a digest that are shown; the list has them all. */
const DIGEST_LINES = 15;

export function digestMessage(cases: readonly OverdueCase[]): Message {
  const lines = cases
    .slice(0, DIGEST_LINES)
    .map(({ consultation: of, kind, dueAt }) =>
      text.digestLine(of.reference, DEADLINES[kind], formatInstant(dueAt)),
    );
  const more = cases.length - lines.length;
  return referenceMessage(
    [text.digest(cases.length), ...lines, ...(more > 0 ? [text.digestMore(more)] : [])].join('\n'),
    [],
  );
}
