/** What a consultation form may hold: whatever is typed is taken as it should be, or refused beside its field. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ConsultationForm,
  readConsultationForm,
} from '../../../src/features/consultation/sending/schema.ts';
import { SUBJECT_FIELDS, type SubjectField } from '../../../src/features/consultation/tables.ts';
import { consultationText } from '../../../src/features/consultation/text.ts';
import { codesOf, KINDS, SUPPORTS, TOPICS, URGENCIES } from '../../../src/features/consultation/words.ts';
import { loadPhoneReader } from '../../../src/lib/phone.ts';
import type { FormValues } from '../../../src/slack/form.ts';

const TODAY = '2026-11-22';
const { errors } = consultationText;
const FIELDS = Object.keys(consultationText.fields);

const FORM: FormValues = {
  kind: 'individual',
  urgency: 'soon',
  subjectName: 'T',
  body: '相談です。',
};

const PHONES = await loadPhoneReader();

/** What becomes of one field: its value, or what stands beside it. */
function read(field: string, value: string | string[] | null, rest: FormValues = FORM) {
  const form = readConsultationForm({ ...rest, [field]: value }, TODAY, PHONES);
  return form.ok ? { taken: form.value } : { refused: form.refusal };
}

function subjectOf(field: SubjectField, typed: string): string | undefined {
  const { taken, refused } = read(field, typed);
  if (!taken) throw new Error(`refused: ${JSON.stringify(refused)}`);
  return taken.subject[field];
}

