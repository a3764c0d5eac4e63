/** What a button's value names besides the case. Pure. */
import { proposalOf } from '../assigning/rules.ts';
import { closingProposalOf } from '../closing/rules.ts';
import type { Operation } from './words.ts';

/** An answer to an offer or a proposal names it, so that it never answers a later one. */
export function buttonValueOf(
  operation: Operation,
  of: { id: string; proposedAt: Date | null; closingProposedAt: Date | null },
  offer: { id: string } | null,
): string {
  switch (operation) {
    case 'accept_offer':
    case 'refuse_offer':
    case 'revoke_offer':
      return offer ? `${of.id}/${offer.id}` : of.id;
    case 'confirm_closing':
    case 'object_closing':
      return closingProposalOf(of);
    case 'confirm_assignment':
    case 'refuse_assignment':
      return proposalOf(of);
    default:
      return of.id;
  }
}
