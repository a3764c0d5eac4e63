/** 終結 in Slack: its form, its buttons, objecting and reopening. */
import type { Press } from '../../../slack/feature.ts';
import { input } from '../../../slack/inputs.ts';
import { actorOf } from '../../directory/gate.ts';
import { actionIdOf } from '../blocks.ts';
import { openCaseKeyOf } from '../content/data.ts';
import { type CasePart, formInSlack, pressInSlack } from '../forms.ts';
import { paragraph } from '../inputs.ts';
import { beginOperation, recordRefusal } from '../mutations.ts';
import { noteReading } from '../reading/mutations.ts';
import { tellRefusal } from '../refusals.ts';
import { isIncident } from '../rules.ts';
import { MAX_BODY, readOne } from '../schema.ts';
import { closingInputs } from './blocks.ts';
import { openClosingReport } from './data.ts';
import {
  confirmClosing,
  isProposal,
  objectToClosing,
  proposeClosing,
  refusalOfOlder,
  reopenConsultation,
} from './mutations.ts';
import { readClosing } from './schema.ts';
import { closingText as text } from './text.ts';

const proposeForm = formInSlack({
  operation: 'propose_closing',
  reads: true,
  title: text.title,
  submit: text.submit,
  mainField: 'outcome',
  async blocks({ scope, actor, loaded }) {
    const { consultation: of } = loaded;
    await noteReading(scope, actor, of.id, { what: 'closing' });
    const earlier = await openClosingReport(scope.db, await openCaseKeyOf(scope, of.id), of);
    return closingInputs(loaded, earlier, scope.now);
  },
  read: (values, { loaded }) => readClosing(values, isIncident(loaded.consultation)),
  store: proposeClosing,
});

const reasonInputs = () => [input('reason', text.reason, paragraph(''), true)];

const objectForm = formInSlack({
  operation: 'object_closing',
  title: text.objectTitle,
  submit: text.objectSubmit,
  mainField: 'reason',
  blocks: reasonInputs,
  read: (values) => readOne(values, 'reason', MAX_BODY),
  store: objectToClosing,
});

const reopenForm = formInSlack({
  operation: 'reopen',
  title: text.reopenTitle,
  submit: text.reopenSubmit,
  mainField: 'reason',
  blocks: reasonInputs,
  read: (values) => readOne(values, 'reason', MAX_BODY),
  store: reopenConsultation,
});

export const closing: CasePart = {
  operations: {
    propose_closing: proposeForm,
    confirm_closing: pressInSlack('confirm_closing', confirmClosing),
    object_closing: { press: pressObject, submit: objectForm.submit },
    reopen: reopenForm,
  },
};

/** The button of an older proposal must not open the form about the one that is open now. */
async function pressObject(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const [id = '', proposedAt = ''] = press.value.split('/');
  const begun = await beginOperation(scope, actor, id, 'object_closing');
  if (!begun.ok) return tellRefusal(press, begun.refusal);
  if (isProposal(begun.value.consultation, proposedAt)) return objectForm.press(press);
  await recordRefusal(scope, actor, { id, loaded: begun.value }, actionIdOf('object_closing'), 'changed');
  await tellRefusal(press, await refusalOfOlder(scope, begun.value, proposedAt));
}
