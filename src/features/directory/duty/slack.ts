/** 受付当番 in 設定. */

import type { Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { listValue } from '../../../slack/form.ts';
import { type ModalView, openModal } from '../../../slack/modal.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../actor.ts';
import { listCenterStaff } from '../data.ts';
import { actorOf } from '../gate.ts';
import { mayChangeDuty } from '../rules.ts';
import { SETTINGS_WAY } from '../settings/paths.ts';
import { type SettingsSection, tellWhoWasFirst } from '../settings/slack.ts';
import { settingsText } from '../settings/text.ts';
import { DUTY_FORM, dutyModal } from './blocks.ts';
import { CHANGE_DUTY, changeDuty, type DutyRefusal, markOfDuty } from './mutations.ts';
import { dutyText as text } from './text.ts';

export const dutySection: SettingsSection = {
  label: text.label,
  summary: text.summary,
  actionId: 'settings.duty',
  isFor: mayChangeDuty,
  async press(press) {
    await openModal(press, await modalFor(press.context.scope, actorOf(press.context)), SETTINGS_WAY);
  },
  submissions: { [DUTY_FORM]: submitDuty },
};

async function submitDuty({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const changed = await changeDuty(scope, actor, listValue(values, 'duty'), metadata);
  if (changed.ok) return { update: await modalFor(scope, actor, settingsText.saved), holds: 'references' };
  if (changed.refusal.reason === 'changed-meanwhile')
    return {
      update: await modalFor(scope, actor, await tellWhoWasFirst(scope.db, CHANGE_DUTY)),
      holds: 'references',
    };
  return { errors: { duty: sentenceOf(changed.refusal.reason) } };
}

async function modalFor({ db }: Scope, actor: Actor, ...notices: string[]): Promise<ModalView> {
  const coreStaff = await listCenterStaff(db, actor.center.code);
  return dutyModal(coreStaff, await markOfDuty(coreStaff), notices);
}

function sentenceOf(reason: Exclude<DutyRefusal['reason'], 'changed-meanwhile'>): string {
  switch (reason) {
    case 'not-allowed':
      return text.errors.notAllowed;
    case 'not-of-center':
      return text.errors.notOfCenter;
    case 'nobody-left':
      return text.errors.nobodyLeft;
  }
}
