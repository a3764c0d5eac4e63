/** What the readers of a consultation see. In the default mode modals hold personal data: only their reader sees them. */
import type { types } from '@slack/bolt';
import { formatInstant } from '../../../lib/jst.ts';
import { contextLine, markdownSection, plain, plainSections } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { Consultation, OpenedAnswer, OpenedContent } from '../data.ts';
import { SUBJECT_FIELDS } from '../tables.ts';
import { consultationText as text } from '../text.ts';
import { KINDS, URGENCIES } from '../words.ts';

/** Answers shown at once: with two sections each they stay well below a modal's 100 blocks. */
const MAX_ANSWERS_SHOWN = 20;

/** Everything about a consultation that its reader may see. */
export function detailModal(
  of: Consultation,
  content: OpenedContent,
  answers: readonly OpenedAnswer[],
): ModalView {
  const shown = answers.slice(-MAX_ANSWERS_SHOWN);
  const older = answers.length - shown.length;
  return {
    ...readingModal(of),
    blocks: [
      markdownSection(`${URGENCIES[of.urgency].mark} ${URGENCIES[of.urgency].label}　${KINDS[of.kind]}`),
      ...subjectSections(content),
      { type: 'divider' },
      markdownSection(`*${text.bodyTitle}*`),
      ...plainSections(content.body),
      ...(older > 0 ? [contextLine(text.olderAnswers(older))] : []),
      ...shown.flatMap(answerBlocks),
      contextLine(text.loggedNotice),
    ],
  };
}

/** One answer, as its button in the thread shows it. */
export function answerReadingModal(of: Consultation, answer: OpenedAnswer): ModalView {
  return { ...readingModal(of), blocks: [...answerBlocks(answer).slice(1), contextLine(text.loggedNotice)] };
}

function readingModal(of: Consultation): Omit<ModalView, 'blocks'> {
  return { type: 'modal', title: plain(text.detailTitle(of.reference)), close: plain(text.detailClose) };
}

function subjectSections({ subject }: OpenedContent): types.KnownBlock[] {
  const lines = SUBJECT_FIELDS.flatMap((field) => {
    const value = subject[field];
    return value === undefined
      ? []
      : [`${text.fields[field].label}：${value}${field === 'subjectAge' ? text.ageUnit : ''}`];
  });
  return lines.length > 0 ? [markdownSection(`*${text.subject}*`), ...plainSections(lines.join('\n'))] : [];
}

function answerBlocks(answer: OpenedAnswer): types.KnownBlock[] {
  const heading = `*${text.answerTitle(formatInstant(answer.answeredAt))}*`;
  return [
    { type: 'divider' },
    markdownSection(heading),
    ...plainSections(text.answerBy(answer.authorName)),
    ...plainSections(answer.body),
  ];
}
