/** `/kikan 一覧`: which cases each list shows to whom, its filters, pages and search, and that nothing typed stays anywhere. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { Consultation } from '../../../src/features/consultation/data.ts';
import { handover } from '../../../src/features/consultation/handover/tables.ts';
import { type ListQuery, listCases } from '../../../src/features/consultation/listing/data.ts';
import { LIST_VIEWS, rangeOf } from '../../../src/features/consultation/listing/rules.ts';
import { member } from '../../../src/features/consultation/tables.ts';
import { Actor } from '../../../src/features/directory/actor.ts';
import { absence } from '../../../src/features/directory/tables.ts';
import { addDays, japanDate } from '../../../src/lib/jst.ts';
import { sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { FORM, interactionBody, pressBody, signedRequest } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { aCase, storeCases } from '../../support/stored-cases.ts';

const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR);
const ahead = (hours: number) => ago(-hours);

async function openList({ slack }: House, person: string, words = '') {
  const somebody = slack.as(person);
  await somebody.slash(`一覧 ${words}`, { channel: CHANNELS.general });
  await slack.waitFor(() => somebody.modal, { what: 'the list' });
  return somebody;
}

type Reader = Awaited<ReturnType<typeof openList>>;

/** The references of the list, in their order. */
function shown(reader: Pick<Reader, 'modalText'>): string[] {
  return [...reader.modalText.matchAll(/\*((?:T1|R\d+)-\d+)\*/g)].map(([, reference]) => reference ?? '');
}

async function see({ slack }: House, reader: Reader, references: readonly string[]): Promise<void> {
  await slack.waitFor(() => shown(reader).join() === references.join(), {
    what: `${references.join()} instead of ${shown(reader).join()} in ${reader.modalText}`,
  });
}

const namesOf = (cases: readonly Consultation[]) => cases.map(({ reference }) => reference);

test('core staff see what is theirs first, by its deadline; each row says what it must', async () => {
  const house = await openHouse();
  const mine = { personInCharge: PEOPLE.naoko, status: 'active' } as const;
  const cases = [
    aCase({ ...mine, urgency: 'urgent', dueAt: ago(20) }),
    aCase({ ...mine, dueAt: ahead(5) }),
    aCase({ ...mine, status: 'waiting', sendingCenter: 'west', responsibleCenter: 'west' }),
  ];
  const others = [
    aCase({ personInCharge: PEOPLE.takuya, dueAt: ago(1) }),
    aCase({ ...mine, status: 'closed', closedAt: ago(1) }),
    aCase({ status: 'submitted', dueAt: ahead(1) }),
  ];
  await storeCases(house.db, [...cases.toReversed(), ...others]);
  const naoko = await openList(house, PEOPLE.naoko);
  expect(shown(naoko)).toEqual(namesOf(cases));
  const [overdue, due, waiting] = naoko.modalText.split(/(?=:(?:red|white)_circle:)/).slice(1);
  expect(overdue).toMatch(/:red_circle: 至急　\*T1-\d+\*　対応中\n東　担当: 伊藤 直子　\*期限切れ\*: /);
  expect(due).toMatch(/通常.*\n東　担当: 伊藤 直子　次の期限: /);
  expect(waiting).toMatch(/回答待ち\n西　担当: 伊藤 直子　期限なし/);
});

test('every list of the core center', async () => {
  const house = await openHouse();
  const waits = aCase({ status: 'submitted', urgency: 'urgent', dueAt: ahead(1) });
  const later = aCase({ status: 'submitted', dueAt: ahead(9) });
  const late = aCase({ dueAt: ago(3), submittedAt: ago(50) });
  const latest = aCase({ status: 'closing', dueAt: ago(9), submittedAt: ago(40) });
  const waiting = aCase({ status: 'waiting', submittedAt: ago(30) });
  const front = aCase({ responsibleCenter: 'kikan', submittedAt: ago(20) });
  const offered = aCase({ submittedAt: ago(10) });
  const closed = aCase({ status: 'closed', submittedAt: ago(60) });
  await storeCases(house.db, [waits, later, late, latest, waiting, front, offered, closed]);
  await offerTo(house, offered, 'kikan');
  const naoko = await openList(house, PEOPLE.naoko);
  expect(shown(naoko)).toEqual([]);
  expect(naoko.modalText).toContain('いまはありません');
  for (const [view, cases] of [
    ['受付待ち', [waits, later]],
    ['期限切れ', [latest, late]],
    ['回答待ち', [waiting]],
    ['自分のセンター（主担当）', [front]],
    ['引継ぎの申込', [offered]],
    ['終結の確認待ち', [latest]],
    ['終結も含むすべて', [later, waits, offered, front, waiting, latest, late, closed]],
  ] as const) {
    await naoko.clickInModal('一覧を選ぶ', view);
    await house.slack.waitFor(() => naoko.modalText.includes(`*${view}*`));
    expect([view, new Set(shown(naoko))]).toEqual([view, new Set(namesOf(cases))]);
    if (view !== '終結も含むすべて') expect(shown(naoko)).toEqual(namesOf(cases));
  }
});

