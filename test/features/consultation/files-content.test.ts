/** What a file is, by its content; and under which name it is kept. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { inspectContent } from '../../../src/features/consultation/files/content/inspecting.ts';
import { endsLike, fileNameOf, MAX_FILE_BYTES } from '../../../src/features/consultation/files/rules.ts';
import { FILE_KINDS } from '../../../src/features/consultation/files/words.ts';
import { characterCount } from '../../../src/lib/japanese.ts';
import {
  bytesOf,
  compoundFile,
  contentTypes,
  HEIC,
  JPEG,
  macroFile,
  officeFile,
  PDF,
  PNG,
  packedOfficeFile,
  WEBP,
  zipBomb,
  zipOf,
} from '../../support/office-files.ts';

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** The kind, or why it is not taken. */
async function verdictOn(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const inspected = await inspectContent(bytes);
  return inspected.ok ? inspected.value : inspected.refusal;
}

describe('what is taken', () => {
  test.each([
    ['pdf', PDF],
    ['jpeg', JPEG],
    ['png', PNG],
    ['webp', WEBP],
    ['heic', HEIC],
    ['docx', officeFile('docx')],
    ['xlsx', officeFile('xlsx', ['xl/printerSettings/printerSettings1.bin'])],
    ['pptx', officeFile('pptx')],
    ['doc', compoundFile(['1Table', 'WordDocument'])],
    ['xls', compoundFile(['Workbook', 'SummaryInformation'])],
    ['xls', compoundFile(['Book'])],
    ['ppt', compoundFile(['Current User', 'PowerPoint Document'])],
  ])('%s', async (kind, bytes) => {
    expect(await verdictOn(bytes)).toBe(kind);
  });

  test('an Office file whose list of parts is packed, as Office writes it', async () => {
    for (const kind of ['docx', 'xlsx', 'pptx'] as const)
      expect(await verdictOn(await packedOfficeFile(kind))).toBe(kind);
  });

  test('a Word document with a sheet inside is a Word document', async () => {
    expect(await verdictOn(compoundFile(['WordDocument', 'ObjectPool'], { below: ['Workbook'] }))).toBe(
      'doc',
    );
  });

  test('a Word document of 97-2003 of 9 MB, whose table of chains goes on outside the header', async () => {
    const large = compoundFile(['WordDocument', '1Table', 'Data', 'SummaryInformation'], {
      directoryAt: 18_000,
    });
    expect(large.byteLength).toBeGreaterThan(9_000_000);
    expect(await verdictOn(large)).toBe('doc');
  });

  test('10 MB to the byte', async () => {
    const bytes = new Uint8Array(MAX_FILE_BYTES);
    bytes.set(PDF);
    expect(await verdictOn(bytes)).toBe('pdf');
  });
});

