/** `/kikan faq`, the unknown word and the box of the home tab: what is found, and what is said of it. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { resultsMessage } from '../../../src/features/faq/asking/blocks.ts';
import { ask } from '../../../src/features/faq/asking/mutations.ts';
import { openDatabase } from '../../../src/lib/db.ts';
import { askBy, asks, LOCKED, locked, rows, told, votes } from '../../support/asking.ts';
import { buttonsOf, readable } from '../../support/consulting.ts';
import { counting } from '../../support/counting.ts';
import { actorNamed, publishedEntry } from '../../support/faq.ts';
import { openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { FORM, pressBody, signedRequest } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const channel = CHANNELS.general;
test('an answer is found, read whole, and voted on; approved text rings nobody; each press counts once', async () => {
  const house = await openHouse();
  const entry = await locked(house);
  await publishedEntry(
    house,
    { question: '独居の方の鍵を預かる基準は何ですか。', answer: '内規です。' },
    { visibility: 'core' },
  );
  const hanako = house.slack.as(PEOPLE.hanako);
  const answer = await askBy(house, PEOPLE.hanako, '独居の方の鍵が開かない');
  expect(readable(answer)).toContain(`*${LOCKED}*\n&lt;!channel&gt; まず電話と`);
  expect(readable(answer)).toContain('独居・見守り　確認日 令和6年1月10日　⚠️ 確認してから1年以上');
  expect(readable(answer)).not.toContain('内規');
  expect(JSON.stringify(answer.blocks)).toContain('"verbatim":true');
  expect(buttonsOf(answer)).toEqual([
    '全文を読む',
    '役に立った',
    '役に立たなかった',
    '基幹型に相談する',
    'ページで見る',
  ]);
  const excerpt =
    readable(answer)
      .split('\n')
      .find((line) => line.includes('まず電話')) ?? '';
  expect([...excerpt.replaceAll('&lt;', '<').replaceAll('&gt;', '>')].length).toBeLessThanOrEqual(140);

  await hanako.click(answer, '全文を読む');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText).toContain('*命の危険*があるときは119番へ。');
  expect(hanako.modalText).toContain('<https://example.jp/key%7C%3C!here%3E|手順書>');
  expect(hanako.modalText).not.toContain('危ないもの');
  const [first] = await asks();
  expect(first).toMatchObject({
    asked_by: PEOPLE.hanako,
    way: 'command',
    shown: JSON.stringify([entry.id]),
    unanswered_at: null,
  });
  expect(first?.read_at).not.toBeNull();
  expect(await rows('SELECT entry_id FROM faq_reading')).toEqual([{ entry_id: entry.id }]);

  // In the modal the same answer stays, with what was done above it.
  await hanako.clickInModal('役に立った');
  await house.slack.waitFor(() => hanako.modalText.includes('「役に立った」にしました'));
  expect(hanako.modalText).toContain('119番');
  await hanako.closeModal();
  await house.cron();
  await hanako.click(answer, '役に立った');
  await hanako.click(answer, '役に立った');
  await told(house, PEOPLE.hanako, 'FAQ-0001 を「役に立った」にしました');
  expect(await votes()).toEqual([{ person: PEOPLE.hanako, is_helpful: 1 }]);

  await hanako.click(answer, '役に立たなかった');
  const offer = await told(house, PEOPLE.hanako, '「役に立たなかった」にしました');
  expect(await votes()).toEqual([{ person: PEOPLE.hanako, is_helpful: 0 }]);
  expect((await asks())[0]?.unanswered_at).not.toBeNull();
  await hanako.click(offer, '基幹型に相談する');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.filledIn).toMatchObject({ 相談内容: '独居の方の鍵が開かない' });

  // The same again within the hour, in another width, is the same question; the core center finds its own entry, too.
  await hanako.closeModal();
  await askBy(house, PEOPLE.hanako, '独居の方の鍵が開かない ');
  expect(await asks()).toHaveLength(1);
  expect(readable(await askBy(house, PEOPLE.naoko, '独居の方の鍵が開かない'))).toContain('内規');
  expect(readable(await askBy(house, PEOPLE.naoko, '独居の方の鍵が開かない'))).toContain('基幹型のみ');
  expect(await asks()).toHaveLength(2);

  // Twice at the same moment is once.
  const minoru = house.slack.as(PEOPLE.minoru);
  await Promise.all([1, 2, 3].map(() => minoru.slash('faq 鍵が開かないお宅', { channel })));
  expect((await asks()).filter(({ asked_by }) => asked_by === PEOPLE.minoru)).toHaveLength(1);
  const shown = minoru.ephemerals.at(-1);
  if (!shown) throw new Error('no answer');
  await Promise.all([1, 2, 3].map(() => minoru.click(shown, '役に立った')));
  await told(house, PEOPLE.minoru, '「役に立った」にしました');
  expect((await votes()).filter(({ person }) => person === PEOPLE.minoru)).toEqual([
    { person: PEOPLE.minoru, is_helpful: 1 },
  ]);

  // The city's section reads, but sends nothing.
  const city = await askBy(house, PEOPLE.makoto, '独居の方の鍵が開かない');
  expect(buttonsOf(city)).toEqual(['全文を読む', '役に立った', '役に立たなかった', 'ページで見る']);
});

test('what finds nothing says so and waits for the desk; what is withdrawn, missing or broken is told in words', async () => {
  const house = await openHouse();
  const entry = await locked(house);
  const hanako = house.slack.as(PEOPLE.hanako);
  const none = await askBy(house, PEOPLE.hanako, 'ラーメン屋のおすすめ');
  expect(none.text).toContain('当てはまるものが見つかりませんでした');
  expect(buttonsOf(none)).toEqual(['基幹型に相談する', '一覧からさがす']);
  expect((await asks())[0]?.unanswered_at).not.toBeNull();
  await hanako.click(none, '基幹型に相談する');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.filledIn).toMatchObject({ 相談内容: 'ラーメン屋のおすすめ' });
  await hanako.closeModal();

  const answer = await askBy(house, PEOPLE.hanako, '鍵が開かない');
  // Withdrawn a moment ago: the index still has it.
  await env.DB.prepare("UPDATE faq_entry SET status = 'withdrawn'").run();
  expect((await askBy(house, PEOPLE.minoru, '鍵が開かない')).text).toContain('見つかりませんでした');
  for (const label of ['全文を読む', '役に立った']) {
    await hanako.click(answer, label);
    await told(house, PEOPLE.hanako, 'このFAQは見つかりません');
  }
  expect(hanako.modal).toBeUndefined();
  expect(await votes()).toEqual([]);
  const refused = await rows<{ action: string }>(
    "SELECT action FROM audit_entry WHERE outcome = 'refused' ORDER BY rowid",
  );
  expect(refused.map(({ action }) => action)).toEqual(['faq.read', 'faq.vote']);
  await env.DB.prepare("UPDATE faq_entry SET status = 'published'").run();

  // A copied button with somebody else's question: neither its words nor its record.
  const [own] = await asks();
  const opened = () => house.slack.calls('views.open').map(({ args }) => JSON.stringify(args));
  const before = opened().length;
  await house.fetch(
    await signedRequest(pressBody(PEOPLE.ichiro, 'faq.consult', own?.id ?? ''), { contentType: FORM }),
  );
  await house.slack.waitFor(() => opened().length > before);
  expect(opened().at(-1)).toContain('基幹型への相談');
  expect(opened().at(-1)).not.toContain('ラーメン');
  await house.fetch(
    await signedRequest(pressBody(PEOPLE.ichiro, 'faq.read', `${entry.id}/${own?.id}`), {
      contentType: FORM,
    }),
  );
  expect(await rows('SELECT * FROM faq_reading')).toEqual([]);
  await house.fetch(
    await signedRequest(pressBody(PEOPLE.makoto, 'faq.consult', own?.id ?? ''), { contentType: FORM }),
  );
  await told(house, PEOPLE.makoto, '市の方は相談を送れません。');

  // Without an index, or with one that fails, the question is kept, and nobody is told that there is no answer.
  const actor = await actorNamed(house, PEOPLE.minoru);
  const failing = new Proxy(env.FAQ_INDEX, {
    get: () => () => {
      throw new Error('D1_ERROR');
    },
  });
  for (const faqIndex of [undefined, failing]) {
    const scope = { ...scopeAt(house, new Date()), faqIndex };
    const asked = await ask(scope, actor, faqIndex ? '鍵をあずかる' : '鍵をなくした', 'command');
    if (!asked.ok) throw new Error('nothing was asked');
    expect(asked.value).toMatchObject({ hits: [], isSearched: false });
    const message = resultsMessage({ scope, actor, today: '2026-11-23' }, asked.value);
    expect(message.text).toContain('いま、FAQの検索が使えません');
    expect(JSON.stringify(message.blocks)).toContain('基幹型に相談する');
  }
  // Of the 50 statements that the free plan has for a request.
  const [main, index] = [counting(env.DB), counting(env.FAQ_INDEX)];
  const counted = { ...scopeAt(house, new Date()), db: openDatabase(main.db), faqIndex: index.db };
  expect((await ask(counted, actor, '玄関の鍵が開かない', 'command')).ok).toBe(true);
  expect(main.count() + index.count()).toBeLessThan(25);
  expect((await asks()).filter(({ asked_by }) => asked_by === PEOPLE.minoru)).toHaveLength(4);
  expect((await asks()).filter(({ unanswered_at }) => unanswered_at !== null)).toHaveLength(2);
});

test('any input is answered, by the command, as an unknown word, in the modal and in the home tab', async () => {
  const house = await openHouse();
  await locked(house);
  const hanako = house.slack.as(PEOPLE.hanako);
  const odd = [
    '"',
    '*',
    'NEAR',
    '%',
    'NEAR(a b)',
    "'; DROP TABLE faq_ask; --",
    '鍵'.repeat(5000),
    '🙂'.repeat(500),
    'かぎがあかない',
    '\u0000',
    '<!channel>',
    '-- NOT AND OR',
    '\ud83d',
    `${' '.repeat(3)}ｶｷﾞ`,
  ];
  for (const words of odd) {
    const answer = await askBy(house, PEOPLE.hanako, words);
    expect(answer.text).toMatch(/近いものが|見つかりませんでした/u);
  }
  for (const words of ['\u200b', '　\u2060　'])
    expect((await askBy(house, PEOPLE.hanako, words)).text).toContain('さがしたい言葉を入れてください');

  const unknown = await hanako.slash('独居の方 鍵', { channel });
  expect(unknown.ackBody).toContain('その使い方は見つかりませんでした');
  expect(unknown.ackBody).toContain(LOCKED);
  expect((await asks()).at(-1)).toMatchObject({ way: 'unknown', unanswered_at: null });
  // A slip of the finger is no question for the desk.
  const slip = await hanako.slash('相段', { channel });
  expect(slip.ackBody).toContain('/kikan 相談');
  expect(slip.ackBody).not.toContain('FAQに');
  expect((await asks()).at(-1)).toMatchObject({ way: 'unknown', unanswered_at: null });
  await hanako.slash('プリンタの紙づまり', { channel });
  expect((await asks()).at(-1)?.unanswered_at).not.toBeNull();

  await hanako.slash('faq', { channel });
  await house.slack.waitFor(() => hanako.modal);
  expect((await hanako.fillAndSubmit({ さがしたいこと: '\u200b' })).errors).toHaveProperty('さがしたいこと');
  await hanako.fillAndSubmit({ さがしたいこと: '独居の方の鍵' });
  await house.slack.waitFor(() => hanako.modalText.includes(LOCKED));
  await hanako.clickInModal('全文を読む');
  await house.slack.waitFor(() => hanako.modals.length === 2);
  // From the answer into a consultation, and there to what is like it: Slack lays three upon each other at most.
  await hanako.clickInModal('基幹型に相談する');
  await house.slack.waitFor(() => hanako.modalText.includes('相談内容'));
  expect(hanako.filledIn).toMatchObject({ 相談内容: '独居の方の鍵' });
  await hanako.clickInModal('似た回答をさがす');
  await house.slack.waitFor(() => hanako.modals.length === 3);
  await hanako.clickInModal('全文を読む');
  await house.slack.waitFor(() => hanako.modalText.includes('119番'));
  expect(hanako.offers(hanako.modal?.view)).not.toContain('基幹型に相談する');
  while (hanako.modal) await hanako.closeModal();

  await hanako.openHome();
  await house.slack.waitFor(() => hanako.home);
  await hanako.clickInHome('さがす');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText).toContain('さがしたい言葉を入れてください');
  await hanako.closeModal();
  // Enter in the box.
  await hanako.clickInHome('さがしたいこと', '独居 鍵');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText).toContain(LOCKED);
  await hanako.closeModal();
  await hanako.clickInHome('さがす');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText).toContain(LOCKED);
  await hanako.clickInModal('役に立たなかった');
  await house.slack.waitFor(() => hanako.modalText.includes('「役に立たなかった」にしました'));
  expect(hanako.modalText).toContain(LOCKED);
  expect((await asks()).at(-1)).toMatchObject({ way: 'home' });
});

test('an entry as large as a file may bring it fits into what Slack shows', async () => {
  const house = await openHouse();
  await publishedEntry(house, {
    question: `独居の方の鍵${'<&>'.repeat(990)}`,
    answer: '&<>'.repeat(6600),
    topics: Array.from({ length: 80 }, (_, i) => `${i}${'分'.repeat(58)}`),
    links: Array.from({ length: 20 }, (_, i) => ({
      label: '&'.repeat(200),
      url: `https://example.jp/${i}/${'様'.repeat(1900)}`,
    })),
  });
  const hanako = house.slack.as(PEOPLE.hanako);
  await hanako.click(await askBy(house, PEOPLE.hanako, '独居の鍵'), '全文を読む');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText).toContain('FAQ-0001');
});
