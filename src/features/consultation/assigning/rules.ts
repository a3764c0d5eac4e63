/** Who has charge of a case after somebody took it on or was asked to. Pure. */
import { isOpen } from '../rules.ts';
import type { Status } from '../words.ts';

interface Charge {
  personInCharge: string | null;
  releasedAt: Date | null;
  proposedPerson: string | null;
  proposedAt: Date | null;
}

/** The case with somebody in charge; whoever else was asked is asked no more. When it was accepted stays as it was. */
export function inChargeOf<Case extends Charge>(of: Case, person: string): Case {
  return { ...of, ...NOBODY_ASKED, personInCharge: person, releasedAt: null };
}

/** Whether the person has a case that still goes on: a second press on taking it then changes nothing. */
export function hasInHand(person: string, of: Pick<Charge, 'personInCharge'> & { status: Status }): boolean {
  return isOpen(of.status) && of.personInCharge === person;
}

/** The case with nobody in charge since `at`. Somebody who was asked may still take it on. */
export function withoutCharge<Case extends Charge>(of: Case, at: Date): Case {
  return { ...of, personInCharge: null, releasedAt: at };
}

/** The case with somebody asked to take charge; whoever has it keeps it until then. */
export function proposedTo<Case extends Charge>(of: Case, person: string, at: Date): Case {
  return { ...of, proposedPerson: person, proposedAt: at };
}

export const NOBODY_ASKED = { proposedPerson: null, proposedAt: null } as const;

/** Names the present request to take charge, as the buttons that answer it do: `id/ms`. */
export function proposalOf({ id, proposedAt }: { id: string; proposedAt: Date | null }): string {
  return `${id}/${proposedAt?.getTime() ?? ''}`;
}

/** Whether a button's `ms` is about the present request; one without it is about whatever is asked now. */
export function isPresentProposal(about: string, { proposedAt }: Pick<Charge, 'proposedAt'>): boolean {
  return about === '' || about === String(proposedAt?.getTime());
}
