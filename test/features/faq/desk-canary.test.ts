/** What is written at the desk and approved by nobody is sealed: it leaves the Worker by no way but the desk's own pages. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { followIndex, rebuildFaqIndex } from '../../../src/features/faq/indexing/mutations.ts';
import { foundIn } from '../../support/canaries.ts';
import { askedInVain, publishedEntry } from '../../support/faq.ts';
import { openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';
import { type Answered, type Fields, Visitor } from '../../support/visitor.ts';

/** One in each field, and in each place where the desk writes. */
const PLANTED = [
  ...['翠色の質問', '翠色の聞き方', '翠色の回答', '翠色分類', '翠色の手引', 'suishoku-file'],
  ...['茜色の理由', '藍色の言い換え', '紺色の理由', '橙色の取込', '黄色の二人目', '紫色の検索', '鼠色の言葉'],
];
const NAMES = ['髙橋 サチエ', 'タカハシサチヱ', '0463-21-9988', '北町三丁目四番五号'];
const WORDS = {
  question: `翠色の質問 ${NAMES[0]}`,
  aliases: `翠色の聞き方 ${NAMES[1]}`,
  answer: `翠色の回答 ${NAMES[2]} ${NAMES[3]}`,
  topics: '翠色分類',
  links: '翠色の手引 https://files.example.jp/suishoku-file',
  visibility: 'all',
  confirmed: 'yes',
};

function hidden(page: Answered, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';
}

test('drafts, reasons, other words for questions and files that nobody approved stand nowhere in the clear', {
  timeout: 60_000,
}, async () => {
  const house = await openHouse();
  await publishedEntry(house, { question: '公開の質問' });
  await publishedEntry(house, { question: '公開の質問です' });
  await askedInVain(house, PEOPLE.hanako, '鼠色の言葉について');
  const [naoko, takuya, kenta] = await Promise.all(
    [PEOPLE.naoko, PEOPLE.takuya, PEOPLE.kenta].map((person) => Visitor.signedIn(house, person)),
  );
  if (!naoko || !takuya || !kenta) throw new Error('nobody');
  const answers: Answered[] = [];
  const send = async (who: Visitor, path: string, fields: Fields) => {
    const answer = await who.post(path, fields);
    answers.push(answer);
    return answer;
  };
  const withSeen = async (
    who: Visitor,
    path: string,
    page: string,
    fields: Readonly<Record<string, string>>,
  ) => send(who, path, Object.entries({ ...fields, seen: hidden(await who.get(page), 'seen') }));
  const made = { ...WORDS, seen: '', submissionKey: crypto.randomUUID(), do: 'propose' };
  expect((await send(naoko, '/faq/desk/new', Object.entries(made))).location).toBe(
    '/faq/desk/3?done=proposed',
  );
  const approval = '/faq/desk/3/approval';
  expect((await withSeen(kenta, approval, approval, { do: 'back', note: '茜色の理由 髙橋' })).status).toBe(
    303,
  );
  const late = { ...WORDS, answer: '黄色の二人目', do: 'save', seen: '1/1/0' };
  expect((await send(takuya, '/faq/desk/3', Object.entries(late))).status).toBe(409);
  await withSeen(naoko, '/faq/desk/1', '/faq/desk/1', { ...WORDS, do: 'propose' });
  await withSeen(naoko, '/faq/desk/3/drop', '/faq/desk/3', {});
  await send(takuya, '/faq/desk/3/history', [
    ['do', 'restore'],
    ['version', '1'],
  ]);
  await send(naoko, '/faq/desk/entries', [
    ['words', '紫色の検索'],
    ['q', '紫色の検索'],
  ]);
  const file = new File(
    [
      JSON.stringify([
        { externalId: 'x-1', question: '橙色の取込', answer: WORDS.answer, aliases: [WORDS.aliases] },
      ]),
    ],
    'faq.json',
    { type: 'application/json' },
  );
  const preview = await send(kenta, '/faq/desk/exchange/check', [
    ['file', file],
    ['as', 'drafts'],
  ]);
  const json = hidden(preview, 'file').replaceAll('&quot;', '"');
  const loaded = await send(kenta, '/faq/desk/exchange/load', [
    ['file', json],
    ['mark', hidden(preview, 'mark')],
    ['as', 'drafts'],
  ]);
  expect(loaded.location).toBe('/faq/desk/exchange?done=1.0.0.0');

  const tomorrow = new Date(Date.now() + 86_400_000);
  await house.cron(tomorrow.setUTCHours(1, 5));
  const question = '/faq/desk/questions/1';
  const version = hidden(await naoko.get(question), 'version');
  const plan = {
    words: '藍色の言い換え',
    owner: PEOPLE.takuya,
    dueOn: '',
    version,
    confirmed: 'yes',
    do: 'plan',
  };
  expect((await send(naoko, question, Object.entries(plan))).location).toBe(`${question}?done=planned`);
  expect((await send(naoko, question, Object.entries({ do: 'draft' }))).status).toBe(303);
  const aside = { do: 'aside', reason: '紺色の理由' };
  expect((await send(naoko, question, Object.entries(aside))).location).toBe(`${question}?done=set_aside`);
  for (const days of [2, 40, 400]) {
    const at = new Date(Date.now() + days * 86_400_000);
    await house.cron(at.setUTCHours(1, 50));
  }
  await house.delivered();
  const scope = { ...scopeAt(house, new Date()), faqIndex: env.FAQ_INDEX };
  for (const follow of [followIndex, rebuildFaqIndex]) {
    await follow(scope);
    const sought = [...PLANTED, ...NAMES, 'サチエ'];
    const places = {
      slack: JSON.stringify(house.slack.traffic),
      mails: JSON.stringify(house.mails ?? []),
      logs: house.logs.join('\n'),
      addresses: answers.map(({ location }) => location).join('\n'),
      headers: answers.map(({ headers }) => JSON.stringify([...headers])).join('\n'),
      database: await everythingStored(),
      index: await everythingStored(env.FAQ_INDEX),
    };
    expect(places.index).toContain('公開');
    for (const [place, text] of Object.entries(places))
      expect([place, foundIn(sought, text)]).toEqual([place, []]);
  }
});

test('what was erased leaves no word in the index', async () => {
  const house = await openHouse();
  await publishedEntry(house, { question: '公開の質問' });
  await publishedEntry(house, { question: '山田の通帳', answer: '山田は金庫の前に住む' });
  expect(await everythingStored(env.FAQ_INDEX)).toContain('山田');
  const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
  await kenta.post('/faq/desk/2/withdraw', [
    ['why', 'wrong'],
    ['published', '1'],
  ]);
  const erased = await kenta.post('/faq/desk/2/history', [
    ['do', 'erase'],
    ['version', '1'],
  ]);
  expect(erased.location).toBe('/faq/desk/2/history?done=erased');
  await followIndex({ ...scopeAt(house, new Date()), faqIndex: env.FAQ_INDEX });
  const left = await everythingStored(env.FAQ_INDEX);
  expect([left.includes('公開'), left.includes('山田')]).toEqual([true, false]);
});
