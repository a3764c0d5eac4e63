/** What the product costs beyond a bare Worker that runs the same statements in D1. */
import type { Effort, Figure } from './figure.ts';
import { consultationSubmission } from './requests.ts';
import { type CourierState, startRig } from './rig.ts';
import { compare } from './rounds.ts';

/** D1-writing requests per second are to be at least this share of bare Hono's. */
const WRITE_AT_LEAST = 0.85;

const NAMES: Record<CourierState, string> = {
  asleep: 'D1-writing: consultation, courier asleep',
  awake: 'D1-writing: consultation, courier delivering',
};

/** One consultation a request: once without deliveries beside it, once with the courier as in production. */
export async function measureWrite(productProgram: string, effort: Effort): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const courier of ['asleep', 'awake'] as const) {
    const rig = await startRig(productProgram, courier);
    try {
      const figure = await compare(
        {
          name: NAMES[courier],
          product: rig.product,
          bare: rig.bare,
          make: consultationSubmission,
          expected: { status: 200, body: '' },
          atLeast: WRITE_AT_LEAST,
        },
        effort,
      );
      const posts = rig.slack.calls.get('chat.postMessage') ?? 0;
      figures.push(
        courier === 'awake' ? { ...figure, detail: `${figure.detail}, ${posts} posts meanwhile` } : figure,
      );
    } finally {
      await rig.dispose();
    }
  }
  return figures;
}
