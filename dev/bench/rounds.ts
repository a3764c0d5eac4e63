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

/** Requests of the first, short burst: enough to guess a rate from. */
const FIRST_BURST = 64;

/** Median of the rounds' ratios, with both rates. */
export async function compare(contest: Contest, effort: Effort): Promise<Figure> {
  const { product, bare, atLeast } = contest;
  const requests = new Stock(contest.make);
  const rate = async (url: URL, count: number) => {
    const made = requests.take(count);
    return count / (await sendAll(url, made, contest.expected));
  };
  for (const url of [product, bare]) {
    const first = await rate(url, FIRST_BURST);
    await rate(url, Math.ceil(first * effort.warmUpSeconds));
  }
  // The same number for both, so that both databases grow alike.
  const guess = Math.min(await rate(product, FIRST_BURST * 4), await rate(bare, FIRST_BURST * 4));
  const count = Math.max(FIRST_BURST, Math.ceil(guess * effort.seconds));
  const rates: { product: number; bare: number }[] = [];
  for (let round = 0; round < effort.rounds; round += 1) {
    const isProductFirst = round % 2 === 0;
    const first = await rate(isProductFirst ? product : bare, count);
    const second = await rate(isProductFirst ? bare : product, count);
    rates.push(isProductFirst ? { product: first, bare: second } : { product: second, bare: first });
  }
  const ratios = rates.map((each) => each.product / each.bare);
  const ratio = median(ratios);
  return {
    name: contest.name,
    value: `${ratio.toFixed(2)} of bare Hono`,
    target: { text: `>= ${atLeast.toFixed(2)}`, isMet: ratio >= atLeast },
    detail: [
      `spread ${spread(ratios, (value) => value.toFixed(2))}`,
      `${Math.round(median(rates.map((each) => each.product)))}/s against ${Math.round(median(rates.map((each) => each.bare)))}/s`,
      `${effort.rounds} rounds of ${count} requests`,
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
