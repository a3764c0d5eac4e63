/** Effects that leave something behind until they are cleaned up: listeners, timers. */
import { useLayoutEffect } from 'hono/jsx/dom';

/**
 * Like useEffect, but at once and so exactly once: when a component is drawn twice within one frame, hono (4.13)
 * runs a useEffect twice and keeps only the second clean-up. The elements may not be on the page yet.
 */
export function useLastingEffect(effect: () => (() => void) | undefined, deps: readonly unknown[]): void {
  useLayoutEffect(() => effect(), deps);
}
