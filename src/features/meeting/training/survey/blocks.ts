/** The form of the survey: three questions. */
import type { types } from '@slack/bolt';
import { contextLine, markdownSection, option, plain } from '../../../../slack/block-kit.ts';
import { input, radio, textArea } from '../../../../slack/inputs.ts';
import type { ModalView } from '../../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { LoadedMeeting } from '../../data.ts';
import { meetingText } from '../../text.ts';
import { MARKS, type SurveyAnswer } from '../rules.ts';
import { MAX_COMMENT } from './schema.ts';
import { surveyText as text } from './text.ts';

export const SURVEY = 'training.survey';
export const SURVEY_FORM = 'training.survey_form';

/** @param own what she answered before */
export function surveyModal({ meeting, kind }: LoadedMeeting, own: SurveyAnswer | undefined): ModalView {
  const { fields } = text;
  const name = escapeMrkdwn(meetingText.name(meeting.reference, kind.name, meeting.title));
  return {
    type: 'modal',
    callback_id: SURVEY_FORM,
    private_metadata: meeting.id,
    title: plain(text.title),
    submit: plain(text.submit),
    close: plain(text.close),
    blocks: [
      markdownSection(`*${name}*`),
      contextLine(text.intro),
      input('understood', { label: fields.understood }, marks(own?.understood), true),
      input('useful', { label: fields.useful }, marks(own?.useful), true),
      input(
        'comment',
        { label: fields.comment, hint: text.commentHint },
        textArea({ max: MAX_COMMENT, initial: own?.comment }),
      ),
    ],
  };
}

function marks(chosen: number | undefined): types.InputBlock['element'] {
  const options = MARKS.toReversed().map((mark) => option(String(mark), text.marks[mark]));
  return radio(options, String(chosen));
}
