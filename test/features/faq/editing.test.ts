/** Drafts of the FAQ through the front door: written by one person, approved by another, and nothing unapproved anywhere before. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { importEntries } from '../../../src/features/faq/exchange/mutations.ts';
import { followIndex } from '../../../src/features/faq/indexing/mutations.ts';
import { searchFaq } from '../../../src/features/faq/search/data.ts';
import { openFaqIndex } from '../../../src/features/faq/search/store.ts';
import { addYears, japanDate } from '../../../src/lib/jst.ts';
import { publishedEntry } from '../../support/faq.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { auditOf } from '../../support/settings.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';
import { type Answered, Visitor } from '../../support/visitor.ts';

const WORDS = {
  question: '独居の方が電話に出ないときは',
  aliases: '一人暮らしの人と連絡が取れない\n応答がない',
  answer: '訪問して、安否を確かめます。\n応答がなければ警察に連絡します。',
  topics: '独居、安否確認',
  links: '連絡票 https://files.example.jp/renraku.xlsx',
  visibility: 'all',
  owner: PEOPLE.naoko,
  reviewDueOn: '',
};
type Words = Partial<Record<keyof typeof WORDS | 'do' | 'seen' | 'submissionKey' | 'confirmed', string>>;

const fieldsOf = (words: Words) => Object.entries({ ...WORDS, ...words });

/** What a form of the page holds, hidden from people. */
function hidden(page: Answered, name: string, nth = 0): string {
  const all = [...page.body.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))];
  const found = all[nth]?.[1];
  if (found === undefined) throw new Error(`no ${name} on the page`);
  return found;
}

async function desk(house: House) {
  const [kenta, naoko, takuya] = await Promise.all(
    [PEOPLE.kenta, PEOPLE.naoko, PEOPLE.takuya].map((who) => Visitor.signedIn(house, who)),
  );
  if (!kenta || !naoko || !takuya) throw new Error('nobody');
  return { kenta, naoko, takuya };
}

async function write(who: Visitor, words: Words = {}): Promise<Answered> {
  return who.post('/faq/desk/new', fieldsOf({ submissionKey: crypto.randomUUID(), seen: '', ...words }));
}

async function approve(who: Visitor, path: string): Promise<Answered> {
  const page = await who.get(`${path}/approval`);
  return who.post(`${path}/approval`, [
    ['seen', hidden(page, 'seen')],
    ['reviewDueOn', hidden(page, 'reviewDueOn')],
    ['do', 'approve'],
  ]);
}

const entryRow = async (number: number) => {
  const row = await env.DB.prepare('SELECT * FROM faq_entry WHERE number = ?').bind(number).first();
  if (!row) throw new Error('no such entry');
  return row;
};
/** What a search brings once the index has followed. */
async function findable(house: House, text: string): Promise<string[]> {
  await followIndex({ ...scopeAt(house, new Date()), faqIndex: env.FAQ_INDEX });
  const hits = await searchFaq(openFaqIndex(env.FAQ_INDEX), { text, limit: 10, mayReadCoreOnly: true });
  return hits.map(({ question }) => question);
}

const dmsOf = (house: House, who: string, words: string) =>
  house.slack.as(who).dm.filter((each) => JSON.stringify(each).includes(words)).length;

const withdrawn = async (who: Visitor, path: string, version: number) =>
  (
    await who.post(`${path}/withdraw`, [
      ['why', 'outdated'],
      ['published', String(version)],
    ])
  ).status;

