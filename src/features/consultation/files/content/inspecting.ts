/**
 * What a file is, by its content alone: what its name and its sender say may be wrong, or meant to mislead. Of our own, since the
 * usual library unpacks what calls itself an Office file, and workerd lets it unpack a gigabyte.
 */
import { done, type Result, refused } from '../../../../lib/result.ts';
import { type FileFault, MAX_FILE_BYTES } from '../rules.ts';
import type { FileKind } from '../words.ts';
import { namesInCompound } from './compound-names.ts';
import { entriesOf, unpackText } from './zip.ts';

type Inspected = Result<FileKind, FileFault>;

/** One letter a byte; `?` for any. */
const ZIP = 'PK\x03\x04';
const COMPOUND = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const SIGNATURES: readonly (readonly [beginning: string, kind: FileKind])[] = [
  ['%PDF-', 'pdf'],
  ['\xff\xd8\xff', 'jpeg'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['RIFF????WEBPVP8', 'webp'],
  // ISO/IEC 23008-12: what phones call their pictures.
  ...['heic', 'heix', 'heim', 'heis', 'mif1'].map((brand) => [`????ftyp${brand}`, 'heic'] as const),
];
const LONGEST_SIGNATURE = 16;

const TYPES_PART = '[Content_Types].xml';
const OFFICE = {
  docx: { part: /^word\/document\d*\.xml$/, type: 'wordprocessingml.document' },
  xlsx: { part: /^xl\/workbook\d*\.xml$/, type: 'spreadsheetml.sheet' },
  pptx: { part: /^ppt\/presentation\d*\.xml$/, type: 'presentationml.presentation' },
} as const;
/** Programs: VBA under whatever name, and the macros of Excel 4 that are sheets. */
const MACRO_PARTS = /(^|\/)vbaproject[^/]*\.bin$|^xl\/macrosheets\//i;
const MACRO_TYPES = /macroenabled|vbaproject|macrosheet/i;
const MACRO_STORAGES = /^(macros|vba|_vba_project(_cur)?)$/i;

/** The kind of a file, or why it is not taken. Of archives nothing is unpacked but the short list of an Office file's parts. */
export async function inspectContent(bytes: Uint8Array<ArrayBuffer>): Promise<Inspected> {
  if (bytes.byteLength === 0) return refused('empty');
  if (bytes.byteLength > MAX_FILE_BYTES) return refused('too-large');
  const beginning = String.fromCharCode(...bytes.subarray(0, LONGEST_SIGNATURE));
  if (beginning.startsWith(ZIP)) return inspectOffice(bytes);
  if (beginning.startsWith(COMPOUND)) return inspectCompound(bytes);
  const found = SIGNATURES.find(([signature]) => beginsLike(beginning, signature));
  return found ? done(found[1]) : refused('unsupported');
}

function beginsLike(beginning: string, signature: string): boolean {
  return [...signature].every((letter, i) => letter === '?' || letter === beginning[i]);
}

/** Word, Excel and PowerPoint of today (ECMA-376): an archive with a list of its parts and what each of them is. */
async function inspectOffice(bytes: Uint8Array<ArrayBuffer>): Promise<Inspected> {
  const entries = entriesOf(bytes) ?? [];
  const [list, ...others] = entries.filter(({ name }) => name.toLowerCase() === TYPES_PART.toLowerCase());
  // With two lists, Office might go by the other one.
  const types = list && others.length === 0 ? await unpackText(bytes, list) : undefined;
  if (types === undefined) return refused('unsupported');
  if (MACRO_TYPES.test(types) || entries.some(({ name }) => MACRO_PARTS.test(name))) return refused('macros');
  const kind = (['docx', 'xlsx', 'pptx'] as const).find(
    (each) =>
      types.includes(`"application/vnd.openxmlformats-officedocument.${OFFICE[each].type}.main+xml"`) &&
      entries.some(({ name }) => OFFICE[each].part.test(name)),
  );
  return kind ? done(kind) : refused('unsupported');
}

/** Office of 97-2003; today's Office files, too, when they have a password. Mails of Outlook and installers look alike from outside. */
function inspectCompound(bytes: Uint8Array<ArrayBuffer>): Inspected {
  const names = namesInCompound(bytes);
  if (!names) return refused('unsupported');
  const { top, all } = names;
  if (top.includes('EncryptedPackage')) return refused('locked');
  if (all.some((name) => MACRO_STORAGES.test(name))) return refused('macros');
  if (top.includes('WordDocument')) return done('doc');
  if (top.includes('Workbook') || top.includes('Book')) return done('xls');
  if (top.includes('PowerPoint Document')) return done('ppt');
  return refused('unsupported');
}
