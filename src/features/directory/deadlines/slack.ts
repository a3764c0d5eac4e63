/** 期限 in 設定. */
import type { Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { type ModalView, openModal } from '../../../slack/modal.ts';
import type { Scope } from '../../../slack/scope.ts';
import { actorOf } from '../gate.ts';
import { mayChangeDeadlines } from '../rules.ts';
import { SETTINGS_WAY } from '../settings/paths.ts';
import { type SettingsSection, tellWhoWasFirst } from '../settings/slack.ts';
import { settingsText } from '../settings/text.ts';
import { DEADLINES_FORM, deadlinesModal, type StandardDeadlines } from './blocks.ts';
import { loadDeadlines, markOfDeadlines } from './data.ts';
import { CHANGE_DEADLINES, changeDeadlines } from './mutations.ts';
import { readDeadlinesForm } from './schema.ts';
import { deadlinesText as text } from './text.ts';

/** @param standard what holds where the city sets nothing, from the feature that the deadlines are for */
export function deadlinesSection(standard: StandardDeadlines): SettingsSection {
  return {
    label: text.label,
    summary: text.summary,
    actionId: 'settings.deadlines',
    isFor: mayChangeDeadlines,
    async press(press) {
      await openModal(press, await modalFor(press.context.scope, standard), SETTINGS_WAY);
    },
    submissions: { [DEADLINES_FORM]: (submission) => submitDeadlines(submission, standard) },
  };
}

async function submitDeadlines(
  { context, metadata, values }: Submission,
  standard: StandardDeadlines,
): Promise<SubmissionAnswer> {
  const { scope } = context;
  const read = readDeadlinesForm(values);
  if (!read.ok) return { errors: read.refusal };
  const changed = await changeDeadlines(scope, actorOf(context), read.value, metadata);
  if (changed.ok) return { update: await modalFor(scope, standard, settingsText.saved), holds: 'references' };
  if (changed.refusal.reason === 'changed-meanwhile')
    return {
      update: await modalFor(scope, standard, await tellWhoWasFirst(scope.db, CHANGE_DEADLINES)),
      holds: 'references',
    };
  return { errors: { 'urgent.accept': text.notAllowed } };
}

async function modalFor(
  { db }: Scope,
  standard: StandardDeadlines,
  ...notices: string[]
): Promise<ModalView> {
  const standing = await loadDeadlines(db);
  return deadlinesModal(standing, standard, await markOfDeadlines(standing), notices);
}
