/** The votes of a poll as a table, center by date, on the page of its meeting. */
import { formatInstant } from '../../../lib/jst.ts';
import { listNames } from '../../directory/data.ts';
import { circleOf, type PollState } from '../data.ts';
import type { PageSection } from '../pages/section.ts';
import { mayRead } from '../rules.ts';
import { openMeetingsKey } from '../sealing.ts';
import { formatSpan } from '../text.ts';
import { VOTE_WORDS } from '../words.ts';
import { seesVotes } from './blocks.ts';
import { findOverride } from './data.ts';
import { overridePlace } from './deciding/mutations.ts';
import { countedVotes, silentCenters, tallyOf, votingCenters } from './rules.ts';
import { pollText } from './text.ts';

const text = pollText.section;

export const pollSection: PageSection = async (c, loaded, actor) => {
  const { poll, seats, meeting } = loaded;
  if (!poll || !seesVotes(actor, loaded)) return null;
  const { db, settings } = c.get('scope');
  const votes = countedVotes({ seats, poll });
  const names = await listNames(
    db,
    votes.map(({ votedBy }) => votedBy),
  );
  const sealed = mayRead(actor, circleOf(loaded)) ? await findOverride(db, meeting.id) : null;
  const reason =
    sealed === null
      ? null
      : await (await openMeetingsKey({ db, settings })).open(overridePlace(meeting.id), sealed);
  const silent = silentCenters({ seats, poll });
  const voted = votingCenters(seats).flatMap((center) => {
    const vote = votes.find((each) => each.center === center.code);
    return vote ? [{ center, vote }] : [];
  });
  return (
    <section>
      <h2>{text.title}</h2>
      {silent.length > 0 && meeting.status === 'polling' ? (
        <p>{pollText.silent(silent.map(({ short }) => short))}</p>
      ) : null}
      <section class="scroll" tabindex={0} aria-label={text.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text.center}</th>
              {poll.dates.map((date) => (
                <th scope="col">{headOf(date, poll)}</th>
              ))}
              <th scope="col">{text.voter}</th>
            </tr>
          </thead>
          <tbody>
            {voted.map(({ center, vote }) => (
              <tr>
                <th scope="row">{center.short}</th>
                {poll.dates.map(({ id }) => (
                  <td>{wordOf(vote.answers[id])}</td>
                ))}
                <td>
                  {names.get(vote.votedBy) ?? ''}
                  {vote.isProxy ? text.proxy : ''} <time>{formatInstant(vote.votedAt)}</time>
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">{text.total}</th>
              {poll.dates.map(({ id }) => (
                <td>{pollText.tally(tallyOf(votes, id))}</td>
              ))}
              <td />
            </tr>
          </tbody>
        </table>
      </section>
      {reason === null ? null : (
        <>
          <h3>{text.override}</h3>
          <p class="typed">{reason}</p>
        </>
      )}
    </section>
  );
};

function headOf({ id, startsAt, endsAt }: PollState['dates'][number], { decidedDate }: PollState): string {
  const span = formatSpan(startsAt, endsAt);
  return id === decidedDate ? `${span}（${text.decided}）` : span;
}

function wordOf(vote: keyof typeof VOTE_WORDS | undefined): string {
  return vote === undefined ? '' : VOTE_WORDS[vote];
}
