/** The FAQ's search: how well it finds, and how fast. Missed targets end the run with exit code 1. */

import type { Figure } from '../figure.ts';
import { measureQuality } from './quality.ts';
import { measureSpeed } from './speed.ts';

export async function measureFaq(): Promise<Figure[]> {
  const figures = [...(await measureQuality()), ...(await measureSpeed())];
  if (figures.some(({ target }) => target && !target.isMet)) process.exitCode = 1;
  return figures;
}
