/** Watches for unusual reading: somebody who goes through case after case is told to the manager, once a person and hour. */
import { isUniqueViolation, runBatch } from '../../../../lib/db.ts';
import { formatInstant, japanDate } from '../../../../lib/jst.ts';
import { logWarning } from '../../../../lib/log.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import { enqueue, type OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { appendEntry, chainHead, nextEntry } from '../../../../vault/audit.ts';
import { listAdmins } from '../../../directory/data.ts';
import { logQueryOf } from '../schema.ts';
import { readingFlag } from '../tables.ts';
import { findReader, HOUR_MS, listUnusualReaders, type ManyReadings } from './data.ts';
import { hearersOf } from './rules.ts';
import { watchingText as text } from './text.ts';

/** Looks every ten minutes: each look reads the entries of an hour, and D1 bills rows. */
const EVERY_MINUTES = 10;
const EVERY_MS = EVERY_MINUTES * 60_000;
/** Each takes some queries of the free plan's 50; the others follow ten minutes later. */
const TOLD_A_RUN = 4;
/** Other changes of the city's chain may come in between. */
const ATTEMPTS = 5;

export async function flagUnusualReading(scope: Scope): Promise<void> {
  if (scope.now.getUTCMinutes() % EVERY_MINUTES !== 0) return;
  const readers = await listUnusualReaders(scope.db, scope.now, EVERY_MS);
  for (const reader of readers.slice(0, TOLD_A_RUN)) await flag(scope, reader);
}

/** In one batch: that it was told, the audit entry and the messages. Of two runs at once one fails as a whole. */
async function flag(scope: Scope, readings: ManyReadings): Promise<void> {
  const { db, now } = scope;
  const { slackUserId, cases } = readings;
  const notices = await noticesOf(scope, readings);
  logWarning('reading.unusual', { cases, told: notices.length });
  for (let attempt = 1; ; attempt += 1) {
    const entry = await nextEntry('city', await chainHead(db, 'city'), {
      at: now,
      actor: 'job:flag-unusual-reading',
      action: 'reading.flag',
      outcome: 'done',
      ...scope.origin,
      detail: { person: slackUserId, cases, told: notices.length },
    });
    try {
      await runBatch(db, [
        appendEntry(db, entry),
        db.insert(readingFlag).values({
          slackUserId,
          hour: Math.floor(now.getTime() / HOUR_MS),
          cases,
          flaggedAt: now,
        }),
        ...(notices.length > 0 ? [enqueue(db, notices, now)] : []),
      ]);
      scope.wakeCourier();
      return;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Told already by another run, or something else came into the city's chain.
      if (await wasFlagged(scope, slackUserId)) return;
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

async function noticesOf(scope: Scope, readings: ManyReadings): Promise<OutboxEntry[]> {
  const { slackUserId } = readings;
  const [reader, admins] = await Promise.all([findReader(scope.db, slackUserId), listAdmins(scope.db)]);
  const who = reader ? text.person(escapeMrkdwn(reader.name), escapeMrkdwn(reader.centerName)) : slackUserId;
  const message = { text: noticeOf(scope, readings, who) };
  const { role, managers } = reader ?? { role: 'staff' as const, managers: [] };
  return hearersOf({ slackUserId, role, managers }, admins).map((person) => ({
    kind: 'direct',
    person,
    message,
  }));
}

async function wasFlagged({ db, now }: Scope, slackUserId: string): Promise<boolean> {
  const unusual = await listUnusualReaders(db, now, EVERY_MS);
  return !unusual.some((each) => each.slackUserId === slackUserId);
}

function noticeOf({ settings }: Scope, { slackUserId, cases, until }: ManyReadings, who: string): string {
  const since = new Date(until.getTime() - HOUR_MS);
  const query = logQueryOf({ person: slackUserId, fromOn: japanDate(since), untilOn: japanDate(until) });
  const link = new URL(`/log${query}`, settings.PUBLIC_URL).href;
  return text.unusual(who, cases, formatInstant(since), formatInstant(until), link);
}
