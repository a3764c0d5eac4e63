/** Tokens of machines that ask kikan something: whoever reads the database cannot ask as anybody. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import { sha256Hex, toBase64Url } from '../lib/bytes.ts';
import type { Database, Statement } from '../lib/db.ts';
import { japanDate } from '../lib/jst.ts';
import { apiToken } from './tables.ts';

/** What a token may open. */
export const TOKEN_SCOPES = ['faq:read'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** So that a token which leaked into a repository or a chat is recognised as what it is. */
const PREFIX = 'kikan_';
/** 256 bits: guessing is hopeless and is not counted. */
const SECRET_BYTES = 32;
const TOKEN = /^kikan_[\w-]{43}$/;

/** Without what opens anything. */
export type ApiToken = Omit<typeof apiToken.$inferSelect, 'hash'>;

/** A new token, and the row that stands for it; the token itself is stored nowhere. */
export async function makeToken(
  scope: TokenScope,
  name: string,
  now: Date,
): Promise<{ token: string; row: typeof apiToken.$inferSelect }> {
  const token = `${PREFIX}${toBase64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))}`;
  const id = crypto.randomUUID().slice(0, 8);
  const hash = await sha256Hex(token);
  return { token, row: { id, name, scope, hash, createdAt: now, usedOn: null, revokedAt: null } };
}

export function storeToken(db: Database, row: typeof apiToken.$inferSelect): Statement {
  return db.insert(apiToken).values(row);
}

/** A token that was revoked stays so, with the time of the first time. */
export function revokeToken(db: Database, id: string, now: Date): Statement {
  return db
    .update(apiToken)
    .set({ revokedAt: now })
    .where(and(eq(apiToken.id, id), isNull(apiToken.revokedAt)));
}

export async function listTokens(db: Database): Promise<ApiToken[]> {
  const rows = await db.select().from(apiToken).orderBy(asc(apiToken.createdAt));
  return rows.map(({ hash, ...token }) => token);
}

/**
 * Whether an `Authorization` header opens this scope; notes the day of its use. It is looked up by its hash, so that how long the
 * answer takes says nothing of the token.
 */
export async function isAdmitted(
  db: Database,
  header: string | undefined,
  scope: TokenScope,
  now: Date,
): Promise<boolean> {
  const [, token = ''] = /^Bearer +(\S+) *$/i.exec(header ?? '') ?? [];
  if (!TOKEN.test(token)) return false;
  const [row] = await db
    .select({ id: apiToken.id, usedOn: apiToken.usedOn })
    .from(apiToken)
    .where(
      and(eq(apiToken.hash, await sha256Hex(token)), eq(apiToken.scope, scope), isNull(apiToken.revokedAt)),
    );
  if (!row) return false;
  const today = japanDate(now);
  if (row.usedOn !== today) await db.update(apiToken).set({ usedOn: today }).where(eq(apiToken.id, row.id));
  return true;
}
