/** Two answers to one question: found side by side, merged through a second person with nothing lost, or noted as two. */
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { likelyPairs } from '../../../src/features/faq/duplicates/rules.ts';
import { importEntries } from '../../../src/features/faq/exchange/mutations.ts';
import { publishedEntry } from '../../support/faq.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { type Answered, Visitor } from '../../support/visitor.ts';

/** What the free plan allows an invocation. */
const FREE_QUERIES = 50;

const PATH = '/faq/desk/duplicates';

function hidden(page: Answered, name: string): string {
  const [, found] = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body) ?? [];
  if (found === undefined) throw new Error(`no ${name} on the page`);
  return found;
}

const vote = (entry: string, person: string, isHelpful: number, at: number) =>
  env.DB.prepare('INSERT INTO faq_vote (entry_id, person, is_helpful, ask_id, at) VALUES (?, ?, ?, NULL, ?)')
    .bind(entry, person, isHelpful, at)
    .run();

async function openDesk(house: House) {
  const kept = await publishedEntry(house, {
    question: '住宅改修の費用はいくらまで出ますか',
    answer: '20万円までです。',
    aliases: ['手すりの費用'],
    topics: ['住宅改修'],
  });
  const other = await publishedEntry(house, {
    question: '住宅改修の費用はいくらまで出るのか',
    answer: '上限は20万円です。',
    aliases: ['手すりの費用', '段差の工事'],
    topics: ['住宅改修', '費用'],
  });
  const far = await publishedEntry(house, { question: '成年後見の申立ては誰ができますか' });
  const [kenta, naoko] = await Promise.all(
    [PEOPLE.kenta, PEOPLE.naoko].map((who) => Visitor.signedIn(house, who)),
  );
  if (!kenta || !naoko) throw new Error('nobody');
  return { kept, other, far, kenta, naoko };
}

