/** The form of 相談. */
import type { types } from '@slack/bolt';
import { formatDate, japanDate } from '../../../lib/jst.ts';
import { formatSpan } from '../../../lib/span.ts';
import { button, contextLine, markdownSection, option, plain } from '../../../slack/block-kit.ts';
import { input, radio, select, textLine } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Center } from '../../directory/data.ts';
import { ACTIONS } from '../blocks.ts';
import { classificationInputs, paragraph } from '../inputs.ts';
import type { DeadlinePolicy } from '../reminding/rules.ts';
import { SUBJECT_FIELDS } from '../tables.ts';
import { consultationText as text } from '../text.ts';
import { codesOf, KINDS, STATUSES, type Status, URGENCIES, type Urgency } from '../words.ts';
import type { SimilarAnswer } from './similar.ts';
import { sendingText } from './text.ts';

export const SEND_FORM = 'consultation.send';
/** 似た回答をさがす. */
export const LOOK_FOR_SIMILAR = 'consultation.similar';
/** In the metadata, of an answer that was offered. */
export const OFFERED = 'faq/';
/** Slack keeps 3,000 characters with a modal; 60 references, the most that are compared, take a fifth. */
const MAX_METADATA = 3000;

/**
 * The form of a new consultation.
 * @param centers for core staff, who choose the center that they enter for; empty for district staff
 * @param policy the city's deadlines, which the form promises
 * @param notice where what is typed goes
 * @param body what the person typed after `/kikan 相談`
 * @param alike cases that may be about the same person: said above the form, which is sent by pressing once more
 * @param similar answers of the FAQ: offered in the same way, once; undefined where no FAQ is asked
 */
export function sendModal(
  centers: readonly Center[],
  policy: DeadlinePolicy,
  { notice, body }: { notice: string; body: string },
  alike: readonly Alike[] = [],
  similar?: readonly SimilarAnswer[],
): ModalView {
  const { fields } = text;
  const centerChoice =
    centers.length > 0
      ? [
          input(
            'center',
            fields.center,
            select(
              centers.map((each) => option(each.code, each.short)),
              { placeholder: text.selectPlaceholder },
            ),
            true,
          ),
        ]
      : [];
  return {
    type: 'modal',
    callback_id: SEND_FORM,
    private_metadata: [
      ...(similar ?? []).map(({ id }) => `${OFFERED}${id}`),
      ...alike.map(({ reference }) => reference),
    ]
      .join(' ')
      .slice(0, MAX_METADATA),
    title: plain(text.formTitle),
    submit: plain(submitLabel(alike, similar)),
    close: plain(text.formClose),
    blocks: [
      ...(alike.length > 0 ? [markdownSection(warningOf(alike))] : []),
      ...(similar && similar.length > 0 ? [markdownSection(sendingText.similar)] : []),
      contextLine(notice),
      ...centerChoice,
      input(
        'kind',
        fields.kind,
        radio(
          codesOf(KINDS).map((code) => option(code, KINDS[code], text.kindHints[code])),
          codesOf(KINDS)[0],
        ),
        true,
      ),
      input(
        'urgency',
        fields.urgency,
        radio(codesOf(URGENCIES).map((code) => option(code, URGENCIES[code].label, promiseOf(code, policy)))),
        true,
      ),
      ...classificationInputs(),
      input('desiredOn', fields.desiredOn, {
        type: 'datepicker',
        action_id: 'input',
        placeholder: plain(fields.desiredOn.placeholder),
      }),
      ...SUBJECT_FIELDS.map((field) => subjectLine(field, fields[field])),
      ...alikeBlocks(alike),
      input('body', fields.body, paragraph(body), true),
      ...similarBlocks(similar),
    ],
  };
}

function submitLabel(alike: readonly Alike[], similar: readonly SimilarAnswer[] = []): string {
  if (alike.length > 0) return sendingText.sendAnyway;
  return similar.length > 0 ? sendingText.sendAsIs : text.formSubmit;
}

/** Below the text, near the button that sends. Approved text in plain_text: nothing in it rings. */
function similarBlocks(similar: readonly SimilarAnswer[] | undefined): types.KnownBlock[] {
  if (!similar) return [];
  const look: types.ActionsBlock = {
    type: 'actions',
    elements: [button(LOOK_FOR_SIMILAR, sendingText.lookForSimilar, SEND_FORM)],
  };
  if (similar.length === 0) return [look];
  return [
    markdownSection(sendingText.similar),
    ...similar.map(({ question, button: accessory }) => ({
      type: 'section' as const,
      text: plain(question),
      accessory,
    })),
    look,
  ];
}

/** A case that may be about the same person, as the warning names it. */
export interface Alike {
  id: string;
  reference: string;
  center: string;
  status: Status;
  submittedAt: number;
}

/** More than these nobody compares; the others are said as a number. */
const NAMED_ALIKE = 5;

function warningOf(alike: readonly Alike[]): string {
  const named = alike.slice(0, NAMED_ALIKE).map(alikeLine);
  return sendingText.warning(named.join('、'), alike.length - named.length);
}

/** Whoever has filled in the form is at its end when the warning comes: Slack does not scroll up to what stands above. */
function alikeBlocks(alike: readonly Alike[]): types.KnownBlock[] {
  if (alike.length === 0) return [];
  const named = alike.slice(0, NAMED_ALIKE);
  const others = alike.length - named.length;
  return [
    markdownSection(sendingText.warningBelow),
    ...named.map((each) => ({
      ...markdownSection(alikeLine(each)),
      accessory: button(ACTIONS.read, sendingText.open, each.id),
    })),
    ...(others > 0 ? [contextLine(sendingText.alikeOthers(others))] : []),
  ];
}

function alikeLine({ reference, center, status, submittedAt }: Alike): string {
  const sentOn = formatDate(japanDate(new Date(submittedAt)));
  return sendingText.alike(reference, escapeMrkdwn(center), STATUSES[status], sentOn);
}

/** Slack shows 75 characters below a choice. */
function promiseOf(urgency: Urgency, policy: DeadlinePolicy): string {
  const promise = text.acceptedWithin(formatSpan(policy[urgency].accept));
  return urgency === 'urgent' ? `${promise}${text.emergency}` : promise;
}

function subjectLine(
  field: string,
  labels: { label: string; hint?: string; placeholder?: string },
): types.InputBlock {
  return input(field, labels, textLine({ placeholder: labels.placeholder }));
}
