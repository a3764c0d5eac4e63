/** What nobody could answer: grouped, planned, answered or set aside by the core center; askers hear of the answer once. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { findEntryByNumber, loadEntry } from '../../../src/features/faq/data.ts';
import { approve } from '../../../src/features/faq/editing/deciding/mutations.ts';
import { saveDraft } from '../../../src/features/faq/editing/mutations.ts';
import { propose } from '../../../src/features/faq/editing/proposing/mutations.ts';
import { stampOf } from '../../../src/features/faq/editing/rules.ts';
import { groupUnanswered } from '../../../src/features/faq/questions/grouping/jobs.ts';
import { remindOfQuestions } from '../../../src/features/faq/questions/reminding/jobs.ts';
import { answeredBy } from '../../../src/features/faq/questions/telling/mutations.ts';
import { openDatabase } from '../../../src/lib/db.ts';
import { addDays, japanDate, startOfJapanDay } from '../../../src/lib/jst.ts';
import { foundIn } from '../../support/canaries.ts';
import { counting } from '../../support/counting.ts';
import { actorNamed, askedInVain, publishedEntry } from '../../support/faq.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { directsWith } from '../../support/polling.ts';
import { auditOf } from '../../support/settings.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';
import { Visitor } from '../../support/visitor.ts';

const PATH = '/faq/desk/questions';
const HOUR = 3_600_000;
const TOLD = 'お尋ねの件のFAQができました';

async function questions(): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    `SELECT number, state, owner, due_on, (SELECT count(*) FROM faq_ask WHERE open_question_id = q.id) AS asks
     FROM faq_open_question AS q ORDER BY number`,
  ).all();
  return results;
}

const states = async () => (await questions()).map(({ number, state, asks }) => [number, state, asks]);
const idOf = (number: number) =>
  env.DB.prepare('SELECT id FROM faq_open_question WHERE number = ?').bind(number).first<string>('id');
const versionIn = (body: string) => /name="version" value="(\d+)"/.exec(body)?.[1] ?? '';
const asksOfPage = (body: string) =>
  [...body.matchAll(/name="ask" value="([^"]+)"/g)].map(([, id]) => id ?? '');

function plan(version: string, words: string, more: Readonly<Record<string, string>> = {}) {
  return Object.entries({ do: 'plan', version, words, owner: '', dueOn: '', ...more });
}

/** What the cron runs each minute. */
const group = (house: House) => groupUnanswered(scopeAt(house, new Date()));
const remind = (house: House, at: number) => remindOfQuestions(scopeAt(house, new Date(at)));

/** A form of a question's page, sent. */
function act(visitor: Visitor, number: number, fields: Readonly<Record<string, string>>) {
  return visitor.post(`${PATH}/${number}`, Object.entries(fields));
}

async function twoGroups(house: House): Promise<void> {
  const at = Date.now() - 5 * HOUR;
  const ago = (hours: number) => new Date(at - hours * HOUR);
  await askedInVain(house, PEOPLE.hanako, '独居の方の鍵が開かない 白鷺', { at: ago(4) });
  await askedInVain(house, PEOPLE.ichiro, '白鷺 独居の方の鍵が開きません', { at: ago(3) });
  await askedInVain(house, PEOPLE.minoru, '要介護認定の更新申請の期限', { at: ago(2) });
  await askedInVain(house, PEOPLE.hanako, '独居 鍵 開かない 白鷺', { at: ago(1) });
  // Not in vain.
  await askedInVain(house, PEOPLE.minoru, '要介護認定の更新申請の期限', { unansweredAt: null });
  for (const _ of [1, 2]) await group(house);
}

