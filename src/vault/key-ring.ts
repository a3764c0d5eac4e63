/**
 * Envelope encryption with AES-256-GCM: every case has a data key of its own, wrapped by a key of DATA_KEYS.
 * Guards against whoever reads the database or its backups without the Worker's secrets. It does not guard against
 * whoever holds both, nor hide how long a text is.
 */
import { fromBase64, toBase64Url } from '../lib/bytes.ts';
import type { DataKey } from '../lib/env.ts';

declare const sealedBrand: unique symbol;

/** Ciphertext as a column holds it: `v1.<key id>.<iv>.<ciphertext and tag>`, base64url. Only this module makes one. */
export type Sealed = string & { readonly [sealedBrand]: true };

/**
 * Where a sealed value lives. It is authenticated with the value (GCM's associated data), so that a ciphertext moved to
 * another column, row or center does not open.
 */
export interface Place {
  table: string;
  column: string;
  row: string;
  center: string;
}

export interface WrappedKey {
  caseId: string;
  keyId: string;
  wrapped: string;
}

/** What a VaultError is about, as far as it is known. */
interface VaultFault {
  /** The key of DATA_KEYS that is missing or does not fit. */
  keyId?: string;
  /** Where the value lies that does not open. */
  place?: Omit<Place, 'center'>;
}

/** A value that does not open: a key is missing, or the value was changed or moved. Says which and where, never the value. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly code: 'unknown-key' | 'malformed' | 'does-not-open';
  readonly keyId: string | undefined;
  readonly place: VaultFault['place'] | undefined;

  constructor(code: VaultError['code'], what: string, { keyId, place }: VaultFault = {}) {
    super(`${what}: ${code}`);
    this.code = code;
    this.keyId = keyId;
    this.place = place;
  }
}

/** NIST SP 800-38D: 96-bit random IVs, safe for 2^32 values a key; a case has some dozens. */
const IV_BYTES = 12;
const CASE_KEY_BYTES = 32;
const FORMAT = 'v1';
/** First byte of a sealed file, which is no text. */
const BYTES_FORMAT = 1;
/** GCM's tag, at the end of every ciphertext. */
const TAG_BYTES = 16;
/** Sealed values name the key that opens them; inside a case there is only its data key. */
const CASE_KEY_ID = 'case';

/** The key of one case, opened. Lives as long as the request that opened it. */
export class CaseKey {
  readonly #key: CryptoKey;

  constructor(key: CryptoKey) {
    this.#key = key;
  }

