/** The modal of applications to one training: whom this person may apply for, and who is on the list. */
import type { types } from '@slack/bolt';
import {
  button,
  contextLine,
  markdownSection,
  noticeSections,
  plain,
  plainSections,
} from '../../../../slack/block-kit.ts';
import { input, textLine } from '../../../../slack/inputs.ts';
import type { ModalView } from '../../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { Actor } from '../../../directory/actor.ts';
import { personSelect } from '../../../directory/inputs.ts';
import { factLines } from '../../cards/blocks.ts';
import { circleOf, type LoadedMeeting } from '../../data.ts';
import { mayArrange } from '../../rules.ts';
import { meetingText } from '../../text.ts';
import type { Application, Colleague } from '../data.ts';
import { isFor, mayApplyFor, placeInLine } from '../rules.ts';
import { trainingText as text } from '../text.ts';

export const APPLY_FORM = 'training.apply_form';
export const WITHDRAW = 'training.withdraw';
export const SEATS = 'training.seats';
export const SEATS_FORM = 'training.seats_form';

/** With what frames it, the list stays below Slack's 100 blocks. */
const MAX_LISTED = 80;

/** `id person`, the value of the button that withdraws. */
export function withdrawValue(id: string, person: string): string {
  return `${id} ${person}`;
}

/**
 * @param colleagues whom this person may apply for besides herself; empty for most
 * @param notices what was just done
 */
export function applyModal(
  loaded: LoadedMeeting,
  actor: Actor,
  { applications, colleagues }: { applications: readonly Application[]; colleagues: readonly Colleague[] },
  notices: readonly string[] = [],
): ModalView {
  const { meeting, kind } = loaded;
  const isArranger = mayArrange(actor, circleOf(loaded));
  const listed = applications.filter(({ person, center }) =>
    mayApplyFor(actor, { slackUserId: person, center }, isArranger),
  );
  const fitting = colleagues.filter(
    ({ slackUserId, profession }) =>
      isFor(loaded.training?.professions ?? [], profession) &&
      !applications.some(({ person }) => person === slackUserId),
  );
  const isOwnKnown = applications.some(({ person }) => person === actor.slackUserId);
  const isOpen = meeting.status === 'fixed' && (colleagues.length > 0 ? fitting.length > 0 : !isOwnKnown);
  return {
    type: 'modal',
    callback_id: APPLY_FORM,
    private_metadata: meeting.id,
    title: plain(text.apply.title),
    ...(isOpen ? { submit: plain(text.apply.submit) } : {}),
    close: plain(text.back),
    blocks: [
      ...noticeSections(notices),
      markdownSection(
        [
          `*${escapeMrkdwn(meetingText.name(meeting.reference, kind.name, meeting.title))}*`,
          ...factLines(loaded),
          ...trainingLines(loaded),
        ].join('\n'),
      ),
      ...(isOpen && fitting.length > 0 ? [personInput(fitting, actor)] : []),
      { type: 'divider' },
      markdownSection(`*${text.apply.listed}*`),
      ...(listed.length === 0 ? plainSections(text.apply.noneListed) : []),
      ...listed.slice(0, MAX_LISTED).map((each) => listedSection(meeting.id, applications, each)),
      ...(listed.length > MAX_LISTED ? [contextLine(text.more(listed.length - MAX_LISTED))] : []),
    ],
  };
}

function personInput(fitting: readonly Colleague[], actor: Actor): types.InputBlock {
  const people = fitting.map(({ slackUserId, name, centerShort }) => ({
    slackUserId,
    name: `${name}（${centerShort}）`,
  }));
  return input(
    'person',
    { label: text.apply.person },
    personSelect(people, text.apply.choose, actor.slackUserId),
    true,
  );
}

function listedSection(id: string, all: readonly Application[], each: Application): types.SectionBlock {
  return {
    type: 'section',
    text: plain(text.applicant(each.name, each.centerShort, stateOf(all, each.person))),
    accessory: {
      ...button(WITHDRAW, text.apply.withdraw, withdrawValue(id, each.person)),
      confirm: {
        title: plain(text.apply.withdrawTitle),
        text: plain(text.apply.withdrawQuestion),
        confirm: plain(text.apply.withdrawConfirm),
        deny: plain(text.apply.withdrawDeny),
      },
    },
  };
}

/** How an application stands, in words. */
export function stateOf(all: readonly Application[], person: string): string {
  const place = placeInLine(all, person);
  return place === null ? text.state.accepted : text.state.waiting(place);
}

/** Whom it is for, until when one applies, and how full it is. */
export function trainingLines({ training }: Pick<LoadedMeeting, 'training'>): string[] {
  if (!training) return [];
  const { facts } = text;
  return [
    text.fact(facts.professions, escapeMrkdwn(text.professionsOf(training.professions))),
    text.fact(facts.applyBy, text.day(training.applyBy)),
    text.fact(facts.seats, text.seats(training.seats)),
    meetingText.trainingCount(training.accepted, training.seats, training.waiting),
  ];
}

export function seatsModal({ meeting, training }: LoadedMeeting): ModalView {
  return {
    type: 'modal',
    callback_id: SEATS_FORM,
    private_metadata: meeting.id,
    title: plain(text.changeSeats.title),
    submit: plain(text.submit),
    close: plain(text.back),
    blocks: [
      input(
        'seats',
        { label: text.changeSeats.field },
        textLine({ max: 10, initial: training?.seats ? String(training.seats) : '' }),
      ),
    ],
  };
}
