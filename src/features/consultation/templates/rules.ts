/** Who keeps 定型文. Pure. */
import type { Person } from '../visibility/rules.ts';

/** The core center's staff, who answer with them. */
export function mayKeepTemplates({ center }: { center: Pick<Person['center'], 'kind'> }): boolean {
  return center.kind === 'kikan';
}