describe('entries that look alike', { timeout: 60_000 }, () => {
  test('become one when a second person approves: both stay found until then, votes move, and the old number leads on', async () => {
    const house = await openHouse();
    const { kept, other, far, kenta, naoko } = await openDesk(house);
    await vote(kept.id, PEOPLE.hanako, 0, 1000);
    await vote(other.id, PEOPLE.hanako, 1, 2000);
    await vote(kept.id, PEOPLE.ichiro, 1, 2000);
    await vote(other.id, PEOPLE.ichiro, 0, 1000);
    await vote(other.id, PEOPLE.minoru, 1, 1000);
    const page = await naoko.get(PATH);
    expect(page.body.match(/を残して統合する/g)).toHaveLength(2);
    expect(page.body).not.toContain(far.question);
    const merging: [string, string][] = [
      ['kept', kept.id],
      ['other', other.id],
      ['seen', `${kept.publishedRevision}/${other.publishedRevision}`],
      ['append', 'yes'],
      ['do', 'merge'],
    ];
    const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
    expect((await hanako.post(PATH, merging)).status).toBe(404);
    const sent = [await naoko.post(PATH, merging), await naoko.post(PATH, merging)];
    expect(sent.map(({ location }) => location)).toEqual(
      Array(2).fill(`/faq/desk/${kept.number}?done=merging`),
    );
    const statuses = async () =>
      (
        await env.DB.prepare('SELECT status FROM faq_entry ORDER BY number').all<{ status: string }>()
      ).results.map(({ status }) => status);
    expect(await statuses()).toEqual(['published', 'published', 'published']);
    // What is to be merged is not offered again, and cannot be merged elsewhere.
    expect((await naoko.get(PATH)).body).toContain('似たFAQは見つかりませんでした');
    const elsewhere = merging.map(([name, value]): [string, string] => [
      name,
      name === 'kept' ? far.id : value,
    ]);
    expect((await naoko.post(PATH, elsewhere)).status).toBe(409);
    const desk = `/faq/desk/${kept.number}`;
    const form = await naoko.get(desk);
    expect(form.body).toContain('上限は20万円です。');
    const proposed = await naoko.post(desk, [
      ['seen', hidden(form, 'seen')],
      ['question', '住宅改修の費用はいくらまで出ますか'],
      ['aliases', '手すりの費用\n住宅改修の費用はいくらまで出るのか\n段差の工事'],
      ['answer', '20万円までです。'],
      ['topics', '住宅改修、費用'],
      ['visibility', 'all'],
      ['do', 'propose'],
    ]);
    expect(proposed.location).toBe(`${desk}?done=proposed`);
    const approval = await kenta.get(`${desk}/approval`);
    // Whoever approves sees what is no longer found by itself.
    expect(approval.body).toContain('承認すると、次のFAQはこのFAQに統合され');
    expect(approval.body).toContain(`href="/faq/desk/${other.number}"`);
    const asked = vi.spyOn(env.DB, 'prepare');
    const approved = await kenta.post(`${desk}/approval`, [
      ['seen', hidden(approval, 'seen')],
      ['reviewDueOn', hidden(approval, 'reviewDueOn')],
      ['do', 'approve'],
    ]);
    expect(approved.status).toBe(303);
    expect(asked.mock.calls.length).toBeGreaterThan(10);
    expect(asked.mock.calls.length).toBeLessThanOrEqual(FREE_QUERIES);
    expect(await statuses()).toEqual(['published', 'merged', 'published']);
    const row = await env.DB.prepare('SELECT * FROM faq_entry WHERE id = ?').bind(other.id).first();
    expect([row?.merged_into, row?.question, row?.answer]).toEqual([kept.id, null, null]);
    const { results: votes } = await env.DB.prepare(
      'SELECT entry_id, person, is_helpful FROM faq_vote ORDER BY person',
    ).all();
    expect(votes).toEqual(
      [
        { entry_id: kept.id, person: PEOPLE.hanako, is_helpful: 1 },
        { entry_id: kept.id, person: PEOPLE.ichiro, is_helpful: 1 },
        { entry_id: kept.id, person: PEOPLE.minoru, is_helpful: 1 },
      ].toSorted((a, b) => (a.person < b.person ? -1 : 1)),
    );
    const { results: log } = await env.DB.prepare(
      "SELECT chain, detail FROM audit_entry WHERE action = 'faq.merge' AND outcome = 'done' ORDER BY at, seq",
    ).all<{ chain: string; detail: string }>();
    expect(log.map(({ chain }) => chain)).toEqual([`faq:${kept.id}`, `faq:${other.id}`]);
    expect(log.map(({ detail }) => detail).join('')).not.toContain('住宅');
  });

  test('stay two when a file brings the other one another text before the merger is approved', async () => {
    const house = await openHouse();
    const { kept, other, naoko, kenta } = await openDesk(house);
    await naoko.post(PATH, [
      ['kept', kept.id],
      ['other', other.id],
      ['seen', '1/1'],
      ['do', 'merge'],
    ]);
    const scope = { ...scopeAt(house, new Date()), faqIndex: env.FAQ_INDEX };
    const file = [{ question: String(other.question), answer: '上限は変わりました。' }];
    await importEntries(scope, PEOPLE.kenta, { as: 'published', read: async () => file });
    const desk = `/faq/desk/${kept.number}`;
    const seen = hidden(await naoko.get(desk), 'seen');
    await naoko.post(desk, [
      ['seen', seen],
      ['question', String(kept.question)],
      ['answer', '20万円までです。'],
      ['visibility', 'all'],
      ['do', 'propose'],
    ]);
    const approval = await kenta.get(`${desk}/approval`);
    expect(approval.body).not.toContain('このFAQに統合され');
    const fields = ['seen', 'reviewDueOn'].map((name): [string, string] => [name, hidden(approval, name)]);
    expect((await kenta.post(`${desk}/approval`, [...fields, ['do', 'approve']])).status).toBe(303);
    const row = await env.DB.prepare('SELECT * FROM faq_entry WHERE id = ?').bind(other.id).first();
    expect([row?.status, row?.answer, row?.merged_into]).toEqual(['published', '上限は変わりました。', null]);
  });

  test('stay two when the draft is dropped, and when somebody says so', async () => {
    const house = await openHouse();
    const { kept, other, far, naoko } = await openDesk(house);
    const pair: [string, string][] = [
      ['kept', kept.id],
      ['other', other.id],
      ['seen', `${kept.publishedRevision}/${other.publishedRevision}`],
    ];
    // Whoever looks at one of them is told of the other; and any two can be put side by side.
    expect((await naoko.get(`/faq/desk/${kept.number}`)).body).toContain(
      `${PATH}?one=${kept.number}&amp;other=${other.number}`,
    );
    const beside = await naoko.get(`${PATH}?one=${kept.number}&other=${far.number}`);
    expect(beside.body).toContain(far.question);
    expect((await naoko.get(`${PATH}?one=99999&other='`)).status).toBe(200);
    const stale = await naoko.post(PATH, [...pair.slice(0, 2), ['seen', '7/7'], ['do', 'merge']]);
    expect(stale.status).toBe(409);
    await naoko.post(PATH, [...pair, ['do', 'merge']]);
    const desk = `/faq/desk/${kept.number}`;
    await naoko.post(`${desk}/drop`, [['seen', hidden(await naoko.get(desk), 'seen')]]);
    expect(
      await env.DB.prepare('SELECT count(*) AS n FROM faq_entry WHERE merged_into IS NOT NULL').first('n'),
    ).toBe(0);
    expect((await naoko.get(PATH)).body).toContain('を残して統合する');
    expect((await naoko.get('/faq/desk')).body).toContain('1組あります');
    const distinct: [string, string][] = [...pair, ['do', 'distinct']];
    for (const _ of [1, 2]) expect((await naoko.post(PATH, distinct)).location).toBe(`${PATH}?done=distinct`);
    expect((await naoko.get(PATH)).body).not.toContain('を残して統合する');
    expect(
      (
        await naoko.post(PATH, [
          ['kept', kept.id],
          ['other', 'nothing'],
          ['do', 'distinct'],
        ])
      ).status,
    ).toBe(404);
  });
});