  async seal(place: Place, plaintext: string): Promise<Sealed> {
    return encrypt(this.#key, CASE_KEY_ID, associate(place), encode(plaintext));
  }

  /** @throws {VaultError} when the value was changed, or belongs to another place */
  async open(place: Place, sealed: Sealed): Promise<string> {
    const bytes = await decrypt(this.#key, associate(place), sealed, { place });
    // What was typed comes back to the letter, a byte order mark included.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  }

  /** The content of a file: version byte, IV, ciphertext and tag. The place must be no column's, so that neither opens as the other. */
  async sealBytes(place: Place, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const how = { name: 'AES-GCM', iv, additionalData: associate(place) };
    const sealed = await crypto.subtle.encrypt(how, this.#key, bytes);
    const whole = new Uint8Array(1 + IV_BYTES + sealed.byteLength);
    whole[0] = BYTES_FORMAT;
    whole.set(iv, 1);
    whole.set(new Uint8Array(sealed), 1 + IV_BYTES);
    return whole;
  }

  /** @throws {VaultError} when the content was changed or cut, or belongs to another place */
  async openBytes(place: Place, whole: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const what = `${place.table}.${place.column}`;
    if (whole[0] !== BYTES_FORMAT || whole.length < 1 + IV_BYTES + TAG_BYTES)
      throw new VaultError('malformed', what, { place });
    const iv = whole.subarray(1, 1 + IV_BYTES);
    const how = { name: 'AES-GCM', iv, additionalData: associate(place) };
    try {
      return new Uint8Array(await crypto.subtle.decrypt(how, this.#key, whole.subarray(1 + IV_BYTES)));
    } catch {
      // WebCrypto tells nothing more than that the tag does not match.
      throw new VaultError('does-not-open', what, { place });
    }
  }
}

/** Hashes with a key (HMAC-SHA-256): who lacks the key can neither repeat a hash nor try names against it. */
export class HashKey {
  readonly #key: CryptoKey;

  constructor(key: CryptoKey) {
    this.#key = key;
  }

  /** 32 bytes. */
  async hash(text: string): Promise<Uint8Array> {
    return new Uint8Array(await crypto.subtle.sign('HMAC', this.#key, encode(text)));
  }
}

/** The keys of DATA_KEYS. The first one wraps new case keys; all of them unwrap. */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, CryptoKey>;
  readonly #activeId: string;

  private constructor(keys: ReadonlyMap<string, CryptoKey>, activeId: string) {
    this.#keys = keys;
    this.#activeId = activeId;
  }

  static async from(dataKeys: readonly DataKey[]): Promise<KeyRing> {
    const [active] = dataKeys;
    if (!active) throw new VaultError('unknown-key', 'DATA_KEYS');
    const imported = await Promise.all(
      dataKeys.map(async ({ id, bytes }) => [id, await importKey(bytes)] as const),
    );
    return new KeyRing(new Map(imported), active.id);
  }

  /** The key that wraps new case keys. */
  get activeId(): string {
    return this.#activeId;
  }

  /** The keys that only unwrap any more: their case keys are to be re-wrapped. */
  get olderIds(): string[] {
    return [...this.#keys.keys()].filter((id) => id !== this.#activeId);
  }

  /** Makes a data key for a new case; the row must be stored in the same batch as the first value sealed with it. */
  async createCaseKey(caseId: string): Promise<{ caseKey: CaseKey; row: WrappedKey }> {
    const bytes = crypto.getRandomValues(new Uint8Array(CASE_KEY_BYTES));
    return { caseKey: new CaseKey(await importKey(bytes)), row: await this.#wrap(caseId, bytes) };
  }

  /**
   * The same data key under the active key. Whatever was sealed with it stays as it is.
   * @throws {VaultError} as `openCaseKey`
   */
  async rewrap(row: WrappedKey): Promise<WrappedKey> {
    return this.#wrap(row.caseId, await this.#unwrap(row));
  }

  /** @throws {VaultError} `unknown-key` names the key id that DATA_KEYS lacks */
  async openCaseKey(row: WrappedKey): Promise<CaseKey> {
    return new CaseKey(await importKey(await this.#unwrap(row)));
  }

  /**
   * A key for hashing that follows from the same bytes (HKDF, RFC 5869), so that it needs no row of its own.
   * @throws {VaultError} `unknown-key` names the key id that DATA_KEYS lacks
   */
  async openHashKey(row: WrappedKey): Promise<HashKey> {
    const source = await crypto.subtle.importKey('raw', await this.#unwrap(row), 'HKDF', false, [
      'deriveKey',
    ]);
    const derivation = {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: new Uint8Array(),
      info: encode('kikan v1 hash'),
    };
    const target = { name: 'HMAC', hash: 'SHA-256', length: 256 };
    return new HashKey(await crypto.subtle.deriveKey(derivation, source, target, false, ['sign']));
  }

  async #wrap(caseId: string, bytes: Uint8Array<ArrayBuffer>): Promise<WrappedKey> {
    const keyId = this.#activeId;
    return {
      caseId,
      keyId,
      wrapped: await encrypt(this.#key({ caseId, keyId }), keyId, wrapPlace(caseId, keyId), bytes),
    };
  }

  async #unwrap({ caseId, keyId, wrapped }: WrappedKey): Promise<Uint8Array<ArrayBuffer>> {
    const place = { table: 'case_key', column: 'wrapped', row: caseId };
    return decrypt(this.#key({ caseId, keyId }), wrapPlace(caseId, keyId), wrapped, { keyId, place });
  }

  #key({ caseId, keyId }: Pick<WrappedKey, 'caseId' | 'keyId'>): CryptoKey {
    const key = this.#keys.get(keyId);
    if (key) return key;
    const place = { table: 'case_key', column: 'wrapped', row: caseId };
    throw new VaultError('unknown-key', `DATA_KEYS ${keyId}`, { keyId, place });
  }
}

/** TextEncoder's type leaves open whether its memory is shared; WebCrypto wants it not to be. */
function encode(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(text));
}

const rings = new WeakMap<object, Promise<KeyRing>>();

/** The key ring of an isolate's settings, imported at first use. */
export function keyRingOf(settings: { DATA_KEYS: readonly DataKey[] }): Promise<KeyRing> {
  const known = rings.get(settings);
  if (known) return known;
  const ring = KeyRing.from(settings.DATA_KEYS);
  rings.set(settings, ring);
  return ring;
}

function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** JSON keeps the parts apart: no two places share an encoding. */
function associate(place: Place): Uint8Array<ArrayBuffer> {
  return encode(JSON.stringify(['kikan', FORMAT, place.table, place.column, place.row, place.center]));
}

function wrapPlace(caseId: string, keyId: string): Uint8Array<ArrayBuffer> {
  return encode(JSON.stringify(['kikan', FORMAT, 'case_key', caseId, keyId]));
}

async function encrypt(
  key: CryptoKey,
  keyId: string,
  additionalData: Uint8Array<ArrayBuffer>,
  plain: Uint8Array<ArrayBuffer>,
): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain);
  const text = [FORMAT, keyId, toBase64Url(iv), toBase64Url(new Uint8Array(sealed))].join('.');
  if (!isSealed(text)) throw new VaultError('malformed', 'new value');
  return text;
}

async function decrypt(
  key: CryptoKey,
  additionalData: Uint8Array<ArrayBuffer>,
  sealed: string,
  about: Required<Pick<VaultFault, 'place'>> & VaultFault,
): Promise<Uint8Array<ArrayBuffer>> {
  const what = `${about.place.table}.${about.place.column}`;
  const [, , iv, ciphertext] = sealed.split('.');
  if (!isSealed(sealed) || !iv || !ciphertext) throw new VaultError('malformed', what, about);
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64(iv), additionalData },
      key,
      fromBase64(ciphertext),
    );
    return new Uint8Array(plain);
  } catch {
    // WebCrypto tells nothing more than that the tag does not match.
    throw new VaultError('does-not-open', what, about);
  }
}

function isSealed(text: string): text is Sealed {
  return /^v1\.[a-z0-9_-]{1,32}\.[\w-]{16}\.[\w-]{22,}$/.test(text);
}
