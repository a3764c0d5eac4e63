/** Drafts drawn from closed cases: nothing that points to anybody gets into them, in whatever spelling it was typed. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { openRevision } from '../../../src/features/faq/data.ts';
import { coverFor } from '../../../src/features/faq/drafting/covering.ts';
import { FORGETTING_JOB, forgetDraftsOfErasedCases } from '../../../src/features/faq/drafting/jobs.ts';
import { draftOf } from '../../../src/features/faq/drafting/rules.ts';
import { openFaqKey } from '../../../src/features/faq/sealing.ts';
import { faqRevision } from '../../../src/features/faq/tables.ts';
import { parseSettings } from '../../../src/lib/env.ts';
import { loadDetector } from '../../../src/vault/personal-data/detector.ts';
import { readNameBook } from '../../../src/vault/personal-data/name-book.ts';
import { foundIn } from '../../support/canaries.ts';
import type { Fields } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import {
  acceptedCase,
  CLOSED,
  caseRow,
  picked,
  press,
  submitForged,
  typed,
  USUAL,
} from '../../support/operating.ts';
import { auditOf } from '../../support/settings.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';
import { Visitor } from '../../support/visitor.ts';

const PATH = '/faq/desk/drafting';

const RESIDENT: Fields = {
  対象者の氏名: '髙﨑 𠮷子',
  ふりがな: 'たかさき よしこ',
  年齢: '87',
  住所: 'みどり市北町一丁目2-3 コーポ若葉201',
  電話番号: '0463-21-9988',
  被保険者番号: '0001234567',
};
const BODY =
  '高崎様（タカサキ ヨシコ、８７歳）が北町１丁目２番３号で一人暮らしをしており、鍵が開かず応答がない場合はどうしますか。電話は０４６３（２１）９９８８、長男の山田太郎さんは090-1234-5678です。';
const ANSWERS = [
  '吉子さんのことは、まず近隣の方に確かめてください。ﾀｶｻｷﾖｼｺ様の番号は 000-123-4567 です。コーポ若葉の管理人に連絡します。',
  '八十七歳の髙﨑𠮷子氏には佐藤花子が訪問しました。R8-0042 と同じです。65歳以上の方は安否確認の対象です。yoshiko@example.com へ。昭和14年3月4日生まれ。',
];
/** None of it may be left, however it was typed. */
const SEEDED = [
  ...[
    '高崎',
    '髙﨑',
    '𠮷子',
    '吉子',
    'タカサキ',
    'ヨシコ',
    'ﾀｶｻｷ',
    'ﾖｼｺ',
    'たかさき',
    'よしこ',
    '山田',
    '太郎',
  ],
  ...[
    '佐藤',
    '花子',
    '８７歳',
    '87歳',
    '八十七歳',
    '北町',
    'コーポ若葉',
    '9988',
    '９９８８',
    '090-1234',
    '123-4567',
  ],
  ...['R8-0042', 'yoshiko', '昭和14年'],
];

async function closedCase(house: House, fields: Fields, wishes = true): Promise<string> {
  const { id } = await acceptedCase(house, { ...USUAL, ...fields });
  for (const answer of ANSWERS)
    expect(await submitForged(house, PEOPLE.naoko, 'answer', { body: typed(answer) })).toEqual(CLOSED);
  const closing = { outcome: picked('solved'), ...(wishes ? { faq: faqBox } : {}) };
  expect(await submitForged(house, PEOPLE.naoko, 'propose_closing', closing)).toEqual(CLOSED);
  const { closing_proposed_at: at, reference } = await caseRow();
  await press(house, PEOPLE.hanako, 'confirm_closing', `${id}/${at}`);
  return String(reference);
}

const faqBox = { type: 'checkboxes', selected_options: [{ value: 'faq' }] };

async function drafts(house: House) {
  const rows = await house.db.select().from(faqRevision);
  const key = await openFaqKey({ db: house.db, settings: parseSettings(env) });
  return Promise.all(rows.map(async (row) => ({ row, content: await openRevision(key, row) })));
}

