/** Which hand-overs are possible. Pure. */
import type { Standing } from '../visibility/rules.ts';
import type { HandoverKind } from '../words.ts';

/** To whom the responsible center may offer the case: the core center in front of it, or back; or another district (転居など). */
export function handoverKindsFor(
  standing: Pick<Standing, 'responsibleCenter' | 'sendingCenter'>,
  coreCenter: string,
): HandoverKind[] {
  return standing.responsibleCenter === coreCenter ? ['return', 'transfer'] : ['front_support', 'transfer'];
}
