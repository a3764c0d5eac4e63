/** The form 地域課題を記録する. */
import { contextLine, noticeSections, option, plain } from '../../../../slack/block-kit.ts';
import type { ModalView } from '../../../../slack/modal.ts';
import { TOPICS } from '../../../consultation/words.ts';
import { input } from '../../../directory/inputs.ts';
import type { LoadedMeeting } from '../../data.ts';
import type { Area } from '../data.ts';
import { issuesText } from '../text.ts';
import { MAX_SUMMARY } from './schema.ts';

export const RECORD = 'issues.record';
export const RECORD_FORM = 'issues.record_form';
/** Slack takes so many options in a menu. */
const MAX_OPTIONS = 100;

const text = issuesText.record;

/** Requires an area. @param warning what the words seem to hold: asks to confirm that it is nothing personal */
export function recordModal(
  { meeting, host }: Pick<LoadedMeeting, 'meeting' | 'host'>,
  areas: readonly Area[],
  warning?: string,
): ModalView {
  const { fields } = text;
  const options = areas.slice(0, MAX_OPTIONS).map(({ code, short }) => option(code, short));
  const own = options.find(({ value }) => value === host.code);
  return {
    type: 'modal',
    callback_id: RECORD_FORM,
    private_metadata: meeting.id,
    title: plain(text.title),
    submit: plain(issuesText.submit),
    close: plain(issuesText.back),
    blocks: [
      ...(warning === undefined ? [] : noticeSections([text.warning(warning)])),
      contextLine(text.intro),
      input(
        'topic',
        { label: fields.topic },
        {
          type: 'static_select',
          action_id: 'input',
          placeholder: plain(issuesText.choose),
          options: Object.entries(TOPICS).map(([code, label]) => option(code, label)),
        },
        true,
      ),
      input(
        'area',
        { label: fields.area },
        { type: 'static_select', action_id: 'input', options, ...(own ? { initial_option: own } : {}) },
        true,
      ),
      input(
        'summary',
        { label: fields.summary },
        { type: 'plain_text_input', action_id: 'input', multiline: true, max_length: MAX_SUMMARY },
        true,
      ),
      input(
        'consultation',
        { label: fields.consultation, hint: text.consultationHint },
        { type: 'plain_text_input', action_id: 'input', max_length: 20 },
      ),
      ...(warning === undefined
        ? []
        : [
            input(
              'confirmed',
              { label: fields.confirmed },
              { type: 'checkboxes', action_id: 'input', options: [option('yes', text.confirm)] },
            ),
          ]),
    ],
  };
}
