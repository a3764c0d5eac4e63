/** Reminders: each once, to the right person, in business time; the rest in one digest a day. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { reviewDeadlines } from '../../../src/features/consultation/reminding/jobs.ts';
import { importCity } from '../../../src/features/directory/mutations.ts';
import { parseSettings } from '../../../src/lib/env.ts';
import { buttonsOf, CASE, cardIn, openForm } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const MINUTE = 60_000;
/** Friday; Monday the 23rd is a holiday. */
const jst = (text: string) => new Date(`${text}:00+09:00`).getTime();

/** A consultation of 佐藤 花子 as if it had been sent at that time. */
async function sentAt(house: House, at: number, urgency: string): Promise<string> {
  const hanako = await openForm(house);
  const { errors } = await hanako.fillAndSubmit({
    ...CASE,
    緊急度: urgency,
    対象者の氏名: `対象 ${urgency}`,
    ふりがな: null,
    電話番号: null,
    被保険者番号: null,
  });
  if (errors) throw new Error(JSON.stringify(errors));
  if (hanako.modal) throw new Error(hanako.modalText.slice(0, 200));
  await house.delivered();
  const reference = cardIn(house, CHANNELS.triage).text.split(' ')[0] ?? '';
  await env.DB.batch([
    env.DB.prepare('UPDATE consultation SET submitted_at = ?, due_at = NULL WHERE reference = ?').bind(
      at,
      reference,
    ),
    env.DB.prepare(
      'DELETE FROM deadline WHERE consultation_id = (SELECT id FROM consultation WHERE reference = ?)',
    ).bind(reference),
    env.DB.prepare('DELETE FROM deadline_review'),
  ]);
  await reviewDeadlines({
    settings: parseSettings({ ...env }),
    db: house.db,
    now: new Date(at),
    origin: { surface: 'slack' as const },
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  });
  return reference;
}

/** Runs the cron twice at each of these minutes: what was told once is not told again. */
async function minutes(house: House, from: number, until: number, step = 1): Promise<void> {
  for (let at = from; at <= until; at += step * MINUTE) {
    await house.cron(at);
    await house.cron(at);
  }
}

/** What the bot told a person about a case, without what it told when the case was sent. */
async function toldOf(house: House, person: string, reference: string): Promise<string[]> {
  await house.delivered();
  return house.slack
    .as(person)
    .dm.map(({ text }) => text)
    .filter((text) => text.includes(`*${reference}*`) && text.includes('期限'))
    .filter((text) => !text.includes('基幹型に送りました'));
}

test('an urgent and a normal case unaccepted on Friday at 17:25 before a holiday: the urgent one reaches those on duty at once, the normal one waits for business time', async () => {
  const house = await openHouse();
  const friday = jst('2026-11-20T17:25');
  const urgent = await sentAt(house, friday, '至急');
  const normal = await sentAt(house, friday, '通常');
  await minutes(house, jst('2026-11-20T17:40'), jst('2026-11-20T18:30'), 5);
  for (const person of [PEOPLE.kenta, PEOPLE.naoko]) {
    const told = await toldOf(house, person, urgent);
    expect(told).toHaveLength(3);
    expect(told[0]).toContain('期限が近づいています（11月20日(金) 17:55 まで）');
    expect(told[1]).toContain('期限（11月20日(金) 17:55）になりました');
    expect(told[2]).toContain('を過ぎています');
    for (const text of told) expect(text).toContain('業務時間の外でも当番の方に');
  }
  expect(await toldOf(house, PEOPLE.takuya, urgent)).toEqual([]);
  await minutes(house, jst('2026-11-21T06:00'), jst('2026-11-26T15:00'), 360);
  expect(await toldOf(house, PEOPLE.kenta, normal)).toEqual([]);
  await minutes(house, jst('2026-11-26T15:10'), jst('2026-11-26T15:20'), 5);
  expect(await toldOf(house, PEOPLE.naoko, normal)).toHaveLength(1);
  await minutes(house, jst('2026-11-26T17:10'), jst('2026-11-26T17:40'), 5);
  expect(await toldOf(house, PEOPLE.naoko, normal)).toHaveLength(1);
  await minutes(house, jst('2026-11-27T08:25'), jst('2026-11-27T10:35'), 10);
  const naoko = await toldOf(house, PEOPLE.naoko, normal);
  expect(naoko).toHaveLength(2);
  expect(naoko[1]).toContain('「受付」の期限（11月26日(木) 17:15）になりました');
  const kenta = await toldOf(house, PEOPLE.kenta, normal);
  expect(kenta).toHaveLength(3);
  expect(kenta[2]).toContain('まだ誰も担当していないため、管理者の方に');
  expect(await toldOf(house, PEOPLE.kenta, urgent)).toHaveLength(3);
}, 60_000);

