/** The live board: one card and one page that say the same, rarely sent, rightly ordered, exact at the end. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { boardMessage } from '../../../src/features/roll-call/board/blocks.ts';
import { loadBoard, loadFiguresOf } from '../../../src/features/roll-call/board/data.ts';
import { changeRollCallByJob } from '../../../src/features/roll-call/storing/mutations.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { answerOf, begunRollCall, withDrills } from '../../support/roll-call.ts';
import { addStaff, CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const BOARD = CHANNELS.general;

type City = Parameters<NonNullable<Parameters<typeof openHouse>[0]>>[0];

/** So many more staff of 西: `U0X0`, `U0X1`… */
function withStaff(count: number) {
  return (city: City): void => {
    withDrills(city);
    addStaff(city, count, 'west');
  };
}

/** Ends it as the form does, but for what people are told. */
function end(house: House, id: string, at: Date): Promise<void> {
  return changeRollCallByJob(scopeAt(house, at), { id, action: 'roll-call.end', job: 'test' }, async () => ({
    set: { status: 'closed', closedAt: at, closedBy: PEOPLE.kenta },
    isUrgent: true,
  }));
}

async function boardShown({ slack }: House): Promise<string> {
  const [board, ...others] = slack.messages(BOARD);
  expect(others).toEqual([]);
  return JSON.stringify(board);
}

