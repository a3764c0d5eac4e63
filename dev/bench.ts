/**
 * `npm run bench [-- --quick] [-- part…]`: measures the Worker against a bare Hono route on the same runtime, in one
 * run. Exit code 0 whenever it could measure, missed targets included: the table says which. Only `detector`, which no
 * busy machine can spoil, ends with 1.
 */
import os from 'node:os';
import { measureAck } from './bench/ack.ts';
import { measureBundle } from './bench/bundle.ts';
import { buildProduct } from './bench/bundles.ts';
import { measureDetector } from './bench/detector.ts';
import { type Effort, type Figure, FULL, printFigures, QUICK } from './bench/figure.ts';
import { measureLists } from './bench/list.ts';
import { measureRotation } from './bench/rotation.ts';
import { measureStart } from './bench/start.ts';
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
};

const USAGE = `usage: npm run bench -- [--quick] [${Object.keys(PARTS).join('|')}]...`;

await runCommand(async () => {
  const words = process.argv.slice(2);
  const names = words.filter((word) => word !== '--quick');
  if (names.some((name) => !Object.hasOwn(PARTS, name))) throw new StartError(USAGE);
  const effort = words.includes('--quick') ? QUICK : FULL;
  const begun = performance.now();
  const productProgram = buildProduct();
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(PARTS))
    if (names.length === 0 || names.includes(name)) figures.push(...(await measure(productProgram, effort)));
  printFigures(figures);
  const load = os.loadavg()[0]?.toFixed(1);
  console.log(
    `  ${Math.round((performance.now() - begun) / 1000)} s, ${os.availableParallelism()} cores, load ${load}`,
  );
});
process.exit();
