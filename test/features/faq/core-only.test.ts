/** What is for the core center only does not exist for anybody else: by no way there, and also what was for everybody before. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { importEntries } from '../../../src/features/faq/exchange/mutations.ts';
import { followIndex } from '../../../src/features/faq/indexing/mutations.ts';
import { makeToken, storeToken } from '../../../src/web/api-tokens.ts';
import { askBy, told } from '../../support/asking.ts';
import { foundIn } from '../../support/canaries.ts';
import { publishedEntry } from '../../support/faq.ts';
import { pressForged } from '../../support/forged.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { refusalsOnPages, Visitor } from '../../support/visitor.ts';

const SECRET = ['委託料の内規は何ですか', '金庫の暗証は朱色', '内規分類', 'naiki-77', '応援の割増は何割'];
const [QUESTION = '', ANSWER = '', TOPIC = '', NAME = '', LATER = ''] = SECRET;

/** Opened by somebody who belongs to another center: the pages, with what they say. */
async function pagesOf(house: House, person: string, asks: readonly string[]): Promise<string> {
  const visitor = await Visitor.signedIn(house, person);
  const said: string[] = [];
  for (const path of [...PATHS, ...asks.flatMap((id) => [`/faq?ask=${id}`, `/faq/asks/${id}`])])
    said.push((await visitor.get(path)).body);
  for (const words of [QUESTION, ANSWER, LATER, NAME, '応援 手当']) {
    const sent = await visitor.post('/faq', [['words', words]]);
    said.push((await visitor.get(sent.location ?? '')).body.replaceAll(words, ''));
  }
  // The topic of an address is what the person typed herself.
  return said.join('\n').replaceAll(TOPIC, '');
}

/** Each entry is answered like one that is not there, and noted. @returns what its buttons say */
async function entriesOf(house: House, person: string, ids: readonly string[], ask: string): Promise<string> {
  const visitor = await Visitor.signedIn(house, person);
  const nothing = (await visitor.get('/faq/999')).body;
  const said: string[] = [];
  for (const [i, id] of ids.entries()) {
    const before = (await refusalsOnPages()).get(person) ?? 0;
    const page = await visitor.get(`/faq/${i + 1}?ask=${ask}`);
    expect([person, id, page.status, page.body === nothing]).toEqual([person, id, 404, true]);
    expect((await visitor.post(`/faq/${i + 1}/vote`, [['vote', 'helped']])).status).toBe(404);
    for (const action of ['faq.read', 'faq.helped', 'faq.not_helped'])
      said.push((await pressForged(visitor, action, `${id}/${ask}`, '')).body);
    expect(((await refusalsOnPages()).get(person) ?? 0) - before).toBe(5);
  }
  return said.join('\n');
}

const PATHS = [
  '/',
  '/faq',
  `/faq?topic=${encodeURIComponent(TOPIC)}`,
  '/faq/figures',
  '/faq/figures.csv',
  '/faq/desk/exchange/faq.json',
  '/faq/desk/exchange/faq.csv',
  '/people/file/download',
  '/log',
];

test('a district and the city find, read, rate and count nothing of it', { timeout: 60_000 }, async () => {
  const house = await openHouse();
  const secret = await publishedEntry(
    house,
    { question: QUESTION, answer: ANSWER, topics: [TOPIC] },
    { visibility: 'core', externalId: NAME },
  );
  const turned = await publishedEntry(house, { question: '応援に行くときの手当' }, { externalId: 't' });
  const merged = await publishedEntry(house, { question: '統合された質問' });
  const ids = [secret.id, turned.id, merged.id];
  const answer = await askBy(house, PEOPLE.hanako, '応援 手当');
  expect(JSON.stringify(answer.blocks)).toContain('応援に行くときの手当');
  await askBy(house, PEOPLE.naoko, QUESTION);
  const asks = await askIds();
  const naoko = await Visitor.signedIn(house, PEOPLE.naoko);
  for (const path of ['/faq/1', '/faq/2']) await naoko.post(`${path}/vote`, [['vote', 'helped']]);

  // From now on for the core center only; the index has not followed yet.
  const scope = { ...scopeAt(house, new Date()), faqIndex: env.FAQ_INDEX };
  const file = [{ externalId: 't', question: LATER, answer: ANSWER, visibility: 'core' as const }];
  await importEntries(scope, PEOPLE.kenta, { as: 'published', read: async () => file });
  await env.DB.prepare(
    "UPDATE faq_entry SET status = 'merged', question = NULL, answer = NULL, merged_into = ? WHERE id = ?",
  )
    .bind(secret.id, merged.id)
    .run();
  const { token, row } = await makeToken('faq:read', '試験', new Date());
  await house.db.batch([storeToken(house.db, row)]);
  const votes = await voteRows();
  const hanako = house.slack.as(PEOPLE.hanako);

  for (const isFollowed of [false, true]) {
    if (isFollowed) await followIndex(scope);
    for (const person of [PEOPLE.hanako, PEOPLE.makoto]) {
      const said =
        (await entriesOf(house, person, ids, asks[0] ?? '')) + (await pagesOf(house, person, asks));
      expect([person, foundIn(SECRET, said)]).toEqual([person, []]);
    }
    for (const words of [QUESTION, LATER, '応援に行くときの手当']) {
      const url = `https://kikan.test/api/faq/search?${new URLSearchParams({ q: words, limit: '50' })}`;
      const found = await house.fetch(new Request(url, { headers: { authorization: `Bearer ${token}` } }));
      expect(await found.json()).toEqual([]);
    }
    for (const label of ['全文を読む', '役に立った', '立たなかった']) {
      await hanako.click(answer, label);
      await told(house, PEOPLE.hanako, '見つかりません');
    }
    for (const words of [QUESTION, LATER]) await askBy(house, PEOPLE.hanako, words);
    const heard = JSON.stringify([hanako.ephemerals, hanako.dm, hanako.home, hanako.modal]);
    expect(foundIn(SECRET, heard)).toEqual([]);
  }
  expect(await voteRows()).toEqual(votes);
});

async function askIds(): Promise<string[]> {
  const { results } = await env.DB.prepare('SELECT id FROM faq_ask').all<{ id: string }>();
  return results.map(({ id }) => id);
}

async function voteRows(): Promise<unknown[]> {
  return (await env.DB.prepare('SELECT * FROM faq_vote ORDER BY entry_id, person').all()).results;
}
