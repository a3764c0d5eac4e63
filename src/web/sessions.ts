/**
 * Sessions of the pages: who is signed in, in which browser, and until when.
 * Guards against stolen databases (hashed ids), fixation (a new id at each sign-in) and forgotten browsers (two limits of time).
 */
import { eq, lt, or } from 'drizzle-orm';
import { sha256Hex, toBase64Url } from '../lib/bytes.ts';
import type { Database } from '../lib/db.ts';
import { webSession } from './tables.ts';

/** Without a request for that long, a session has ended: a phone left on a desk. */
export const IDLE_MS = 30 * 60_000;
/** However busy, a session ends after a working day. */
export const ABSOLUTE_MS = 12 * 60 * 60_000;
/** The last use is noted at most this often, so that not every page is a write. */
const SEEN_EVERY_MS = 60_000;
/** 256 bits: not to be guessed. */
const SECRET_BYTES = 32;

/** A session that is valid now. */
export interface Session {
  id: string;
  slackUserId: string;
  formToken: string;
}

/** 256 random bits, as text for a cookie, a form or an address. */
export function newSecret(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** A session's name in the audit log: enough to tell sessions apart, useless for acting. */
export function sessionName(session: Pick<Session, 'id'>): string {
  return session.id.slice(0, 16);
}

/** Begins a session and answers what its cookie holds. The session that the browser had before, if any, ends. */
export async function beginSession(
  db: Database,
  slackUserId: string,
  previousCookie: string | undefined,
  now: Date,
): Promise<{ cookie: string; session: Session }> {
  const cookie = newSecret();
  const session = { id: await sha256Hex(cookie), slackUserId, formToken: newSecret() };
  const begin = db.insert(webSession).values({ ...session, startedAt: now, seenAt: now });
  if (previousCookie) await db.batch([endOf(db, await sha256Hex(previousCookie)), begin]);
  else await begin;
  return { cookie, session };
}

/** The session behind a cookie, its use noted; undefined when there is none, or it has ended. */
export async function resumeSession(
  db: Database,
  cookie: string | undefined,
  now: Date,
): Promise<Session | undefined> {
  if (!cookie) return undefined;
  const id = await sha256Hex(cookie);
  const [row] = await db.select().from(webSession).where(eq(webSession.id, id)).limit(1);
  if (!row || isOver(row, now)) return undefined;
  if (now.getTime() - row.seenAt.getTime() >= SEEN_EVERY_MS)
    await db.update(webSession).set({ seenAt: now }).where(eq(webSession.id, id));
  return { id, slackUserId: row.slackUserId, formToken: row.formToken };
}

export async function endSession(db: Database, session: Pick<Session, 'id'>): Promise<void> {
  await endOf(db, session.id);
}

/** Ends all sessions of a person, on every device. */
export function endSessionsOf(db: Database, slackUserId: string) {
  return { statement: db.delete(webSession).where(eq(webSession.slackUserId, slackUserId)) };
}

/** Removes what has ended; runs as a job. */
export async function purgeSessions(db: Database, now: Date): Promise<void> {
  await db
    .delete(webSession)
    .where(
      or(
        lt(webSession.seenAt, new Date(now.getTime() - IDLE_MS)),
        lt(webSession.startedAt, new Date(now.getTime() - ABSOLUTE_MS)),
      ),
    );
}

function endOf(db: Database, id: string) {
  return db.delete(webSession).where(eq(webSession.id, id));
}

function isOver(row: typeof webSession.$inferSelect, now: Date): boolean {
  return (
    now.getTime() - row.seenAt.getTime() > IDLE_MS || now.getTime() - row.startedAt.getTime() > ABSOLUTE_MS
  );
}
