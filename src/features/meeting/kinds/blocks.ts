/** The list of 会議体, and the form of one. */
import type { types } from '@slack/bolt';
import {
  button,
  contextLine,
  markdownSection,
  noticeSections,
  option,
  plain,
} from '../../../slack/block-kit.ts';
import {
  checkboxes,
  input,
  multiSelect,
  radio,
  textArea,
  textLine,
  timePicker,
} from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { peopleSelect } from '../../directory/inputs.ts';
import type { MeetingKind } from '../../directory/meeting-kinds/rules.ts';
import { KIND_DEFAULTS, readAttendees } from '../../directory/meeting-kinds/rules.ts';
import type { MeetingKindFile } from '../../directory/meeting-kinds/schema.ts';
import { HOLIDAY_RULES, HOLIDAY_WORDS, HOST_WORDS, HOSTS } from '../../directory/meeting-kinds/words.ts';
import { attendeeInputs, type KindState, RULE_BOXES } from './schema.ts';
import { kindsText as text } from './text.ts';

export const KIND_ACTIONS = {
  open: 'meeting.kinds',
  add: 'meeting.kind_add',
  change: 'meeting.kind_change',
  archive: 'meeting.kind_archive',
} as const;
export const KIND_FORM = 'meeting.kind';

/** With the frame around them they stay below Slack's 100 blocks of a modal. */
const MAX_KINDS = 90;
/** Slack's limit of a menu. */
const MAX_OPTIONS = 100;
/** The fiscal year's order, where it begins in April. */
const MONTHS = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3];

export function kindsModal(
  kinds: readonly MeetingKind[],
  { notices = [], links = [] }: { notices?: readonly string[]; links?: readonly types.Button[] } = {},
): ModalView {
  const hidden = kinds.length - MAX_KINDS;
  return {
    type: 'modal',
    callback_id: 'meeting.kinds_view',
    title: plain(text.title),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      contextLine(text.intro),
      { type: 'actions', elements: [button(KIND_ACTIONS.add, text.add, 'new', 'primary'), ...links] },
      ...(kinds.length === 0 ? [markdownSection(text.none)] : kinds.slice(0, MAX_KINDS).map(kindSection)),
      ...(hidden > 0 ? [contextLine(text.full(hidden))] : []),
    ],
  };
}

function kindSection(kind: MeetingKind): types.SectionBlock {
  const { id, name, host, heldBy, months, quorum } = kind;
  const rhythm =
    months.length === 0
      ? text.whenNeeded
      : months.length === MONTHS.length
        ? text.monthly
        : text.months(inYear(months));
  const facts = [
    escapeMrkdwn(heldBy ?? HOST_WORDS[host]),
    rhythm,
    ...(quorum === null ? [] : [text.quorum(quorum)]),
    ...(kind.isPrivate ? [text.private] : []),
    ...(kind.isTraining ? [text.training] : []),
  ];
  return {
    ...markdownSection([`*${escapeMrkdwn(name)}*`, facts.join('　')].join('\n')),
    accessory: button(KIND_ACTIONS.change, text.change, id),
  };
}

function inYear(months: readonly number[]): number[] {
  return MONTHS.filter((month) => months.includes(month));
}

/** What the form offers for choice. */
export interface KindChoices {
  people: readonly { slackUserId: string; name: string }[];
  professions: readonly string[];
}

/** @param kind undefined for a new one */
export function kindModal(
  state: KindState,
  kind: MeetingKindFile | undefined,
  choices: KindChoices,
  notices: readonly string[] = [],
): ModalView {
  return {
    type: 'modal',
    callback_id: KIND_FORM,
    private_metadata: JSON.stringify(state),
    title: plain(kind ? text.formTitle : text.newTitle),
    submit: plain(text.save),
    close: plain(text.cancel),
    blocks: [
      ...noticeSections(notices),
      ...hostInputs(kind),
      ...attendeeBlocks(kind, choices),
      ...dateInputs(kind),
      ...placeInputs(kind),
      ...(state.id === null ? [] : [{ type: 'actions' as const, elements: [archiveButton(state)] }]),
    ],
  };
}

