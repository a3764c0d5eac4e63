/** 招く方を足す・外す in Slack. */
import type { Submission, SubmissionAnswer } from '../../../../slack/feature.ts';
import { type FormValues, listValue, textValue } from '../../../../slack/form.ts';
import { actorOf } from '../../../directory/gate.ts';
import { readGuests } from '../../calling/schema.ts';
import { shown } from '../shown.ts';
import { changingText } from '../text.ts';
import { MAX_MENUS } from './form.ts';
import { changeInvitations } from './mutations.ts';
import { invitingText as text } from './text.ts';

export async function submitInvite({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const guests = readGuests(textValue(values, 'guests') ?? '');
  if (!guests.ok) return { errors: { guests: guests.refusal } };
  const changed = await changeInvitations(context.scope, actorOf(context), metadata, {
    people: chosenIn(values, 'people'),
    centers: chosenIn(values, 'centers'),
    guests: guests.value,
    removed: chosenIn(values, 'removed'),
  });
  if (changed.ok) {
    const { loaded, added, removed } = changed.value;
    return shown(context, loaded, added + removed === 0 ? text.same : text.saved(added, removed));
  }
  const { reason } = changed.refusal;
  const [field = 'guests'] = Object.keys(values);
  return { errors: { [field]: reason === 'stale' ? changingText.stale : changingText.denials[reason] } };
}

/** What was chosen in all menus of a field. */
function chosenIn(values: FormValues, field: string): string[] {
  return Array.from({ length: MAX_MENUS }, (_, i) => listValue(values, `${field}.${i}`)).flat();
}
