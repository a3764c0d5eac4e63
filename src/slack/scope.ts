/** What one request or one job works with: handed down, never global, so that nothing leaks from one person to the next. */
import type { types } from '@slack/bolt';
import type { Database } from '../lib/db.ts';
import type { Settings } from '../lib/env.ts';

/** Where a request came in: the audit log keeps it with all that the request did. */
export interface Origin {
  surface: 'slack' | 'web' | 'job';
  /** On pages, the session's name in the audit log. */
  session?: string;
}

/** The page that answers a request: modals and words for the person who acted go there instead of to Slack. */
export interface PageHost {
  show(view: types.ModalView): void;
  /** mrkdwn */
  say(sentence: string): void;
  /** Where a press or a submitted form leads to, when not back to where it was made. */
  goTo(path: string): void;
}

export interface Scope {
  settings: Settings;
  db: Database;
  /** The instant of the request, or the cron's scheduled time. */
  now: Date;
  origin: Origin;
  /** Where the content of files lies; undefined when no bucket is bound: then nothing can be attached. */
  files?: R2Bucket | undefined;
  /** Cloudflare's mail service; undefined when it is not bound. */
  email?: SendEmail | undefined;
  /** The index of the FAQ, a database of its own; undefined when none is bound: then nothing is found. */
  faqIndex?: D1Database | undefined;
  /** Workers AI and Vectorize, where they are bound: they help the FAQ's search, which needs neither. */
  faqMeaning?: { ai: Ai; vectors: Vectorize } | undefined;
  /** Undefined when Slack asks, or the cron. */
  page?: PageHost;
  /**
   * Tells the courier that there is something to deliver; call it after each batch with outbox entries.
   * @param afterMs when the first of them is due: else a storm of changes wakes it for nothing
   */
  wakeCourier(afterMs?: number): void;
  /** Has the index of the FAQ follow at once what changed; call it after each batch with a task for it. */
  wakeIndexer(): void;
}
