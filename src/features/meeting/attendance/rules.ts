/** Who is told of what a seat is asked. Pure. */
import type { InvitedSeat } from '../data.ts';

/** Somebody to be told: staff by Slack, guests by mail. */
export type Recipient =
  | { by: 'slack'; recipient: string }
  | { by: 'mail'; recipient: string; to: string; name: string };

/**
 * Who hears of these seats, each once: whose seat it is; for a center's seat whom it named, else its contacts.
 * @param contacts by center, as `data.listContacts` gives them
 */
export function recipientsOf(
  seats: readonly Pick<InvitedSeat, 'seat' | 'person' | 'center' | 'guestName' | 'guestEmail'>[],
  contacts: ReadonlyMap<string, readonly string[]>,
): Recipient[] {
  const all = seats.flatMap(({ seat, person, center, guestName, guestEmail }): Recipient[] => {
    if (person !== null) return [{ by: 'slack', recipient: person }];
    if (center !== null) return (contacts.get(center) ?? []).map((recipient) => ({ by: 'slack', recipient }));
    if (guestEmail !== null)
      return [{ by: 'mail', recipient: seat, to: guestEmail, name: guestName ?? guestEmail }];
    return [];
  });
  return [...new Map(all.map((each) => [each.recipient, each])).values()];
}