test('asks in vain are grouped once, shown to the core center only, planned with an owner who is told, and reminded of', async () => {
  const house = await openHouse();
  await twoGroups(house);
  expect(await states()).toEqual([
    [1, 'open', 3],
    [2, 'open', 1],
  ]);
  expect(await auditOf('faq.make_question')).toHaveLength(2);
  await askedInVain(house, PEOPLE.ichiro, '要介護認定の更新申請の期限について教えてください');
  await house.cron();
  expect(await states()).toEqual([
    [1, 'open', 3],
    [2, 'open', 2],
  ]);
  expect(await everythingStored()).not.toContain('白鷺');

  for (const person of [PEOPLE.hanako, PEOPLE.makoto]) {
    const other = await Visitor.signedIn(house, person);
    for (const path of [PATH, `${PATH}/1`]) expect((await other.get(path)).status).toBe(404);
    expect((await other.post(`${PATH}/1`, plan('1', '言葉'))).status).toBe(404);
  }
  const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
  const list = await kenta.get(PATH);
  expect(list.body).toContain('独居の方の鍵が開かない 白鷺');
  expect(list.body).toContain('2か所');
  expect(list.body.indexOf('質問-0001')).toBeLessThan(list.body.indexOf('質問-0002'));
  expect((await kenta.get('/faq/desk')).body).toContain('質問-0001');
  const homeOf = async (person: string) => {
    const somebody = house.slack.as(person);
    await somebody.openHome();
    await house.slack.waitFor(() => somebody.home, { what: 'the home tab' });
    return somebody.homeText;
  };
  expect(await homeOf(PEOPLE.kenta)).toContain('未回答の質問 2件・承認待ち 0件・見直し 0件');
  expect(await homeOf(PEOPLE.hanako)).not.toContain('未回答の質問');
  const page = await kenta.get(`${PATH}/1`);
  expect(page.body).toContain('白鷺 独居の方の鍵が開きません');
  for (const name of ['花子', '一郎']) expect(page.body).not.toContain(name);

  // Planned: the owner hears of it, an editor who comes late keeps what was typed.
  const today = japanDate(new Date());
  const dueOn = addDays(today, 3);
  const version = versionIn(page.body);
  const better = '独居の方の鍵が開かないときの手順';
  for (const _ of [1, 2])
    expect(
      (await kenta.post(`${PATH}/1`, plan(version, better, { owner: PEOPLE.naoko, dueOn }))).status,
    ).toBe(303);
  await house.delivered();
  expect(directsWith(house, PEOPLE.naoko, '「質問-0001」の担当になりました')).toBe(1);
  const takuya = await Visitor.signedIn(house, PEOPLE.takuya);
  const late = await takuya.post(`${PATH}/1`, plan(version, '遅れて書いた文'));
  expect([late.status, late.body.includes('遅れて書いた文'), late.body.includes('ほかの方が先に')]).toEqual([
    409,
    true,
    true,
  ]);
  const now = versionIn((await kenta.get(`${PATH}/1`)).body);
  for (const [more, fault] of [
    [{ owner: PEOPLE.hanako }, '基幹型の職員から'],
    [{ dueOn: '2020-01-01' }, '今日からの日付'],
    [{ words: '　' }, '入力してください'],
    [{ words: '山田太郎さん 090-1234-5678 の件' }, '個人情報（'],
  ] as const) {
    const refused = await kenta.post(`${PATH}/1`, plan(now, better, more));
    expect([refused.status, refused.body.includes(fault)]).toEqual([422, true]);
  }
  for (const nonsense of [[], [['do', 'constructor']], [['do', 'move']], [['do', 'merge']]] as const)
    expect((await kenta.post(`${PATH}/1`, nonsense)).status).toBe(422);

  // On the day once, overdue once a week.
  const nine = (on: string) => startOfJapanDay(on).getTime() + 9 * HOUR;
  await remind(house, nine(dueOn) - HOUR);
  await house.cron(nine(dueOn));
  await remind(house, nine(dueOn) + HOUR);
  await house.delivered();
  expect(directsWith(house, PEOPLE.naoko, '期限は今日です')).toBe(1);
  for (const days of [6, 7, 8, 13]) await remind(house, nine(addDays(dueOn, days)));
  await house.cron(nine(addDays(dueOn, 14)));
  await house.delivered();
  expect(directsWith(house, PEOPLE.naoko, 'を過ぎています')).toBe(2);
  const everywhere = JSON.stringify([house.slack.traffic, house.logs]);
  expect(foundIn(['白鷺', better], everywhere)).toEqual([]);
});

