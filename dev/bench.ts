/**
 * `npm run bench [-- --quick] [-- part…]`: measures the Worker against a bare Hono route on the same runtime, in one
 * run. Exit code 0 whenever it could measure, missed targets included: the table says which. Only `detector`, which no
 * busy machine can spoil, and `faq` end with 1.
 */
import os from 'node:os';
import { measureAck } from './bench/ack.ts';
import { measureBundle } from './bench/bundle.ts';
import { buildProduct } from './bench/bundles.ts';
import { measureDetector } from './bench/detector.ts';
import { measureFaq } from './bench/faq/faq.ts';
import { type Effort, type Figure, FULL, printFigures, QUICK } from './bench/figure.ts';
import { measureLists } from './bench/list.ts';
import { measureRotation } from './bench/rotation.ts';
import { measureStart } from './bench/start.ts';
import { measureStorm } from './bench/storm.ts';
import { CENTERS } from './bench/storm-city.ts';
import { measureWrite } from './bench/write.ts';
import { runCommand, StartError } from './local/start-error.ts';

/** Each takes the product's program, as wrangler builds it. */
const PARTS: Record<string, (productProgram: string, effort: Effort) => Promise<Figure[]>> = {
  ack: measureAck,
  write: measureWrite,
  bundle: measureBundle,
  start: measureStart,
  list: measureLists,
  rotation: measureRotation,
  detector: measureDetector,
  faq: measureFaq,
};

const USAGE = `usage: npm run bench -- [--quick] [${Object.keys(PARTS).join('|')}]...
       npm run bench -- storm [people=3000] [perSecond=50] [slackMs=300]`;

await runCommand(async () => {
  const words = process.argv.slice(2);
  const names = words.filter((word) => word !== '--quick');
  const begun = performance.now();
  const figures = names[0] === 'storm' ? await storm(names.slice(1)) : await parts(names, words);
  printFigures(figures);
  const load = os.loadavg()[0]?.toFixed(1);
  console.log(
    `  ${Math.round((performance.now() - begun) / 1000)} s, ${os.availableParallelism()} cores, load ${load}`,
  );
});
process.exit();

async function parts(names: readonly string[], words: readonly string[]): Promise<Figure[]> {
  if (names.some((name) => !Object.hasOwn(PARTS, name))) throw new StartError(USAGE);
  const effort = words.includes('--quick') ? QUICK : FULL;
  const productProgram = buildProduct();
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(PARTS))
    if (names.length === 0 || names.includes(name)) figures.push(...(await measure(productProgram, effort)));
  return figures;
}

/** Takes minutes, and wants the machine for itself: only when it is asked for. */
async function storm(words: readonly string[]): Promise<Figure[]> {
  const numbers = words.map(Number);
  if (numbers.length > 3 || !numbers.every((number) => Number.isInteger(number) && number >= 0))
    throw new StartError(USAGE);
  const [people = 3_000, perSecond = 50, slackMs = 300] = numbers;
  if (people <= CENTERS || perSecond < 1) throw new StartError(USAGE);
  return measureStorm({ people, perSecond, slackMs });
}
