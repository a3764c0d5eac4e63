/** The form 地域課題を記録する. */
import { contextLine, noticeSections, option, plain } from '../../../../slack/block-kit.ts';
import { checkboxes, input, select, textArea, textLine } from '../../../../slack/inputs.ts';
import type { ModalView } from '../../../../slack/modal.ts';
import { TOPICS } from '../../../consultation/words.ts';
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
        select(
          Object.entries(TOPICS).map(([code, label]) => option(code, label)),
          { placeholder: issuesText.choose },
        ),
        true,
      ),
      input('area', { label: fields.area }, select(options, { chosen: own?.value }), true),
      input('summary', { label: fields.summary }, textArea({ max: MAX_SUMMARY }), true),
      input(
        'consultation',
        { label: fields.consultation, hint: text.consultationHint },
        textLine({ max: 20 }),
      ),
      ...(warning === undefined
        ? []
        : [input('confirmed', { label: fields.confirmed }, checkboxes([option('yes', text.confirm)]))]),
    ],
  };
}