test('the answer settles it, and each asker hears once; asked again later, the new asker hears', async () => {
  const house = await openHouse();
  await twoGroups(house);
  const question = '独居の方の鍵が開かないときは、どうすればよいですか。';
  const entry = await publishedEntry(house, { question });
  const kenta = await Visitor.signedIn(house, PEOPLE.kenta);

  // A draft for it: one, whoever presses how often; nobody is told while it is a draft.
  const naoko = await Visitor.signedIn(house, PEOPLE.naoko);
  const drafted = await Promise.all([kenta, naoko].map((who) => act(who, 2, { do: 'draft' })));
  drafted.push(await act(naoko, 2, { do: 'draft' }));
  expect(drafted.map(({ location }) => location)).toEqual(Array(3).fill(`/faq/desk/${entry.number + 1}`));
  const revision = await env.DB.prepare(
    "SELECT source, open_question_id FROM faq_revision WHERE state = 'draft'",
  ).first();
  expect(revision).toEqual({ source: 'question', open_question_id: await idOf(2) });

  expect((await act(kenta, 1, { do: 'answer', entry: 'FAQ-0099' })).status).toBe(422);
  expect((await act(kenta, 1, { do: 'answer', entry: String(entry.number + 1) })).status).toBe(422);
  for (const _ of [1, 2])
    expect((await act(kenta, 1, { do: 'answer', entry: `ＦＡＱ-000${entry.number}` })).status).toBe(303);
  await house.delivered();
  for (const [person, count] of [
    [PEOPLE.hanako, 1],
    [PEOPLE.ichiro, 1],
    [PEOPLE.minoru, 0],
  ] as const)
    expect([person, directsWith(house, person, TOLD)]).toEqual([person, count]);
  const dm = house.slack.as(PEOPLE.ichiro).dm.find((message) => JSON.stringify(message).includes(TOLD));
  expect(JSON.stringify(dm)).toContain(question);
  expect(JSON.stringify(dm)).toContain(`${entry.id}/`);
  expect(JSON.stringify(dm)).toContain('全文を読む');
  // Settled: nothing else is done with it.
  expect((await act(kenta, 1, { do: 'aside', reason: '不要' })).status).toBe(409);
  expect((await act(kenta, 1, { do: 'draft' })).status).toBe(409);

  // Asked again: a question anew, whose answer only the new ask hears.
  await askedInVain(house, PEOPLE.ichiro, '独居の方の鍵が開かない 白鷺');
  await group(house);
  expect(await states()).toEqual([
    [1, 'answered', 3],
    [2, 'open', 1],
    [3, 'open', 1],
  ]);
  await act(kenta, 3, { do: 'answer', entry: String(entry.number) });
  await house.delivered();
  expect([directsWith(house, PEOPLE.hanako, TOLD), directsWith(house, PEOPLE.ichiro, TOLD)]).toEqual([1, 2]);

  // With the publication of its draft: approved by a second person; for the core center only, nobody else hears.
  await askedInVain(house, PEOPLE.naoko, '要介護認定の更新申請の期限');
  await group(house);
  const scope = scopeAt(house, new Date());
  const [writer, second] = [await actorNamed(house, PEOPLE.kenta), await actorNamed(house, PEOPLE.naoko)];
  const published = {
    question: '更新の期限',
    aliases: [],
    answer: '満了日の60日前から。',
    topics: [],
    links: [],
  };
  const { id } = (await findEntryByNumber(house.db, entry.number + 1)) ?? { id: '' };
  const seen = async () => {
    const loaded = await loadEntry(house.db, id);
    return loaded ? stampOf(loaded) : '';
  };
  const care = { owner: null, reviewDueOn: null, visibility: 'core' as const };
  expect((await saveDraft(scope, writer, id, { ...care, content: published, seen: await seen() })).ok).toBe(
    true,
  );
  expect((await propose(scope, writer, id, { seen: await seen(), isConfirmed: false })).ok).toBe(true);
  const decision = { seen: await seen(), reviewDueOn: addDays(japanDate(new Date()), 365) };
  const both = [approve(scope, second, id, decision), approve(scope, second, id, decision)];
  expect((await Promise.all(both)).map(({ ok }) => ok)).toEqual([true, true]);
  await house.delivered();
  expect([directsWith(house, PEOPLE.naoko, TOLD), directsWith(house, PEOPLE.minoru, TOLD)]).toEqual([1, 0]);
  expect((await states()).map(([, state]) => state)).toEqual(['answered', 'answered', 'answered']);
  // Another version of it tells nobody again.
  const publication = { entryId: id, openQuestionId: await idOf(2), visibility: 'all' as const };
  expect((await answeredBy(scope, PEOPLE.kenta, publication, '更新の期限')).entries).toEqual([]);
  expect(await answeredBy(scope, PEOPLE.kenta, { ...publication, openQuestionId: null }, '')).toEqual({
    statements: [],
    entries: [],
  });
});