test('likeness tells the same question in other clothes from questions that share common words', () => {
  const common = [
    'の申請はどこでできますか',
    'の費用はいくらですか',
    'を利用できるのは誰ですか',
    'の窓口はどこですか',
  ];
  const things = [
    '紙おむつ',
    '配食サービス',
    '緊急通報装置',
    '福祉用具',
    '訪問理美容',
    '認知症カフェ',
    '見守り協定',
    '介護者の会',
  ];
  const all = things.flatMap((thing) =>
    common.map((words) => ({ id: `${thing}${words}`, ways: [`${thing}${words}`] })),
  );
  const twins = [
    { id: 'a', ways: ['徘徊のおそれがある方の登録は', '迷子になりそうな人の事前登録'] },
    { id: 'b', ways: ['行方不明の時は', '徘徊のおそれのある方の登録'] },
  ];
  const paired = (from: readonly { id: string; ways: string[] }[], some: readonly string[]) =>
    likelyPairs(from, new Set(some)).map(({ one, other }) => [one, other]);
  expect(paired([...all, ...twins], ['a'])).toEqual([['a', 'b']]);
  // Of two things the same is asked everywhere: that makes them no pair.
  const thingOf = (id = '') => things.find((thing) => id.startsWith(thing));
  const across = paired(
    all,
    all.map(({ id }) => id),
  ).filter(([one, other]) => thingOf(one) !== thingOf(other));
  expect(across).toEqual([]);
  expect(
    paired(
      [
        { id: 'x', ways: ['', '！？'] },
        { id: 'y', ways: [''] },
      ],
      ['x'],
    ),
  ).toEqual([]);
});