describe('what is covered', () => {
  const people = {
    subject: {
      subjectName: '林花子',
      subjectKana: 'はやしはなこ',
      subjectAge: '102',
      subjectAddress: '神奈川県みどり市南本町2-3-4　メゾン青空 305号室',
      subjectPhone: '046-123-4567',
      subjectInsuredNumber: 'H012345678',
    },
    staff: ['鈴木 一郎'],
  };

  test('is every spelling of what the record holds; rules that name an age stay', async () => {
    const cover = coverFor(await loadDetector(), readNameBook(), people);
    const texts: readonly (readonly [text: string, left: string])[] = [
      ['花子は元気です', 'は元気です'],
      ['ハナコは元気です', 'は元気です'],
      ['はやし はなこの件', 'の件'],
      ['102歳になる', 'になる'],
      ['百二歳、一〇二才になる', 'になる'],
      ['南本町の家', 'の家'],
      ['メゾン青空に住む', 'に住む'],
      ['鈴木が訪問', 'が訪問'],
      ['H0123 45678 です', 'です'],
      ['０４６−１２３−４５６７へ', 'へ'],
    ];
    for (const [text, left] of texts) {
      const covered = cover(text);
      expect([text, covered.text.replaceAll(/［[^］]+］|[、\s]/gu, ''), covered.kinds.length > 0]).toEqual([
        text,
        left,
        true,
      ]);
    }
    for (const kept of [
      '65歳以上の方は対象です',
      '要介護認定の更新は有効期間の60日前から申請できます',
      '林業の制度',
    ])
      expect(cover(kept)).toEqual({ text: kept, kinds: [] });
    // By what stands beside it, though no title says that it is a name.
    const besides: readonly (readonly [text: string, hidden: string])[] = [
      ['孫の翔太が来た', '翔太'],
      ['妻・和子（81）と同居', '和子（81）'],
      ['ケアマネの高橋に連絡', '高橋'],
      ['西クリニックの田中医師へ', '田中'],
      ['〇九〇―一二三四―五六七八', '〇九〇―一二三四―五六七八'],
      ['横浜市西区みなとみらい2-3-1に住む', '横浜市西区みなとみらい2-3-1'],
    ];
    for (const [text, hidden] of besides) {
      const left = cover(text).text;
      expect([text, foundIn([hidden, ...hidden.split(/（/u)], left)]).toEqual([text, []]);
    }
    for (const kept of [
      '長男の同意と娘の仕事',
      '担当の職員が母の介護を支える',
      '（3）市の窓口で3番の様式を出す',
    ])
      expect(cover(kept).text).toBe(kept);
    const short = coverFor(await loadDetector(), readNameBook(), {
      subject: { subjectName: '林 学' },
      staff: [],
    });
    expect(short('林は学と林業を学習').text).toBe(
      '［この相談の個人情報］は［この相談の個人情報］と林業を学習',
    );
  });

  test('is covered before it is cut, and nobody is needed for a draft', async () => {
    const cover = coverFor(await loadDetector(), readNameBook(), people);
    const long = `${'あ'.repeat(198)}花子が来た。次の文。`;
    const { content } = draftOf({ topics: [], body: long, answers: [] }, cover);
    expect(content.question).not.toContain('花');
    expect(content.answer).toBe('');
    const told = draftOf(
      { topics: [], body: '鍵をなくされます。\n預かれますか。急ぎません。', answers: [] },
      cover,
    );
    expect(told.content.question).toBe('預かれますか。');
    const plain = draftOf(
      { topics: ['dementia', 'complaint'], body: '一つ目？二つ目。', answers: ['甲', '乙'] },
      cover,
    );
    expect(plain).toEqual({
      content: {
        question: '認知症・苦情対応：一つ目？',
        aliases: [],
        answer: '甲\n\n乙',
        topics: ['認知症', '苦情対応'],
        links: [],
      },
      covered: 0,
    });
  });
});

