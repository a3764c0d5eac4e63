/** Compares two Workers in rounds that take turns, so that whatever else the machine does hits both. */
import { type Effort, type Figure, median, spread } from './figure.ts';
import { type Answer, sendAll } from './load.ts';
import type { RequestMaker } from './requests.ts';

export interface Contest {
  name: string;
  product: URL;
  bare: URL;
  make: RequestMaker;
  /** What both answer. */
  expected: Answer;
  /** The least share of the bare Worker's requests per second that the project promises. */
  atLeast: number;
}

/** Requests of the first, short burst (enough to guess a rate from), and the least of any measurement. */
const FEWEST = 32;
/** So many rounds are run however slow the machine is; the others only within twice the aimed time. */
const FEWEST_ROUNDS = 5;

interface Round {
  product: number;
  bare: number;
}

/** Median of the rounds' ratios, with both rates. */
export async function compare(contest: Contest, effort: Effort): Promise<Figure> {
  const stock = new Stock(contest.make);
  const rate = async (who: keyof Round, count: number) => {
    const requests = stock.take(count);
    return count / (await sendAll(contest[who], requests, contest.expected));
  };
  const warmed = [];
  for (const who of ['product', 'bare'] as const) {
    const cold = await rate(who, FEWEST);
    warmed.push(await rate(who, Math.max(FEWEST, Math.ceil(cold * effort.warmUpSeconds))));
  }
  // The same number for both, so that both databases grow alike.
  const count = Math.max(FEWEST, Math.ceil(Math.min(...warmed) * effort.seconds));
  const end = performance.now() + effort.rounds * effort.seconds * 2 * 2 * 1000;
  const rounds: Round[] = [];
  while (rounds.length < effort.rounds && (rounds.length < FEWEST_ROUNDS || performance.now() < end)) {
    const isProductFirst = rounds.length % 2 === 0;
    const first = await rate(isProductFirst ? 'product' : 'bare', count);
    const second = await rate(isProductFirst ? 'bare' : 'product', count);
    rounds.push(isProductFirst ? { product: first, bare: second } : { product: second, bare: first });
  }
  return toFigure(contest, rounds, count);
}

function toFigure({ name, atLeast }: Contest, rounds: readonly Round[], count: number): Figure {
  const ratios = rounds.map((each) => each.product / each.bare);
  const ratio = median(ratios);
  return {
    name,
    value: `${ratio.toFixed(2)} of bare Hono`,
    target: { text: `>= ${atLeast.toFixed(2)}`, isMet: ratio >= atLeast },
    detail: [
      `spread ${spread(ratios, (value) => value.toFixed(2))}`,
      `${Math.round(median(rounds.map((each) => each.product)))}/s against ${Math.round(median(rounds.map((each) => each.bare)))}/s`,
      `${rounds.length} rounds of ${count} requests`,
    ].join(', '),
  };
}

/** Numbers requests on and on: no two of a contest have the same ids. Signed on taking, outside of the measured time. */
class Stock {
  readonly #make: RequestMaker;
  #made = 0;

  constructor(make: RequestMaker) {
    this.#make = make;
  }

  take(count: number): Buffer[] {
    return Array.from({ length: count }, () => this.#make(++this.#made));
  }
}