describe('an answer', { timeout: 60_000 }, () => {
  test('is found when a second person of the core center has approved it, and nowhere before', async () => {
    const house = await openHouse();
    const { kenta, naoko, takuya } = await desk(house);
    expect((await write(naoko, { question: '', answer: ' 　', topics: 'あ'.repeat(31) })).status).toBe(422);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM faq_entry').first('n')).toBe(0);
    const key = crypto.randomUUID();
    const written = await Promise.all([1, 2].map(() => write(naoko, { submissionKey: key })));
    // The same form twice makes one.
    expect(written.map(({ status, location }) => [status, location?.split('?')[0]])).toEqual([
      [303, written[0]?.location?.split('?')[0]],
      [303, written[0]?.location?.split('?')[0]],
    ]);
    const path = written[0]?.location?.split('?')[0] ?? '';
    const number = Number(path.split('/').at(-1));
    expect(await everythingStored()).not.toContain('電話に出ないとき');
    const page = await naoko.get(path);
    expect(page.body).toContain('独居の方が電話に出ないときは');
    const proposed = await naoko.post(path, fieldsOf({ seen: hidden(page, 'seen'), do: 'propose' }));
    expect(proposed.location).toBe(`${path}?done=proposed`);
    await house.delivered();
    // The manager hears of it, by its reference only.
    expect([dmsOf(house, PEOPLE.kenta, 'の承認をお願いします'), dmsOf(house, PEOPLE.naoko, '承認')]).toEqual([
      1, 0,
    ]);
    expect(JSON.stringify(house.slack.traffic)).not.toContain('独居');
    // Nobody approves what she wrote, whatever her form says.
    const own = await naoko.get(`${path}/approval`);
    expect(own.body).toContain('自分が書いたものは承認できません');
    expect(own.body).not.toContain('承認して公開する');
    expect(await findable(house, WORDS.question)).toEqual([]);
    const stamp = hidden(await kenta.get(`${path}/approval`), 'seen');
    const decision: [string, string][] = [
      ['seen', stamp],
      ['reviewDueOn', hidden(await kenta.get(`${path}/approval`), 'reviewDueOn')],
      ['do', 'approve'],
    ];
    expect((await naoko.post(`${path}/approval`, decision)).status).toBe(409);
    expect((await entryRow(number)).status).toBe('unpublished');
    // Of two at the same time one does it, and the other hears so.
    const both = await Promise.all([kenta, takuya].map((who) => who.post(`${path}/approval`, decision)));
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    const winner = both[0]?.status === 303 ? kenta : takuya;
    expect((await winner.post(`${path}/approval`, decision)).status).toBe(303);
    const row = await entryRow(number);
    expect(row).toMatchObject({
      status: 'published',
      question: WORDS.question,
      aliases: JSON.stringify(['一人暮らしの人と連絡が取れない', '応答がない']),
      topics: JSON.stringify(['独居', '安否確認']),
      links: JSON.stringify([{ label: '連絡票', url: 'https://files.example.jp/renraku.xlsx' }]),
      owner: PEOPLE.naoko,
      published_revision: 1,
    });
    expect(row.review_due_on).toBe(decision[1]?.[1]);
    expect(await findable(house, '一人暮らしで連絡が取れない')).toEqual([WORDS.question]);
    expect((await auditOf('faq.approve')).map(({ outcome }) => outcome).toSorted()).toEqual([
      'done',
      'refused',
      'refused',
    ]);
    await house.delivered();
    expect(dmsOf(house, PEOPLE.naoko, 'が承認され、公開されました')).toBe(1);
    expect(await withdrawn(kenta, path, 1)).toBe(303);
    expect(await findable(house, WORDS.question)).toEqual([]);
    // Those who are not of the core center find nothing there.
    const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
    for (const each of ['/faq/desk', '/faq/desk/entries', path, `${path}/approval`, `${path}/history`])
      expect([each, (await hanako.get(each)).status]).toEqual([each, 404]);
    expect((await hanako.post(path, fieldsOf({ seen: 'x' }))).status).toBe(404);
    // An admin of the city section reads, and does not write.
    const makoto = await Visitor.signedIn(house, PEOPLE.makoto);
    const read = await makoto.get(path);
    expect([read.status, read.body.includes('下書きを保存する')]).toEqual([200, false]);
    expect((await makoto.post(path, fieldsOf({ seen: 'x' }))).status).toBe(404);
  });

  test('is changed by two people on one draft: the second sees both texts and loses nothing', async () => {
    const house = await openHouse();
    const { kenta, naoko, takuya } = await desk(house);
    const path = (await write(naoko, { do: 'propose' })).location?.split('?')[0] ?? '';
    expect((await approve(kenta, path)).status).toBe(303);
    const [one, other] = [hidden(await naoko.get(path), 'seen'), hidden(await takuya.get(path), 'seen')];
    expect((await naoko.post(path, fieldsOf({ seen: one, answer: '直子の書いた回答' }))).status).toBe(303);
    // At the very same time, too, one of them is first.
    const third = hidden(await naoko.get(path), 'seen');
    const racing = await Promise.all(
      ['直子の書いた回答です', '直子の書いた回答でした'].map((answer) =>
        naoko.post(path, fieldsOf({ seen: third, answer })),
      ),
    );
    expect(racing.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    const second = await takuya.post(path, fieldsOf({ seen: other, answer: '拓也の書いた回答' }));
    expect(second.status).toBe(409);
    for (const words of ['直子', '拓也', 'の書いた回答']) expect(second.body).toContain(words);
    expect(second.body).toMatch(/<del>直子<\/del>/);
    expect(second.body).toMatch(/<ins>拓也<\/ins>/);
    // With what the answer gave her, her own words go in; both are its authors now.
    const again = fieldsOf({ seen: hidden(second, 'seen'), answer: '二人の書いた回答', do: 'propose' });
    expect((await takuya.post(path, again)).location).toBe(`${path}?done=proposed`);
    const { results } = await env.DB.prepare(
      'SELECT number, state, editors FROM faq_revision ORDER BY number',
    ).all();
    expect(results).toEqual([
      { number: 1, state: 'published', editors: JSON.stringify([PEOPLE.naoko]) },
      { number: 2, state: 'proposed', editors: JSON.stringify([PEOPLE.naoko, PEOPLE.takuya]) },
    ]);
    // What is found is what was approved.
    expect(await env.DB.prepare('SELECT answer FROM faq_entry').first('answer')).toBe(WORDS.answer);
    const stamp = hidden(await kenta.get(`${path}/approval`), 'seen');
    const shown = await kenta.get(`${path}/approval`);
    expect(shown.body).toContain('公開中の内容からの変更');
    // Changed after the approver looked: nothing is approved that she did not see.
    const now = hidden(await naoko.get(path), 'seen');
    expect((await naoko.post(path, fieldsOf({ seen: now, answer: '差し替えた回答' }))).status).toBe(303);
    const due = hidden(shown, 'reviewDueOn');
    const late = await kenta.post(`${path}/approval`, [
      ['seen', stamp],
      ['reviewDueOn', due],
      ['do', 'approve'],
    ]);
    expect(late.status).toBe(409);
    expect(await env.DB.prepare('SELECT answer FROM faq_entry').first('answer')).toBe(WORDS.answer);
  });

  test('with something that looks personal is shown so, confirmed or taken out, and erased where it slipped through', async () => {
    const house = await openHouse();
    const { kenta, naoko, takuya } = await desk(house);
    const holding = (words: string) => ({ answer: `窓口に電話します。${words}` });
    const refused = await write(naoko, { ...holding('山田 太郎 様の件は03-1234-5678です。'), do: 'propose' });
    expect(refused.status).toBe(422);
    // What was typed is kept as a draft, and what was found is marked.
    expect(refused.body).toContain('【03-1234-5678】');
    expect(refused.body).toContain('個人情報ではありません');
    const path = '/faq/desk/1';
    const proposing = async (who: Visitor, words: Words) =>
      who.post(path, fieldsOf({ ...words, seen: hidden(await who.get(path), 'seen'), do: 'propose' }));
    const never = await proposing(naoko, {
      ...holding('個人番号は 1234 5678 9018 です。'),
      confirmed: 'yes',
    });
    expect([never.status, never.body.includes('消してから、承認を依頼してください')]).toEqual([422, true]);
    const covered = await proposing(naoko, { ...holding('［氏名］さんの鍵です。'), confirmed: 'yes' });
    expect([covered.status, covered.body.includes('伏せたところが残っています')]).toEqual([422, true]);
    const window = holding('山田 太郎 様の件は03-1234-5678です。');
    expect((await proposing(naoko, { ...window, confirmed: 'yes' })).status).toBe(303);
    expect((await kenta.get(`${path}/approval`)).body).toContain('【03-1234-5678】');
    // Sent back with a reason that stays on the page.
    const back = (note: string, seen: string) =>
      kenta.post(`${path}/approval`, [
        ['seen', seen],
        ['note', note],
        ['do', 'back'],
      ]);
    const stamp = hidden(await kenta.get(`${path}/approval`), 'seen');
    expect((await back(' ', stamp)).status).toBe(422);
    expect((await back('山田さんのお名前が残っています', stamp)).status).toBe(303);
    expect((await back('山田さんのお名前が残っています', stamp)).status).toBe(303);
    await house.delivered();
    expect(dmsOf(house, PEOPLE.naoko, 'が差し戻されました')).toBe(1);
    expect((await naoko.get(path)).body).toContain('山田さんのお名前が残っています');
    for (const words of ['山田', '03-1234', '0312345678'])
      expect([
        words,
        JSON.stringify(house.slack.traffic).includes(words),
        (await everythingStored()).includes(words),
      ]).toEqual([words, false, false]);
    // It slipped through after all: withdrawn, then erased, which only managers do.
    expect((await proposing(naoko, { ...window, confirmed: 'yes' })).status).toBe(303);
    expect((await approve(kenta, path)).status).toBe(303);
    const erase = (who: Visitor, version: string) =>
      who.post(`${path}/history`, [
        ['version', version],
        ['do', 'erase'],
      ]);
    expect((await erase(kenta, '1')).status).toBe(409);
    const ending = (why: string) =>
      naoko.post(`${path}/withdraw`, [
        ['why', why],
        ['published', '1'],
      ]);
    expect([
      (await ending('made-up')).status,
      (await ending('personal')).status,
      (await ending('personal')).status,
    ]).toEqual([422, 303, 303]);
    const row = await entryRow(1);
    expect([row.status, row.question, row.aliases, row.answer, row.topics, row.links]).toEqual([
      'withdrawn',
      ...Array(5).fill(null),
    ]);
    expect((await everythingStored()).includes('山田')).toBe(false);
    expect((await erase(takuya, '1')).status).toBe(404);
    expect((await erase(kenta, '1')).location).toBe(`${path}/history?done=erased`);
    expect(await env.DB.prepare('SELECT content, note, erased_by FROM faq_revision').first()).toEqual({
      content: null,
      note: null,
      erased_by: PEOPLE.kenta,
    });
    // There is nothing left to restore, and the pages say so.
    expect(
      (
        await takuya.post(`${path}/history`, [
          ['version', '1'],
          ['do', 'restore'],
        ])
      ).status,
    ).toBe(404);
    for (const page of [path, `${path}/history`, '/faq/desk', '/faq/desk/entries'])
      expect([page, (await naoko.get(page)).status]).toEqual([page, 200]);
  });

  test('has a history that shows what changed and brings an earlier version back, through a second person again', async () => {
    const house = await openHouse();
    const { kenta, naoko, takuya } = await desk(house);
    const path = '/faq/desk/1';
    const change = async (who: Visitor, words: Words) =>
      who.post(path, fieldsOf({ ...words, seen: hidden(await who.get(path), 'seen') }));
    await write(naoko, { do: 'propose' });
    await approve(kenta, path);
    expect((await change(takuya, { answer: '電話をかけ直します。', do: 'propose' })).status).toBe(303);
    await approve(naoko, path);
    const shown = await naoko.get(`${path}/history?from=1&to=2`);
    expect(shown.body).toContain('第1版から第2版への変更');
    expect(shown.body).toContain('<ins>');
    const restore = (who: Visitor, version: string) =>
      who.post(`${path}/history`, [
        ['version', version],
        ['do', 'restore'],
      ]);
    // A draft that somebody works on is not lost by it.
    expect((await change(naoko, { answer: '書きかけ' })).status).toBe(303);
    expect((await restore(takuya, '1')).status).toBe(409);
    const drop = async (who: Visitor) =>
      who.post(`${path}/drop`, [['seen', hidden(await who.get(path), 'seen')]]);
    expect((await drop(takuya)).location).toBe(`${path}?done=dropped`);
    expect((await restore(takuya, '1')).location).toBe(`${path}?done=restored`);
    expect(await env.DB.prepare('SELECT answer FROM faq_entry').first('answer')).toBe('電話をかけ直します。');
    const page = await takuya.get(path);
    expect(page.body).toContain('訪問して、安否を確かめます。');
    expect((await change(takuya, { do: 'propose' })).status).toBe(303);
    // Without a change by her, the form makes nothing new; takuya restored it and cannot approve it.
    expect((await approve(naoko, path)).status).toBe(303);
    const { results } = await env.DB.prepare(
      'SELECT number, state, source FROM faq_revision ORDER BY number',
    ).all();
    expect(results).toEqual([
      { number: 1, state: 'replaced', source: 'hand' },
      { number: 2, state: 'replaced', source: 'hand' },
      { number: 3, state: 'dropped', source: 'hand' },
      { number: 4, state: 'published', source: 'restore' },
    ]);
    expect(await env.DB.prepare('SELECT answer FROM faq_entry').first('answer')).toBe(WORDS.answer);
    // Nothing changed: the day of today is enough, and one person gives it.
    await env.DB.prepare(
      "UPDATE faq_entry SET reviewed_on = '2024-01-01', review_due_on = '2025-01-01'",
    ).run();
    expect((await naoko.get('/faq/desk')).body).toContain('期限を過ぎています');
    expect((await naoko.post(`${path}/reviewed`, [['published', '2']])).status).toBe(409);
    expect((await naoko.post(`${path}/reviewed`, [['published', '4']])).status).toBe(303);
    const row = await entryRow(1);
    expect([row.reviewed_on, row.review_due_on]).toEqual([
      japanDate(new Date()),
      addYears(japanDate(new Date()), 1),
    ]);
    // All of it stands in the log of the entry, in one unbroken chain.
    const chain = `faq:${row.id}`;
    const { results: log } = await env.DB.prepare(
      'SELECT seq, action FROM audit_entry WHERE chain = ? ORDER BY seq',
    )
      .bind(chain)
      .all<{ seq: number; action: string }>();
    expect(log.map(({ action }) => action).join(' ')).toBe(
      'faq.make faq.propose faq.approve faq.save faq.propose faq.approve faq.save faq.drop faq.restore faq.propose faq.approve faq.review',
    );
    const lists = async (...narrowing: [string, string][]) =>
      (await naoko.post('/faq/desk/entries', narrowing)).body.includes('FAQ-0001');
    expect(
      await Promise.all([
        lists(['words', '電話に出ない']),
        lists(['words', '1']),
        lists(['words', 'ない言葉']),
        lists(['topic', '独居']),
        lists(['state', 'withdrawn']),
        lists(['after', '1']),
      ]),
    ).toEqual([true, true, false, true, false, false]);
  });

  test('is approved and saved over what the person saw only: not after a file, a withdrawal or a merger', async () => {
    const house = await openHouse();
    const { kenta, naoko, takuya } = await desk(house);
    for (const question of ['質問い', '質問ろ', '質問は', '質問に'])
      await publishedEntry(house, { question }, { externalId: question });
    const scope = { ...scopeAt(house, new Date()), faqIndex: env.FAQ_INDEX };
    const propose = async (path: string) =>
      naoko.post(path, fieldsOf({ seen: hidden(await naoko.get(path), 'seen'), do: 'propose' }));
    const decide = async (path: string, page: Answered) => {
      const fields = ['seen', 'reviewDueOn'].map((name): [string, string] => [name, hidden(page, name)]);
      return (await takuya.post(`${path}/approval`, [...fields, ['do', 'approve']])).status;
    };
    const shown: Answered[] = [];
    for (const path of ['/faq/desk/1', '/faq/desk/2']) {
      expect((await propose(path)).location).toBe(`${path}?done=proposed`);
      shown.push(await takuya.get(`${path}/approval`));
    }
    const forms = [await takuya.get('/faq/desk/3'), await takuya.get('/faq/desk/4')];
    const file = [{ externalId: '質問い', question: '質問い', answer: '法改正のあとの答え' }];
    await importEntries(scope, PEOPLE.kenta, { as: 'published', read: async () => file });
    for (const [number, version] of [
      [2, 1],
      [3, 1],
    ] as const)
      expect(await withdrawn(kenta, `/faq/desk/${number}`, version)).toBe(303);
    for (const [i, page] of shown.entries()) expect(await decide(`/faq/desk/${i + 1}`, page)).toBe(409);
    expect([(await entryRow(1)).answer, (await entryRow(2)).status]).toEqual([
      '法改正のあとの答え',
      'withdrawn',
    ]);
    // Looked at again, it may be approved.
    expect(await decide('/faq/desk/1', await takuya.get('/faq/desk/1/approval'))).toBe(303);
    await env.DB.prepare(
      "UPDATE faq_entry SET status = 'merged', published_revision = NULL WHERE number = 4",
    ).run();
    for (const [i, form] of forms.entries()) {
      const late = await takuya.post(`/faq/desk/${i + 3}`, fieldsOf({ seen: hidden(form, 'seen') }));
      expect([late.status, late.body.includes(WORDS.question)]).toEqual([409, true]);
    }
  });

  test('has a limit in each field, and links lead to the web only', async () => {
    const house = await openHouse();
    const { naoko } = await desk(house);
    const refused: Words[] = [
      { question: 'あ'.repeat(501) },
      { answer: 'あ'.repeat(20_001) },
      { aliases: Array.from({ length: 21 }, (_, i) => `聞き方${i}`).join('\n') },
      { topics: Array.from({ length: 9 }, (_, i) => `分類${i}`).join('、') },
      { links: '資料 javascript:alert(1)' },
      { links: '資料 https://user:pass@example.jp/' },
      { owner: PEOPLE.hanako },
      { reviewDueOn: '2020-01-01' },
    ];
    for (const words of refused) {
      const answer = await write(naoko, { ...words, answer: words.answer ?? '<script>消さないで</script>' });
      expect([Object.keys(words), answer.status]).toEqual([Object.keys(words), 422]);
      if (!words.answer) expect(answer.body).toContain('&lt;script&gt;消さないで');
    }
    expect(await env.DB.prepare('SELECT count(*) AS n FROM faq_entry').first('n')).toBe(0);
  });
});
