/** The modal 期限. */

import { formatSpan, type Span } from '../../../lib/span.ts';
import { contextLine, noticeSections, plain } from '../../../slack/block-kit.ts';
import { input, textLine } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { settingsText } from '../settings/text.ts';
import { type DeadlineStep, type DeadlineTexts, type DeadlineUrgency, flatDeadlines } from './schema.ts';
import { deadlinesText as text } from './text.ts';

/** Characters: what is meant is a figure. */
const MAX_SPAN = 20;

export const DEADLINES_FORM = 'deadlines.form';

/** kikan's deadlines, where a city sets none. */
export type StandardDeadlines = Record<DeadlineUrgency, Record<DeadlineStep, Span>> &
  Record<'closing' | 'handover', Span>;

/** @param mark of the state that it shows, to come back with the form */
export function deadlinesModal(
  standing: DeadlineTexts,
  standard: StandardDeadlines,
  mark: string,
  notices: readonly string[] = [],
): ModalView {
  const standards = new Map(flatDeadlines(standard));
  return {
    type: 'modal',
    callback_id: DEADLINES_FORM,
    private_metadata: mark,
    title: plain(text.label),
    submit: plain(settingsText.save),
    close: plain(settingsText.back),
    blocks: [
      ...noticeSections(notices),
      contextLine(text.intro),
      ...flatDeadlines(standing).map(([field, value]) => {
        const span = standards.get(field);
        const standardText = span ? formatSpan(span) : '';
        const hint = text.hint(value ?? text.atStandard, standardText);
        return input(
          field,
          { label: text.labels[field], hint },
          textLine({ max: MAX_SPAN, initial: value, placeholder: standardText }),
        );
      }),
    ],
  };
}