async function offerTo(
  { db }: House,
  of: Consultation,
  toCenter: string,
  state: 'offered' | 'expired' = 'offered',
) {
  await db.insert(handover).values({
    id: crypto.randomUUID(),
    consultationId: of.id,
    kind: 'transfer',
    state,
    fromCenter: of.responsibleCenter,
    toCenter,
    offeredBy: PEOPLE.hanako,
    offeredAt: ago(1),
    expiresAt: ahead(24),
  });
}

test('a district center sees what it sent, answers for or is offered, and nothing else', async () => {
  const house = await openHouse();
  const west = { sendingCenter: 'west', responsibleCenter: 'west', sender: PEOPLE.ichiro };
  const sent = aCase({ submittedAt: ago(5) });
  const byColleague = aCase({ sender: PEOPLE.minoru, submittedAt: ago(4) });
  const moved = aCase({ ...west, responsibleCenter: 'east', submittedAt: ago(3) });
  const offered = aCase({ ...west, submittedAt: ago(2) });
  const expired = aCase({ ...west, submittedAt: ago(1) });
  const closed = aCase({ status: 'closed', submittedAt: ago(6) });
  await storeCases(house.db, [sent, byColleague, moved, offered, expired, closed, aCase(west)]);
  await offerTo(house, offered, 'east');
  await offerTo(house, expired, 'east', 'expired');
  const hanako = await openList(house, PEOPLE.hanako);
  await see(house, hanako, namesOf([sent]));
  expect(hanako.modalText).toContain('*自分が送った相談*');
  await hanako.clickInModal('一覧を選ぶ', 'センターの相談');
  await see(house, hanako, namesOf([offered, moved, byColleague, sent]));
  await hanako.clickInModal('一覧を選ぶ', '終結も含むすべて');
  await see(house, hanako, namesOf([offered, moved, byColleague, sent, closed]));
  await hanako.clickInModal('一覧を選ぶ', '引継ぎの申込');
  await see(house, hanako, namesOf([offered]));
  // Choosing a center is the core center's.
  expect(hanako.offers(hanako.modal?.view)).not.toContain('センター');
  await expect(hanako.clickInModal('センター', '西')).rejects.toThrow(/no control/);
});

test('restricted cases stand in the lists of those named only', async () => {
  const house = await openHouse();
  const hidden = aCase({ isRestricted: true, personInCharge: PEOPLE.naoko });
  const open = aCase({ submittedAt: ago(1) });
  await storeCases(house.db, [hidden, open]);
  await house.db.insert(member).values({
    consultationId: hidden.id,
    slackUserId: PEOPLE.minoru,
    addedBy: PEOPLE.naoko,
    addedAt: ago(1),
  });
  for (const [person, cases] of [
    [PEOPLE.naoko, [hidden, open]],
    [PEOPLE.hanako, [hidden, open]],
    [PEOPLE.minoru, [hidden, open]],
    [PEOPLE.kenta, [open]],
    [PEOPLE.takuya, [open]],
    [PEOPLE.ichiro, []],
  ] as const) {
    const reader = await openList(house, person, 'すべて');
    expect([person, shown(reader)]).toEqual([person, namesOf(cases)]);
    expect(reader.modalText.includes(':lock: 限定')).toBe(cases.length > 1);
    await reader.closeModal();
  }
});

test('who stands in for somebody sees her cases as his own', async () => {
  const house = await openHouse();
  const [hers, his] = [
    aCase({ personInCharge: PEOPLE.naoko, isRestricted: true, dueAt: ahead(1) }),
    aCase({ personInCharge: PEOPLE.takuya, dueAt: ahead(2) }),
  ];
  await storeCases(house.db, [hers, his]);
  const today = japanDate(new Date());
  await house.db.insert(absence).values({
    id: 'a',
    person: PEOPLE.naoko,
    deputy: PEOPLE.takuya,
    fromOn: addDays(today, -1),
    untilOn: addDays(today, 1),
    notedBy: PEOPLE.naoko,
    notedAt: ago(1),
  });
  expect(shown(await openList(house, PEOPLE.takuya))).toEqual(namesOf([hers, his]));
});

