/** The modal 不在と代理: a form on top, below it who is away now and soon. */
import type { types } from '@slack/bolt';
import { button, contextLine, noticeSections, plain, plainSections } from '../../../slack/block-kit.ts';
import { datePicker, input } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { Actor } from '../actor.ts';
import type { Colleague } from '../data.ts';
import { personSelect } from '../inputs.ts';
import type { NamedAbsence } from './data.ts';
import { mayNoteAbsenceOf } from './rules.ts';
import type { AbsenceField } from './schema.ts';
import { absenceText as text } from './text.ts';

export const ABSENCE_FORM = 'absence.form';
export const END_ABSENCE = 'absence.end';

/** With the form and what frames it the list stays below Slack's 100 blocks of a modal. */
const MAX_LISTED = 85;

/**
 * The modal. Each absence noted in it begins a form of its own, whose inputs are empty again.
 * @param form which form of this modal it is: 0, 1, …
 * @param notices sentences about what was just done
 */
export function absenceModal(
  actor: Actor,
  colleagues: readonly Colleague[],
  absences: readonly NamedAbsence[],
  form: number,
  notices: readonly string[] = [],
): ModalView {
  const hasDeputies = colleagues.some((each) => each.slackUserId !== actor.slackUserId);
  return {
    type: 'modal',
    callback_id: ABSENCE_FORM,
    private_metadata: String(form),
    title: plain(text.label),
    ...(hasDeputies ? { submit: plain(text.submit) } : {}),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      contextLine(text.intro),
      ...(hasDeputies ? formBlocks(actor, colleagues, form) : plainSections(text.nobodyElse)),
      { type: 'divider' },
      { type: 'header', text: plain(text.listTitle) },
      ...listBlocks(actor, absences),
    ],
  };
}

/** The block id of a field: another one in each form of a modal, since Slack keeps what was typed where ids stay. */
export function blockOf(field: AbsenceField, form: number): string {
  return `${field}.${form}`;
}

function formBlocks(actor: Actor, colleagues: readonly Colleague[], form: number): types.KnownBlock[] {
  const { fields } = text;
  const isManager = actor.role === 'manager';
  const deputies = colleagues.filter((each) => isManager || each.slackUserId !== actor.slackUserId);
  const whose = input(
    blockOf('person', form),
    { label: fields.person },
    personSelect(colleagues, text.choose, actor.slackUserId),
    true,
  );
  return [
    ...(isManager ? [whose] : []),
    input(blockOf('fromOn', form), { label: fields.fromOn }, datePicker(), true),
    input(blockOf('untilOn', form), { label: fields.untilOn, hint: text.untilHint }, datePicker(), true),
    input(
      blockOf('deputy', form),
      { label: fields.deputy, hint: text.deputyHint },
      personSelect(deputies, text.choose),
      true,
    ),
  ];
}

function listBlocks(actor: Actor, absences: readonly NamedAbsence[]): types.KnownBlock[] {
  if (absences.length === 0) return plainSections(text.listEmpty);
  const hidden = absences.length - MAX_LISTED;
  return [
    ...absences.slice(0, MAX_LISTED).map((absence) => listItem(actor, absence)),
    ...(hidden > 0 ? [contextLine(text.listMore(hidden))] : []),
  ];
}

function listItem(actor: Actor, absence: NamedAbsence): types.SectionBlock {
  const days = text.span(absence.fromOn, absence.untilOn);
  const deputy = absence.isDeputyThere ? absence.deputyName : text.deputyLeft(absence.deputyName);
  const mayEnd = mayNoteAbsenceOf(actor, { slackUserId: absence.person, center: absence.personCenter });
  return {
    type: 'section',
    text: plain(text.listItem(absence.personName, days, deputy)),
    ...(mayEnd ? { accessory: endButton(absence.id) } : {}),
  };
}

function endButton(id: string): types.Button {
  return {
    ...button(END_ABSENCE, text.end, id),
    confirm: {
      title: plain(text.endTitle),
      text: plain(text.endQuestion),
      confirm: plain(text.endConfirm),
      deny: plain(text.endCancel),
    },
  };
}
