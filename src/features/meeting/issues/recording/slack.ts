/** 地域課題を記録する, and 地域課題 in the menu. */
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../../slack/feature.ts';
import { linkButton, noticeView, openModal } from '../../../../slack/modal.ts';
import { sayTo } from '../../../../slack/outbox.ts';
import { findCity } from '../../../directory/data.ts';
import { actorOf } from '../../../directory/gate.ts';
import { circleOf } from '../../data.ts';
import { openMeeting } from '../../opening/mutations.ts';
import { meetingPath } from '../../paths.ts';
import { topModal } from '../blocks.ts';
import { countIssues, listAreas } from '../data.ts';
import { ISSUES_PATH } from '../paths.ts';
import { mayRecordIssue } from '../rules.ts';
import { issuesText } from '../text.ts';
import { spanOfYear, yearsUntil } from '../years.ts';
import { RECORD, RECORD_FORM, recordModal } from './blocks.ts';
import { type RecordRefusal, recordIssue } from './mutations.ts';
import { readIssueForm } from './schema.ts';

const text = issuesText.record;

export const recordingInSlack: SlackFeature = {
  presses: { 'meeting.issues': pressIssues, [RECORD]: pressRecord },
  submissions: { [RECORD_FORM]: submitRecord },
};

async function pressIssues(press: Press): Promise<void> {
  const { scope } = press.context;
  const firstMonth = (await findCity(scope.db))?.fiscalYearStart ?? 4;
  const [year = 0] = yearsUntil(scope.now, firstMonth);
  const counts = await countIssues(scope.db, spanOfYear(year, firstMonth));
  const view = topModal(counts, year, [linkButton(scope, ISSUES_PATH)]);
  await openModal(press, view, { holds: 'references', page: ISSUES_PATH });
}

async function pressRecord(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const found = await openMeeting(scope, actor, press.value, 'meeting.record_issue');
  const loaded = found.ok ? found.value : undefined;
  if (!loaded || !mayRecordIssue(actor, circleOf(loaded), loaded.meeting.status))
    return sayTo(scope, press.person, press.channel, { text: issuesText.notFound });
  await openModal(press, recordModal(loaded, await listAreas(scope.db)), {
    holds: 'typed',
    page: meetingPath(loaded.meeting.reference),
    about: text.about,
  });
}

async function submitRecord({ context, viewId, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const read = readIssueForm(values);
  if (!read.ok) return { errors: read.refusal };
  const stored = await recordIssue(scope, actor, metadata, read.value, `${actor.slackUserId}/${viewId}`);
  if (stored.ok) return { update: noticeView(text.done(stored.value)), holds: 'references' };
  const { refusal } = stored;
  if (refusal.reason !== 'personal-data') return { errors: errorsOf(refusal) };
  const found = await openMeeting(scope, actor, metadata, 'meeting.record_issue');
  if (!found.ok) return { errors: { summary: text.errors.closed } };
  return { update: recordModal(found.value, await listAreas(scope.db), refusal.kinds), holds: 'typed' };
}

function errorsOf({ reason }: Exclude<RecordRefusal, { reason: 'personal-data' }>): Record<string, string> {
  switch (reason) {
    case 'no-case':
      return { consultation: text.errors.consultation };
    case 'no-area':
      return { area: text.errors.choose };
    case 'not-found':
      return { summary: text.errors.closed };
  }
}