test('filters narrow a list together, and are taken off at once', async () => {
  const house = await openHouse();
  const all = { submittedAt: ago(1) };
  const both = aCase({
    ...all,
    topics: ['dementia', 'complaint'],
    urgency: 'urgent',
    sendingCenter: 'west',
    responsibleCenter: 'west',
    sender: PEOPLE.ichiro,
  });
  const topicOnly = aCase({ submittedAt: ago(2), topics: ['dementia'], status: 'closed' });
  const urgentOnly = aCase({ ...all, urgency: 'urgent', submittedAt: ago(24 * 400) });
  await storeCases(house.db, [both, topicOnly, urgentOnly]);
  const naoko = await openList(house, PEOPLE.naoko, 'すべて');
  const choose = async (filter: string, choice: string, cases: readonly Consultation[]) => {
    await naoko.clickInModal(filter, choice);
    await see(house, naoko, namesOf(cases));
  };
  await choose('分類', '認知症', [both, topicOnly]);
  await choose('緊急度', '至急', [both]);
  await choose('状態', '終結', []);
  expect(naoko.modalText).toContain('「条件をすべて外す」を押すと');
  await choose('状態', '状態：すべて', [both]);
  await choose('センター', '東', []);
  await choose('センター', '西', [both]);
  await naoko.clickInModal('条件をすべて外す');
  await see(house, naoko, namesOf([both, topicOnly, urgentOnly]));
  await choose('期間', '過去90日', [both, topicOnly]);
  await choose('期間', '今年度', [both, topicOnly]);
  await choose('期間', '前年度', japanDate(ago(24 * 400)) >= lastYear() ? [urgentOnly] : []);
});

/** The first day of the fiscal year before this one. */
function lastYear(): string {
  const [year = 0, month = 1] = japanDate(new Date()).split('-').map(Number);
  return `${month >= 4 ? year - 1 : year - 2}-04-01`;
}

test('ten a page, on and back, whatever is sent meanwhile', async () => {
  const house = await openHouse();
  // Several at the same instant: the order is still the same each time.
  const at = ago(100);
  const cases = Array.from({ length: 23 }, (_, i) => aCase({ submittedAt: i < 12 ? ago(i + 1) : at }));
  await storeCases(house.db, cases);
  const naoko = await openList(house, PEOPLE.naoko, 'すべて');
  const pages = [shown(naoko)];
  for (const page of [2, 3]) {
    await naoko.clickInModal('次の10件');
    await house.slack.waitFor(() => naoko.modalText.includes(`${page}ページ目`));
    pages.push(shown(naoko));
    // New cases do not push others over the edge of a page.
    await storeCases(house.db, [aCase()]);
  }
  expect(pages.map((page) => page.length)).toEqual([10, 10, 3]);
  expect(pages.flat().sort()).toEqual(namesOf(cases).sort());
  expect(pages.flat().slice(0, 12)).toEqual(namesOf(cases.slice(0, 12)));
  expect(naoko.offers(naoko.modal?.view)).not.toContain('次の10件');
  await naoko.clickInModal('前の10件');
  await see(house, naoko, pages[1] ?? []);
  await naoko.clickInModal('前の10件');
  await house.slack.waitFor(() => !naoko.modalText.includes('ページ目'));
  expect(shown(naoko)).toHaveLength(10);
});

test('開く lays the case upon the list, logs that it was read, and closing leads back', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const naoko = await openList(house, PEOPLE.naoko, '受付待ち');
  await naoko.clickInModal('開く');
  await house.slack.waitFor(() => naoko.modals.length === 2);
  expect(naoko.modalText).toContain('髙﨑 𠮷子');
  await naoko.closeModal();
  expect(shown(naoko)).toEqual(['R8-0001']);
  expect(
    await env.DB.prepare("SELECT count(*) AS n FROM audit_entry WHERE action = 'consultation.read'").first(
      'n',
    ),
  ).toBe(1);
});

