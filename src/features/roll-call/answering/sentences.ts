/** How an answer went, said to whoever gave it. */
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { nameOf, rollCallText } from '../text.ts';
import type { ReplyRefusal, Taken } from './mutations.ts';
import { answeringText as text } from './text.ts';

/** The receipt of a tap 無事. */
export function tapSentence({ roster, isChange }: Taken): string {
  const at = roster.answeredAt ?? new Date(0);
  if (isChange) return text.tapped(at);
  return roster.safety === 'safe' ? text.tappedAgain(at) : text.counts(text.answerWords(roster), at);
}

/** The receipt of a form. */
export function formSentence({ roster, isChange }: Taken): string {
  const at = roster.answeredAt ?? new Date(0);
  const answer = text.answerWords(roster);
  return isChange ? text.saved(answer, at) : text.counts(answer, at);
}

/** What is planned only, or never began, is answered like what does not exist. */
export function refusalSentence(refusal: ReplyRefusal): string {
  if (refusal.reason === 'not-found') return rollCallText.notFound;
  const { rollCall } = refusal;
  if (rollCall.status !== 'running' && rollCall.status !== 'closed') return rollCallText.notFound;
  const sentence = refusal.reason === 'not-running' ? text.closed(rollCall.kind) : text.notOnRoster;
  return escapeMrkdwn(`${nameOf(rollCall)}　${sentence}`);
}
