/** Files of every kind that a case takes, made small; and what only looks like them. */

export const PDF = bytesOf('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
export const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1);
export const PNG = Uint8Array.from([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  ...[0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89],
  ...[0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54, 0, 0, 0, 0],
]);
export const WEBP = bytesOf('RIFF\x1a\0\0\0WEBPVP8 \x0e\0\0\0');
export const HEIC = bytesOf('\0\0\0\x18ftypheic\0\0\0\0heicmif1');

const MAIN = {
  docx: ['word/document.xml', 'wordprocessingml.document'],
  xlsx: ['xl/workbook.xml', 'spreadsheetml.sheet'],
  pptx: ['ppt/presentation.xml', 'presentationml.presentation'],
} as const;

/** An Office file; `parts` stand in it besides the list of parts and the main part. */
export function officeFile(kind: keyof typeof MAIN, parts: readonly string[] = []): Uint8Array<ArrayBuffer> {
  const [main, type] = MAIN[kind];
  return zipOf([
    ['[Content_Types].xml', contentTypes(`application/vnd.openxmlformats-officedocument.${type}`)],
    ...[main, ...parts].map((name) => [name, '<x/>'] as const),
  ]);
}

/** What says of itself that it is a document with macros. */
export function macroFile(type: string, main: string): Uint8Array<ArrayBuffer> {
  return zipOf([
    ['[Content_Types].xml', contentTypes(`application/vnd.ms-${type}.macroEnabled`)],
    [main, '<x/>'],
  ]);
}

export function contentTypes(type: string): string {
  return `<?xml version="1.0"?><Types><Override PartName="/x" ContentType="${type}.main+xml"/></Types>`;
}

/** As UTF-8. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(text));
}

interface Entry {
  name: Uint8Array;
  packed: Uint8Array;
  /** As the archive states it. */
  size: number;
  method: 0 | 8;
}

/** An Office file as Office writes it: its list of parts is packed. */
export async function packedOfficeFile(kind: keyof typeof MAIN): Promise<Uint8Array<ArrayBuffer>> {
  const [main, type] = MAIN[kind];
  const list = contentTypes(`application/vnd.openxmlformats-officedocument.${type}`);
  const deflated = new Blob([list]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const packed = new Uint8Array(await new Response(deflated).arrayBuffer());
  const encoder = new TextEncoder();
  return archive([
    { name: encoder.encode('[Content_Types].xml'), packed, size: list.length, method: 8 },
    { name: encoder.encode(main), packed: Uint8Array.of(), size: 0, method: 0 },
  ]);
}

/** A zip archive whose entries are stored as they are. */
export function zipOf(entries: readonly (readonly [string, string])[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  return archive(
    entries.map(([name, text]) => {
      const packed = encoder.encode(text);
      return { name: encoder.encode(name), packed, size: packed.length, method: 0 };
    }),
  );
}

/** A small Office file in which `name` unpacks to so many megabytes, and says that it is one byte. */
export async function zipBomb(name: string, megabytes: number): Promise<Uint8Array<ArrayBuffer>> {
  let left = megabytes;
  const zeros = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (left === 0) return controller.close();
      left -= 1;
      controller.enqueue(new Uint8Array(1_000_000));
    },
  });
  const deflated = zeros.pipeThrough(new CompressionStream('deflate-raw'));
  const packed = new Uint8Array(await new Response(deflated).arrayBuffer());
  const encoder = new TextEncoder();
  const [main, type] = MAIN.docx;
  const types = encoder.encode(contentTypes(`application/vnd.openxmlformats-officedocument.${type}`));
  const bomb = { name: encoder.encode(name), packed, size: 1, method: 8 } as const;
  if (name === '[Content_Types].xml') return archive([bomb]);
  return archive([
    { name: encoder.encode('[Content_Types].xml'), packed: types, size: types.length, method: 0 },
    { name: encoder.encode(main), packed: Uint8Array.of(), size: 0, method: 0 },
    bomb,
  ]);
}

