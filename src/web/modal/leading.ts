/** What several features show on pages of their own, as one. */
import type { LeadingPresses } from './host.tsx';

/** Requires that no two of them name the same press. */
export function joinLeading(parts: readonly LeadingPresses[]): LeadingPresses {
  return {
    actionIds: new Set(parts.flatMap(({ actionIds }) => [...actionIds])),
    pathOf: async (c, press) =>
      parts.find(({ actionIds }) => actionIds.has(press.actionId))?.pathOf(c, press),
  };
}