describe('any form whatever', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.constantFrom(
      '',
      ' ',
      '\u200B',
      '82歳',
      '0463-21-9988',
      'たかさき',
      '2026-11-23',
      '2026-02-30',
      '__proto__',
    ),
    fc.constantFrom(...codesOf(KINDS), ...codesOf(URGENCIES), ...codesOf(TOPICS)),
  );
  const anyValue = fc.oneof(anyText, fc.constant(null), fc.array(anyText, { maxLength: 4 }));
  const anyForm = fc
    .uniqueArray(
      fc.tuple(fc.oneof(fc.constantFrom(...FIELDS), fc.constantFrom('x', '__proto__')), anyValue),
      {
        selector: ([field]) => field,
      },
    )
    .map((fields): FormValues => Object.fromEntries(fields));
  /** Forms that are likely to be taken. */
  const likely = fc
    .tuple(
      anyForm,
      fc.record({
        kind: fc.constantFrom(...codesOf(KINDS)),
        urgency: fc.constantFrom(...codesOf(URGENCIES)),
        body: fc.string({ minLength: 1 }).map((text) => `${text}。`),
      }),
      fc.boolean(),
    )
    .map(([form, needed, hasSubject]): FormValues => {
      const subject = hasSubject ? { ...form, subjectName: 'T' } : {};
      return { ...subject, ...needed };
    });

  test('is taken or refused, never an exception, and refused only beside fields of the form', () => {
    fc.assert(
      fc.property(fc.oneof(anyForm, likely), (values) => {
        const form = readConsultationForm(values, TODAY, PHONES);
        if (form.ok) return;
        const beside = Object.entries(form.refusal);
        expect(beside).not.toEqual([]);
        for (const [field, sentence] of beside) {
          expect(FIELDS).toContain(field);
          expect(sentence.trim()).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('that is taken keeps every limit', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(anyForm, likely), (values) => {
        const form = readConsultationForm(values, TODAY, PHONES);
        if (!form.ok) return;
        taken += 1;
        expectWithinLimits(form.value);
      }),
      { numRuns: 1000 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  test('that is refused does not repeat what was typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[α-ω]{4,12}$/u), (canary) => {
        const values: FormValues = Object.fromEntries(FIELDS.map((field) => [field, canary]));
        const form = readConsultationForm(values, TODAY, PHONES);
        expect(form.ok).toBe(false);
        expect(JSON.stringify(form)).not.toContain(canary);
      }),
    );
  });
});

function expectWithinLimits(form: ConsultationForm): void {
  const { kind, urgency, topics, supports, desiredOn, subject, body } = form;
  expect(codesOf(KINDS)).toContain(kind);
  expect(codesOf(URGENCIES)).toContain(urgency);
  expect(codesOf(TOPICS)).toEqual(expect.arrayContaining(topics));
  expect(codesOf(SUPPORTS)).toEqual(expect.arrayContaining(supports));
  expect([new Set(topics).size, new Set(supports).size]).toEqual([topics.length, supports.length]);
  expect([...body].length).toBeLessThanOrEqual(3000);
  if (desiredOn !== null) {
    expect(new Date(`${desiredOn}T00:00:00Z`).toISOString().slice(0, 10)).toBe(desiredOn);
    expect(desiredOn >= TODAY).toBe(true);
  }
  for (const field of SUBJECT_FIELDS) expect(subject[field]).not.toBe('');
  if (kind === 'operation') expect(subject).toEqual({});
  else expect(subject.subjectName).toBeDefined();
  expect([...(subject.subjectName ?? '')].length).toBeLessThanOrEqual(60);
  expect([...(subject.subjectAddress ?? '')].length).toBeLessThanOrEqual(200);
  expect(subject.subjectKana ?? 'か').toMatch(/^[\p{Script=Hiragana}ー・\s]{1,60}$/u);
  expect(subject.subjectAge ?? '1').toMatch(/^(?:0|[1-9]\d?|1[01]\d|12[0-5])$/);
  expect(subject.subjectPhone ?? '+1 2').toMatch(/^(?:0|\+)\d[\d -]*$/);
  expect(subject.subjectInsuredNumber ?? '0000000000').toMatch(/^\d{10}$/);
}

describe('what is needed', () => {
  test('is kind, urgency and text', () => {
    const form = readConsultationForm({}, TODAY, PHONES);
    expect(form).toEqual({
      ok: false,
      refusal: { kind: errors.choose, urgency: errors.choose, body: errors.required },
    });
  });

  test('is a name or an initial for 個別ケース', () => {
    expect(read('subjectName', null)).toEqual({ refused: { subjectName: errors.subjectNeeded } });
  });

  test('is no more for 運営・制度', () => {
    const { taken } = read('subjectName', null, { ...FORM, kind: 'operation' });
    expect(taken).toMatchObject({
      kind: 'operation',
      subject: {},
      topics: [],
      supports: [],
      desiredOn: null,
      center: null,
    });
  });

  test.each([...SUBJECT_FIELDS])('is for 運営・制度 that %s stays empty', (field) => {
    const operation: FormValues = { kind: 'operation', urgency: 'normal', body: '様式について' };
    expect(read(field, 'x', operation)).toEqual({ refused: { [field]: errors.noPersonalData } });
  });

  test.each([
    ['kind', 'Individual'],
    ['kind', '個別ケース'],
    ['kind', 'constructor'],
    ['urgency', 'URGENT'],
    ['urgency', ''],
    ['urgency', ['urgent']],
  ])('is one of the choices: %s as %j is none', (field, value) => {
    expect(read(field, value).refused).toHaveProperty(field, errors.choose);
  });
});

describe('choices of a list', () => {
  test('stand in the order of the form, each once, and what is no choice is left out', () => {
    const { taken } = read('topics', [
      'other',
      'dementia',
      'elder_abuse',
      'dementia',
      'no_such_topic',
      'toString',
    ]);
    expect(taken?.topics).toEqual(['elder_abuse', 'dementia', 'other']);
  });

  test('may be all of them', () => {
    expect(read('supports', codesOf(SUPPORTS)).taken?.supports).toEqual(codesOf(SUPPORTS));
  });
});

describe('the wished date', () => {
  test.each([TODAY, '2026-11-23', '2028-02-29'])('%s is taken', (date) => {
    expect(read('desiredOn', date).taken?.desiredOn).toBe(date);
  });

  test.each([
    ['2026-11-21', errors.past],
    ['1999-12-31', errors.past],
    ['2027-02-29', errors.notDate],
    ['2027-02-31', errors.notDate],
    ['2027-04-31', errors.notDate],
    ['2027-13-01', errors.notDate],
    ['2027/01/01', errors.notDate],
    ['明日', errors.notDate],
  ])('%s is refused', (date, sentence) => {
    expect(read('desiredOn', date)).toEqual({ refused: { desiredOn: sentence } });
  });
});

describe('lengths', () => {
  test.each<[string, number]>([
    ['subjectName', 60],
    ['subjectAddress', 200],
    ['body', 3000],
  ])('of %s go up to %i characters as people count them', (field, max) => {
    for (const letter of ['町', '𠮷']) {
      expect(read(field, letter.repeat(max)).refused).toBeUndefined();
      expect(read(field, letter.repeat(max + 1))).toEqual({
        refused: { [field]: errors.tooLong(max, max + 1) },
      });
    }
  });

  test('of kana go up to 60 as well', () => {
    expect(read('subjectKana', 'か'.repeat(60)).refused).toBeUndefined();
    expect(read('subjectKana', 'か'.repeat(61))).toEqual({
      refused: { subjectKana: errors.tooLong(60, 61) },
    });
  });
});

describe('kana', () => {
  test.each([
    ['たかさき よしこ', 'たかさき よしこ'],
    ['タカサキ　ヨシコ', 'たかさき よしこ'],
    ['ﾀｶｻｷ ﾖｼｺ', 'たかさき よしこ'],
    ['ﾊﾞﾝﾊﾞ', 'ばんば'],
    ['ヴァン・デル', 'ゔぁん・でる'],
    ['ジョー', 'じょー'],
    [' たかさき ', 'たかさき'],
  ])('%j are taken as %j', (typed, kana) => {
    expect(subjectOf('subjectKana', typed)).toBe(kana);
  });

  test.each(['高崎', 'takasaki', 'たかさき(よ)', '123', '\u200B', 'たかさき🙂'])('%j are none', (typed) => {
    expect(read('subjectKana', typed)).toEqual({ refused: { subjectKana: errors.kana } });
  });
});

describe('ages', () => {
  test.each([
    ['82', '82'],
    ['８２', '82'],
    ['82歳', '82'],
    ['８２歳', '82'],
    [' 82 ', '82'],
    ['0', '0'],
    ['007', '7'],
    ['125', '125'],
  ])('%j is taken as %j', (typed, age) => {
    expect(subjectOf('subjectAge', typed)).toBe(age);
  });

  test.each([
    '126',
    '999',
    '1000',
    '-1',
    '82.5',
    '八十二',
    '歳',
    '82代',
    '８２歳くらい',
    '1e1',
    '0x10',
    '٨٢',
  ])('%j is none', (typed) => {
    expect(read('subjectAge', typed)).toEqual({ refused: { subjectAge: errors.age } });
  });

  test('are all numbers from 0 to 125, and no other', () => {
    for (let age = 0; age <= 300; age += 1)
      expect(read('subjectAge', String(age)).refused === undefined).toBe(age <= 125);
  });
});

describe('phones', () => {
  test.each([
    ['a landline', '0463-21-9988', '0463-21-9988'],
    ['a landline without hyphens', '0463219988', '0463-21-9988'],
    ['a landline of Tokyo', '0312345678', '03-1234-5678'],
    ['a landline in brackets', '0463(21)9988', '0463-21-9988'],
    ['full-width digits and long vowels for hyphens', '０４６３ー２１ー９９８８', '0463-21-9988'],
    ['spaces for hyphens', '0463 21 9988', '0463-21-9988'],
    ['a mobile phone', '090-1234-5678', '090-1234-5678'],
    ['a mobile phone without hyphens', '08012345678', '080-1234-5678'],
    ['a mobile phone of 070', '07012345678', '070-1234-5678'],
    ['an IP phone', '05012345678', '050-1234-5678'],
    ['free dial', '0120-123-456', '0120-123-456'],
    ['free dial of 0800', '0800-123-4567', '0800-123-4567'],
    ['a number with the country code', '+81463219988', '0463-21-9988'],
    ['a number with the country code in full width', '＋８１－４６３－２１－９９８８', '0463-21-9988'],
    ['a number of another country', '+1 202-456-1111', '+1 202 456 1111'],
  ])('%s is taken', (_, typed, phone) => {
    expect(subjectOf('subjectPhone', typed)).toBe(phone);
  });

  test.each([
    ['without area code', '21-9988'],
    ['a digit short', '0463-21-998'],
    ['a digit too long', '0463-21-99887'],
    ['of a mobile phone, a digit short', '090-1234-567'],
    ['of a mobile phone, a digit too long', '090-1234-56789'],
    ['of Tokyo, a digit short', '03-1234-567'],
    ['of free dial, a digit short', '0120-123-45'],
    ['of letters', 'なし'],
    ['of nothing but hyphens', '----'],
    ['an emergency number', '110'],
    ['zeros', '0000000000'],
  ])('%s is none', (_, typed) => {
    expect(read('subjectPhone', typed)).toEqual({ refused: { subjectPhone: errors.phone } });
  });

  // What is not part of the number would be lost without a word.
  test.each([
    ['whose it is', '0463-21-9988（長男）'],
    ['when to call', '0463-21-9988 夜のみ'],
    ['words before it', '自宅 0463-21-9988'],
    ['a second number', '0463-21-9988 090-1234-5678'],
    ['a second number after a stroke', '0463-21-9988/090-1234-5678'],
  ])('with more than one number in it (%s) is refused rather than cut', (_, typed) => {
    expect(read('subjectPhone', typed)).toEqual({ refused: { subjectPhone: errors.phone } });
  });

  test('lose no digit, and read again are the same', () => {
    const digits = fc.stringMatching(/^0[1-9]\d{8,9}$/);
    fc.assert(
      fc.property(digits, (typed) => {
        const { taken } = read('subjectPhone', typed);
        const phone = taken?.subject.subjectPhone;
        if (phone === undefined) return;
        expect(phone.replaceAll('-', '')).toBe(typed);
        expect(subjectOf('subjectPhone', phone)).toBe(phone);
      }),
    );
  });
});

describe('insured numbers', () => {
  test.each([
    '0001234567',
    '０００１２３４５６７',
    '000-123-4567',
    '000 123 4567',
    '０００ー１２３ー４５６７',
  ])('%j is taken as ten digits', (typed) => {
    expect(subjectOf('subjectInsuredNumber', typed)).toBe('0001234567');
  });

  test.each(['123456789', '12345678901', 'H123456789', '000123456７x', '----------', '一二三四五六七八九十'])(
    '%j is none',
    (typed) => {
      expect(read('subjectInsuredNumber', typed)).toEqual({
        refused: { subjectInsuredNumber: errors.insuredNumber },
      });
    },
  );
});

test('the text stays as it was typed', () => {
  for (const body of ['<!channel> &amp; *x*', 'a\r\nb\n\n', '👨‍👩‍👧‍👦', ' 字下げ'])
    expect(read('body', body).taken?.body).toBe(body);
});

test('of several faults each stands beside its field', () => {
  const form = readConsultationForm(
    { ...FORM, subjectAge: 'x', subjectPhone: 'x', subjectKana: 'x', desiredOn: 'x', body: null },
    TODAY,
    PHONES,
  );
  expect(form).toEqual({
    ok: false,
    refusal: {
      subjectAge: errors.age,
      subjectPhone: errors.phone,
      subjectKana: errors.kana,
      desiredOn: errors.notDate,
      body: errors.required,
    },
  });
});