test('a cron that missed three hours gives each person one reminder, the last of what was due', async () => {
  const house = await openHouse();
  const urgent = await sentAt(house, jst('2026-11-20T17:25'), '至急');
  await minutes(house, jst('2026-11-20T17:40'), jst('2026-11-20T17:46'));
  await minutes(house, jst('2026-11-20T20:46'), jst('2026-11-20T20:50'));
  const told = await toldOf(house, PEOPLE.naoko, urgent);
  expect(told).toHaveLength(2);
  expect(told[1]).toContain('を過ぎています');
});

test('accepting in time leaves nothing to remind of, and what is closed is never reminded of', async () => {
  const house = await openHouse();
  const friday = jst('2026-11-20T17:25');
  const urgent = await sentAt(house, friday, '至急');
  await house.slack.as(PEOPLE.naoko).click(cardIn(house, CHANNELS.triage), '受け付ける');
  await house.slack.waitFor(() => cardIn(house, CHANNELS.triage).text.includes('受付済'));
  await env.DB.prepare("UPDATE consultation SET status = 'closed'").run();
  await env.DB.prepare('DELETE FROM deadline').run();
  await minutes(house, friday, jst('2026-11-20T18:30'), 10);
  expect(await toldOf(house, PEOPLE.kenta, urgent)).toEqual([]);
});

