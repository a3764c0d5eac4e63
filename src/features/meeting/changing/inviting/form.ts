/** The form by which seats are added to a meeting and taken off it. */
import type { types } from '@slack/bolt';
import type { RequestContext } from '../../../../slack/app.ts';
import { contextLine, plain } from '../../../../slack/block-kit.ts';
import { choice, input, textArea } from '../../../../slack/inputs.ts';
import { keepsTypedTextOut, type ModalView } from '../../../../slack/modal.ts';
import { peopleSelect } from '../../../directory/inputs.ts';
import { seatName } from '../../attendance/blocks.ts';
import { seatKey } from '../../attendance/data.ts';
import type { LoadedMeeting } from '../../data.ts';
import { meetingText } from '../../text.ts';
import { listAddable } from './data.ts';
import { invitingText as text } from './text.ts';

export const INVITE_FORM = 'meeting.invite.form';

/** A menu holds so many choices; pages know no groups of them. */
const MAX_OPTIONS = 100;
/** A city has 60 centers and some 400 staff: five menus; a view that is full has still room for the rest. */
export const MAX_MENUS = 20;
const MAX_GUEST_TEXT = 3000;

/** Guests' names were typed; where those may not stand in Slack, the form leaves them to the page. */
export async function inviteForm(loaded: LoadedMeeting, context: RequestContext): Promise<ModalView> {
  const { meeting, kind, seats } = loaded;
  const { fields } = text;
  const withGuests = !keepsTypedTextOut(context);
  const { people, centers } = await listAddable(context.scope.db, seats);
  const removable = await Promise.all(
    seats
      .filter(({ seat }) => withGuests || !seat.startsWith('guest:'))
      .map(async (each) => ({ value: await seatKey(each.seat), label: seatName(each) })),
  );
  return {
    type: 'modal',
    callback_id: INVITE_FORM,
    private_metadata: meeting.id,
    title: plain(text.title),
    submit: plain(text.save),
    close: plain(text.close),
    blocks: [
      { type: 'section', text: plain(meetingText.name(meeting.reference, kind.name, meeting.title)) },
      contextLine(text.intro),
      ...menus(
        'people',
        fields.people,
        people.map(({ slackUserId, name, centerName }) => ({
          value: slackUserId,
          label: `${name}（${centerName}）`,
        })),
      ),
      ...menus(
        'centers',
        fields.centers,
        centers.map(({ code, short }) => ({ value: code, label: short })),
        text.centersHint,
      ),
      withGuests
        ? input('guests', { label: fields.guests, hint: text.guestsHint }, textArea({ max: MAX_GUEST_TEXT }))
        : contextLine(text.guestsOnPage),
      ...menus('removed', fields.removed, removable),
    ],
  };
}

/** As many menus as the choices need; their fields are `people.0`, `people.1`, … */
function menus(
  field: string,
  label: string,
  choices: readonly { value: string; label: string }[],
  hint?: string,
): types.InputBlock[] {
  const count = Math.min(Math.ceil(choices.length / MAX_OPTIONS), MAX_MENUS);
  return Array.from({ length: count }, (_, i) => {
    const first = i * MAX_OPTIONS;
    const part = choices.slice(first, first + MAX_OPTIONS);
    const listed = part.map((each) => ({
      slackUserId: each.value,
      name: choice(each.value, each.label).text.text,
    }));
    const named = count === 1 ? label : text.range(label, first + 1, first + part.length);
    return input(
      `${field}.${i}`,
      { label: named, ...(hint === undefined ? {} : { hint }) },
      peopleSelect(listed, text.choose, []),
    );
  });
}
