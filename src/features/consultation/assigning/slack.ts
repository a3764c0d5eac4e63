/** 担当になる, 担当を外れる, 担当を決める and the answers to it: buttons and forms. */

import { done, refused } from '../../../lib/result.ts';
import { contextLine } from '../../../slack/block-kit.ts';
import type { Press } from '../../../slack/feature.ts';
import { textValue } from '../../../slack/form.ts';
import { input } from '../../../slack/inputs.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { listCenterStaff } from '../../directory/data.ts';
import { actorOf } from '../../directory/gate.ts';
import { personSelect } from '../../directory/inputs.ts';
import { type CasePart, formInSlack, type OperationInSlack, pressInSlack } from '../forms.ts';
import { paragraph } from '../inputs.ts';
import { beginOperation } from '../mutations.ts';
import { tellRefusal } from '../refusals.ts';
import { MAX_BODY, readOne, readOptional } from '../schema.ts';
import {
  assignConsultation,
  beginRefusing,
  claimConsultation,
  confirmAssignment,
  refuseAssignment,
  releaseConsultation,
} from './mutations.ts';
import { assigningText as text } from './text.ts';

const releaseForm = formInSlack({
  operation: 'release',
  title: text.release.title,
  submit: text.release.submit,
  mainField: 'reason',
  blocks: () => [contextLine(text.release.notice), input('reason', text.release.reason, paragraph(''), true)],
  read: (values) => readOne(values, 'reason', MAX_BODY),
  store: releaseConsultation,
});

const assignForm = formInSlack({
  operation: 'assign',
  holds: 'references',
  title: text.assign.title,
  submit: text.assign.submit,
  mainField: 'person',
  async blocks({ scope, loaded: { consultation: of, coreCenter } }) {
    const colleagues = await listCenterStaff(scope.db, coreCenter);
    const asked = colleagues.find(({ slackUserId }) => slackUserId === of.proposedPerson);
    return [
      contextLine(text.assign.notice),
      ...(of.isRestricted ? [contextLine(text.assign.restrictedNotice)] : []),
      ...(asked ? [contextLine(escapeMrkdwn(text.assign.proposed(asked.name)))] : []),
      input('person', text.assign.person, personSelect(colleagues, text.assign.person.placeholder), true),
    ];
  },
  async read(values, { scope, loaded: { coreCenter } }) {
    const chosen = textValue(values, 'person');
    const colleagues = await listCenterStaff(scope.db, coreCenter);
    const person = colleagues.find(({ slackUserId }) => slackUserId === chosen);
    return person ? done(person) : refused({ person: text.assign.notCore });
  },
  store: assignConsultation,
});

const refuseForm = formInSlack({
  operation: 'refuse_assignment',
  title: text.refuse.title,
  submit: text.refuse.submit,
  mainField: 'reason',
  blocks: () => [contextLine(text.refuse.notice), input('reason', text.refuse.reason, paragraph(''))],
  read(values) {
    const reason = readOptional(values, 'reason', MAX_BODY);
    return reason.ok ? reason : refused({ reason: reason.refusal });
  },
  store: refuseAssignment,
});

/** The value is `id/ms` of the request that the button answers. */
async function pressRefuse(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const [id = '', about = ''] = press.value.split('/');
  const begun = await beginOperation(scope, actor, id, 'refuse_assignment');
  const present = begun.ok ? await beginRefusing(scope, actor, begun.value, about) : begun;
  if (!present.ok) return tellRefusal(press, present.refusal);
  await refuseForm.press(press);
}

const refuse: OperationInSlack = { ...refuseForm, press: pressRefuse };

export const assigning: CasePart = {
  operations: {
    claim: pressInSlack('claim', claimConsultation),
    release: releaseForm,
    assign: assignForm,
    confirm_assignment: pressInSlack('confirm_assignment', confirmAssignment),
    refuse_assignment: refuse,
  },
};
