/** Who may see, read and arrange a meeting, and when enough centers are there. Pure. */
import type { Actor } from '../directory/actor.ts';
import type { MeetingKind } from '../directory/meeting-kinds/rules.ts';
import type { Host } from '../directory/meeting-kinds/words.ts';
import type { MeetingStatus } from './words.ts';

type Person = Pick<Actor, 'slackUserId'> & { center: Pick<Actor['center'], 'code' | 'kind'> };

/** What the rules ask of a meeting. */
export interface Circle {
  isPrivate: boolean;
  hostCenter: string;
  hostKind: Host;
  /** Seats that are still invited. */
  seats: readonly { person: string | null; center: string | null; seat: string; deputy: string | null }[];
  /** A district center asked core staff to come, and they did not decline. */
  isCoreAsked: boolean;
}

/** Whoever arranges it: the host's staff; the core center's also for the city section, which has few hands. */
export function mayArrange(
  actor: Person,
  { hostCenter, hostKind }: Pick<Circle, 'hostCenter' | 'hostKind'>,
): boolean {
  if (actor.center.code === hostCenter) return true;
  return actor.center.kind === 'kikan' && hostKind === 'city';
}

/** Whether somebody may call a meeting of a kind; a district center calls its own ones only. */
export function mayCall(actor: Person, { host }: { host: Host }): boolean {
  if (host === 'district') return actor.center.kind === 'district';
  return actor.center.kind === 'kikan' || (host === 'city' && actor.center.kind === 'city');
}

/** The seat that somebody answers for: her own, else that of her center. */
export function seatOf<Each extends Circle['seats'][number]>(
  actor: Person,
  seats: readonly Each[],
): Each | undefined {
  return (
    seats.find(({ person }) => person === actor.slackUserId) ??
    seats.find(({ seat }) => seat === `center:${actor.center.code}`)
  );
}

/** That there is such a meeting, when and where: everybody listed, but for private ones, which those know who take part. */
export function maySee(actor: Person, circle: Circle): boolean {
  return !circle.isPrivate || mayRead(actor, circle);
}

/** What is to be spoken of and what came of it: those who take part, for themselves or as a deputy, and those who arrange it. */
export function mayRead(actor: Person, circle: Circle): boolean {
  if (mayArrange(actor, circle)) return true;
  if (circle.isCoreAsked && actor.center.kind === 'kikan') return true;
  return (
    seatOf(actor, circle.seats) !== undefined ||
    circle.seats.some(({ deputy }) => deputy === actor.slackUserId)
  );
}

/** 会議体 are agreed between the city and the core center: its managers and the admins keep them. */
export function mayKeepKinds(
  actor: Pick<Actor, 'role' | 'isAdmin'> & { center: Pick<Actor['center'], 'kind'> },
): boolean {
  return actor.isAdmin || (actor.role === 'manager' && actor.center.kind === 'kikan');
}

/**
 * How many centers must be there, of those that were invited.
 * @returns null where any number will do
 */
export function quorumOf(quorum: MeetingKind['quorum'], invitedCenters: number): number | null {
  if (quorum === 'majority') return Math.floor(invitedCenters / 2) + 1;
  return quorum;
}

/** What can still be changed: neither held nor called off. */
export function isAhead(status: MeetingStatus): boolean {
  return status === 'polling' || status === 'fixed';
}

/** `会R8-012`. */
export function formatMeetingReference(series: string, number: number): string {
  return `会${series}-${String(number).padStart(3, '0')}`;
}

/** `会R8-012`, `R8-012`, in any width and case, as addresses and people write it; undefined for anything else. */
export function readMeetingReference(text: string): string | undefined {
  const [, series, number] =
    /^会?([A-Z]\d{1,2})-(\d{1,6})$/.exec(text.normalize('NFKC').trim().toUpperCase()) ?? [];
  return series === undefined ? undefined : formatMeetingReference(series, Number(number));
}
