/** Time that passes for cases: their ends are moved into the past, as if the years had gone by. */
import { env } from 'cloudflare:workers';

const DAY_MS = 24 * 60 * 60_000;

/** The case was closed so many days ago. */
export async function closedDaysAgo(days: number): Promise<void> {
  await env.DB.prepare("UPDATE consultation SET status = 'closed', closed_at = ?, due_at = NULL")
    .bind(Date.now() - days * DAY_MS)
    .run();
  await env.DB.prepare('DELETE FROM deadline').run();
}

/** An instant at noon in Japan, so many days from now: people read messages then, and hourly jobs run. */
export function noonIn(days: number): number {
  const today = Math.floor((Date.now() + 9 * 3600_000) / DAY_MS) * DAY_MS - 9 * 3600_000;
  return today + days * DAY_MS + 12 * 3600_000;
}
