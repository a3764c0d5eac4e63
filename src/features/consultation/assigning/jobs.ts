/** Cases of people who left the core center: they go to a manager, who is told; nobody is left to be asked in vain. */
import type { Scope } from '../../../slack/scope.ts';
import { type Colleague, listCenterStaff } from '../../directory/data.ts';
import { referenceMessage } from '../blocks.ts';
import { replyEntriesIn } from '../cards/blocks.ts';
import type { Consultation, LoadedConsultation } from '../data.ts';
import { changeByJob } from '../mutations.ts';
import { tell } from '../notices.ts';
import { isPossibleIn } from '../rules.ts';
import type { Change } from '../storing/mutations.ts';
import { assignMessage, claimReply } from './blocks.ts';
import { listLeftCases } from './data.ts';
import { askToClaim, proposersOf } from './mutations.ts';
import { inChargeOf, NOBODY_ASKED, withoutCharge } from './rules.ts';
import { assigningText as text } from './text.ts';

/** Each takes some ten statements; the next minute takes the next ones. */
const CASES_A_RUN = 10;

/** Run late or twice, it finds what is still so: a case that has gone to a manager is no longer left. */
export async function settleLeftCases(scope: Scope): Promise<void> {
  for (const { id, who } of await listLeftCases(scope.db, CASES_A_RUN)) {
    if (who === 'in_charge')
      await changeByJob(scope, 'person-left', 'consultation.person_left', id, (loaded) =>
        personLeft(scope, loaded),
      );
    else
      await changeByJob(scope, 'person-left', 'consultation.proposed_left', id, (loaded) =>
        proposedLeft(scope, loaded),
      );
  }
}

async function personLeft(scope: Scope, loaded: LoadedConsultation): Promise<Change | undefined> {
  const { consultation: of } = loaded;
  const colleagues = await listCenterStaff(scope.db, loaded.coreCenter);
  if (of.personInCharge === null || !hasLeft(of, of.personInCharge, colleagues)) return undefined;
  const asked = of.proposedPerson !== null && hasLeft(of, of.proposedPerson, colleagues);
  const left: Consultation = asked ? { ...of, ...NOBODY_ASKED } : of;
  const detail = { from: of.personInCharge, wasProposed: asked ? of.proposedPerson : null };
  const manager = managerOf(colleagues);
  if (!manager) {
    const after = withoutCharge(left, scope.now);
    const claimable = { ...loaded, consultation: after, deputy: null };
    return {
      after,
      detail: { ...detail, to: null },
      entries: [
        ...claimReply(loaded, text.leftToNobody(of.reference)),
        ...(await askToClaim(scope, claimable, text.takeItOn(of.reference))),
      ],
    };
  }
  // Somebody else who was asked may still say yes: the manager keeps it until then.
  const after =
    left.proposedPerson === manager
      ? inChargeOf(left, manager)
      : { ...left, personInCharge: manager, releasedAt: null };
  return {
    after,
    detail: { ...detail, to: manager },
    entries: [
      tell(manager, assignMessage(after, text.leftToManager(of.reference))),
      ...replyEntriesIn('triage', loaded, referenceMessage(text.left(of.reference), [])),
    ],
  };
}

async function proposedLeft(scope: Scope, loaded: LoadedConsultation): Promise<Change | undefined> {
  const { consultation: of } = loaded;
  const colleagues = await listCenterStaff(scope.db, loaded.coreCenter);
  if (of.proposedPerson === null || !hasLeft(of, of.proposedPerson, colleagues)) return undefined;
  const message = assignMessage(of, text.proposedLeft(of.reference));
  return {
    after: { ...of, ...NOBODY_ASKED },
    detail: { wasProposed: of.proposedPerson },
    entries: (await proposersOf(scope, loaded)).map((person) => tell(person, message)),
  };
}

function hasLeft(of: Consultation, person: string, colleagues: readonly Colleague[]): boolean {
  return isPossibleIn(of.status, 'assign') && !colleagues.some(({ slackUserId }) => slackUserId === person);
}

/** One on duty first, then in the order of the city file. */
function managerOf(colleagues: readonly Colleague[]): string | undefined {
  const managers = colleagues.filter(({ role }) => role === 'manager');
  return (managers.find(({ isOnDuty }) => isOnDuty) ?? managers[0])?.slackUserId;
}
