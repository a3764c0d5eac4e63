/** 共有: what a proposal is about, and what may follow when. Pure. */
import type { FindingKind } from '../../../vault/personal-data/finding.ts';
import { isIncident } from '../rules.ts';
import type { SharingKind, Topic } from '../words.ts';
import type { sharedNote } from './tables.ts';

export type SharingState = (typeof sharedNote.$inferSelect)['state'];

/** Complaints and カスハラ tell what was done, however they came in; everything else is a question with its answer. */
export function sharingKindOf(of: { topics: readonly Topic[] }): SharingKind {
  return isIncident(of) ? 'incident' : 'qa';
}

export const DECISIONS = ['approve', 'return', 'withdraw'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What a core manager may decide about a proposal, or a note that all centers read. */
export function decisionsIn(state: SharingState | undefined): Decision[] {
  if (state === 'proposed') return ['approve', 'return'];
  return state === 'approved' ? ['withdraw'] : [];
}

export const STATE_AFTER = {
  approve: 'approved',
  return: 'returned',
  withdraw: 'withdrawn',
} as const satisfies Record<Decision, SharingState>;

/** Numbers and what the record itself holds are personal data for sure; a name, an address or a date may be a word of the text. */
const NEVER_SHARED: readonly FindingKind[] = ['my_number', 'insured_number', 'phone', 'mail', 'known_value'];

export function isNeverShared(kind: FindingKind): boolean {
  return NEVER_SHARED.includes(kind);
}
