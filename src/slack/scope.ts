/** What one request or one job works with: handed down, never global, so that nothing leaks from one person to the next. */
import type { Database } from '../lib/db.ts';
import type { Settings } from '../lib/env.ts';

export interface Scope {
  settings: Settings;
  db: Database;
  /** The instant of the request, or the cron's scheduled time. */
  now: Date;
  /** Tells the courier that there is something to deliver; call it after each batch with outbox entries. */
  wakeCourier(): void;
}