describe('what is not', () => {
  test.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['one byte over 10 MB', oversized(), 'too-large'],
    ['plain text', bytesOf('氏名,住所\n'), 'unsupported'],
    ['HTML', bytesOf('<!doctype html><script>alert(1)</script>'), 'unsupported'],
    ['SVG', bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'unsupported'],
    ['SVG behind an XML declaration', bytesOf('<?xml version="1.0"?><svg><script/></svg>'), 'unsupported'],
    ['a program', bytesOf('MZ\x90\0\x03'), 'unsupported'],
    ['GIF', bytesOf('GIF89a\x01\0\x01\0'), 'unsupported'],
    ['a zip of something else', zipOf([['geheim.exe', 'MZ']]), 'unsupported'],
    [
      'a zip that lists the parts of a document and holds none',
      zipOf([
        ['[Content_Types].xml', contentTypes(`${OFFICE}.wordprocessingml.document`)],
        ['run.exe', 'MZ'],
      ]),
      'unsupported',
    ],
    ['an OpenDocument text', zipOf([['mimetype', 'application/vnd.oasis.opendocument.text']]), 'unsupported'],
    ['a Word document with macros', macroFile('word.document', 'word/document.xml'), 'macros'],
    ['an Excel sheet with macros', macroFile('excel.sheet', 'xl/workbook.xml'), 'macros'],
    ['macros in what calls itself a document', officeFile('docx', ['word/vbaProject.bin']), 'macros'],
    [
      'a document with two lists of its parts',
      zipOf([
        ['[content_types].xml', '<Types/>'],
        ['[Content_Types].xml', contentTypes(`${OFFICE}.wordprocessingml.document`)],
        ['word/document.xml', '<x/>'],
      ]),
      'unsupported',
    ],
    [
      'macros under another name',
      zipOf([
        [
          '[Content_Types].xml',
          `${contentTypes(`${OFFICE}.wordprocessingml.document`)}<Override ContentType="application/vnd.ms-office.vbaProject"/>`,
        ],
        ['word/document.xml', '<x/>'],
        ['word/letter.bin', 'x'],
      ]),
      'macros',
    ],
    ['macros of Excel 4', officeFile('xlsx', ['xl/macrosheets/sheet1.xml']), 'macros'],
    ['a Word document of 97-2003 with macros', compoundFile(['WordDocument', 'Macros']), 'macros'],
    ['an Excel sheet of 97-2003 with macros', compoundFile(['Workbook', '_VBA_PROJECT_CUR']), 'macros'],
    [
      'macros in a sheet inside a document',
      compoundFile(['WordDocument'], { below: ['Workbook', 'VBA'] }),
      'macros',
    ],
    ['a document with a password', compoundFile(['EncryptionInfo', 'EncryptedPackage']), 'locked'],
    ['a mail of Outlook', compoundFile(['__properties_version1.0', '__nameid_version1.0']), 'unsupported'],
    ['a compound file cut off after its header', compoundFile(['WordDocument']).slice(0, 512), 'unsupported'],
    ['a zip cut off before its directory', officeFile('docx').slice(0, -60), 'unsupported'],
  ])('%s', async (_what, bytes, fault) => {
    expect(await verdictOn(bytes)).toBe(fault);
  });

  test('a compound file whose directory leads in a circle ends', async () => {
    const file = compoundFile(['a', 'b']);
    const view = new DataView(file.buffer);
    // The second name's sibling is the first, and the directory's only sector is followed by itself.
    view.setUint32(2 * 512 + 2 * 128 + 72, 1, true);
    view.setUint32(3 * 512 + 4, 1, true);
    expect(await verdictOn(file)).toBe('unsupported');
  });

  test('an archive that unpacks to 200 MB is not unpacked', async () => {
    const unpacking = vi.spyOn(globalThis, 'DecompressionStream');
    const inDocument = await zipBomb('word/media/image1.bmp', 200);
    expect(inDocument.byteLength).toBeLessThan(1_000_000);
    expect(await verdictOn(inDocument)).toBe('docx');
    const inList = await zipBomb('[Content_Types].xml', 200);
    expect(await verdictOn(inList)).toBe('unsupported');
    expect(unpacking).not.toHaveBeenCalled();
  });

  test('a small bomb in the list of parts stops at 1 MB', async () => {
    expect(await verdictOn(await zipBomb('[Content_Types].xml', 5))).toBe('unsupported');
  });

  test('a list of parts that does not unpack', async () => {
    const file = await packedOfficeFile('docx');
    file.fill(0xff, 30 + '[Content_Types].xml'.length, 120);
    expect(await verdictOn(file)).toBe('unsupported');
  });

  test('whatever is broken somewhere is judged without a fault', async () => {
    const originals = [
      PDF,
      PNG,
      HEIC,
      WEBP,
      officeFile('docx'),
      officeFile('xlsx'),
      await packedOfficeFile('pptx'),
      compoundFile(['Workbook']),
    ];
    const verdicts = [...Object.keys(FILE_KINDS), 'empty', 'too-large', 'unsupported', 'macros', 'locked'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...originals),
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
        async (original, cut, changes) => {
          const bytes = original.slice(0, original.length - (cut % original.length));
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          expect(verdicts).toContain(await verdictOn(bytes));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a name', () => {
  test.each([
    ['診断書.pdf', '診断書.pdf'],
    ['../../etc/診断書.pdf', '診断書.pdf'],
    ['C:\\Users\\sato\\診断書.pdf', '診断書.pdf'],
    ['診断\r\n書\0.pdf', '診断書.pdf'],
    ['診断書\u2028\u2029.pdf', '診断書.pdf'],
    ['診断書\u202Efdp.exe', '診断書fdp.exe'],
    ['\u2066診断書\u2069\u200F.pdf', '診断書.pdf'],
    ['髙﨑𠮷子 葛\u{E0100}城👨‍👩‍👧.pdf', '髙﨑𠮷子 葛\u{E0100}城👨‍👩‍👧.pdf'],
    ['\ud800診断書.pdf', '\ufffd診断書.pdf'],
    ['..', '..'],
  ])('%j is kept as %j', (typed, kept) => {
    expect(fileNameOf(typed)).toBe(kept);
  });

  test('of more than 200 characters keeps its beginning and its ending', () => {
    const kept = fileNameOf(`${'𠮷'.repeat(300)}.pdf`);
    expect(kept).toBe(`${'𠮷'.repeat(196)}.pdf`);
    expect(characterCount(fileNameOf(`あ.${'い'.repeat(300)}`))).toBe(200);
  });

  test('never holds what misleads, and stays as it is when kept again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (typed) => {
        const kept = fileNameOf(typed);
        expect(kept).not.toMatch(/[/\\\p{Cc}\p{Bidi_Control}]/u);
        expect(characterCount(kept)).toBeLessThanOrEqual(200);
        expect(() => encodeURIComponent(kept)).not.toThrow();
      }),
    );
  });

  test.each([
    ['診断書.pdf', 'pdf', true],
    ['診断書.PDF', 'pdf', true],
    ['診断書.ＰＤＦ', 'pdf', true],
    ['写真.jpeg', 'jpeg', true],
    ['写真.jpg', 'png', false],
    ['診断書.pdf.exe', 'pdf', false],
    ['診断書', 'pdf', false],
    ['pdf', 'pdf', false],
    ['報告.docm', 'docx', false],
  ] as const)('%s for %s: %s', (name, kind, fits) => {
    expect(endsLike(name, kind)).toBe(fits);
  });
});

function oversized(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MAX_FILE_BYTES + 1);
  bytes.set(PDF);
  return bytes;
}