test('a closed case gives one draft, free of everything that was seeded, and nobody else’s eyes see more than before', async () => {
  const house = await openHouse();
  const reference = await closedCase(house, { ...RESIDENT, 相談内容: BODY });
  for (const person of [PEOPLE.hanako, PEOPLE.makoto]) {
    const other = await Visitor.signedIn(house, person);
    expect((await other.get(PATH)).status).toBe(404);
    expect((await other.post(PATH, [['case', reference]])).status).toBe(404);
    expect((await other.get(`/cases/${reference}`)).body).not.toContain(PATH);
  }
  const naoko = await Visitor.signedIn(house, PEOPLE.naoko);
  expect((await naoko.get(PATH)).body).toContain(reference);
  expect((await naoko.get(`/cases/${reference}`)).body).toContain(`${PATH}?case=${reference}`);
  expect((await naoko.get(`${PATH}?case=${reference}`)).body).toContain(
    `${reference} から、FAQの下書きを作ります`,
  );
  expect((await naoko.get(`${PATH}?case=%3Cb%3E`)).status).toBe(200);

  // Who does not belong to the case says first what for, on its page.
  const takuya = await Visitor.signedIn(house, PEOPLE.takuya);
  const asked = await takuya.post(PATH, [['case', reference]]);
  expect([asked.status, asked.body.includes('何のために見るか')]).toEqual([422, true]);
  expect(await drafts(house)).toEqual([]);

  expect((await naoko.get('/faq/desk')).body).toContain('下書きにする相談が 1件あります');

  const draw = () => naoko.post(PATH, [['case', reference]]);
  const [first, second] = await Promise.all([draw(), draw()]);
  expect(first.status).toBe(303);
  expect([second.location, (await draw()).location]).toEqual([first.location, first.location]);
  const [draft, ...others] = await drafts(house);
  expect(others).toEqual([]);
  if (!draft?.content) throw new Error('no draft');
  const { row, content } = draft;
  expect([row.state, row.source, row.consultationId !== null, row.editors]).toEqual([
    'draft',
    'consultation',
    true,
    JSON.stringify([PEOPLE.naoko]),
  ]);
  const words = [content.question, content.answer].join('\n');
  expect(foundIn(SEEDED, words)).toEqual([]);
  expect(content.question).toMatch(/^認知症：［/);
  expect(content.question).toContain('鍵が開かず応答がない場合はどうしますか。');
  expect(content.question).not.toContain('電話は');
  expect(content.answer).toContain('65歳以上の方は安否確認の対象です');
  expect(content.answer.indexOf('近隣の方に')).toBeLessThan(content.answer.indexOf('訪問しました'));

  // Its page says what is to be done; the case's reference is for whoever may see the case.
  const page = (await naoko.get(first.location ?? '')).body;
  expect([page.includes('伏せたところを'), page.includes(`/cases/${reference}`)]).toEqual([true, true]);
  await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
  const unseen = (await takuya.get(first.location ?? '')).body;
  expect([unseen.includes('伏せたところを'), unseen.includes(reference)]).toEqual([true, false]);
  // Not offered any more; nothing of it stands in the open anywhere.
  expect((await naoko.get(PATH)).body).not.toContain(reference);
  const drawn = await auditOf('faq.draft_from_case');
  expect(drawn.map(({ actor, outcome }) => [actor, outcome])).toContainEqual([PEOPLE.naoko, 'done']);
  // At most in each of the two tabs the case was opened for it.
  expect([1, 2]).toContain(drawn.filter(({ outcome }) => outcome === 'done').length);
  await house.cron();
  await house.delivered();
  const clear = SEEDED.filter((each) => !['佐藤', '花子'].includes(each));
  expect(foundIn(clear, JSON.stringify(house.logs))).toEqual([]);
  expect(foundIn(['北町', 'コーポ若葉', 'タカサキ', '鍵が開かず'], await everythingStored())).toEqual([]);
});

test('an open case gives none, one that was not wished for by its page only, and a restricted one only to its members', async () => {
  const house = await openHouse();
  const { id } = await acceptedCase(house, USUAL);
  const { reference } = await caseRow();
  const naoko = await Visitor.signedIn(house, PEOPLE.naoko);
  const draw = (visitor: Visitor, of: unknown) => visitor.post(PATH, [['case', String(of)]]);
  expect((await draw(naoko, reference)).body).toContain('まだ終結していません');
  expect((await draw(naoko, 'R8-9999')).body).toContain('見つかりません');
  await env.DB.prepare("UPDATE consultation SET status = 'closed', closed_at = 1, is_restricted = 1").run();
  expect((await naoko.get(PATH)).body).not.toContain(String(reference));
  await env.DB.prepare('UPDATE consultation SET wants_faq_draft = 1').run();
  expect((await naoko.get(PATH)).body).toContain(String(reference));
  // On her own duty, but not named in the case.
  const takuya = await Visitor.signedIn(house, PEOPLE.takuya);
  expect((await takuya.get(PATH)).body).not.toContain(String(reference));
  const refused = await draw(takuya, reference);
  expect([refused.status, refused.body.includes('見つかりません')]).toEqual([422, true]);
  expect((await draw(naoko, reference)).status).toBe(303);
  const [row] = await drafts(house);
  expect([row?.row.consultationId, row?.content?.answer]).toEqual([id, '']);

  // When the case's words are destroyed, the draft's are, too; run twice, once. An approved version stays.
  const forget = () => forgetDraftsOfErasedCases(scopeAt(house, new Date()));
  await forget();
  expect((await drafts(house))[0]?.content).not.toBeNull();
  await env.DB.prepare('UPDATE consultation SET erased_at = 1').run();
  await env.DB.prepare("UPDATE faq_revision SET state = 'published'").run();
  await forget();
  expect((await drafts(house))[0]?.content).not.toBeNull();
  await env.DB.prepare("UPDATE faq_revision SET state = 'draft'").run();
  for (const _ of [1, 2]) await forget();
  expect((await drafts(house)).map(({ row: { state }, content }) => [state, content])).toEqual([
    ['dropped', null],
  ]);
  expect((await auditOf('faq.erase_version')).map(({ actor }) => actor)).toEqual([`job:${FORGETTING_JOB}`]);
});
