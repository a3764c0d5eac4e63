/** The FAQ on pages: to ask, to look through, to read and to vote; beside a consultation that is being written; and what votes teach. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { openAsk } from '../../../src/features/faq/asking/data.ts';
import { learntWordsOf } from '../../../src/features/faq/asking/learning/data.ts';
import { followIndex, rebuildFaqIndex } from '../../../src/features/faq/indexing/mutations.ts';
import { faqAsk } from '../../../src/features/faq/tables.ts';
import { type Browser, browserOf, formOf } from '../../support/browser.ts';
import { foundIn } from '../../support/canaries.ts';
import { openForm } from '../../support/consulting.ts';
import { publishedEntry } from '../../support/faq.ts';
import { openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';
import { Visitor } from '../../support/visitor.ts';

const LOCKED = '独居の方の玄関の鍵が開かず、応答がないときはどうしますか。';
const NETWORK = 'ＳＯＳネットワークの登録はどこでできますか。';
const CONTRACT = '委託契約書の様式はどこにありますか。';

function rows<Row>(sql: string): Promise<Row[]> {
  return env.DB.prepare(sql)
    .all<Row>()
    .then(({ results }) => results);
}

async function search(browser: Browser, words: string) {
  await browser.open('/faq');
  const { fields } = formOf(browser.shown ?? (await browser.open('/faq')), '/faq');
  return browser.post('/faq', [...fields.filter(([name]) => name !== 'words'), ['words', words]]);
}

async function votePage(browser: Browser, path: string, said: string) {
  const page = await browser.open(path);
  const number = /\/faq\/(\d+)/.exec(path)?.[1] ?? '';
  const { fields } = formOf(page, `/faq/${number}/vote`);
  return browser.post(`/faq/${number}/vote`, [...fields, ['vote', said]]);
}

test('pages search, browse, show and take votes; what one may not see is not there', async () => {
  const house = await openHouse();
  await publishedEntry(
    house,
    {
      question: LOCKED,
      answer: 'まず電話をします。\n番号は台帳にあります。\n\n次に<b>近所</b>の方へ。https://example.jp/auto',
      topics: ['独居・見守り', '緊急'],
      links: [
        { label: '手順書', url: 'https://example.jp/key' },
        { label: '危ないもの', url: 'javascript:alert(1)' },
      ],
    },
    { reviewedOn: '2024-01-10' },
  );
  await publishedEntry(
    house,
    { question: '鍵を預かる内規は何ですか。', topics: ['独居・見守り'] },
    { visibility: 'core' },
  );
  const hanako = await browserOf(house, PEOPLE.hanako);
  const start = await hanako.open('/faq');
  expect(start.text).toContain('独居・見守り（1件）');
  expect(start.text).not.toContain('内規');
  expect(start.text).not.toContain('FAQの編集へ');
  const browsed = await hanako.open(`/faq?topic=${encodeURIComponent('独居・見守り')}`);
  expect(browsed.text).toContain(LOCKED);
  expect((await hanako.open('/faq?topic=nothing')).text).not.toContain('nothing');

  expect((await search(hanako, '\u200b')).status).toBe(422);
  for (const words of ['"', '%', 'NEAR(', '鍵'.repeat(5000), '🙂'])
    expect((await search(hanako, words)).status).toBe(200);
  const CANARY = 'カナリア橙色の金庫';
  const PHONE = '0463-21-9988';
  const found = await search(hanako, `${CANARY} ${PHONE} 独居の方の鍵が開かない`);
  expect(found.path).toMatch(/^\/faq\/asks\/[\w-]{36}$/u);
  for (const words of [CANARY, LOCKED, '確認してから1年以上', '基幹型に相談する'])
    expect(found.text).toContain(words);
  expect(found.text).not.toContain('内規');
  const askId = found.path.split('/').at(-1) ?? '';

  const read = await hanako.open(`/faq/1?ask=${askId}`);
  expect(read.html).toContain('まず電話をします。\n番号は台帳にあります。</p>');
  expect(read.text).toContain('<b>近所</b>');
  expect(read.html).not.toContain('href="https://example.jp/auto');
  expect(read.html).toContain('href="https://example.jp/key" rel="noopener noreferrer"');
  expect(read.html).not.toContain('javascript:');
  expect(await rows('SELECT ask_id FROM faq_reading')).toEqual([{ ask_id: askId }]);
  expect((await votePage(hanako, `/faq/1?ask=${askId}`, 'helped')).text).toContain(
    'あなたの答え：役に立った',
  );
  const [once] = await rows('SELECT * FROM faq_vote');
  await votePage(hanako, `/faq/1?ask=${askId}`, 'helped');
  expect(await rows('SELECT * FROM faq_vote')).toEqual([once]);
  expect((await hanako.open('/faq')).text).toContain('役に立った 1人');
  expect((await votePage(hanako, `/faq/1?ask=${askId}`, 'not_helped')).text).toContain(
    'あなたの答え：役に立たなかった',
  );
  expect(await rows('SELECT is_helpful FROM faq_vote')).toEqual([{ is_helpful: 0 }]);

  // A day later the words as they were typed are gone: what is left has the phone number covered.
  const [masked] = await rows<{ typed: string }>('SELECT typed FROM faq_ask WHERE read_at IS NOT NULL');
  await env.DB.prepare('UPDATE faq_ask SET typed = NULL').run();
  expect((await hanako.open(`/faq/asks/${askId}`)).text).toContain(
    `${CANARY} ［電話番号］ 独居の方の鍵が開かない`,
  );
  await env.DB.prepare('UPDATE faq_ask SET typed = ? WHERE read_at IS NOT NULL')
    .bind(masked?.typed ?? '')
    .run();

  // Into a consultation, with the words; the address of the form names the question only.
  const form = formOf(await hanako.open(`/faq/1?ask=${askId}`), `/faq/asks/${askId}/consult`);
  const consultation = await hanako.post(form.action, form.fields);
  expect(consultation.path).toBe(`/faq/asks/${askId}/consult`);
  const filled = formOf(consultation, '/modal/submit').fields;
  expect(filled).toContainEqual(['field:body', `${CANARY} ${PHONE} 独居の方の鍵が開かない`]);
  expect(
    (await rows<{ at: number }>('SELECT unanswered_at AS at FROM faq_ask WHERE unanswered_at IS NOT NULL'))
      .length,
  ).toBeGreaterThan(0);

  // What others asked, what is for the core center, what is gone and what never was: the same answer.
  const [ichiro, makoto, naoko] = await Promise.all(
    [PEOPLE.ichiro, PEOPLE.makoto, PEOPLE.naoko].map((person) => Visitor.signedIn(house, person)),
  );
  if (!ichiro || !makoto || !naoko) throw new Error('nobody');
  const missing = await ichiro.get('/faq/999');
  expect(missing.status).toBe(404);
  for (const path of ['/faq/2', `/faq/asks/${askId}`, `/faq/asks/${askId}/consult`, '/faq/asks/x'])
    expect([path, (await ichiro.get(path)).body]).toEqual([path, missing.body]);
  expect((await ichiro.post('/faq/2/vote', [['vote', 'helped']])).body).toBe(missing.body);
  expect((await ichiro.get(`/faq/1?ask=${askId}`)).status).toBe(200);
  expect(await rows('SELECT ask_id FROM faq_reading')).toHaveLength(1);
  const refused = await rows<{ action: string }>(
    "SELECT DISTINCT action FROM audit_entry WHERE outcome = 'refused' ORDER BY action",
  );
  expect(refused.map(({ action }) => action)).toEqual(['faq.read', 'faq.read_ask', 'faq.vote']);
  const core = await naoko.get('/faq/2');
  expect(core.body).toContain('基幹型のみ');
  expect(core.body).toContain('href="/faq/desk/2"');
  const asked = await makoto.post('/faq', [['words', '独居の方の鍵']]);
  const results = await makoto.get(asked.location ?? '');
  expect(results.body).toContain(LOCKED);
  expect(results.body).not.toContain('基幹型に相談する');
  expect((await makoto.get(`${asked.location}/consult`)).status).toBe(404);

  // Merged: the old address leads on.
  await env.DB.prepare(
    "UPDATE faq_entry SET status = 'merged', merged_into = (SELECT id FROM faq_entry WHERE number = 2) WHERE number = 1",
  ).run();
  expect((await naoko.get('/faq/1')).location).toBe('/faq/2');
  expect((await ichiro.get('/faq/1')).body).toBe(missing.body);
  for (const place of [JSON.stringify(house.slack.traffic), house.logs.join('\n'), await everythingStored()])
    expect(foundIn([CANARY, PHONE], place)).toEqual([]);
});

test('two who found an entry helpful teach the search their words; a change of mind takes them back', async () => {
  const house = await openHouse();
  const entry = await publishedEntry(house, { question: NETWORK, topics: ['見守り'] });
  const other = await publishedEntry(house, { question: CONTRACT, answer: '物置の奥の台帳にあります。' });
  const scope = { ...scopeAt(house, new Date()), faqIndex: env.FAQ_INDEX };
  const learnt = async () => (await learntWordsOf(scope, [entry.id, other.id])).get(entry.id) ?? [];
  const voteFrom = async (person: string, words: string, said = 'helped') => {
    const browser = await browserOf(house, person);
    const none = await search(browser, words);
    const browse = /href="(\/faq\?ask=[^"]+)"/.exec(none.html)?.[1] ?? '';
    const list = await browser.open(browse);
    const path = /href="(\/faq\/1\?ask=[^"]+)"/.exec(list.html)?.[1] ?? '';
    return votePage(browser, path.replace('&amp;', '&'), said);
  };
  const hanako = await browserOf(house, PEOPLE.hanako);
  // Those that every city begins with know these words.
  await house.db.run('DELETE FROM faq_synonym_group');
  expect((await search(hanako, 'ぼけ老人')).text).not.toContain(NETWORK);
  await voteFrom(PEOPLE.minoru, 'ぼけ老人 物置 須賀田 ヨネ');
  // One person's words alone are learnt only where approved texts have them: anything else may be somebody's name.
  expect(await learnt()).toEqual(['物置']);
  await voteFrom(PEOPLE.ichiro, 'ぼけ老人 須賀田 ヨネ');
  expect(await learnt()).toEqual(expect.arrayContaining(['老人', '物置']));
  // Colleagues ask about the same resident: what may be a name is not learnt of two people either.
  expect((await learnt()).join()).not.toMatch(/須賀|ヨネ|よね/);
  await house.cron();
  await followIndex(scope);
  const again = await browserOf(house, PEOPLE.naoko);
  expect((await search(again, 'ぼけ老人')).text).toContain(NETWORK);
  // From nothing it is the same.
  await rebuildFaqIndex(scope);
  expect((await search(again, 'ぼけ老人')).text).toContain(NETWORK);
  expect(
    JSON.stringify((await env.FAQ_INDEX.prepare('SELECT name FROM sqlite_master').all()).results),
  ).not.toBe('[]');
  await votePage(await browserOf(house, PEOPLE.ichiro), '/faq/1', 'not_helped');
  expect(await learnt()).toEqual(['物置']);
});

test('beside a consultation: what is like it is shown on demand, and offered once before 運営・制度 is sent', async () => {
  const house = await openHouse();
  await publishedEntry(house, { question: CONTRACT, answer: '共有フォルダの「様式」にあります。' });
  const WORDS = '委託契約書の様式について教えてください。';
  const hanako = await openForm(house);
  await hanako.clickInModal('似た回答をさがす');
  await house.slack.waitFor(() => hanako.modals.length === 2);
  expect(hanako.modalText).toContain('「相談内容」を入力してから');
  await hanako.closeModal();
  await hanako.fill({ 対象者の氏名: '須賀田 ヨネ', 相談内容: `須賀田ヨネさん ${WORDS}` });
  await hanako.clickInModal('似た回答をさがす');
  await house.slack.waitFor(() => hanako.modalText.includes(CONTRACT));
  expect(hanako.offers(hanako.modal?.view)).not.toContain('基幹型に相談する');
  // What is written of a case is no business of the desk's, and does not stay beyond the day.
  await hanako.clickInModal('立たなかった');
  await house.slack.waitFor(() => hanako.modalText.includes('「役に立たなかった」にしました'));
  const scope = scopeAt(house, new Date());
  const [asked] = await house.db.select().from(faqAsk);
  if (!asked) throw new Error('nothing was asked');
  expect(await openAsk(scope, asked)).toContain(WORDS);
  expect([asked.unansweredAt, await openAsk(scope, { ...asked, typed: null })]).toEqual([null, '']);
  await hanako.closeModal();
  expect(hanako.filledIn).toMatchObject({ 相談内容: `須賀田ヨネさん ${WORDS}` });

  const FIELDS = { 種別: '運営・制度', 緊急度: '通常', 相談内容: WORDS, 対象者の氏名: null };
  await hanako.fillAndSubmit(FIELDS);
  expect(hanako.modalText).toContain('似た回答があります');
  expect(hanako.filledIn).toMatchObject({ 相談内容: WORDS, 種別: '運営・制度' });
  await hanako.clickInModal('全文を読む');
  await house.slack.waitFor(() => hanako.modalText.includes('共有フォルダの「様式」'));
  await hanako.closeModal();
  expect(await rows('SELECT * FROM consultation')).toEqual([]);
  await hanako.submit();
  await house.delivered();
  expect(hanako.modal).toBeUndefined();
  expect(await rows('SELECT kind FROM consultation')).toEqual([{ kind: 'operation' }]);
  expect(await rows('SELECT unanswered_at AS at FROM faq_ask WHERE unanswered_at IS NOT NULL')).toEqual([]);

  // What is urgent, and what no answer is like, is sent at once.
  for (const fields of [
    { ...FIELDS, 緊急度: '至急' },
    { ...FIELDS, 相談内容: 'ラーメン屋のおすすめ' },
  ]) {
    await openForm(house);
    await hanako.fillAndSubmit(fields);
    expect(hanako.modal).toBeUndefined();
  }
  expect(await rows('SELECT * FROM consultation')).toHaveLength(3);

  // On a page: answers open beside the form, which keeps what was typed.
  const minoru = await browserOf(house, PEOPLE.minoru);
  const page = await minoru.open('/cases/new');
  expect(page.html).toMatch(/formtarget="_blank"[^>]*>似た回答をさがす（新しいタブ）/u);
  const { action, fields } = formOf(page, '/modal/submit');
  const filled = (more: [string, string][]): [string, string][] => {
    const names = new Set(more.map(([name]) => name));
    return [...fields.filter(([name]) => !names.has(name)), ...more];
  };
  const typed: [string, string][] = [
    ['field:kind', 'operation'],
    ['field:urgency', 'normal'],
    ['field:body', WORDS],
  ];
  const beside = await minoru.post(
    '/modal/press',
    filled([...typed, ['press', 'consultation.similar consultation.send']]),
  );
  expect(beside.path).toMatch(/^\/faq\/asks\//u);
  expect(beside.text).toContain(CONTRACT);
  const offered = await minoru.post(action, filled(typed));
  expect(offered.text).toContain('似た回答があります');
  expect(offered.html).toMatch(/formtarget="_blank"[^>]*>全文を読む（新しいタブ）/u);
  const next = formOf(offered, '/modal/submit');
  expect(next.fields).toContainEqual(['field:body', WORDS]);
  const press = /value="(faq\.read [^"]+)"/.exec(offered.html)?.[1] ?? '';
  expect((await minoru.post('/modal/press', [...next.fields, ['press', press]])).path).toMatch(
    /^\/faq\/1\?ask=/u,
  );
  expect((await minoru.post(next.action, next.fields)).path).toMatch(/^\/cases\/R8-0004/u);
  expect(foundIn(['須賀田', 'ヨネ'], await everythingStored())).toEqual([]);
});
