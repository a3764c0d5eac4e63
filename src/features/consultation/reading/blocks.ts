/** What the readers of a consultation see. In the default mode modals hold personal data: only their reader sees them. */
import type { types } from '@slack/bolt';
import { formatDate, formatInstant } from '../../../lib/jst.ts';
import { button, contextLine, markdownSection, plain, plainSections } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn, mention } from '../../../slack/mrkdwn.ts';
import { ACTIONS, timelineButton } from '../blocks.ts';
import { cardText } from '../cards/text.ts';
import { closingBlocks } from '../closing/blocks.ts';
import type { OpenedClosing } from '../closing/data.ts';
import type { OpenedAnswer, OpenedContent } from '../content/data.ts';
import type { Consultation, LoadedConsultation } from '../data.ts';
import { relationBlocks } from '../merging/blocks.ts';
import type { Relations } from '../merging/data.ts';
import { noteBlocks } from '../notes/blocks.ts';
import type { OpenedNote } from '../notes/data.ts';
import { notesText } from '../notes/text.ts';
import { activityBlocks } from '../recording/blocks.ts';
import type { OpenedActivity } from '../recording/data.ts';
import { placeInCourse } from '../recording/rules.ts';
import { SUBJECT_FIELDS } from '../tables.ts';
import { consultationText as text } from '../text.ts';
import { timelineText } from '../timeline/text.ts';
import { KINDS, RESTRICTED_MARK, STATUSES, SUPPORTS, TOPICS, URGENCIES } from '../words.ts';

/** Slack takes 100 blocks a modal, and 250,000 bytes; the latest of the course that fits is shown. */
const MAX_BLOCKS = 100;
const MAX_BYTES = 230_000;

/** What a case's course is made of. */
export interface OpenedCourse {
  answers: readonly OpenedAnswer[];
  notes: readonly OpenedNote[];
  activities: readonly OpenedActivity[];
}

/** One entry of the course: what stands at its time. */
interface CourseEntry {
  at: Date;
  /** As a count of older ones names it. */
  label: string;
  blocks: types.KnownBlock[];
}

/** Everything about a consultation that its reader may see. */
export function detailModal(
  { consultation: of, sendingCenter }: Pick<LoadedConsultation, 'consultation' | 'sendingCenter'>,
  content: OpenedContent,
  course: OpenedCourse,
  closing: OpenedClosing,
  relations: Relations,
  links: readonly types.Button[],
): ModalView {
  const question = [
    markdownSection(standingLines(of, sendingCenter.short)),
    ...chosenSections(of),
    ...relationBlocks(relations),
    ...subjectSections(content),
    { type: 'divider' } as const,
    markdownSection(`*${text.bodyTitle}*`),
    ...plainSections(content.body),
  ];
  const ending: types.KnownBlock[] = [
    ...closingBlocks(of, closing),
    {
      type: 'actions',
      elements: [
        // Whoever came here from a list or the home tab goes on from here.
        button(ACTIONS.menu, text.allOperations, `all/${of.id}`),
        timelineButton(of, timelineText.button),
        ...links,
      ],
    },
  ];
  const fixed = [...question, ...ending];
  const entries = inOrder(course);
  // Two more: the line about older entries and the one about the log.
  const latest = latestThatFit(entries, MAX_BLOCKS - fixed.length - 2, MAX_BYTES - bytesOf(fixed));
  const older = entries.slice(0, entries.length - latest.length);
  return {
    ...readingModal(of),
    callback_id: ACTIONS.read,
    blocks: [
      ...question,
      ...(older.length > 0 ? [contextLine(olderLine(older))] : []),
      ...latest.flatMap(({ blocks }) => blocks),
      ...ending,
      contextLine(text.loggedNotice),
    ],
  };
}

/** Oldest first; what is planned comes last. */
function inOrder({ answers, notes, activities }: OpenedCourse): CourseEntry[] {
  return [
    ...answers.map((each) => ({
      at: each.answeredAt,
      label: text.olderKinds.answer,
      blocks: answerBlocks(each),
    })),
    ...notes.map((each) => ({
      at: each.writtenAt,
      label: notesText.kinds[each.kind],
      blocks: noteBlocks(each),
    })),
    ...activities.map((each) => ({
      at: placeInCourse(each),
      label: text.olderKinds.activity,
      blocks: activityBlocks(each),
    })),
  ].sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** The latest entries, oldest first. */
function latestThatFit(entries: readonly CourseEntry[], room: number, bytes: number): CourseEntry[] {
  const latest: CourseEntry[] = [];
  let blocksLeft = room;
  let bytesLeft = bytes;
  for (const entry of entries.toReversed()) {
    blocksLeft -= entry.blocks.length;
    bytesLeft -= bytesOf(entry.blocks);
    if (blocksLeft < 0 || bytesLeft < 0) break;
    latest.unshift(entry);
  }
  return latest;
}

function bytesOf(blocks: readonly types.KnownBlock[]): number {
  return new TextEncoder().encode(JSON.stringify(blocks)).length;
}

/** How many of each kind are not shown. */
function olderLine(older: readonly CourseEntry[]): string {
  const counts = new Map<string, number>();
  for (const { label } of older) counts.set(label, (counts.get(label) ?? 0) + 1);
  return text.older([...counts].map(([label, count]) => text.olderCount(label, count)).join('、'));
}

/** Where the case stands and who has it: a reader may come from a message that says nothing of it. */
function standingLines(of: Consultation, center: string): string {
  const { mark, label } = URGENCIES[of.urgency];
  const restricted = of.isRestricted ? `${RESTRICTED_MARK} ` : '';
  const person = of.personInCharge ? mention(of.personInCharge) : cardText.notYet;
  return [
    `${restricted}${mark} *${label}*　${KINDS[of.kind]}　*${STATUSES[of.status]}*`,
    `${cardText.center}：${cardText.sentBy(escapeMrkdwn(center), mention(of.sender))}`,
    `${cardText.personInCharge}：${person}`,
    ...(of.dueAt ? [`${cardText.due}：${formatInstant(of.dueAt)}`] : []),
  ].join('\n');
}

/** What was chosen in the form, as the card shows it. */
function chosenSections(of: Consultation): types.KnownBlock[] {
  const none = cardText.none;
  const lines = [
    `${cardText.topics}：${of.topics.map((code) => TOPICS[code]).join('、') || none}`,
    `${cardText.supports}：${of.supports.map((code) => SUPPORTS[code]).join('、') || none}`,
    `${cardText.desiredOn}：${of.desiredOn ? formatDate(of.desiredOn) : none}`,
  ];
  return plainSections(lines.join('\n'));
}

/** One question, reply or comment, as its button shows it. */
export function noteReadingModal(of: Consultation, note: OpenedNote): ModalView {
  return { ...readingModal(of), blocks: [...noteBlocks(note).slice(1), contextLine(text.loggedNotice)] };
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
