/** Putting a deadline off: its reminders follow the new date. */
import { done, type Result } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import type { Consultation } from '../data.ts';
import { changeConsultation, type Refusal, type Wish } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import type { DeadlineKind, SnoozeReason } from '../words.ts';

export interface Snooze {
  kind: DeadlineKind;
  until: Date;
  reason: SnoozeReason;
  /** What the person wrote about it. */
  remark: string | null;
}

/** One deadline of a case is put off at a time: putting off another one lets the first fall due again. */
export async function snoozeDeadline(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { kind, until, reason, remark }: Snooze,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async ({ consultation: of }) => {
    const { id, statements } = await sealNote(scope, actor, of, 'reason', remark);
    return done({
      detail: { deadline: kind, until: until.toISOString(), reason, note: id },
      after: { ...of, snoozedDeadline: kind, snoozedUntil: until },
      statements,
    });
  });
}
