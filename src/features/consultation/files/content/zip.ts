/** Zip archives as far as Office files need it: the names in the central directory, which Office goes by, and one small entry unpacked. */

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
/** The comment at the archive's end (PKWARE APPNOTE 4.3.16). */
const MAX_COMMENT = 0xffff;
/** A document with a thousand pictures has a few thousand parts. */
const MAX_ENTRIES = 10_000;
const STORED = 0;
const DEFLATED = 8;

/**
 * Packed bytes of an entry that is unpacked. Deflate makes at most 1,032 of each, and workerd unpacks whatever it is handed at once,
 * before a reader can stop it: what an entry says of its size is no limit, but this is one, at 33 MB.
 */
const MAX_PACKED = 32 * 1024;
/** The list of parts of a presentation of 500 slides takes 150 KB. */
const MAX_UNPACKED = 1024 * 1024;

export interface ZipEntry {
  name: string;
  method: number;
  packedBytes: number;
  /** Where its local header begins. */
  at: number;
}

/** Undefined when the archive has no directory that can be read, or one of the size that only larger files have (ZIP64). */
export function entriesOf(bytes: Uint8Array<ArrayBuffer>): ZipEntry[] | undefined {
  const view = viewOf(bytes);
  const end = endOf(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > MAX_ENTRIES) return undefined;
  const entries: ZipEntry[] = [];
  for (let entry = 0; entry < count; entry += 1) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY_SIGNATURE) return undefined;
    const name = at + ENTRY_BYTES;
    const nameEnd = name + view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(name, nameEnd)),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      at: view.getUint32(at + 42, true),
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The text of a small entry; undefined when it is none, or cannot be read. */
export async function unpackText(
  bytes: Uint8Array<ArrayBuffer>,
  { at, method, packedBytes }: ZipEntry,
): Promise<string | undefined> {
  const view = viewOf(bytes);
  if (packedBytes > MAX_PACKED || at + LOCAL_BYTES > bytes.byteLength) return undefined;
  if (view.getUint32(at, true) !== LOCAL_SIGNATURE) return undefined;
  const start = at + LOCAL_BYTES + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const packed = bytes.subarray(start, start + packedBytes);
  if (method === STORED) return new TextDecoder().decode(packed);
  return method === DEFLATED ? inflate(packed) : undefined;
}

async function inflate(packed: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const piece of stream) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > MAX_UNPACKED) return undefined;
    }
    return text;
  } catch (error) {
    // What is no deflate stream; a fault of ours has another name.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Searched from the end: a comment may follow. */
function endOf(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at -= 1)
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  return undefined;
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
