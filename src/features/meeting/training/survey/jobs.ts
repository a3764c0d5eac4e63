/** The evening after a training, those who were there are asked what they think of it, once each. */
import { button, markdownSection } from '../../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { LoadedMeeting } from '../../data.ts';
import { changeMeetingByJob, type MeetingChange } from '../../storing/mutations.ts';
import { meetingText } from '../../text.ts';
import { surveyAt, surveyEndsAt } from '../rules.ts';
import { SURVEY } from './blocks.ts';
import { listToAsk, listUnasked, SURVEY_MARK } from './data.ts';
import { surveyText as text } from './text.ts';

/** Rarely more than one ends on a day; the next minute goes on. The free plan has 50 queries for all jobs of a run. */
const TRAININGS_A_RUN = 1;
/** As long as a survey is open, a run that comes late asks still. */
const OPEN_MS = 14 * 24 * 60 * 60_000;

export async function askTrainingSurveys(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const since = new Date(now.getTime() - OPEN_MS);
  const ended = await listToAsk(db, { since, now, limit: TRAININGS_A_RUN });
  for (const { id, endsAt } of ended) {
    if (surveyAt(endsAt) > now) continue;
    const job = { id, action: 'meeting.ask_survey', job: 'ask-training-surveys' };
    await changeMeetingByJob(scope, job, async (loaded) => askingOf(loaded, await listUnasked(db, id)));
  }
}

function askingOf({ meeting, kind }: LoadedMeeting, people: readonly string[]): MeetingChange | undefined {
  if (people.length === 0 || meeting.status === 'cancelled' || !meeting.endsAt) return undefined;
  const name = escapeMrkdwn(meetingText.name(meeting.reference, kind.name, meeting.title));
  const sentence = text.ask(name, surveyEndsAt(meeting.endsAt));
  const message = {
    text: name,
    blocks: [
      markdownSection(sentence),
      { type: 'actions', elements: [button(SURVEY, text.button, meeting.id, 'primary')] },
    ],
  };
  return {
    detail: { asked: people.length },
    told: people.map((recipient) => ({ what: SURVEY_MARK, recipient })),
    entries: people.map((person) => ({ kind: 'direct', person, message })),
  };
}
