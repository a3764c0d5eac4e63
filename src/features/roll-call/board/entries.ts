/** The outbox entry of a board: what it shows is read when it is sent, so that a thousand answers cost some updates, not a thousand. */
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { LoadedRollCall } from '../data.ts';

/** A board in chat changes at most so often: chat.update allows 50 a minute for everything. */
export const BOARD_GAP_MS = 4_000;
const BOARD = 'roll-call-board';

/** The slot of the card in the channel for drills, which is the board. */
export function boardSlot(id: string): string {
  return `roll-call:${id}`;
}

/**
 * None while the roll-call is planned only, or was never begun.
 * @param afterMs 0 for what must be seen at once: the start and the end. Else it gathers what happens within four seconds.
 */
export function boardEntry(
  { rollCall, boardChannel }: Pick<LoadedRollCall, 'rollCall' | 'boardChannel'>,
  afterMs: number = BOARD_GAP_MS,
): OutboxEntry[] {
  const { id, startedAt } = rollCall;
  if (startedAt === null) return [];
  return [
    { kind: 'composed-card', slot: boardSlot(id), channel: boardChannel, compose: `${BOARD}/${id}`, afterMs },
  ];
}

/** The id of the roll-call whose board is to be composed; undefined for what is no board. */
export function boardToCompose(what: string): string | undefined {
  const [subject, id] = what.split('/');
  return subject === BOARD ? id : undefined;
}
