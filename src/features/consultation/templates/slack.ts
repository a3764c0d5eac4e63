/** 定型文 in 設定: the list, and the form that takes its place. */
import { plainSections } from '../../../slack/block-kit.ts';
import type { Press, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { keepsTypedTextOut, leadToPage, type ModalView, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { actorOf } from '../../directory/gate.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { SETTINGS_PATH } from '../../directory/settings/paths.ts';
import type { SettingsSection } from '../../directory/settings/slack.ts';
import { settingsText } from '../../directory/settings/text.ts';
import {
  changedNotice,
  TEMPLATE_ACTIONS,
  TEMPLATE_FORM,
  templateListModal,
  templateModal,
} from './blocks.ts';
import { findChosen, listTemplates } from './data.ts';
import { removeTemplate, saveTemplate, type TemplateRefusal } from './mutations.ts';
import { mayKeepTemplates } from './rules.ts';
import { type FormState, fieldsOf, readState, readTemplate, type TemplateInput } from './schema.ts';
import { templatesText as text } from './text.ts';

/** Titles and texts are typed by people. */
const WAY = { holds: 'typed', page: `${SETTINGS_PATH}/templates` } as const;

export const templateSettings: SettingsSection = {
  label: text.label,
  summary: text.summary,
  actionId: TEMPLATE_ACTIONS.open,
  isFor: mayKeepTemplates,
  press: async (press) => {
    if (keepsTypedTextOut(press.context)) return leadToPage(press, WAY);
    await openModal(press, await listView(press.context.scope), WAY);
  },
  presses: {
    [TEMPLATE_ACTIONS.add]: (press) => replace(press, async () => newForm()),
    [TEMPLATE_ACTIONS.choose]: (press) => replace(press, openChosen),
    [TEMPLATE_ACTIONS.remove]: (press) => replace(press, remove),
    [TEMPLATE_ACTIONS.back]: (press) => replace(press, ({ context }) => listView(context.scope)),
  },
  submissions: { [TEMPLATE_FORM]: submitTemplate },
};

/** Shows another view in the place of the one that was pressed in. A copied button of somebody else is refused and logged. */
async function replace(press: Press, show: (press: Press) => Promise<ModalView>): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  if (mayKeepTemplates(actor)) {
    const way = { ...WAY, inModal: 'replace' } as const;
    return keepsTypedTextOut(press.context)
      ? leadToPage(press, way)
      : openModal(press, await show(press), way);
  }
  await noteRefusal(scope, actor, 'template.read');
  await sayTo(scope, press.person, press.channel, { text: settingsText.notForYou });
}

async function listView(scope: Scope, ...notices: string[]): Promise<ModalView> {
  return templateListModal(await listTemplates(scope), notices);
}

function newForm(): ModalView {
  return templateModal({ id: null, version: 0, form: newFormId() }, { title: '', body: '' });
}

async function openChosen({ context, value }: Press): Promise<ModalView> {
  const template = await findChosen(context.scope, value);
  if (!template) return listView(context.scope, text.notThere);
  const { id, version, title, body } = template;
  return templateModal({ id, version, form: newFormId() }, { title, body });
}

/** The button's value names the version that was shown: what somebody else has changed since is shown before it goes. */
async function remove({ context, value }: Press): Promise<ModalView> {
  const { scope } = context;
  const [id = '', version = ''] = value.split('/');
  const removed = await removeTemplate(scope, actorOf(context), { id, version: Number(version) });
  if (removed.ok) return listView(scope, text.removed(removed.value.title));
  const { refusal } = removed;
  if (refusal.reason !== 'changed') return listView(scope, text.notThere);
  const { latest } = refusal;
  return templateModal({ id, version: latest.version, form: newFormId() }, latest, changedNotice(latest));
}

async function submitTemplate({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const state = readState(metadata);
  const input = readTemplate(values, state.form);
  if (!input.ok) return { errors: input.refusal };
  const saved = await saveTemplate(scope, actorOf(context), state, input.value);
  if (saved.ok)
    return keepsTypedTextOut(context)
      ? 'close'
      : { update: await listView(scope, text.saved(saved.value.title)) };
  return refusedAnswer(state, input.value, saved.refusal);
}

/** The same inputs, which keep what was typed. */
function refusedAnswer(state: FormState, typed: TemplateInput, refusal: TemplateRefusal): SubmissionAnswer {
  const { title } = fieldsOf(state.form);
  switch (refusal.reason) {
    case 'changed': {
      const { latest } = refusal;
      const now = { ...state, version: latest.version };
      return { update: templateModal(now, typed, changedNotice(latest)) };
    }
    case 'removed':
      return {
        update: templateModal(
          { ...state, id: null, version: 0 },
          typed,
          plainSections(text.removedMeanwhile),
        ),
      };
    case 'full':
      return { errors: { [title]: text.full } };
    case 'sent-before':
      return { errors: { [title]: text.sentBefore } };
    case 'not-allowed':
      return { errors: { [title]: settingsText.notForYou } };
  }
}

/** Of an opened form: what is sent twice is recognised by it. */
function newFormId(): string {
  return crypto.randomUUID();
}