describe('of a case that is worked on, the reminders go', () => {
  /** Accepted by 伊藤 直子, to be answered by Monday 30 November 17:15. */
  async function accepted(house: House): Promise<string> {
    const reference = await sentAt(house, jst('2026-11-20T10:00'), '通常');
    await house.slack.as(PEOPLE.naoko).click(cardIn(house, CHANNELS.triage), '受け付ける');
    await house.slack.waitFor(() => cardIn(house, CHANNELS.triage).text.includes('受付済'));
    await house.delivered();
    return reference;
  }
  const away = (person: string, deputy: string) =>
    env.DB.prepare(
      "INSERT INTO absence VALUES (?, ?, ?, '2026-11-20', '2026-12-10', 'U0KENTA', 1, NULL)",
    ).bind(crypto.randomUUID(), person, deputy);

  test('to the person in charge, then to the helpers, then to the managers', async () => {
    const house = await openHouse();
    const reference = await accepted(house);
    await env.DB.prepare("INSERT INTO member SELECT id, 'U0TAKUYA', 'U0KENTA', 1 FROM consultation").run();
    await minutes(house, jst('2026-11-30T15:10'), jst('2026-11-30T15:20'), 5);
    await minutes(house, jst('2026-12-01T08:25'), jst('2026-12-01T10:35'), 10);
    const naoko = await toldOf(house, PEOPLE.naoko, reference);
    expect(naoko).toHaveLength(2);
    expect(naoko[0]).toContain('「初回回答」の期限が近づいています');
    expect(await toldOf(house, PEOPLE.takuya, reference)).toEqual([
      expect.stringContaining('担当の伊藤 直子さんから動きがないため、協力者の方に'),
    ]);
    expect(await toldOf(house, PEOPLE.kenta, reference)).toEqual([
      expect.stringContaining('担当の伊藤 直子さんから動きがないため、管理者の方に'),
    ]);
  });

  test('along the chain of deputies: A is away, B for A is away, C hears of it', async () => {
    const house = await openHouse((city) => {
      city.staff.push({
        slackUserId: 'U0CHIE',
        name: '千葉 千恵',
        center: 'kikan',
        profession: '保健師',
        role: 'staff',
        admin: false,
        duty: false,
      });
    });
    const reference = await accepted(house);
    await env.DB.batch([away(PEOPLE.naoko, PEOPLE.takuya), away(PEOPLE.takuya, 'U0CHIE')]);
    await minutes(house, jst('2026-11-30T15:10'), jst('2026-11-30T15:20'), 5);
    expect(await toldOf(house, PEOPLE.naoko, reference)).toEqual([]);
    expect(await toldOf(house, PEOPLE.takuya, reference)).toEqual([]);
    expect(await toldOf(house, 'U0CHIE', reference)).toEqual([
      expect.stringContaining('伊藤 直子さんが不在のため、代理の方に'),
    ]);
  });

  test('to the managers at once when nobody stands in', async () => {
    const house = await openHouse();
    const reference = await accepted(house);
    await env.DB.batch([away(PEOPLE.naoko, PEOPLE.takuya), away(PEOPLE.takuya, PEOPLE.naoko)]);
    await minutes(house, jst('2026-12-01T08:25'), jst('2026-12-01T08:35'), 5);
    expect(await toldOf(house, PEOPLE.kenta, reference)).toHaveLength(1);
    expect(await toldOf(house, PEOPLE.naoko, reference)).toEqual([]);
  });

  test('with the buttons only that the reminded person may use', async () => {
    const house = await openHouse();
    const reference = await accepted(house);
    await env.DB.prepare(
      "UPDATE consultation SET proposed_person = 'U0TAKUYA', proposed_at = 5, version = version + 1",
    ).run();
    const due = jst('2026-12-01T10:00');
    await env.DB.prepare("INSERT INTO deadline SELECT id, 'assignment', ?1, ?1 + 7200000 FROM consultation")
      .bind(due)
      .run();
    await house.cron(jst('2026-12-01T12:01'));
    await house.delivered();
    const told = house.slack.as(PEOPLE.kenta).dm.find(({ text }) => text.includes('担当の確認'));
    expect(told?.text).toContain(reference);
    expect(told && buttonsOf(told)).toEqual(['担当を決める', '詳細を見る']);
  });

  test('of a closing not to a colleague who stands in for the sender but may not confirm it: to her manager', async () => {
    const house = await openHouse((city) => {
      const [someone] = city.staff;
      if (!someone) throw new Error('nobody works in this city');
      city.staff.push({
        ...someone,
        slackUserId: 'U0EASTTHREE',
        center: 'east',
        role: 'staff',
        admin: false,
      });
    });
    const reference = await accepted(house);
    await env.DB.batch([
      away(PEOPLE.hanako, 'U0EASTTHREE'),
      env.DB.prepare(
        "UPDATE consultation SET status = 'closing', topics = '[]', closing_proposed_at = 5, due_at = NULL",
      ),
      env.DB.prepare('DELETE FROM deadline'),
      env.DB.prepare("INSERT INTO deadline SELECT id, 'closing', ?1, ?2 FROM consultation").bind(
        jst('2026-12-02T17:15'),
        jst('2026-12-01T17:15'),
      ),
    ]);
    await house.cron(jst('2026-12-02T09:00'));
    expect(await toldOf(house, 'U0EASTTHREE', reference)).toEqual([]);
    expect(await toldOf(house, PEOPLE.hanako, reference)).toEqual([]);
    expect(await toldOf(house, PEOPLE.minoru, reference)).toHaveLength(1);
  });

  test('in a restricted case to those only who may see it', async () => {
    const house = await openHouse();
    const reference = await accepted(house);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    await minutes(house, jst('2026-12-01T08:25'), jst('2026-12-01T10:35'), 10);
    expect(await toldOf(house, PEOPLE.kenta, reference)).toEqual([]);
    expect(await toldOf(house, PEOPLE.naoko, reference)).not.toEqual([]);
  });

  test('once a day in one digest when they did not help', async () => {
    const house = await openHouse();
    const reference = await accepted(house);
    await minutes(house, jst('2026-12-02T16:50'), jst('2026-12-02T17:20'), 5);
    await minutes(house, jst('2026-12-03T16:50'), jst('2026-12-03T17:20'), 5);
    await house.delivered();
    const digests = house.slack
      .as(PEOPLE.naoko)
      .dm.filter(({ text }) => text.includes('期限を過ぎている相談が'));
    expect(digests).toHaveLength(2);
    expect(digests[0]?.text).toContain(`${reference}　初回回答（11月30日(月) 17:15）`);
  });
});

