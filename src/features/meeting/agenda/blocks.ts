/** The agenda in the view of a meeting (how many, never what) and its forms. */
import type { types } from '@slack/bolt';
import { formatDate } from '../../../lib/jst.ts';
import { button, contextLine, markdownSection, plain, plainSections } from '../../../slack/block-kit.ts';
import { input, textLine } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Actor } from '../../directory/actor.ts';
import { circleOf, type LoadedMeeting } from '../data.ts';
import type { MeetingPart } from '../parts.ts';
import { mayArrange, mayRead } from '../rules.ts';
import { meetingText } from '../text.ts';
import type { OpenedItem } from './data.ts';
import { denialOf, MAX_ITEMS } from './rules.ts';
import { AGENDA_FIELDS, MAX_TITLE } from './schema.ts';
import { agendaText as text } from './text.ts';

export const AGENDA_ACTIONS = {
  propose: 'meeting.agenda_propose',
  list: 'meeting.agenda_list',
  edit: 'meeting.agenda_edit',
  remove: 'meeting.agenda_remove',
  up: 'meeting.agenda_up',
  down: 'meeting.agenda_down',
} as const;
export const AGENDA_FORM = 'meeting.agenda_form';
export const AGENDA_LIST = 'meeting.agenda_list';

export const agendaPart: MeetingPart = (loaded, actor, now) => {
  const circle = circleOf(loaded);
  if (!mayRead(actor, circle)) return [];
  const { meeting, agenda } = loaded;
  const references = [...new Set(agenda.flatMap((item) => item.references))];
  const lines = [
    agenda.length === 0 ? text.noneYet : text.count(agenda.length, centerWords(loaded)),
    ...(references.length === 0 ? [] : [text.references(references)]),
    ...(meeting.agendaBy === null ? [] : [text.until(formatDate(meeting.agendaBy))]),
  ];
  const mayPropose = denialOf(actor, circle, meeting, now) === undefined;
  const hasOwn =
    mayArrange(actor, circle) || agenda.some(({ proposedBy }) => proposedBy === actor.slackUserId);
  const buttons = [
    ...(mayPropose && agenda.length < MAX_ITEMS
      ? [button(AGENDA_ACTIONS.propose, text.propose, meeting.id)]
      : []),
    ...(mayPropose && hasOwn && agenda.length > 0
      ? [button(AGENDA_ACTIONS.list, text.list, meeting.id)]
      : []),
  ];
  return [
    markdownSection(lines.join('\n')),
    ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
  ];
};

/** `東 2` by center. */
function centerWords({ agenda }: LoadedMeeting): string[] {
  const centers = [...new Set(agenda.map(({ centerShort }) => centerShort))];
  return centers.map((short) =>
    escapeMrkdwn(meetingText.count(short, agenda.filter(({ centerShort }) => centerShort === short).length)),
  );
}

export interface FormOf {
  loaded: LoadedMeeting;
  /** Null for a new one. */
  item: OpenedItem | null;
  /** Whether it was said that the title seems to hold personal data. */
  isWarned: boolean;
}

/** @param above what is said before the inputs, which keep what was typed */
export function agendaFormModal(
  { loaded, item, isWarned }: FormOf,
  above: readonly types.KnownBlock[] = [],
): ModalView {
  const { form } = text;
  const { meeting, kind } = loaded;
  const reference = item?.consultation ?? item?.issue ?? '';
  return {
    type: 'modal',
    callback_id: AGENDA_FORM,
    private_metadata: [meeting.id, item?.id ?? '', item?.mark ?? '', isWarned ? 'warned' : ''].join('/'),
    title: plain(item ? form.change : form.propose),
    submit: plain(form.submit),
    close: plain(form.close),
    blocks: [
      contextLine(escapeMrkdwn(form.about(meetingText.name(meeting.reference, kind.name, meeting.title)))),
      ...above,
      input(
        AGENDA_FIELDS.title,
        { label: form.title, hint: form.titleHint },
        textLine({ max: MAX_TITLE, initial: item?.title ?? '' }),
        true,
      ),
      input(
        AGENDA_FIELDS.minutes,
        { label: form.minutes, hint: form.minutesHint },
        textLine({ max: 10, initial: item?.minutes === null || item === null ? '' : String(item.minutes) }),
      ),
      input(
        AGENDA_FIELDS.subject,
        { label: form.subject, hint: form.subjectHint },
        textLine({ max: 20, initial: reference }),
      ),
    ],
  };
}

/** What somebody else wrote while the form was open. */
export function changedNotice(latest: OpenedItem): types.KnownBlock[] {
  return [
    ...plainSections(text.changedMeanwhile),
    ...plainSections(text.changedNow(latest.title, text.minutes(latest.minutes))),
    ...plainSections(text.sendAgain),
  ];
}

/** All items with what this person may do about each. */
export function agendaListModal(
  loaded: LoadedMeeting,
  actor: Actor,
  items: readonly OpenedItem[],
  notices: readonly string[] = [],
): ModalView {
  const isArranger = mayArrange(actor, circleOf(loaded));
  return {
    type: 'modal',
    callback_id: AGENDA_LIST,
    private_metadata: loaded.meeting.id,
    title: plain(text.listTitle),
    close: plain(meetingText.back),
    blocks: [
      ...notices.flatMap(plainSections),
      ...(items.length === 0 ? plainSections(text.none) : []),
      ...items.slice(0, MAX_ITEMS).flatMap((item, index) => {
        const value = `${loaded.meeting.id}/${item.id}`;
        const isChanged = isArranger || item.proposedBy === actor.slackUserId;
        const buttons = isChanged ? buttonsOf(value, isArranger) : [];
        const [title] = plainSections(`${index + 1}. ${item.title}`);
        return [
          ...(title
            ? [
                {
                  ...title,
                  ...(isChanged ? { accessory: button(AGENDA_ACTIONS.edit, text.edit, value) } : {}),
                },
              ]
            : []),
          contextLine(escapeMrkdwn(factsOf(item).join('　'))),
          ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
        ];
      }),
    ],
  };
}

/** Center, length and references of an item. */
export function factsOf(item: OpenedItem): string[] {
  return [item.centerShort, text.minutes(item.minutes), item.consultation, item.issue].filter(
    (each) => each !== null,
  );
}

function buttonsOf(value: string, isArranger: boolean): types.Button[] {
  return [
    ...(isArranger
      ? [button(AGENDA_ACTIONS.up, text.up, value), button(AGENDA_ACTIONS.down, text.down, value)]
      : []),
    {
      ...button(AGENDA_ACTIONS.remove, text.remove, value),
      confirm: {
        title: plain(text.removeTitle),
        text: plain(text.removeQuestion),
        confirm: plain(text.removeConfirm),
        deny: plain(text.removeCancel),
      },
    },
  ];
}
