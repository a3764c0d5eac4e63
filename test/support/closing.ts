/** The end of a house and of all that it stored. */
import { vi } from 'vitest';

let isOpen = false;

/** Whoever opens a house says so before anything is stored. */
export function noteOpened(): void {
  isOpen = true;
}

/** Ends a house and everything that it stored; tests that open several call it between them. */
export async function closeHouse(): Promise<void> {
  vi.restoreAllMocks();
  if (!isOpen) return;
  isOpen = false;
  // Not above: it loads the Worker, which rules are tested without, and which a test may want to watch being loaded.
  const { reset } = await import('cloudflare:test');
  await reset();
}