test('a digest reaches sixty people who are all on duty', async () => {
  const house = await openHouse((city) => {
    const [someone] = city.staff;
    if (!someone) throw new Error('nobody works in this city');
    for (let i = 0; i < 60; i += 1) city.staff.push({ ...someone, slackUserId: `U0DUTY${i}` });
  });
  await sentAt(house, jst('2026-11-02T10:00'), '通常');
  await house.cron(jst('2026-11-24T17:05'));
  expect(await env.DB.prepare('SELECT count(*) AS n FROM digest').first('n')).toBe(62);
});

test('putting a deadline off asks for a reason, moves the reminders, and stays with the case', async () => {
  const house = await openHouse();
  await sentAt(house, Date.now(), '通常');
  const naoko = house.slack.as(PEOPLE.naoko);
  const card = () => cardIn(house, CHANNELS.triage);
  await naoko.click(card(), '受け付ける');
  await house.slack.waitFor(() => card().text.includes('受付済'));
  await naoko.click(card(), 'すべての操作…');
  await house.slack.waitFor(() => naoko.modal);
  await naoko.clickInModal('期限を延ばす');
  await house.slack.waitFor(() => naoko.modalText.includes('どの期限を延ばしますか'));
  const before = await env.DB.prepare("SELECT due_at AS n FROM deadline WHERE kind = 'answer'").first<number>(
    'n',
  );
  const until = new Date((before ?? 0) + 4 * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);
  expect((await naoko.fillAndSubmit({ 新しい期限: until, 理由: 'その他' })).errors).toEqual({
    理由の補足: '「その他」のときは、理由を書いてください。',
  });
  expect((await naoko.fillAndSubmit({ 理由の補足: '入院中のため' })).errors).toBeUndefined();
  const after = await env.DB.prepare("SELECT due_at AS n FROM deadline WHERE kind = 'answer'").first<number>(
    'n',
  );
  expect(after).toBeGreaterThan(before ?? 0);
  const entry = await env.DB.prepare(
    "SELECT detail FROM audit_entry WHERE action = 'consultation.snooze' AND outcome = 'done'",
  ).first<string>('detail');
  expect(JSON.parse(entry ?? '')).toMatchObject({ deadline: 'answer', reason: 'other' });
  expect(await env.DB.prepare("SELECT count(*) AS n FROM note WHERE kind = 'reason'").first('n')).toBe(1);
});

test('a city that changes its deadlines or closures sees them in every open case, and who was reminded is not reminded again', async () => {
  const house = await openHouse();
  const reference = await sentAt(house, jst('2026-11-20T10:00'), '通常');
  const due = () =>
    env.DB.prepare("SELECT due_at AS n FROM deadline WHERE kind = 'accept'").first<number>('n');
  expect(await due()).toBe(jst('2026-11-26T17:15'));
  await minutes(house, jst('2026-11-26T15:10'), jst('2026-11-26T15:20'), 5);
  await importCity(house.db, house.city, 'command', new Date());
  await house.cron(jst('2026-11-26T15:25'));
  expect(await toldOf(house, PEOPLE.naoko, reference)).toHaveLength(1);
  const changed = { ...house.city, deadlines: { normal: { accept: '5営業日' } } };
  await importCity(house.db, changed, 'command', new Date());
  await house.cron(jst('2026-11-26T15:30'));
  expect(await due()).toBe(jst('2026-11-30T17:15'));
  expect(await env.DB.prepare('SELECT due_at AS n FROM consultation').first('n')).toBe(
    jst('2026-11-30T17:15'),
  );
});