describe('the search', () => {
  async function search(house: House, reader: Reader, typed: string): Promise<string[]> {
    await reader.fillAndSubmit({ 番号か氏名で探す: typed });
    await house.slack.waitFor(() => reader.modalText.includes('検索の結果'));
    return shown(reader);
  }

  test('finds references and residents however they are typed, ended ones too', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    const naoko = await openList(house, PEOPLE.naoko);
    for (const typed of [
      'R8-0001',
      'ｒ８ー１',
      ' r8-1 ',
      '髙﨑',
      '高崎',
      '高崎吉子',
      '髙﨑　𠮷子',
      '吉子',
      'たかさき',
      'タカ',
      'ﾀｶｻｷ ﾖｼｺ',
      'よしこ',
      '0463-21-9988',
      '０４６３２１９９８８',
      '0001234567',
    ])
      expect([typed, await search(house, naoko, typed)]).toEqual([typed, ['R8-0001']]);
    for (const typed of [
      'R8-0002',
      '高',
      '高橋',
      '崎',
      'かさき',
      '吉子高崎',
      '0463-21-9989',
      '😀',
      '%',
      "' OR 1=1 --",
      '｡',
    ])
      expect([typed, await search(house, naoko, typed)]).toEqual([typed, []]);
    expect(naoko.modalText).toContain('見つかりません');
    await env.DB.prepare("UPDATE consultation SET status = 'closed'").run();
    expect(await search(house, naoko, '高崎')).toEqual(['R8-0001']);
    // Filters hold in a search, too.
    await naoko.clickInModal('状態', '対応中');
    await see(house, naoko, []);
    await naoko.clickInModal('状態', '終結');
    await see(house, naoko, ['R8-0001']);
    // Another list ends it.
    await naoko.clickInModal('一覧を選ぶ', '受付待ち');
    await house.slack.waitFor(() => naoko.modalText.includes('*受付待ち*'));
    expect(naoko.filledIn.番号か氏名で探す).toBeNull();
  });

  test('by Enter does the same', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    const hanako = await openList(house, PEOPLE.hanako, '期限切れ');
    await hanako.fill({ 番号か氏名で探す: 'R8-1' });
    await see(house, hanako, ['R8-0001']);
  });

  test('finds for nobody what that person may not see, and is logged without what was typed', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    const ichiro = await openList(house, PEOPLE.ichiro);
    for (const typed of ['R8-0001', '高崎', '0001234567'])
      expect([typed, await search(house, ichiro, typed)]).toEqual([typed, []]);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1, person_in_charge = ?')
      .bind(PEOPLE.naoko)
      .run();
    const kenta = await openList(house, PEOPLE.kenta);
    expect(await search(house, kenta, 'たかさき')).toEqual([]);
    const { results } = await env.DB.prepare(
      // Typing and sending search once each.
      "SELECT DISTINCT actor, detail FROM audit_entry WHERE action = 'consultation.search' ORDER BY at",
    ).all();
    expect(results).toEqual([
      { actor: PEOPLE.ichiro, detail: '{"by":"reference","hits":0}' },
      { actor: PEOPLE.ichiro, detail: '{"by":"subject","hits":0,"opened":0}' },
      { actor: PEOPLE.kenta, detail: '{"by":"subject","hits":0,"opened":0}' },
    ]);
  });

  test('leaves nothing typed in the modal’s memory, the log or the database', async () => {
    const house = await openHouse();
    await sendConsultation(house, { 対象者の氏名: '隠田 探子' });
    const naoko = await openList(house, PEOPLE.naoko, '隠田');
    expect(shown(naoko)).toEqual(['R8-0001']);
    expect(naoko.filledIn.番号か氏名で探す).toBe('隠田');
    expect(naoko.modal?.view.private_metadata).not.toContain('隠田');
    for (const { name } of (
      await env.DB.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
      ).all<{ name: string }>()
    ).results)
      expect(JSON.stringify((await env.DB.prepare(`SELECT * FROM ${name}`).all()).results)).not.toContain(
        '隠田',
      );
    expect(house.logs.join('\n')).not.toContain('隠田');
  });
});

