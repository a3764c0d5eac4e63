/** What the readers of a consultation see. In the default mode modals hold personal data: only their reader sees them. */
import type { types } from '@slack/bolt';
import { formatDate, formatInstant } from '../../../lib/jst.ts';
import { contextLine, markdownSection, plain, plainSections } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { Consultation, OpenedAnswer, OpenedContent } from '../data.ts';
import { SUBJECT_FIELDS } from '../tables.ts';
import { consultationText as text } from '../text.ts';
import { KINDS, SUPPORTS, TOPICS, URGENCIES } from '../words.ts';

/** Slack takes 100 blocks a modal; the latest answers that fit are shown. */
const MAX_BLOCKS = 100;

/** Everything about a consultation that its reader may see. */
export function detailModal(
  of: Consultation,
  content: OpenedContent,
  answers: readonly OpenedAnswer[],
): ModalView {
  const question = [
    markdownSection(`${URGENCIES[of.urgency].mark} ${URGENCIES[of.urgency].label}　${KINDS[of.kind]}`),
    ...chosenSections(of),
    ...subjectSections(content),
    { type: 'divider' } as const,
    markdownSection(`*${text.bodyTitle}*`),
    ...plainSections(content.body),
  ];
  // Two more: the line about older answers and the one about the log.
  const latest = latestThatFit(answers, MAX_BLOCKS - question.length - 2);
  const older = answers.length - latest.length;
  return {
    ...readingModal(of),
    blocks: [
      ...question,
      ...(older > 0 ? [contextLine(text.olderAnswers(older))] : []),
      ...latest.flat(),
      contextLine(text.loggedNotice),
    ],
  };
}

/** The blocks of the latest answers, oldest first. */
function latestThatFit(answers: readonly OpenedAnswer[], room: number): types.KnownBlock[][] {
  const latest: types.KnownBlock[][] = [];
  let left = room;
  for (const answer of answers.toReversed()) {
    const blocks = answerBlocks(answer);
    left -= blocks.length;
    if (left < 0) break;
    latest.unshift(blocks);
  }
  return latest;
}

/** What was chosen in the form, as the card shows it. */
function chosenSections(of: Consultation): types.KnownBlock[] {
  const none = text.card.none;
  const lines = [
    `${text.card.topics}：${of.topics.map((code) => TOPICS[code]).join('、') || none}`,
    `${text.card.supports}：${of.supports.map((code) => SUPPORTS[code]).join('、') || none}`,
    `${text.card.desiredOn}：${of.desiredOn ? formatDate(of.desiredOn) : none}`,
  ];
  return plainSections(lines.join('\n'));
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
