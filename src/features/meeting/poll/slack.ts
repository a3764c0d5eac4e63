/** 日程調整 in chat and on pages: voting, closing, another deadline, the decision. Permission is asked in the mutations. */
import { logError } from '../../../lib/log.ts';
import type { Result } from '../../../lib/result.ts';
import type { RequestContext } from '../../../slack/app.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { keepsTypedTextOut, linksToPage, noticeView, openModal } from '../../../slack/modal.ts';
import { listNames } from '../../directory/data.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../actions.ts';
import { callingText } from '../calling/text.ts';
import { circleOf, type LoadedMeeting, loadMeeting } from '../data.ts';
import { meetingModal } from '../opening/blocks.ts';
import { openMeeting } from '../opening/mutations.ts';
import { showMeeting } from '../opening/slack.ts';
import { meetingPath } from '../paths.ts';
import { mayArrange, maySee } from '../rules.ts';
import { formatSpan } from '../text.ts';
import { POLL_ACTIONS } from './actions.ts';
import { decideDate } from './deciding/mutations.ts';
import {
  DECIDE_FORM,
  decideModal,
  hasDateBelowQuorum,
  REOPEN_FORM,
  reopenModal,
  VOTE_FORM,
  voteModal,
} from './forms.ts';
import { closePoll, mayVoteFor, type PollRefusal, reopenPoll, voteForCenter } from './mutations.ts';
import { isPolling, type Polling } from './polling.ts';
import { isPollOpen, silentCenters, votingCenters } from './rules.ts';
import { readDeadline, readDecision, readVote, voteBlock } from './schema.ts';
import { pollText as text } from './text.ts';

export const pollInSlack: SlackFeature = {
  presses: {
    [ACTIONS.vote.actionId]: (press) => pressVote(press, press.value, undefined),
    [POLL_ACTIONS.voteFor]: pressVoteFor,
    [POLL_ACTIONS.close]: pressClose,
    [POLL_ACTIONS.reopen]: (press) => pressForm(press, POLL_ACTIONS.reopen, openReopen),
    [POLL_ACTIONS.decide]: (press) => pressForm(press, POLL_ACTIONS.decide, openDecide),
  },
  submissions: { [VOTE_FORM]: submitVote, [REOPEN_FORM]: submitReopen, [DECIDE_FORM]: submitDecide },
};

function pressVoteFor(press: Press): Promise<void> {
  const [id = '', center = ''] = press.value.split('/');
  return pressVote(press, id, center);
}

/** @param wanted the center to vote for, where the host chose one; else the person's own, or the first that is silent */
async function pressVote(press: Press, id: string, wanted: string | undefined): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const found = await openMeeting(scope, actor, id, ACTIONS.vote.actionId);
  if (!found.ok || !isPolling(found.value)) return showMeeting(press, id, { inModal: 'replace' });
  const polling = found.value;
  const say = (sentence: string) => showMeeting(press, id, { notices: [sentence], inModal: 'replace' });
  if (!isPollOpen(polling.poll, scope.now)) return say(text.errors.closed);
  const center = centerFor(press.context, polling, wanted);
  if (!center) return say(text.errors.notInvited);
  const before = polling.poll.votes.find((each) => each.center === center.code);
  const names = before ? await listNames(scope.db, [before.votedBy]) : undefined;
  const view = voteModal(polling, center, {
    others: mayArrange(actor, circleOf(polling)),
    voter: before && names?.get(before.votedBy),
  });
  await openModal(press, view, wayTo(polling));
}

function centerFor(context: RequestContext, polling: Polling, wanted: string | undefined) {
  const actor = actorOf(context);
  const may = votingCenters(polling.seats).filter(({ code }) => mayVoteFor(actor, polling, code));
  if (wanted !== undefined) return may.find(({ code }) => code === wanted);
  const [silent] = silentCenters(polling).filter(({ code }) => may.some((each) => each.code === code));
  return may.find(({ code }) => code === actor.center.code) ?? silent ?? may[0];
}

async function submitVote({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const [id = '', center = ''] = metadata.split('/');
  const { scope } = context;
  const actor = actorOf(context);
  const loaded = await loadMeeting(scope.db, id);
  // What is wrong with a form must not tell that there is such a meeting; a refusal is noted by the mutation.
  const dates = loaded?.poll && maySee(actor, circleOf(loaded)) ? loaded.poll.dates : [];
  const read = readVote(values, { dates }, center);
  if (!read.ok) return { errors: read.refusal };
  const [first] = dates;
  const field = first ? voteBlock(first.id, center) : undefined;
  return answerWith(
    context,
    field,
    () => voteForCenter(scope, actor, id, { center, answers: read.value }),
    (after) => {
      const short = votingCenters(after.seats).find(({ code }) => code === center)?.short ?? center;
      const isClosed = after.poll !== null && after.poll.closedAt !== null;
      return isClosed ? text.vote.doneLast(short) : text.vote.done(short);
    },
  );
}

async function pressClose(press: Press): Promise<void> {
  const closed = await closePoll(press.context.scope, actorOf(press.context), press.value);
  const sentence = closed.ok ? text.closedByHand : sentenceOf(closed.refusal);
  await showMeeting(press, press.value, { notices: [sentence], inModal: 'replace' });
}

/** A form for those who arrange a meeting whose date is being found; others are told why not. */
async function pressForm(
  press: Press,
  action: string,
  open: (press: Press, polling: Polling) => Promise<void>,
): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const found = await openMeeting(scope, actor, press.value, action);
  const say = (sentence?: string) =>
    showMeeting(press, press.value, {
      notices: sentence === undefined ? [] : [sentence],
      inModal: 'replace',
    });
  if (!found.ok) return say();
  if (!mayArrange(actor, circleOf(found.value))) return say(text.errors.notArranger);
  if (!isPolling(found.value)) return say(text.errors.notPolling);
  await open(press, found.value);
}

