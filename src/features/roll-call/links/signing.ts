/**
 * Addresses that open without a sign-in: a person's own link and the printed card of a center. Each names a random row and carries a
 * signature over what it stands for, so that neither guessing nor moving one to another person or roll-call opens anything.
 */
import { toBase64Url } from '../../../lib/bytes.ts';
import type { HashKey } from '../../../vault/key-ring.ts';
import { isSameSecret } from '../../../web/origin-check.ts';
import { SAFETY_PATH } from '../paths.ts';

/** 192 bits. */
const SIGNATURE_BYTES = 24;
/** 18 hexadecimal digits that name the row, and 32 letters of base64url. */
const TOKEN = /^([0-9a-f]{18})([\w-]{32})$/;

/** What a person's link stands for: one row of a roster. */
export interface LinkOf {
  rollCallId: string;
  person: string;
  linkId: string;
}

/** What a printed card stands for. */
export interface CardOf {
  center: string;
  cardId: string;
}

/** The token of a person's own link. */
export async function signLink(key: HashKey, { rollCallId, person, linkId }: LinkOf): Promise<string> {
  return `${linkId}${await sign(key, `link/${rollCallId}/${person}/${linkId}`)}`;
}

/** The token of a center's card. */
export async function signCard(key: HashKey, { center, cardId }: CardOf): Promise<string> {
  return `${cardId}${await sign(key, `card/${center}/${cardId}`)}`;
}

/** The row that a token names; undefined for what no token looks like. Proves nothing yet: compare with `isSigned`. */
export function rowOfToken(token: string): string | undefined {
  return TOKEN.exec(token)?.[1];
}

/** Whether a token is the one that was signed; takes the same time wherever they differ. */
export function isSigned(token: string, signed: string): boolean {
  return isSameSecret(token, signed);
}

/** 72 random bits, as the rows of rosters have them. */
export function newRowId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** @param publicUrl PUBLIC_URL */
export function linkAddress(publicUrl: string, token: string): string {
  return new URL(`${SAFETY_PATH}/${token}`, publicUrl).href;
}

/** @param publicUrl PUBLIC_URL */
export function cardAddress(publicUrl: string, token: string): string {
  return new URL(`${SAFETY_PATH}/center/${token}`, publicUrl).href;
}

async function sign(key: HashKey, what: string): Promise<string> {
  return toBase64Url((await key.hash(what)).slice(0, SIGNATURE_BYTES));
}
