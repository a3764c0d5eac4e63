/** The forms of a poll: a center's vote, the decision, and another deadline. */
import type { types } from '@slack/bolt';
import { addDays, formatInstant, japanDate } from '../../../lib/jst.ts';
import { contextLine, markdownSection, plain } from '../../../slack/block-kit.ts';
import { choice, datePicker, input, radio, select, textArea, timePicker } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { LoadedMeeting } from '../data.ts';
import { formatSpan, meetingText } from '../text.ts';
import { VOTE_WORDS, VOTES } from '../words.ts';
import { POLL_ACTIONS } from './actions.ts';
import { bestLines } from './notices.ts';
import type { Polling } from './polling.ts';
import { BEST, countedVotes, rankDates, tallyOf, votingCenters } from './rules.ts';
import { MAX_REASON, voteBlock } from './schema.ts';
import { pollText as text } from './text.ts';

export const VOTE_FORM = 'meeting.vote_form';
export const DECIDE_FORM = 'meeting.decide_form';
export const REOPEN_FORM = 'meeting.reopen_form';
/** What an office has open when it asks once more. */
const REOPEN_CLOSES = '17:00';
const REOPEN_DAYS = 3;

/**
 * The vote of one center on all dates, as it stands now.
 * @param others whether the person may vote for other centers, too
 * @param voter the name of whoever voted for it last
 */
export function voteModal(
  polling: Polling,
  center: { code: string; short: string },
  { others, voter }: { others: boolean; voter: string | undefined },
): ModalView {
  const { meeting, poll } = polling;
  const votes = countedVotes(polling);
  const before = votes.find((each) => each.center === center.code);
  const options = VOTES.map((vote) => choice(vote, VOTE_WORDS[vote]));
  return {
    type: 'modal',
    callback_id: VOTE_FORM,
    private_metadata: `${meeting.id}/${center.code}`,
    title: plain(text.vote.title),
    submit: plain(text.vote.submit),
    close: plain(text.close),
    blocks: [
      markdownSection(text.vote.about(escapeMrkdwn(nameOf(polling)), formatInstant(poll.closesAt))),
      centerSection(polling, center, others),
      ...(before && voter !== undefined
        ? [contextLine(text.vote.before(escapeMrkdwn(voter), before.isProxy, formatInstant(before.votedAt)))]
        : []),
      ...poll.dates.map(({ id, startsAt, endsAt }) =>
        input(
          voteBlock(id, center.code),
          { label: formatSpan(startsAt, endsAt), hint: text.vote.hint(tallyOf(votes, id)) },
          radio(options, before?.answers[id]),
          true,
        ),
      ),
    ],
  };
}

function centerSection(
  { meeting, seats }: Polling,
  center: { code: string; short: string },
  others: boolean,
): types.SectionBlock {
  const section = markdownSection(text.vote.forCenter(escapeMrkdwn(center.short)));
  if (!others) return section;
  const idOf = (code: string) => `${meeting.id}/${code}`;
  const centers = votingCenters(seats).map(({ code, short }) => choice(idOf(code), short));
  const menu = select(centers, { placeholder: text.vote.otherCenter, chosen: idOf(center.code) });
  return { ...section, accessory: { ...menu, action_id: POLL_ACTIONS.voteFor } };
}

/** @param asksReason whether a date below the quorum can be decided here: not where no typed text may be */
export function decideModal(polling: Polling, now: Date, asksReason: boolean): ModalView {
  const { meeting } = polling;
  const ranked = rankDates(polling).filter(({ startsAt }) => startsAt > now);
  const choices = ranked.map(({ id, startsAt, endsAt, tally, isQuorate }) =>
    choice(id, text.decide.option(formatSpan(startsAt, endsAt), tally, isQuorate)),
  );
  const [best] = ranked;
  const { decide } = text;
  return {
    type: 'modal',
    callback_id: DECIDE_FORM,
    private_metadata: meeting.id,
    title: plain(decide.title),
    ...(best ? { submit: plain(decide.submit) } : {}),
    close: plain(text.close),
    blocks: [
      markdownSection(`*${escapeMrkdwn(nameOf(polling))}*`),
      markdownSection([`*${text.best}*`, ...bestLines(ranked.slice(0, BEST))].join('\n')),
      ...(best
        ? [
            input(
              'date',
              { label: decide.date },
              select(choices, { placeholder: text.choose, chosen: best.id }),
              true,
            ),
            input('answerBy', { label: decide.answerBy }, datePicker(meeting.answerBy ?? undefined)),
            input('agendaBy', { label: decide.agendaBy }, datePicker(meeting.agendaBy ?? undefined)),
          ]
        : [contextLine(text.errors.datePast)]),
      ...(best && asksReason
        ? [input('reason', { label: decide.reason, hint: decide.reasonHint }, textArea({ max: MAX_REASON }))]
        : []),
    ],
  };
}

/** Whether any date can be decided only with a reason. */
export function hasDateBelowQuorum(polling: Polling, now: Date): boolean {
  return rankDates(polling).some(({ isQuorate, startsAt }) => !isQuorate && startsAt > now);
}

export function reopenModal(polling: Polling, now: Date): ModalView {
  const { reopen } = text;
  return {
    type: 'modal',
    callback_id: REOPEN_FORM,
    private_metadata: polling.meeting.id,
    title: plain(reopen.title),
    submit: plain(reopen.submit),
    close: plain(text.close),
    blocks: [
      markdownSection(text.vote.about(escapeMrkdwn(nameOf(polling)), formatInstant(polling.poll.closesAt))),
      input('on', { label: reopen.on }, datePicker(addDays(japanDate(now), REOPEN_DAYS)), true),
      input('at', { label: reopen.at }, timePicker(REOPEN_CLOSES), true),
    ],
  };
}

export function nameOf({ meeting, kind }: Pick<LoadedMeeting, 'meeting' | 'kind'>): string {
  return meetingText.name(meeting.reference, kind.name, meeting.title);
}