async function openReopen(press: Press, polling: Polling): Promise<void> {
  await openModal(press, reopenModal(polling, press.context.scope.now), wayTo(polling));
}

async function openDecide(press: Press, polling: Polling): Promise<void> {
  const { now } = press.context.scope;
  // Where nothing may be typed in Slack, dates that keep the quorum are decided here, and the others on the page.
  const asksReason = hasDateBelowQuorum(polling, now) && !keepsTypedTextOut(press.context);
  const holds = asksReason ? 'typed' : 'references';
  await openModal(press, decideModal(polling, now, asksReason), { ...wayTo(polling), holds });
}

async function submitReopen({ context, metadata: id, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const loaded = await loadMeeting(scope.db, id);
  const dates = loaded?.poll && maySee(actor, circleOf(loaded)) ? loaded.poll.dates : [];
  const read = readDeadline(values, { dates }, scope.now);
  if (!read.ok) return { errors: read.refusal };
  return answerWith(
    context,
    'on',
    () => reopenPoll(scope, actor, id, read.value),
    () => text.reopen.done,
  );
}

async function submitDecide({ context, metadata: id, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const loaded = await loadMeeting(scope.db, id);
  const dates = loaded?.poll && maySee(actor, circleOf(loaded)) ? loaded.poll.dates : [];
  const read = readDecision(values, { dates }, scope.now);
  if (!read.ok) return { errors: read.refusal };
  const field = (refusal: PollRefusal) =>
    refusal.reason === 'below-quorum' && 'reason' in values ? 'reason' : 'date';
  return answerWith(
    context,
    field,
    () => decideDate(scope, actor, id, read.value),
    () => text.decide.done,
    'reason' in values,
  );
}

/**
 * Does it; the meeting takes the place of the form, on pages its page does. A refusal stands beside a field, and the form stays open.
 * @param field where a refusal stands; undefined where the form has none
 */
async function answerWith(
  context: RequestContext,
  field: string | undefined | ((refusal: PollRefusal) => string),
  change: () => Promise<Result<LoadedMeeting, PollRefusal>>,
  sentence: (after: LoadedMeeting) => string,
  hasReason = false,
): Promise<SubmissionAnswer> {
  const { scope } = context;
  const fieldOf = (refusal: PollRefusal) => (typeof field === 'function' ? field(refusal) : field);
  try {
    const changed = await change();
    if (!changed.ok) {
      const at = fieldOf(changed.refusal);
      const why = sentenceOf(changed.refusal, hasReason);
      return at === undefined ? { update: noticeView(why), holds: 'references' } : { errors: { [at]: why } };
    }
    const page = meetingPath(changed.value.meeting.reference);
    if (scope.page) {
      scope.page.goTo(page);
      return 'close-all';
    }
    const view = meetingModal(changed.value, actorOf(context), scope.now, {
      notices: [sentence(changed.value)],
      links: linksToPage(scope, page),
    });
    return { update: view, holds: 'references' };
  } catch (error) {
    logError('meeting.poll.not_saved', error);
    const at = typeof field === 'string' ? field : 'date';
    return { errors: { [at]: callingText.errors.notSaved } };
  }
}

/** @param hasReason whether the form of a decision asks for a reason */
function sentenceOf(refusal: PollRefusal, hasReason = false): string {
  const { errors } = text;
  switch (refusal.reason) {
    case 'not-found':
      return errors.notFound;
    case 'not-polling':
      return errors.notPolling;
    case 'closed':
      return errors.closed;
    case 'not-invited':
      return errors.notInvited;
    case 'not-arranger':
      return errors.notArranger;
    case 'past':
      return errors.datePast;
    case 'decided':
      return errors.decidedBy(refusal.by, formatSpan(refusal.startsAt, refusal.endsAt));
    case 'below-quorum':
      return (hasReason ? errors.belowQuorum : errors.belowQuorumOnPage)(refusal.have, refusal.needed);
  }
}

function wayTo({ meeting }: Polling) {
  return {
    holds: 'references' as const,
    page: meetingPath(meeting.reference),
    inModal: 'replace' as const,
  };
}
