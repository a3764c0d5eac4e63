/** What the product costs beyond a bare Worker when it only has to answer. */
import type { Effort, Figure } from './figure.ts';
import { helpCommand, unheardEvent } from './requests.ts';
import { startRig } from './rig.ts';
import { compare } from './rounds.ts';

/** Ack-only requests per second are to be at least this share of bare Hono's. */
const ACK_AT_LEAST = 0.75;

/** Two rows: without any D1 query, and with the one that asks who the person is. */
export async function measureAck(productProgram: string, effort: Effort): Promise<Figure[]> {
  const rig = await startRig(productProgram, 'asleep');
  try {
    if (!(await rig.answersWithoutTables(unheardEvent(0))))
      throw new Error('the event of the ack-only row needs the database: choose another one');
    const both = { product: rig.product, bare: rig.bare, atLeast: ACK_AT_LEAST };
    return [
      await compare(
        {
          ...both,
          name: 'ack only: event, receiver and Bolt',
          make: unheardEvent,
          expected: { status: 200, body: '' },
        },
        effort,
      ),
      await compare(
        {
          ...both,
          name: 'ack only: /kikan help, one D1 read',
          make: helpCommand,
          expected: rig.helpAnswer,
        },
        effort,
      ),
    ];
  } finally {
    await rig.dispose();
  }
}
