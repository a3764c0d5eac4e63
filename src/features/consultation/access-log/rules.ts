/** Who may read which access logs, and what they look for. Pure. */
import type { Actor } from '../../directory/actor.ts';

type Person = Pick<Actor, 'role' | 'isAdmin'> & { center: Pick<Actor['center'], 'kind'> };

/** All entries, or those about the cases that the person's center sent or answers for. */
export type LogReach = 'all' | 'own';

/** Undefined for whoever may read no log. Admins answer for the record and see references only; managers for their center's cases. */
export function logReachOf({ isAdmin, role, center }: Person): LogReach | undefined {
  if (isAdmin) return 'all';
  return role === 'manager' && center.kind !== 'city' ? 'own' : undefined;
}

/** Who saw what by which device and sitting is looked into by the admins. */
export function mayInvestigate({ isAdmin }: Pick<Person, 'isAdmin'>): boolean {
  return isAdmin;
}

/** Groups of entries: what was read (and anything else that changed nothing), what was changed, what was refused. */
export const LOG_GROUPS = ['read', 'changed', 'refused'] as const;
export type LogGroup = (typeof LOG_GROUPS)[number];

export const LOG_SURFACES = ['slack', 'web', 'job', 'command'] as const;
export type LogSurface = (typeof LOG_SURFACES)[number];

/** Which group an entry belongs to: what changes nothing stands in the chain of the person. */
export function groupOf({ chain, outcome }: { chain: string; outcome: 'done' | 'refused' }): LogGroup {
  if (outcome === 'refused') return 'refused';
  return chain.startsWith('person:') ? 'read' : 'changed';
}

/** Why a case stands in a resident's log. */
export type Kinship = 'itself' | 'merged' | 'same' | 'linked';
