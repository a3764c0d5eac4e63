/** 終結: proposed by the person in charge, confirmed by the sender, by a core manager, or by time; and taken up again. */
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Sealed } from '../../../vault/key-ring.ts';
import type { Actor } from '../../directory/actor.ts';
import { listCenterStaff } from '../../directory/data.ts';
import { openCaseKeyOf } from '../content/data.ts';
import type { Consultation, LoadedConsultation } from '../data.ts';
import { changeConsultation, changedSince, type Refusal, type Wish } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { needsManagerToClose } from '../rules.ts';
import { listEvents } from '../timeline/data.ts';
import { closingPlace, listEventsSinceProposal, type ReportField } from './data.ts';
import {
  confirmedEntries,
  listConfirmingManagers,
  objectedEntries,
  proposedEntries,
  reopenedEntries,
} from './notices.ts';
import { closed, resumed } from './rules.ts';
import type { ClosingForm } from './schema.ts';
import { closingReport } from './tables.ts';
import { closingText as text } from './text.ts';

/** 終結を提案する. Refused where a manager must confirm and there is none who could: the case would never close. */
export async function proposeClosing(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  form: ClosingForm,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const { outcome, issueTags, wantsFaqDraft } = form;
    const after: Consultation = {
      ...of,
      status: 'closing',
      outcome,
      issueTags,
      wantsFaqDraft,
      closingProposedAt: scope.now,
      waitedFor: null,
      waitingUntilOn: null,
      hasOpenQuestion: false,
      snoozedDeadline: null,
      snoozedUntil: null,
    };
    const proposed = { ...loaded, consultation: after };
    const managers = needsManagerToClose(of) ? await listConfirmingManagers(scope, proposed) : [];
    if (needsManagerToClose(of) && managers.length === 0)
      return refused({ reason: 'invalid', of, sentence: text.noManager });
    const report = await sealReport(scope, actor, of, form);
    return done({
      after,
      detail: { outcome, tags: issueTags.join(','), faq: wantsFaqDraft },
      statements: [
        scope.db.insert(closingReport).values(report).onConflictDoUpdate({
          target: closingReport.consultationId,
          set: report,
        }),
      ],
      entries: await proposedEntries(scope, actor, proposed, managers),
    });
  });
}

async function sealReport(
  scope: Scope,
  actor: Actor,
  of: Consultation,
  form: ClosingForm,
): Promise<typeof closingReport.$inferInsert> {
  const key = await openCaseKeyOf(scope, of.id);
  const seal = async (field: ReportField): Promise<Sealed | null> => {
    const typed = form[field];
    return typed === null ? null : key.seal(closingPlace('closing_report', field, of), typed);
  };
  return {
    consultationId: of.id,
    lessons: await seal('lessons'),
    measures: await seal('measures'),
    prevention: await seal('prevention'),
    writtenBy: actor.slackUserId,
    writtenAt: scope.now,
  };
}

/** 終結を確認する. @param proposedAt of the proposal that the person saw, in milliseconds as its button carries them */
export async function confirmClosing(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  proposedAt: string,
): Promise<Result<Consultation, Refusal>> {
  const isDone = async ({ consultation: of }: LoadedConsultation) => {
    if (of.status !== 'closed' || !isProposal(of, proposedAt)) return false;
    const [latest] = await listEvents(scope.db, of.id, of.version - 1);
    return latest?.action === 'consultation.confirm_closing' && latest.actor === actor.slackUserId;
  };
  return changeConsultation(scope, actor, { ...wish, isDone }, async (loaded) => {
    const { consultation: of } = loaded;
    if (!isProposal(of, proposedAt)) return refused(await refusalOfOlder(scope, loaded, proposedAt));
    const after = closed(of, scope.now);
    return done({
      after,
      detail: { outcome: of.outcome },
      entries: await confirmedEntries(scope, actor, { ...loaded, consultation: after }),
    });
  });
}

/** まだ終結しない, or the proposal is taken back. */
export async function objectToClosing(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  reason: string,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of, cityTime } = loaded;
    const note = await sealNote(scope, actor, of, 'reason', reason);
    if (note.id === null) throw new Error('an objection without its reason');
    const after = resumed(of, cityTime, scope.now);
    return done({
      after,
      detail: { note: note.id, outcome: of.outcome },
      statements: note.statements,
      entries: await objectedEntries(
        scope,
        actor,
        { before: loaded, after: { ...loaded, consultation: after } },
        note.id,
      ),
    });
  });
}

/** 再開する. The rating stays; whoever was in charge is again, unless that person has left. */
export async function reopenConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  reason: string,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of, cityTime, coreCenter } = loaded;
    const note = await sealNote(scope, actor, of, 'reason', reason);
    if (note.id === null) throw new Error('a case is reopened without a reason');
    const coreStaff = await listCenterStaff(scope.db, coreCenter);
    const isStillThere = coreStaff.some(({ slackUserId }) => slackUserId === of.personInCharge);
    const again = resumed(of, cityTime, scope.now);
    const after = isStillThere ? again : { ...again, personInCharge: null, releasedAt: scope.now };
    const reopened = { ...loaded, consultation: after, ...(isStillThere ? {} : { deputy: null }) };
    return done({
      after,
      detail: {
        note: note.id,
        outcome: of.outcome,
        closedAt: of.closedAt?.toISOString() ?? null,
        ...(isStillThere ? {} : { from: of.personInCharge, to: null }),
      },
      statements: note.statements,
      entries: await reopenedEntries(scope, actor, reopened, note.id),
    });
  });
}

/** Whether a button's value names the proposal that is open now. */
export function isProposal(of: Consultation, proposedAt: string): boolean {
  return of.closingProposedAt !== null && String(of.closingProposedAt.getTime()) === proposedAt;
}

/** What became of the proposal that an older button belongs to. */
export async function refusalOfOlder(
  scope: Scope,
  loaded: LoadedConsultation,
  proposedAt: string,
): Promise<Refusal> {
  const { consultation: of } = loaded;
  const since = await listEventsSinceProposal(scope.db, of.id, Number(proposedAt));
  return since ? { reason: 'changed', of, since } : changedSince(scope, loaded);
}