async function report(
  house: House,
  rollCallId: string,
  center: string,
  columns: Record<string, string | number>,
) {
  const named = {
    id: crypto.randomUUID(),
    submission_key: crypto.randomUUID(),
    reporter: 'manager',
    by: 'x',
    at: 1,
  };
  const row = { roll_call_id: rollCallId, center, number: 1, ...named, ...columns };
  const names = Object.keys(row);
  await env.DB.prepare(
    `INSERT INTO roll_call_center_report (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  )
    .bind(...Object.values(row))
    .run();
  return house;
}

test('two hundred answers cost few updates, four seconds apart, in order; a 429 and faults between change nothing of the end', async () => {
  const house = await openHouse(withStaff(200));
  // A clock that runs ahead: an hour from now, a second each step.
  const start = Date.now() + 60 * MINUTE;
  const { id, reference } = await begunRollCall(house, new Date(start));
  const courier = env.COURIER.getByName('courier');
  const roster = 200 + 10;
  for (let second = 0; second < 65; second += 1) {
    const at = new Date(start + second * SECOND);
    for (const n of [0, 1, 2, 3]) {
      const person = second * 4 + n;
      if (person < 199) await answerOf(house, id, `U0X${person}`, at);
    }
    if (second === 15)
      house.slack.faults = {
        faults: [{ method: 'chat.update', kind: 'rate-limited', retryAfterSeconds: 10, times: 1 }],
        enforceRates: false,
      };
    if (second === 35)
      house.slack.faults = {
        faults: [{ method: 'chat.update', kind: 'server-error', times: 2 }],
        enforceRates: false,
      };
    await courier.deliverAsOf(at.getTime());
  }
  const updates = house.slack.calls('chat.update');
  expect(updates.length).toBeLessThanOrEqual(18);
  expect(updates.filter(({ status }) => status !== 200)).toHaveLength(3);
  const shown = updates
    .filter(({ status }) => status === 200)
    .map(({ args }) => Number(/回答 (\d+)\//.exec(String(args.text))?.[1]));
  expect(shown.length).toBeGreaterThan(6);
  expect(shown).toEqual(shown.toSorted((one, other) => one - other));
  expect(shown.at(-1)).toBe(199);
  // By the courier's own clock, which goes on between the steps.
  const { results } = await env.DB.prepare(
    "SELECT settled_at AS at FROM outbox WHERE state = 'sent' AND slot = ? ORDER BY settled_at",
  )
    .bind(`roll-call:${id}`)
    .all<{ at: number }>();
  const gaps = results.slice(1).map(({ at }, i) => at - (results[i]?.at ?? 0));
  expect(gaps).toHaveLength(shown.length);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_500);
  // The end is exact, whatever came just before it: one answer more, and the close in the same second.
  const over = new Date(start + 65 * SECOND);
  await answerOf(house, id, 'U0X199', over);
  await end(house, id, over);
  await house.cron(over.getTime());
  await house.delivered();
  const last = await boardShown(house);
  expect(last).toContain(
    `【訓練】${reference} 地震　終了（開始から終了まで1分）　回答 200/${roster}名（95%）`,
  );
  expect(last).toContain(`未回答 ${roster - 200}名`);
  expect(last).not.toContain('roll-call.safe');
  expect(last).toContain(`/roll-calls/${reference.slice(1)}/report`);
}, 60_000);

test('says danger first: who needs help, what centers are without and ask for, who takes over, and that Slack was silent', async () => {
  const house = await openHouse((city) => {
    withDrills(city);
    const south = city.centers.find(({ code }) => code === 'south');
    if (south) south.short = '南<!channel>&';
  });
  const start = new Date(Date.now() - 12 * MINUTE - SECOND);
  const { id, reference } = await begunRollCall(house, start, { kind: 'actual' });
  const severe = { safety: 'severe', place: null, coming: null, comingMinutes: null, family: null } as const;
  await answerOf(house, id, PEOPLE.hanako, new Date(), { answer: severe });
  await answerOf(house, id, PEOPLE.hanako, new Date());
  await answerOf(house, id, PEOPLE.ichiro, new Date(), {
    answer: { ...severe, safety: 'minor', coming: 'able', comingMinutes: 20 },
  });
  await report(house, id, 'east', { service: 'stopped', building: 'unusable', power: 'out', water: 'out' });
  await report(house, id, 'west', { service: 'usual', needs_people: 1, needs_vehicles: 1, number: 2 });
  await env.DB.prepare(
    `INSERT INTO roll_call_takeover (roll_call_id, center, substitute, proposed_at) VALUES (?, 'east', 'west', 1)`,
  )
    .bind(id)
    .run();
  await env.DB.prepare('UPDATE roll_call SET slack_down_at = ?, mailed_at = ?')
    .bind(Date.parse('2026-11-22T21:03:00+09:00'), Date.now())
    .run();
  await house.cron();
  await house.delivered();
  const shown = (await boardShown(house)).replaceAll('\\n', '\n');
  expect(shown).toContain(`【安否確認】${reference} 地震　実施中（開始から12分）`);
  expect(shown).toContain('要救助の方が 1名 います（まだ解除されていません）');
  expect(shown).toContain('無事 1名　軽傷 1名　重傷・要救助 0名');
  expect(shown).toContain('東 1/2 要救助1名 ■停止 建物使えない 止:電気・水道 代替:西（お願い中） 第1報');
  expect(shown).toContain('西 1/3 ●通常 支援:人・車両 第2報');
  expect(shown).toContain('南&lt;!channel&gt;&amp; 0/2 ○未確認');
  expect(shown).toContain('11月22日(日) 21:03からSlackに届きませんでした。メールでも案内しました。');
  expect(shown).toMatch(/メールアドレスがなく、まだ回答のない方が\d+名います/);
  // No typed text, no names of people.
  expect(shown).not.toContain('佐藤');
  // Help that was cleared, and who left, are not counted any more.
  await env.DB.prepare('UPDATE roll_call_person SET help_cleared_at = 1 WHERE person = ?')
    .bind(PEOPLE.hanako)
    .run();
  await env.DB.prepare('UPDATE roll_call_person SET left_at = 1 WHERE person = ?').bind(PEOPLE.ichiro).run();
  const board = await loadBoard(house.db, id);
  expect(board?.totals).toMatchObject({ answered: 1, help: 0, minor: 0, roster: 9 });
});

test('sixty centers and three thousand people fit into one message, and one center’s people read its own figures only', async () => {
  const house = await openHouse((city) => {
    withDrills(city);
    for (let n = 0; n < 60; n += 1)
      city.centers.push({
        code: `d${n}`,
        kind: 'district',
        name: `第${n}地域包括支援センター`,
        short: `長い名前の地域包括支援センターその${n}`,
      });
  });
  const { id } = await begunRollCall(house, new Date());
  const rows = JSON.stringify(Array.from({ length: 3_000 }, (_, n) => n));
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO staff (slack_user_id, name, center, profession, role, is_admin, is_on_duty, position)
        SELECT 'U9X' || value, '職員', 'd' || (value % 60), '保健師', 'staff', 0, 0, value FROM json_each(?)`,
    ).bind(rows),
    env.DB.prepare(
      `INSERT INTO roll_call_person (roll_call_id, person, center, joined_at, link_id, answered_at, safety)
        SELECT ?, 'U9X' || value, 'd' || (value % 60), 1, 'l' || value, 1, 'safe' FROM json_each(?)`,
    ).bind(id, rows),
    env.DB.prepare(
      `INSERT INTO roll_call_center_report (id, roll_call_id, center, number, at, by, reporter, damage, building, power, water, gas,
        telecom, service, needs_people, needs_goods, needs_vehicles, submission_key)
        SELECT code, ?, code, 12, 1, 'x', 'manager', 'severe', 'unusable', 'out', 'out', 'out', 'out', 'stopped', 1, 1, 1, code
        FROM center WHERE code LIKE 'd%'`,
    ).bind(id),
  ]);
  const board = await loadBoard(house.db, id);
  if (!board) throw new Error('no board');
  expect(board.totals).toMatchObject({ roster: 3_010, answered: 3_000 });
  expect(board.tiles).toHaveLength(64);
  const { blocks = [], text } = boardMessage(scopeAt(house, new Date()), board);
  expect(blocks.length).toBeLessThanOrEqual(50);
  expect(JSON.stringify(blocks).length + text.length).toBeLessThan(13_200);
  for (const n of [0, 59]) expect(JSON.stringify(blocks)).toContain(`その${n} 50/50`);
  await house.delivered();
  expect(await boardShown(house)).toContain('3,000/3,010名（99%）');
  expect(await loadFiguresOf(house.db, id, 'd7')).toMatchObject({ roster: 50, answered: 50 });
  expect(await loadFiguresOf(house.db, id, 'city')).toBeUndefined();
});