function hostInputs(kind: MeetingKindFile | undefined): types.InputBlock[] {
  const { fields } = text;
  return [
    input('name', { label: fields.name }, textLine({ initial: kind?.name }), true),
    input(
      'host',
      { label: fields.host },
      radio(
        HOSTS.map((host) => option(host, HOST_WORDS[host])),
        kind?.host ?? KIND_DEFAULTS.host,
      ),
      true,
    ),
    input('heldBy', { label: fields.heldBy, hint: fields.heldByHint }, textLine({ initial: kind?.heldBy })),
  ];
}

function attendeeBlocks(kind: MeetingKindFile | undefined, choices: KindChoices): types.InputBlock[] {
  const { fields } = text;
  const chosen = attendeeInputs(readAttendees(kind?.attendees ?? ''));
  // What somebody has typed of a profession stays a choice, also when nobody of it works here just now.
  const professions = [...new Set([...chosen.professions, ...choices.professions])].slice(0, MAX_OPTIONS);
  return [
    input(
      'rules',
      { label: fields.rules },
      checkboxes(
        RULE_BOXES.map((box) => option(box, text.rules[box])),
        chosen.boxes,
      ),
    ),
    ...(professions.length === 0
      ? []
      : [
          input(
            'professions',
            { label: fields.professions },
            multiSelect(
              professions.map((each) => option(each, each)),
              { chosen: chosen.professions, placeholder: text.choose },
            ),
          ),
        ]),
    input('people', { label: fields.people }, peopleSelect(choices.people, text.choose, chosen.people)),
    input('guests', { label: fields.guests, hint: fields.guestsHint }, textArea({ initial: chosen.guests })),
    input(
      'outside',
      { label: fields.outside, hint: fields.outsideHint },
      textLine({ initial: chosen.outside }),
    ),
  ];
}

function dateInputs(kind: MeetingKindFile | undefined): types.InputBlock[] {
  const { fields } = text;
  return [
    input(
      'months',
      { label: fields.months, hint: fields.monthsHint },
      multiSelect(
        MONTHS.map((month) => option(String(month), text.months([month]))),
        { chosen: (kind?.months ?? []).map(String), placeholder: text.choose },
      ),
    ),
    input(
      'day',
      { label: fields.day, hint: fields.dayHint },
      textLine({ initial: kind?.day ?? KIND_DEFAULTS.day }),
    ),
    input('starts', { label: fields.starts }, timePicker(kind?.starts ?? KIND_DEFAULTS.starts), true),
    input(
      'minutes',
      { label: fields.minutes },
      textLine({ initial: String(kind?.minutes ?? KIND_DEFAULTS.minutes) }),
      true,
    ),
    input(
      'holidays',
      { label: fields.holidays },
      radio(
        HOLIDAY_RULES.map((rule) => option(rule, HOLIDAY_WORDS[rule])),
        kind?.holidays ?? KIND_DEFAULTS.holidays,
      ),
      true,
    ),
  ];
}

function placeInputs(kind: MeetingKindFile | undefined): types.InputBlock[] {
  const { fields } = text;
  const flags = [
    option('private', text.private, text.privateNote),
    option('training', text.training, text.trainingNote),
  ];
  const held = [...(kind?.private ? ['private'] : []), ...(kind?.training ? ['training'] : [])];
  const quorum = kind?.quorum === 'majority' ? text.majority : kind?.quorum?.toString();
  return [
    input('place', { label: fields.place }, textLine({ initial: kind?.place })),
    input('url', { label: fields.url }, textLine({ initial: kind?.url })),
    input('quorum', { label: fields.quorum, hint: fields.quorumHint }, textLine({ initial: quorum })),
    input(
      'channel',
      { label: fields.channel, hint: fields.channelHint },
      textLine({ initial: kind?.channel }),
    ),
    input('flags', { label: fields.flags }, checkboxes(flags, held)),
  ];
}

function archiveButton({ id, seen }: KindState): types.Button {
  return {
    ...button(KIND_ACTIONS.archive, text.archive, `${id}/${seen}`, 'danger'),
    confirm: {
      title: plain(text.archiveTitle),
      text: plain(text.archiveQuestion),
      confirm: plain(text.yes),
      deny: plain(text.no),
    },
  };
}
