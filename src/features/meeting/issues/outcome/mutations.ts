/** What became of a 地域課題: noted by the core center and the city section, never over what somebody else noted meanwhile; and its way onto an agenda. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Sealed } from '../../../../vault/key-ring.ts';
import { TOPICS } from '../../../consultation/words.ts';
import type { Actor } from '../../../directory/actor.ts';
import { changeDirectory } from '../../../directory/mutations.ts';
import { listAgenda } from '../../agenda/data.ts';
import { newItemRow } from '../../agenda/mutations.ts';
import { denialOf, MAX_ITEMS } from '../../agenda/rules.ts';
import { agendaItem } from '../../agenda/tables.ts';
import { circleOf } from '../../data.ts';
import { personalDataIn } from '../../detecting/data.ts';
import { mayArrange } from '../../rules.ts';
import { openMeetingsKey } from '../../sealing.ts';
import { changeMeeting } from '../../storing/mutations.ts';
import type { IssueState } from '../../words.ts';
import { findIssue, type Issue, issuePlace, openIssue } from '../data.ts';
import { maySettle } from '../rules.ts';
import { communityIssue } from '../tables.ts';
import { issuesText as text } from '../text.ts';

export type OutcomeRefusal = NotFound | { reason: 'stale' } | { reason: 'personal-data'; kinds: string };

/** @param version of the issue as the form showed it */
export async function noteOutcome(
  scope: Scope,
  actor: Actor,
  reference: string,
  wanted: { state: IssueState; outcome: string | null; version: number; isConfirmed: boolean },
): Promise<Result<undefined, OutcomeRefusal>> {
  const { db } = scope;
  return changeDirectory<undefined, OutcomeRefusal>(scope, actor, 'issue.note_outcome', async () => {
    const issue = maySettle(actor) ? await findIssue(scope, actor, reference) : undefined;
    if (!issue) return refused(NOT_FOUND);
    const { outcome: before } = await openIssue(scope, issue.id);
    // The same form sent twice: what it says is stored already.
    if (issue.state === wanted.state && before === wanted.outcome) return done({ value: undefined });
    if (issue.version !== wanted.version) return refused({ reason: 'stale' });
    const sealed = await sealOutcome(scope, issue.id, wanted);
    if (!sealed.ok) return sealed;
    return done({
      value: undefined,
      detail: { issue: reference, state: wanted.state, was: issue.state },
      statements: [
        db
          .update(communityIssue)
          .set({ state: wanted.state, outcome: sealed.value, version: sql`${communityIssue.version} + 1` })
          .where(and(eq(communityIssue.id, issue.id), eq(communityIssue.version, wanted.version))),
      ],
    });
  });
}

async function sealOutcome(
  scope: Scope,
  id: string,
  { outcome, isConfirmed }: { outcome: string | null; isConfirmed: boolean },
): Promise<Result<Sealed | null, OutcomeRefusal>> {
  if (outcome === null) return done(null);
  const kinds = isConfirmed ? undefined : await personalDataIn(scope, outcome);
  if (kinds !== undefined) return refused({ reason: 'personal-data', kinds });
  const key = await openMeetingsKey(scope);
  return done(await key.seal(issuePlace('outcome', id), outcome));
}

export type AgendaRefusal = NotFound | { reason: 'closed' | 'full' };

/** Puts an issue on the agenda of a meeting of the city section that the Actor arranges; twice, it stands there once. */
export async function putOnAgenda(
  scope: Scope,
  actor: Actor,
  issue: Issue,
  meetingId: string,
): Promise<Result<undefined, AgendaRefusal>> {
  const { db, now } = scope;
  const wish = { id: meetingId, action: 'meeting.add_issue' };
  const changed = await changeMeeting<AgendaRefusal>(scope, actor, wish, async (loaded) => {
    const circle = circleOf(loaded);
    const isTheirs = maySettle(actor) && circle.hostKind === 'city' && mayArrange(actor, circle);
    if (!isTheirs) return refused(NOT_FOUND);
    if (denialOf(actor, circle, loaded.meeting, now)) return refused({ reason: 'closed' });
    const items = await listAgenda(scope, meetingId);
    if (items.some(({ issueId }) => issueId === issue.id)) return done(undefined);
    if (items.length >= MAX_ITEMS) return refused({ reason: 'full' });
    const id = crypto.randomUUID();
    const input = {
      title: text.agendaTitle(TOPICS[issue.topic], issue.reference),
      minutes: null,
      consultationId: null,
      issueId: issue.id,
    };
    const position = Math.max(0, ...items.map((each) => each.position)) + 1;
    return done({
      detail: { issue: issue.reference, item: id },
      statements: [
        db.insert(agendaItem).values(await newItemRow(scope, actor, { id, meetingId, position, input })),
        // What is further already stays there.
        db
          .update(communityIssue)
          .set({ state: 'on-agenda', version: sql`${communityIssue.version} + 1` })
          .where(and(eq(communityIssue.id, issue.id), inArray(communityIssue.state, ['found', 'dropped']))),
      ],
    });
  });
  return changed.ok ? done(undefined) : changed;
}
