/** Which seats of a meeting must change when people and centers of the city do. Pure. */
import type { AttendeeRule, Invitable, Seat } from '../../../directory/meeting-kinds/rules.ts';
import { seatsOf } from '../../../directory/meeting-kinds/rules.ts';
import type { seat as seatTable } from '../../tables.ts';

/** Today's city. */
export interface Directory {
  people: readonly Invitable[];
  /** The open centers, in their order. */
  centers: readonly { code: string; kind: Invitable['kind'] }[];
}

type Standing = Pick<typeof seatTable.$inferSelect, 'seat' | 'person' | 'center' | 'deputy' | 'isByHand'>;

export interface Reseating {
  added: Seat[];
  removed: string[];
  /** Whose person works in another center now. */
  moved: { seat: string; center: string }[];
  /** Whose answer holds no more: the deputy, or the person whom the center named, is gone from there. */
  emptied: string[];
}

/**
 * Makes seats follow the directory and the kind's rules. Who left loses her seat, and so does whom the rules invite no more, unless
 * somebody invited her by hand. Who changed centers keeps her own only where the rules still invite her, then for the new center. Whom the
 * rules invite anew is added, unless she was taken off by hand.
 * @param seats those that are invited; @param takenOff seats that somebody took off by hand
 * @returns undefined when all is as it should be
 */
export function reseat(
  rules: readonly AttendeeRule[],
  seats: readonly Standing[],
  takenOff: ReadonlySet<string>,
  { people, centers }: Directory,
): Reseating | undefined {
  const districts = centers.filter(({ kind }) => kind === 'district');
  const wanted = new Map(seatsOf(rules, people, districts).map((each) => [each.seat, each]));
  const workplaces = new Map(people.map(({ slackUserId, center }) => [slackUserId, center]));
  const open = new Set(centers.map(({ code }) => code));
  const fateOf = (each: Standing) => fate(each, { wanted, workplaces, open });
  const fates = seats.map((each) => ({ each, fate: fateOf(each) }));
  const removed = fates.filter(({ fate: of }) => of === 'removed').map(({ each }) => each.seat);
  const moved = fates.flatMap(({ each, fate: of }) =>
    typeof of === 'object' ? [{ seat: each.seat, center: of.center }] : [],
  );
  const centerAfter = (each: Standing) => moved.find(({ seat }) => seat === each.seat)?.center ?? each.center;
  const isElsewhere = (person: string | null, center: string | null) =>
    person !== null && workplaces.get(person) !== center;
  const emptied = seats
    .filter(({ seat }) => !removed.includes(seat))
    .filter(
      (each) =>
        isElsewhere(each.deputy, centerAfter(each)) ||
        (each.seat.startsWith('center:') && isElsewhere(each.person, each.center)),
    )
    .map(({ seat }) => seat);
  const standing = new Set(seats.map(({ seat }) => seat));
  const added = [...wanted.values()].filter(({ seat }) => !standing.has(seat) && !takenOff.has(seat));
  const isAnything = added.length + removed.length + moved.length + emptied.length > 0;
  return isAnything ? { added, removed, moved, emptied } : undefined;
}

function fate(
  { seat, person, center, isByHand }: Standing,
  city: {
    wanted: ReadonlyMap<string, Seat>;
    workplaces: ReadonlyMap<string, string>;
    open: ReadonlySet<string>;
  },
): 'kept' | 'removed' | { center: string } {
  const isWanted = isByHand || city.wanted.has(seat);
  if (seat.startsWith('guest:')) return isWanted ? 'kept' : 'removed';
  if (seat.startsWith('center:'))
    return isWanted && center !== null && city.open.has(center) ? 'kept' : 'removed';
  const workplace = city.workplaces.get(person ?? '');
  if (workplace === undefined) return 'removed';
  if (workplace === center) return isWanted ? 'kept' : 'removed';
  return city.wanted.has(seat) ? { center: workplace } : 'removed';
}
