/** 催促の間隔 in 設定. */
import type { Submission, SubmissionAnswer } from '../../../../slack/feature.ts';
import { textValue } from '../../../../slack/form.ts';
import { type ModalView, openModal } from '../../../../slack/modal.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { findCity } from '../../../directory/data.ts';
import { actorOf } from '../../../directory/gate.ts';
import { SETTINGS_WAY } from '../../../directory/settings/paths.ts';
import { markOf } from '../../../directory/settings/rules.ts';
import { type SettingsSection, tellWhoWasFirst } from '../../../directory/settings/slack.ts';
import { settingsText } from '../../../directory/settings/text.ts';
import { chaseMinutesOf, parseChaseMinutes } from '../schema.ts';
import { chasingText } from '../text.ts';
import { CHASING_FORM, chasingModal } from './blocks.ts';
import { CHANGE_CHASING, changeChasing, mayChangeChasing } from './mutations.ts';

const text = chasingText.settings;

export const chasingSection: SettingsSection = {
  label: text.label,
  summary: text.summary,
  actionId: 'settings.chasing',
  isFor: mayChangeChasing,
  async press(press) {
    await openModal(press, await modalFor(press.context.scope), SETTINGS_WAY);
  },
  submissions: { [CHASING_FORM]: submitChasing },
};

async function submitChasing({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const minutes = parseChaseMinutes(textValue(values, 'minutes'));
  if (minutes === undefined) return { errors: { minutes: text.wrong } };
  const changed = await changeChasing(scope, actorOf(context), minutes, metadata);
  if (changed.ok) return { update: await modalFor(scope, settingsText.saved), holds: 'references' };
  if (changed.refusal.reason === 'not-allowed') return { errors: { minutes: text.notAllowed } };
  const notice = await tellWhoWasFirst(scope.db, CHANGE_CHASING);
  return { update: await modalFor(scope, notice), holds: 'references' };
}

async function modalFor({ db }: Scope, ...notices: string[]): Promise<ModalView> {
  const city = await findCity(db);
  const own = city?.chaseMinutes ?? null;
  return chasingModal(own === null ? null : chaseMinutesOf(city), await markOf(own), notices);
}