test('people arrange anew what was grouped, and set aside what gets no answer', async () => {
  const house = await openHouse();
  // A minute costs one query while nothing happens; a full one leaves room for what else runs in it.
  const counted = counting(env.DB);
  const scope = { ...scopeAt(house, new Date()), db: openDatabase(counted.db) };
  await groupUnanswered(scope);
  expect(counted.count()).toBe(1);
  for (const words of ['地域ケア会議の謝金', '介護用品の支給', '地域ケア会議の謝金について'])
    await askedInVain(house, PEOPLE.hanako, words);
  await groupUnanswered(scope);
  expect(counted.count()).toBeLessThanOrEqual(35);
  expect(await states()).toEqual([
    [1, 'open', 2],
    [2, 'open', 1],
  ]);
  for (const table of ['faq_ask', 'faq_open_question']) await env.DB.prepare(`DELETE FROM ${table}`).run();
  await twoGroups(house);
  const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
  const page = await kenta.get(`${PATH}/1`);
  const [latest = ''] = asksOfPage(page.body);
  const move = (path: string, ask: string, to: string) =>
    kenta.post(path, [
      ['do', 'move'],
      ['ask', ask],
      ['move', to],
    ]);
  // To a question of its own, then to another one; an ask that is not there any more is refused.
  expect((await move(`${PATH}/1`, latest, '')).status).toBe(303);
  expect(await states()).toEqual([
    [1, 'open', 2],
    [2, 'open', 1],
    [3, 'open', 1],
  ]);
  expect((await kenta.get(`${PATH}/1`)).body).toMatch(/似ているかもしれない質問[\s\S]*質問-0003/);
  expect((await kenta.get(`${PATH}/2`)).body).not.toContain('似ているかもしれない質問');
  expect((await move(`${PATH}/1`, latest, '2')).status).toBe(422);
  expect((await move(`${PATH}/3`, latest, '質問-0002')).status).toBe(303);
  expect((await move(`${PATH}/2`, latest, '99')).status).toBe(422);
  expect(await states()).toEqual([
    [1, 'open', 2],
    [2, 'open', 2],
    [3, 'open', 0],
  ]);

  const merge = (path: string, to: string) =>
    kenta.post(path, [
      ['do', 'merge'],
      ['merge', to],
    ]);
  expect((await merge(`${PATH}/1`, '1')).status).toBe(422);
  expect((await merge(`${PATH}/2`, '1')).status).toBe(303);
  expect((await merge(`${PATH}/2`, '1')).status).toBe(409);
  expect(await states()).toEqual([
    [1, 'open', 4],
    [2, 'set_aside', 0],
    [3, 'open', 0],
  ]);

  // Set aside with a reason that only the core center reads; whoever asks it again joins it, unless an open one asks the same. What was merged takes nothing.
  expect((await act(kenta, 1, { do: 'aside', reason: ' ' })).status).toBe(422);
  expect((await act(kenta, 1, { do: 'aside', reason: '鷺沼の個別の事情' })).status).toBe(303);
  expect((await kenta.get(`${PATH}/1`)).body).toContain('鷺沼の個別の事情');
  expect(await everythingStored()).not.toContain('鷺沼');
  await askedInVain(house, PEOPLE.ichiro, '独居の方の鍵が開かない 白鷺');
  await askedInVain(house, PEOPLE.ichiro, '要介護認定の更新申請の期限');
  await group(house);
  expect(await states()).toEqual([
    [1, 'set_aside', 5],
    [2, 'set_aside', 0],
    [3, 'open', 1],
  ]);
  expect((await kenta.get(`${PATH}?state=set_aside`)).body).toContain('質問-0001');
  expect((await act(kenta, 2, { do: 'reopen' })).status).toBe(303);
  expect((await act(kenta, 1, { do: 'reopen' })).status).toBe(303);
  expect((await states()).map(([, state]) => state)).toEqual(['open', 'open', 'open']);
  for (const query of ['?page=0', '?page=99', '?page=x', '?state=none', '?page=1e9'])
    expect((await kenta.get(`${PATH}${query}`)).status).toBe(200);
});