function archive(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, packed, size, method } of entries) {
    // The checksum stays zero: nobody here unpacks enough to check it.
    const common = [...u16(20), ...u16(0), ...u16(method), ...u16(0), ...u16(0), ...u32(0)];
    const sizes = [...u32(packed.length), ...u32(size), ...u16(name.length), ...u16(0)];
    const local = Uint8Array.from([...u32(0x04034b50), ...common, ...sizes, ...name]);
    locals.push(local, packed);
    const rest = [...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(at)];
    directory.push(Uint8Array.from([...u32(0x02014b50), ...u16(20), ...common, ...sizes, ...rest, ...name]));
    at += local.length + packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = u16(entries.length);
  const end = [
    ...u32(0x06054b50),
    ...u16(0),
    ...u16(0),
    ...count,
    ...count,
    ...u32(size),
    ...u32(at),
    ...u16(0),
  ];
  return joined([...locals, ...directory, Uint8Array.from(end)]);
}

function u16(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff];
}

function u32(value: number): number[] {
  return [...u16(value & 0xffff), ...u16(value >>> 16)];
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const FREE = 0xffffffff;
const END_OF_CHAIN = 0xfffffffe;

/**
 * A compound file ([MS-CFB]) with these names right below its root, and `below` inside the first of them. Its directory begins at
 * `directoryAt`, with nothing before it: late in a large file, the table of chains goes on outside the header.
 */
export function compoundFile(
  names: readonly string[],
  { below = [], directoryAt = 1 }: { below?: readonly string[]; directoryAt?: number } = {},
): Uint8Array<ArrayBuffer> {
  const entries = [
    entryOf('Root Entry', 5, { child: 1 }),
    ...names.map((name, i) =>
      entryOf(name, 2, {
        right: i + 1 < names.length ? i + 2 : FREE,
        child: i === 0 && below.length > 0 ? names.length + 1 : FREE,
      }),
    ),
    ...below.map((name, i) =>
      entryOf(name, 1, { right: i + 1 < below.length ? names.length + i + 2 : FREE }),
    ),
  ];
  const directorySectors = Math.ceil(entries.length / 4);
  const fatCount = Math.ceil((directoryAt + directorySectors) / 128) + 2;
  const fatAt = directoryAt + directorySectors;
  const listAt = fatAt + fatCount;
  const file = new Uint8Array((listAt + 2) * 512);
  const view = new DataView(file.buffer);
  file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(24, 0x3e, true);
  view.setUint16(26, 3, true);
  view.setUint16(28, 0xfffe, true);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  view.setUint32(44, fatCount, true);
  view.setUint32(48, directoryAt, true);
  view.setUint32(68, fatCount > 109 ? listAt : END_OF_CHAIN, true);
  const listed = (i: number) => (i < fatCount ? fatAt + i : FREE);
  for (let i = 0; i < 109; i += 1) view.setUint32(76 + i * 4, listed(i), true);
  for (let i = 0; i < 127; i += 1) view.setUint32((listAt + 1) * 512 + i * 4, listed(109 + i), true);
  view.setUint32((listAt + 1) * 512 + 127 * 4, END_OF_CHAIN, true);
  const fat = (fatAt + 1) * 512;
  file.fill(0xff, fat, fat + fatCount * 512);
  for (let i = 0; i < directorySectors; i += 1) {
    const sector = directoryAt + i;
    view.setUint32(fat + sector * 4, i + 1 < directorySectors ? sector + 1 : END_OF_CHAIN, true);
  }
  entries.forEach((entry, i) => {
    file.set(entry, (directoryAt + 1) * 512 + i * 128);
  });
  return file;
}

function entryOf(
  name: string,
  type: number,
  { right = FREE, child = FREE }: { right?: number; child?: number } = {},
): Uint8Array {
  const entry = new Uint8Array(128);
  const view = new DataView(entry.buffer);
  [...name].forEach((letter, i) => {
    view.setUint16(i * 2, letter.charCodeAt(0), true);
  });
  view.setUint16(64, (name.length + 1) * 2, true);
  view.setUint8(66, type);
  view.setUint32(68, FREE, true);
  view.setUint32(72, right, true);
  view.setUint32(76, child, true);
  return entry;
}
