/** 個人情報の取扱い in 設定. */
import type { Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { type ModalView, openModal } from '../../../slack/modal.ts';
import type { Scope } from '../../../slack/scope.ts';
import { actorOf } from '../gate.ts';
import { mayChangeHandling } from '../rules.ts';
import { SETTINGS_WAY } from '../settings/paths.ts';
import { type SettingsSection, tellWhoWasFirst } from '../settings/slack.ts';
import { settingsText } from '../settings/text.ts';
import { HANDLING_FORM, handlingModal } from './blocks.ts';
import { loadHandling, markOfHandling } from './data.ts';
import { CHANGE_HANDLING, changeHandling } from './mutations.ts';
import { readHandlingForm } from './schema.ts';
import { handlingText as text } from './text.ts';

export const handlingSection: SettingsSection = {
  label: text.label,
  summary: text.summary,
  actionId: 'settings.handling',
  isFor: mayChangeHandling,
  async press(press) {
    await openModal(press, await modalFor(press.context.scope), SETTINGS_WAY);
  },
  submissions: { [HANDLING_FORM]: submitHandling },
};

async function submitHandling({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const read = readHandlingForm(values);
  if (!read.ok) return { errors: read.refusal };
  const changed = await changeHandling(scope, actorOf(context), read.value, metadata);
  if (changed.ok) return { update: await modalFor(scope, settingsText.saved), holds: 'references' };
  if (changed.refusal.reason === 'changed-meanwhile')
    return {
      update: await modalFor(scope, await tellWhoWasFirst(scope.db, CHANGE_HANDLING)),
      holds: 'references',
    };
  return { errors: { personalDataEntry: text.notAllowed } };
}

async function modalFor({ db }: Scope, ...notices: string[]): Promise<ModalView> {
  const standing = await loadHandling(db);
  return handlingModal(standing, await markOfHandling(standing), notices);
}
