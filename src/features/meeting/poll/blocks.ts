/** What a poll adds to the view of a meeting: how it stands, the best dates, and what this person can do. */
import type { types } from '@slack/bolt';
import { formatInstant } from '../../../lib/jst.ts';
import { button, contextLine, markdownSection } from '../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Actor } from '../../directory/actor.ts';
import { ACTIONS } from '../actions.ts';
import { circleOf, type LoadedMeeting } from '../data.ts';
import type { MeetingPart } from '../parts.ts';
import { mayArrange, mayRead } from '../rules.ts';
import { POLL_ACTIONS } from './actions.ts';
import { bestLines } from './notices.ts';
import { isPolling, type Polling } from './polling.ts';
import {
  BEST,
  countedVotes,
  isPollOpen,
  neededCenters,
  rankDates,
  silentCenters,
  votingCenters,
} from './rules.ts';
import { pollText as text } from './text.ts';

export const pollPart: MeetingPart = (loaded, actor, now) => {
  if (!isPolling(loaded)) return [];
  const isArranger = mayArrange(actor, circleOf(loaded));
  const mayVote = isArranger || isOfInvitedCenter(actor, loaded);
  return [
    { type: 'divider' },
    markdownSection(`*${text.heading}*`),
    contextLine(stateLine(loaded, now)),
    ...(seesVotes(actor, loaded) ? resultBlocks(loaded) : []),
    ...actionsRow([
      ...(mayVote && isPollOpen(loaded.poll, now)
        ? [button(ACTIONS.vote.actionId, text.buttons.vote, loaded.meeting.id, 'primary')]
        : []),
      ...(isArranger ? arrangerButtons(loaded, now) : []),
    ]),
  ];
};

/** The votes are shown to whoever takes part, those of an invited center included. */
export function seesVotes(actor: Actor, loaded: LoadedMeeting): boolean {
  return mayRead(actor, circleOf(loaded)) || isOfInvitedCenter(actor, loaded);
}

function isOfInvitedCenter(actor: Actor, { seats }: LoadedMeeting): boolean {
  return seats.some(({ center }) => center === actor.center.code);
}

function stateLine(polling: Polling, now: Date): string {
  const voted = countedVotes(polling).length;
  const of = votingCenters(polling.seats).length;
  return isPollOpen(polling.poll, now)
    ? text.answered(voted, of, formatInstant(polling.poll.closesAt))
    : text.closedState(voted, of);
}

function resultBlocks(polling: Polling): types.KnownBlock[] {
  const silent = silentCenters(polling).map(({ short }) => escapeMrkdwn(short));
  const needed = neededCenters(polling);
  const of = votingCenters(polling.seats).length;
  const hasVotes = countedVotes(polling).length > 0;
  const best = hasVotes ? bestLines(rankDates(polling).slice(0, BEST)) : [text.noVotes];
  return [
    markdownSection([`*${text.best}*`, ...best].join('\n')),
    ...(needed === null ? [] : [contextLine(text.quorum(needed, of))]),
    ...(silent.length > 0 ? [contextLine(text.silent(silent))] : []),
  ];
}

function arrangerButtons({ meeting: { id }, poll }: Polling, now: Date): types.Button[] {
  const isOpen = isPollOpen(poll, now);
  return [
    button(POLL_ACTIONS.decide, text.buttons.decide, id, isOpen ? undefined : 'primary'),
    ...(isOpen ? [button(POLL_ACTIONS.close, text.buttons.close, id)] : []),
    button(POLL_ACTIONS.reopen, text.buttons.reopen, id),
  ];
}

function actionsRow(elements: types.Button[]): types.KnownBlock[] {
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}
