/** The button 回答する and its form. */
import { japanDate } from '../../../lib/jst.ts';
import type { Press } from '../../../slack/feature.ts';
import { keepsTypedTextOut, leadToPage, openModal } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import { openCaseKeyOf, openContent } from '../content/data.ts';
import { type CasePart, formInSlack, type Opened, type OperationForm, viewOf } from '../forms.ts';
import { beginOperation } from '../mutations.ts';
import { operationPath } from '../pages/paths.ts';
import { needsPurpose } from '../purpose/data.ts';
import { noteReading } from '../reading/mutations.ts';
import { tellRefusal } from '../refusals.ts';
import { MAX_BODY, readOne } from '../schema.ts';
import { TEMPLATE_ACTIONS } from '../templates/blocks.ts';
import { findChosen, listTemplates, type OpenedTemplate } from '../templates/data.ts';
import { templatesText } from '../templates/text.ts';
import { answerBlocks, type BodyInput } from './blocks.ts';
import { answerConsultation } from './mutations.ts';
import { bodyField, nextBodyField, withTemplate } from './schema.ts';
import { answeringText } from './text.ts';

const answerForm: OperationForm<string> = {
  operation: 'answer',
  title: answeringText.title,
  submit: answeringText.submit,
  mainField: bodyField,
  reads: true,
  blocks: (opened) => blocksOf(opened, { field: bodyField(opened.values), initial: '' }),
  read: (values) => readOne(values, bodyField(values), MAX_BODY),
  store: answerConsultation,
};

export const answering: CasePart = {
  operations: { answer: formInSlack(answerForm) },
  presses: { [TEMPLATE_ACTIONS.insert]: insertTemplate },
};

/** The question stands above the answer. */
async function blocksOf({ scope, actor, loaded: { consultation: of } }: Opened, body: BodyInput) {
  await noteReading(scope, actor, of.id, { what: 'question' });
  const [content, templates] = await Promise.all([
    openContent(scope.db, await openCaseKeyOf(scope, of.id), of),
    listTemplates(scope),
  ]);
  return answerBlocks(of, content, templates, body);
}

/**
 * Puts the chosen 定型文 below what was typed. The form remembers the case's version as before: what others changed meanwhile is still
 * told when it is sent. Letters typed while Slack shows the new form may be lost, which Slack gives no means to prevent.
 */
async function insertTemplate(press: Press): Promise<void> {
  const { context, modal, value } = press;
  if (!modal) return tellRefusal(press, { reason: 'not-found' });
  const { scope } = context;
  const actor = actorOf(context);
  const [id = ''] = modal.metadata.split('/');
  const begun = await beginOperation(scope, actor, id, 'answer');
  if (!begun.ok) return tellRefusal({ ...press, value: id }, begun.refusal);
  const { consultation: of } = begun.value;
  // The form itself asked for it; a forged one did not.
  if (await needsPurpose(scope, actor, begun.value))
    return tellRefusal({ ...press, value: id }, { reason: 'purpose-needed', of });
  const way = { holds: 'typed', page: operationPath(of.reference, 'answer'), inModal: 'replace' } as const;
  if (keepsTypedTextOut(context)) return leadToPage(press, way);
  const body = bodyWith(modal.values, await findChosen(scope, value));
  const opened = {
    scope,
    actor,
    loaded: begun.value,
    today: japanDate(scope.now),
    about: '',
    values: modal.values,
  };
  const view = await viewOf({ ...answerForm, blocks: () => blocksOf(opened, body) }, opened);
  await openModal(press, { ...view, private_metadata: modal.metadata }, way);
}

/** Slack counts the letters of an input as UTF-16 units. What does not fit, or is gone, leaves the text as it is. */
function bodyWith(values: Opened['values'], template: OpenedTemplate | undefined): BodyInput {
  const unchanged = { field: bodyField(values), initial: '' };
  if (!template) return { ...unchanged, notice: templatesText.notThere };
  const initial = withTemplate(values, template.body);
  return initial.length <= MAX_BODY
    ? { field: nextBodyField(values), initial }
    : { ...unchanged, notice: templatesText.doesNotFit(template.title) };
}
