/** Who may put something on the agenda of a meeting, and until when. Pure. */
import { fold } from '../../../lib/japanese.ts';
import { japanDate } from '../../../lib/jst.ts';
import type { Actor } from '../../directory/actor.ts';
import { type Circle, isAhead, mayArrange, mayRead } from '../rules.ts';
import type { meeting } from '../tables.ts';

/** Three blocks each, within the hundred of a modal; nobody speaks of more in one afternoon. */
export const MAX_ITEMS = 30;

/** `not-found`: she does not take part. `begun`: it is over, called off, or going on. `closed`: the host collects no more. */
export type AgendaDenial = 'not-found' | 'begun' | 'closed';

type Meeting = Pick<typeof meeting.$inferSelect, 'status' | 'startsAt' | 'agendaBy'>;

/** Why somebody may not put forward anything now; undefined when she may. Those who arrange it may until it begins. */
export function denialOf(
  actor: Pick<Actor, 'slackUserId' | 'center'>,
  circle: Circle,
  { status, startsAt, agendaBy }: Meeting,
  now: Date,
): AgendaDenial | undefined {
  if (!mayRead(actor, circle)) return 'not-found';
  if (!isAhead(status) || (startsAt !== null && startsAt <= now)) return 'begun';
  if (mayArrange(actor, circle) || agendaBy === null || japanDate(now) <= agendaBy) return undefined;
  return 'closed';
}

/** What an item is about, as people write it: `R8-0042`, `課R8-003`. */
export type Subject = { by: 'consultation' | 'issue'; reference: string };

/** Takes any width, case and number of zeros; undefined for what is no reference. */
export function readSubject(typed: string): Subject | undefined {
  const plain = fold(typed)
    .toUpperCase()
    .replaceAll(/[ー‐‑–—−\s]/gu, (mark) => (/\s/u.test(mark) ? '' : '-'));
  const [, issue, series, number] = /^(課?)([A-Z]\d{1,3})-0*(\d{1,9})$/.exec(plain) ?? [];
  if (issue === undefined || series === undefined || number === undefined) return undefined;
  return issue === ''
    ? { by: 'consultation', reference: `${series}-${number.padStart(4, '0')}` }
    : { by: 'issue', reference: `課${series}-${number.padStart(3, '0')}` };
}