test('while one runs, each minute sends its board anew, and idle minutes send nothing', async () => {
  const house = await openHouse(withDrills);
  await house.cron();
  expect(await env.DB.prepare('SELECT count(*) AS n FROM outbox').first('n')).toBe(0);
  const start = Date.now();
  const { id } = await begunRollCall(house, new Date(start));
  await house.delivered();
  await house.cron(start + 3 * MINUTE);
  await house.cron(start + 3 * MINUTE);
  await house.delivered();
  expect(await boardShown(house)).toContain('開始から3分');
  expect(house.slack.calls('chat.update').length).toBeLessThanOrEqual(2);
  await end(house, id, new Date(start + 4 * MINUTE));
  await house.cron(start + 5 * MINUTE);
  await house.delivered();
  const before = house.slack.calls('chat.update').length;
  await house.cron(start + 9 * MINUTE);
  await house.delivered();
  expect(house.slack.calls('chat.update')).toHaveLength(before);
});

test('on its page: tiles, a table, names of the silent for those who may know; its part answers 304 until something changes', async () => {
  const house = await openHouse(withDrills);
  const { id, reference } = await begunRollCall(house, new Date());
  await house.delivered();
  await answerOf(house, id, PEOPLE.hanako, new Date());
  const path = `/roll-calls/${reference.slice(1)}`;
  // In the modal: of all for the core center, of their own for others.
  const looks = async (person: string) => {
    const somebody = house.slack.as(person);
    const [board] = house.slack.messages(BOARD);
    if (!board) throw new Error('no board');
    await somebody.click(board, '開く');
    await house.slack.waitFor(() => somebody.modal, { what: 'the modal' });
    return somebody.modalText;
  };
  expect(await looks(PEOPLE.kenta)).toContain('回答 1/10名（10%）');
  expect(await looks(PEOPLE.hanako)).toContain('回答 1/2名（50%）');
  const [kenta, ichiro, makoto] = await Promise.all(
    [PEOPLE.kenta, PEOPLE.ichiro, PEOPLE.makoto].map((person) => Visitor.signedIn(house, person)),
  );
  if (!kenta || !ichiro || !makoto) throw new Error('nobody');
  const whole = await kenta.get(path);
  expect(whole.status).toBe(200);
  expect(whole.body).toContain('<table><caption>【訓練】');
  expect(whole.body).toContain('aria-live="polite"');
  expect(whole.body).toMatch(/回答 1\/10名（10%）/);
  // What nobody reported is unknown, not well.
  expect(whole.body).toContain(
    '<td>未確認</td><td>未確認</td><td>未確認</td><td>登録なし</td><td>なし</td><td>未報告</td>',
  );
  const part = await kenta.get(`${path}/board`);
  expect(part.body).toContain('西村 進');
  expect((await makoto.get(`${path}/board`)).body).toContain('西村 進');
  // Of 東 西 knows how many are silent, not who.
  const ofWest = await ichiro.get(`${path}/board`);
  expect(ofWest.body).toContain('西村 進');
  expect(ofWest.body).not.toContain('阿部 実');
  expect(ofWest.body).toContain('ほかのセンターの未回答の方は、あわせて');
  // Our script alone, on this page alone.
  expect(whole.headers.get('content-security-policy')).toContain("script-src 'self'; connect-src 'self'");
  expect((await kenta.get('/')).headers.get('content-security-policy')).not.toContain('script-src');
  const [, script = ''] = /<script src="([^"]+)"/.exec(whole.body) ?? [];
  const served = await Visitor.signedOut(house).get(script);
  expect([served.status, served.headers.get('content-type')]).toEqual([
    200,
    'text/javascript; charset=utf-8',
  ]);
  expect(whole.body).not.toMatch(/<script>|onclick/);
  // Unchanged: nothing comes. Changed: it does.
  const etag = part.headers.get('etag') ?? '';
  const again = (tag: string) => kenta.get(`${path}/board`, { 'if-none-match': tag });
  expect((await again(etag)).status).toBe(304);
  await answerOf(house, id, PEOPLE.ichiro, new Date());
  const changed = await again(etag);
  expect([changed.status, changed.body.includes('回答 2/10名')]).toEqual([200, true]);
  // The end: no script any more, and its part says so.
  await end(house, id, new Date());
  const closed = await again(changed.headers.get('etag') ?? '');
  expect(closed.body).toContain('data-live-next="over"');
  const after = await kenta.get(path);
  expect(after.headers.get('content-security-policy')).not.toContain('script-src');
  expect(after.body).not.toContain('<script');
});

test('the part of a roll-call that one may not see, or that is not there, is not found, and that is noted', async () => {
  const house = await openHouse(withDrills);
  const { reference } = await begunRollCall(house, new Date(), {
    startsAt: new Date(Date.now() + 60 * MINUTE),
  });
  const ichiro = await Visitor.signedIn(house, PEOPLE.ichiro);
  expect((await ichiro.get(`/roll-calls/${reference.slice(1)}/board`)).status).toBe(404);
  expect((await ichiro.get('/roll-calls/R8-99/board')).status).toBe(404);
  const refusals = await env.DB.prepare(
    "SELECT count(*) AS n FROM audit_entry WHERE outcome = 'refused' AND action = 'roll-call.read-board'",
  ).first('n');
  expect(refusals).toBe(2);
});