describe('words after the command', () => {
  test('a reference opens the case; one that is not there, or not for her, is not found and logged', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    const hanako = await openList(house, PEOPLE.hanako, 'ｒ8-1');
    expect(hanako.modalText).toContain('相談 R8-0001');
    expect(hanako.modalText).toContain('受付待ち');
    // From there on to what she may do, and back, as often as she likes.
    for (const label of ['すべての操作…', '詳細を見る', 'すべての操作…', '詳細を見る', 'すべての操作…']) {
      await hanako.clickInModal(label);
      await house.slack.waitFor(() =>
        hanako.modalText.includes(label === '詳細を見る' ? '夜に大きな声がする' : '取り下げる'),
      );
    }
    expect(hanako.modalText).not.toContain('夜に大きな声がする');
    for (const [person, words] of [
      [PEOPLE.ichiro, 'R8-0001'],
      [PEOPLE.naoko, 'R8-0002'],
    ] as const) {
      const somebody = house.slack.as(person);
      await somebody.slash(`一覧 ${words}`, { channel: CHANNELS.general });
      const told = await house.slack.waitFor(() => somebody.ephemerals.at(-1));
      expect(told.text).toBe('この相談は見つかりません。');
      expect(somebody.dm.filter(({ text }) => text === told.text)).toEqual([]);
      expect(somebody.modal).toBeUndefined();
    }
    const { results } = await env.DB.prepare(
      "SELECT actor FROM audit_entry WHERE action = 'consultation.read' AND outcome = 'refused' ORDER BY rowid",
    ).all();
    expect(results).toEqual([{ actor: PEOPLE.ichiro }, { actor: PEOPLE.naoko }]);
  });

  test.each([
    ['期限切れ', '*期限切れ*'],
    ['受付待ち', '*受付待ち*'],
    ['ALL', '*終結も含むすべて*'],
  ])('%s chooses the list', async (words, heading) => {
    const house = await openHouse();
    expect((await openList(house, PEOPLE.naoko, words)).modalText).toContain(heading);
  });

  test('list in ASCII opens it, too', async () => {
    const { slack } = await openHouse();
    const naoko = slack.as(PEOPLE.naoko);
    await naoko.slash('ｌｉｓｔ', { channel: CHANNELS.general });
    await slack.waitFor(() => naoko.modalText.includes('*自分の担当*'));
  });
});

test.each([PEOPLE.kenta, PEOPLE.minoru, PEOPLE.makoto])(
  'every filter at once, on every list and behind a cursor, keeps within the parameters that D1 takes (%s)',
  async (person) => {
    const { db } = await openHouse();
    const found = await Actor.find(db, person);
    if (!found) throw new Error('not listed');
    const sight = { person: found.actor, standsInFor: [PEOPLE.naoko, PEOPLE.takuya], now: new Date() };
    const filters: ListQuery['filters'] = {
      center: 'east',
      topic: 'dementia',
      urgency: 'urgent',
      status: 'active',
      period: rangeOf('last_year', new Date(), 4),
    };
    for (const view of [...LIST_VIEWS, 'today'] as const)
      for (const chosen of [{}, filters])
        expect(await listCases(db, sight, { view, filters: chosen, now: new Date() }, [1, 'x'])).toEqual({
          cases: [],
          next: undefined,
        });
  },
);

test('the city section gets a sentence and no list, by copied buttons neither', async () => {
  const house = await openHouse();
  await storeCases(house.db, [aCase()]);
  const makoto = house.slack.as(PEOPLE.makoto);
  expect((await makoto.slash('一覧 すべて', { channel: CHANNELS.general })).ackBody).toContain('件数だけ');
  expect((await makoto.slash('一覧 T1-0001', { channel: CHANNELS.general })).ackBody).toContain('件数だけ');
  await house.fetch(
    await signedRequest(pressBody(PEOPLE.makoto, 'consultation.list.open', 'all'), { contentType: FORM }),
  );
  expect(makoto.modalText).not.toMatch(/T1-/);
  const submission = {
    type: 'view_submission',
    team: { id: 'T0MIDORI', domain: 'm' },
    user: { id: PEOPLE.makoto, team_id: 'T0MIDORI' },
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: 'consultation.list',
      private_metadata: '',
      state: { values: {} },
    },
  };
  const answer = await house.fetch(await signedRequest(interactionBody(submission), { contentType: FORM }));
  expect(await answer.text()).not.toMatch(/T1-/);
});

test.each([
  '',
  '{',
  '[]',
  '{"view":"everything"}',
  `{"view":"all","filters":{"topic":"x' OR 1"},"page":1,"trail":[],"round":0}`,
])('a forged memory of the modal (%s) begins anew', async (metadata) => {
  const house = await openHouse();
  const submission = {
    type: 'view_submission',
    team: { id: 'T0MIDORI', domain: 'm' },
    user: { id: PEOPLE.naoko, team_id: 'T0MIDORI' },
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: 'consultation.list',
      private_metadata: metadata,
      state: { values: {} },
    },
  };
  const answer = await house.fetch(await signedRequest(interactionBody(submission), { contentType: FORM }));
  expect(await answer.json()).toMatchObject({
    response_action: 'update',
    view: { private_metadata: expect.stringContaining('"view":"mine"') },
  });
});
