/** 定型文: the list and the form in 設定, and the choice in the form of an answer. */
import type { types } from '@slack/bolt';
import { cutText } from '../../../lib/japanese.ts';
import { formatInstant } from '../../../lib/jst.ts';
import { button, contextLine, option, plain, plainSections } from '../../../slack/block-kit.ts';
import { input } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { settingsText } from '../../directory/settings/text.ts';
import { paragraph } from '../inputs.ts';
import type { OpenedTemplate, TemplateTitle } from './data.ts';
import { type FormState, fieldsOf, MAX_TEMPLATES, type TemplateInput, writeState } from './schema.ts';
import { templatesText as text } from './text.ts';

export const TEMPLATE_ACTIONS = {
  open: 'settings.templates',
  add: 'templates.add',
  choose: 'templates.choose',
  remove: 'templates.remove',
  back: 'templates.back',
  insert: 'consultation.insert_template',
} as const;
export const TEMPLATE_FORM = 'templates.form';

/** Slack's limit of an option's text. */
const MAX_OPTION = 75;

/** @param notices sentences about what was just done */
export function templateListModal(
  templates: readonly TemplateTitle[],
  notices: readonly string[] = [],
): ModalView {
  const isFull = templates.length >= MAX_TEMPLATES;
  return {
    type: 'modal',
    callback_id: 'templates.list',
    title: plain(text.label),
    close: plain(settingsText.back),
    blocks: [
      ...notices.flatMap(plainSections),
      contextLine(text.intro),
      ...plainSections(templates.length > 0 ? text.count(templates.length) : text.empty),
      ...(isFull ? [contextLine(text.full)] : [addLine()]),
      ...(templates.length > 0 ? [chooseLine(templates)] : []),
    ],
  };
}

function addLine(): types.ActionsBlock {
  return { type: 'actions', elements: [button(TEMPLATE_ACTIONS.add, text.add, 'new', 'primary')] };
}

function chooseLine(templates: readonly TemplateTitle[]): types.SectionBlock {
  return {
    type: 'section',
    text: plain(text.chooseTitle),
    accessory: templateSelect(TEMPLATE_ACTIONS.choose, text.choose, templates),
  };
}

/**
 * The form of one template.
 * @param shown what stands in its inputs when it opens
 */
export function templateModal(
  state: FormState,
  shown: TemplateInput,
  above: readonly types.KnownBlock[] = [],
): ModalView {
  const fields = fieldsOf(state.form);
  return {
    type: 'modal',
    callback_id: TEMPLATE_FORM,
    private_metadata: writeState(state),
    title: plain(state.id === null ? text.newTitle : text.editTitle),
    submit: plain(settingsText.save),
    close: plain(settingsText.back),
    blocks: [
      ...above,
      input(fields.title, text.fields.title, titleInput(shown.title), true),
      input(fields.body, text.fields.body, paragraph(shown.body), true),
      {
        type: 'actions',
        elements: [
          button(TEMPLATE_ACTIONS.back, text.back, 'back'),
          ...(state.id === null ? [] : [removeButton(`${state.id}/${state.version}`)]),
        ],
      },
    ],
  };
}

/** What somebody else wrote while the form was open. */
export function changedNotice(latest: OpenedTemplate): types.KnownBlock[] {
  return [
    ...plainSections(text.changedMeanwhile(latest.updatedByName, formatInstant(latest.updatedAt))),
    ...plainSections(text.now(latest.title)),
    ...plainSections(latest.body),
    { type: 'divider' },
  ];
}

/** The choice above the text of an answer; its block is new each time, so that the same template can be chosen again. */
export function insertBlocks(templates: readonly TemplateTitle[]): types.ActionsBlock[] {
  if (templates.length === 0) return [];
  return [
    {
      type: 'actions',
      block_id: `template.${crypto.randomUUID()}`,
      elements: [templateSelect(TEMPLATE_ACTIONS.insert, text.insert, templates)],
    },
  ];
}

function templateSelect(
  actionId: string,
  placeholder: string,
  templates: readonly TemplateTitle[],
): types.StaticSelect {
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plain(placeholder),
    options: templates
      .slice(0, MAX_TEMPLATES)
      .map(({ id, title }) => option(id, cutText(title, MAX_OPTION)[0] ?? '')),
  };
}

function titleInput(initial: string): types.PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: 'input',
    ...(initial === '' ? {} : { initial_value: initial }),
  };
}

function removeButton(value: string): types.Button {
  return {
    ...button(TEMPLATE_ACTIONS.remove, text.remove, value, 'danger'),
    confirm: {
      title: plain(text.removeTitle),
      text: plain(text.removeQuestion),
      confirm: plain(text.remove),
      deny: plain(text.keep),
    },
  };
}
