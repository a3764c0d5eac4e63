/** The person's own link: signed, for one person and one roll-call; to look records nothing, to send does, once; mails bring it. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { mailLinks } from '../../../src/features/roll-call/links/mailing/mutations.ts';
import { openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { answerOf, begunRollCall, rosterNow } from '../../support/roll-call.ts';
import { get, hidden, makeKeys, pathOfLink, post, withMail } from '../../support/safety.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOTE = '連絡文カナリア <b>北口</b>に集合';

/** Everything that is stored, but for what Slack's courier notes of its own work. */
async function stored(): Promise<string> {
  const tables = [
    'roll_call',
    'roll_call_person',
    'roll_call_reply',
    'audit_entry',
    'outgoing_mail',
    'case_key',
  ];
  const rows = await Promise.all(
    tables.map(async (name) => (await env.DB.prepare(`SELECT * FROM ${name}`).all()).results),
  );
  return JSON.stringify(rows);
}

const replies = async (person: string) =>
  (await env.DB.prepare('SELECT * FROM roll_call_reply WHERE person = ? ORDER BY id').bind(person).all())
    .results;

test('without script and without a cookie one tap answers, once; scanners and prefetches record nothing', async () => {
  const house = await openHouse(withMail);
  const drill = await begunRollCall(house, new Date(), { note: NOTE, instructions: ['report', 'gather'] });
  const path = await pathOfLink(house, drill.id, PEOPLE.hanako);
  await makeKeys(house);
  await house.delivered();

  const before = await stored();
  const shown = await get(house, path);
  for (const purpose of ['prefetch', 'prefetch;prerender'])
    await get(house, path, { headers: { 'sec-purpose': purpose } });
  expect((await get(house, path, { method: 'HEAD' })).status).toBe(200);
  await get(house, `${path}?utm_source=scanner`);
  await get(house, `${path}/others`);
  expect(await stored()).toBe(before);

  expect(shown.status).toBe(200);
  expect(shown.bytes).toBeLessThan(30_000);
  expect(shown.html).not.toMatch(/(?:src|href)="(?!data:|\/safety)/);
  expect(shown.text.trim().startsWith('【訓練】')).toBe(true);
  expect(shown.text).toContain('東の佐藤さんのページです');
  expect(shown.text).not.toContain('花子');
  expect(shown.text).toContain('安全を確かめて');
  expect(shown.html).toContain('連絡文カナリア &lt;b&gt;北口');
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'cache-control': 'no-store, max-age=0',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  });
  expect(shown.headers.get('set-cookie')).toBeNull();

  const fields = { safety: 'safe', only: 'safety', key: hidden(shown, 'key'), at: '' };
  const [one, other] = await Promise.all([post(house, path, fields), post(house, path, fields)]);
  expect([one.status, other.status]).toEqual([200, 200]);
  expect(one.text).toContain('いまの回答は「無事」です');
  expect(one.text).toContain('変わったときは');
  expect(await replies(PEOPLE.hanako)).toMatchObject([{ safety: 'safe', way: 'web', by: 'link' }]);

  // The whole form, with full-width digits; then what is missing is said beside the field, and what was chosen stays.
  const whole = { safety: 'minor', place: 'home', coming: 'able', minutes: '３０分', family: 'unknown' };
  expect((await post(house, path, { ...whole, key: 'k2' })).text).toContain(
    '軽傷、自宅、参集 可（30分）、家族 連絡がとれない',
  );
  const missing = await post(house, path, { ...whole, minutes: '', key: 'k3' });
  expect(missing.status).toBe(422);
  expect(missing.text).toContain('何分後に着くかを1〜600の数字で');
  expect(missing.html).toMatch(/value="minor"[^>]*checked/);
  expect((await post(house, path, { key: 'k4' })).text).toContain('安否を選んでください');
  expect(await replies(PEOPLE.hanako)).toHaveLength(2);
  expect((await rosterNow(drill.id)).get(PEOPLE.hanako)).toMatchObject({
    safety: 'minor',
    coming_minutes: 30,
  });

  expect((await post(house, path, { safety: 'safe', key: 'x'.repeat(20_000) })).status).toBe(413);
  // Another site's form is refused; so is one answer after the other.
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
    expect((await post(house, path, { safety: 'safe', key: 'evil' }, headers)).status).toBe(403);
  const safeties = ['safe', 'severe', 'minor', 'safe', 'minor', 'safe', 'minor', 'safe', 'minor', 'safe'];
  const statuses: number[] = [];
  for (const [index, safety] of safeties.entries())
    statuses.push((await post(house, path, { safety, key: `many-${index}` })).status);
  expect(statuses.at(-1)).toBe(429);
  expect(await replies(PEOPLE.hanako)).toHaveLength(10);
  expect(house.logs.join()).not.toContain(path.slice('/safety/'.length));
  expect(JSON.stringify(house.slack.traffic)).not.toContain('カナリア');
});

test('of chat and web the newest by its own time counts, in both orders; the script’s time is the tap’s', async () => {
  const house = await openHouse(withMail);
  const start = new Date(Date.now() - 20 * MINUTE);
  const actual = await begunRollCall(house, start, { kind: 'actual' });
  const after = (minutes: number) => new Date(start.getTime() + minutes * MINUTE);

  // Tapped on the web before the chat, sent after it: the chat's counts.
  const early = await pathOfLink(house, actual.id, PEOPLE.hanako);
  await answerOf(house, actual.id, PEOPLE.hanako, after(10), {
    answer: { safety: 'minor', place: null, coming: null, comingMinutes: null, family: null },
  });
  const late = await post(
    house,
    early,
    { safety: 'safe', key: 'offline', at: String(after(5).getTime()) },
    { accept: 'application/json', origin: 'null', 'sec-fetch-site': 'same-origin' },
  );
  expect(JSON.parse(late.html)).toMatchObject({ ok: true, sentence: expect.stringContaining('軽傷') });
  expect((await rosterNow(actual.id)).get(PEOPLE.hanako)).toMatchObject({ safety: 'minor', way: 'chat' });
  expect(await replies(PEOPLE.hanako)).toHaveLength(2);

  // Tapped after the chat: the web's counts. A phone that runs ahead is not believed.
  const path = await pathOfLink(house, actual.id, PEOPLE.ichiro);
  await answerOf(house, actual.id, PEOPLE.ichiro, after(10));
  await post(house, path, { safety: 'severe', key: 'later', at: String(Date.now() + DAY) });
  const counted = (await rosterNow(actual.id)).get(PEOPLE.ichiro);
  expect(counted).toMatchObject({ safety: 'severe', way: 'web', answered_by: 'link' });
  expect(Number(counted?.answered_at)).toBeLessThanOrEqual(Date.now());
  expect((await get(house, path)).text.trim().startsWith('【安否確認】')).toBe(true);
  expect((await get(house, path)).text).toContain('要救助として受け付け、管理者と基幹型に知らせました');
});

test('tampered, foreign and unknown links are answered alike; of a closed roll-call and an old one it is said', async () => {
  const house = await openHouse(withMail);
  const now = new Date();
  const drill = await begunRollCall(house, now);
  const actual = await begunRollCall(house, now, { kind: 'actual' });
  const own = await pathOfLink(house, drill.id, PEOPLE.hanako);
  const [others, ofActual, gone] = await Promise.all([
    pathOfLink(house, drill.id, PEOPLE.ichiro),
    pathOfLink(house, actual.id, PEOPLE.hanako),
    pathOfLink(house, drill.id, 'U0MISAKI'),
  ]);
  await importAgain(house, without('U0MISAKI'));
  const tokenOf = (path: string) => path.slice('/safety/'.length);
  const [id, signature] = [tokenOf(own).slice(0, 18), tokenOf(own).slice(18)];
  const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  const bad = [
    `${id}${flipped}`,
    `${tokenOf(others).slice(0, 18)}${signature}`,
    `${tokenOf(ofActual).slice(0, 18)}${signature}`,
    `${'0'.repeat(18)}${signature}`,
    `${tokenOf(own)}=`,
    tokenOf(own).slice(0, -1),
    tokenOf(own).toUpperCase(),
    'x',
    encodeURIComponent("' OR 1=1 --"),
    tokenOf(gone),
  ];
  const first = await get(house, `/safety/${'f'.repeat(18)}${'_'.repeat(32)}`);
  expect(first.status).toBe(404);
  for (const token of bad)
    for (const [path, answer] of [
      [`/safety/${token}`, get(house, `/safety/${token}`)],
      [`/safety/${token}`, post(house, `/safety/${token}`, { safety: 'safe', key: 'k' })],
      [`/safety/${token}/others`, get(house, `/safety/${token}/others`)],
      [`/safety/center/${token}`, get(house, `/safety/center/${token}`)],
      [`/safety/center/${token}`, post(house, `/safety/center/${token}`, { pin: '000000' })],
    ] as const) {
      const page = await answer;
      expect([path, page.status, page.html]).toEqual([path, 404, first.html]);
    }
  expect((await get(house, '/safety')).status).toBe(404);
  expect((await get(house, own, { method: 'PUT' })).status).toBe(404);
  for (const token of bad.slice(0, 3)) expect(house.logs.join()).not.toContain(token);
  expect(await env.DB.prepare('SELECT count(*) AS n FROM roll_call_reply').first('n')).toBe(0);

  // A week later, though it runs; and when it is closed.
  await env.DB.prepare('UPDATE roll_call SET started_at = ? WHERE id = ?')
    .bind(now.getTime() - 7 * DAY, actual.id)
    .run();
  for (const page of [
    await get(house, ofActual),
    await post(house, ofActual, { safety: 'safe', key: 'k' }),
  ]) {
    expect(page.status).toBe(410);
    expect(page.text).toContain('期限が切れました');
  }
  await env.DB.prepare("UPDATE roll_call SET status = 'closed', closed_at = ? WHERE id = ?")
    .bind(now.getTime(), drill.id)
    .run();
  for (const page of [
    await get(house, own),
    await post(house, own, { safety: 'safe', key: 'k' }),
    await get(house, `${own}/others`),
    await post(house, `${own}/others`, { safety: 'safe', person: PEOPLE.minoru, key: 'k' }),
  ]) {
    expect(page.status).toBe(410);
    expect(page.text).toContain('もう終わっています');
    expect(page.text).not.toContain('阿部');
  }
  expect(await env.DB.prepare('SELECT count(*) AS n FROM roll_call_reply').first('n')).toBe(0);
});

test('the holder of a link enters for silent colleagues of the own center, and for nobody else', async () => {
  const house = await openHouse(withMail);
  const drill = await begunRollCall(house, new Date());
  const path = `${await pathOfLink(house, drill.id, PEOPLE.hanako)}/others`;
  const shown = await get(house, path);
  expect(shown.text).toContain('阿部 実');
  for (const name of ['鈴木', '佐藤 花子', '伊藤']) expect(shown.text).not.toContain(name);

  for (const person of [PEOPLE.ichiro, PEOPLE.hanako, 'U0NOBODY', '']) {
    const refused = await post(house, path, { person, safety: 'safe', key: 'k' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('誰の回答かを選んでください');
  }
  const entered = { person: PEOPLE.minoru, safety: 'severe', place: 'visiting', key: 'k1' };
  expect((await post(house, path, entered)).text).toContain(
    '阿部 実さんの回答を受け付けました（重傷・要救助、訪問先）',
  );
  // The receipt was lost, and it is sent again.
  expect((await post(house, path, entered)).text).toContain('受け付けました');
  expect(await replies(PEOPLE.minoru)).toMatchObject([{ way: 'proxy', by: PEOPLE.hanako, safety: 'severe' }]);
  expect((await get(house, path)).text).toContain('回答していない方はいません');

  await answerOf(house, drill.id, PEOPLE.minoru, new Date());
  const overruled = await post(house, path, { ...entered, key: 'k2' });
  expect(overruled.text).toContain('すでに回答しています');
  expect((await rosterNow(drill.id)).get(PEOPLE.minoru)).toMatchObject({ way: 'chat', safety: 'safe' });
});

test('everybody silent with an address is mailed the own link, once; who joins later, too', async () => {
  const house = await openHouse(withMail);
  const now = new Date();
  const drill = await begunRollCall(house, now, { byMail: true, note: NOTE });
  await answerOf(house, drill.id, PEOPLE.naoko, now);
  await Promise.all([mailLinks(scopeAt(house, now), drill.id), mailLinks(scopeAt(house, now), drill.id)]);
  await house.cron(now.getTime() + MINUTE);
  await house.cron(now.getTime() + 12 * MINUTE);
  const mailed = house.mails.map(({ to }) => to);
  expect(mailed).toContain('u0hanako@example.jp');
  expect(new Set(mailed).size).toBe(mailed.length);
  for (const address of ['u0naoko@example.jp', 'u0makoto@example.jp', 'kenta@example.jp'])
    expect(mailed.includes(address)).toBe(address === 'kenta@example.jp');
  const mail = house.mails.find(({ to }) => to === 'u0hanako@example.jp');
  expect(mail?.subject).toMatch(/^【訓練】点R\d+-01 地震/);
  expect(mail?.text).toMatch(/^【訓練】/);
  for (const said of [
    'これは訓練です',
    '安否を知らせてください',
    '開いただけでは',
    '電話',
    '連絡文があります',
  ])
    expect(mail?.text).toContain(said);
  expect(JSON.stringify(house.mails)).not.toContain('カナリア');
  const [address = ''] = /https:\/\/kikan\.test\/safety\/\S+/.exec(mail?.text ?? '') ?? [];
  expect(address).toBe(`https://kikan.test${await pathOfLink(house, drill.id, PEOPLE.hanako)}`);
  expect(mail?.html).toContain(`href="${address}"`);

  await env.DB.prepare("UPDATE roll_call_person SET left_at = 1 WHERE person = 'U0WEST1'").run();
  await env.DB.prepare("DELETE FROM roll_call_notice WHERE recipient IN ('U0WEST1', 'U0MISAKI')").run();
  await house.cron(now.getTime() + 14 * MINUTE);
  expect(house.mails.slice(mailed.length).map(({ to }) => to)).toEqual(['u0misaki@example.jp']);
});

test('a note that does not open keeps nobody from answering; what fails altogether says to try again', async () => {
  const house = await openHouse(withMail);
  const drill = await begunRollCall(house, new Date(), { note: NOTE });
  const path = await pathOfLink(house, drill.id, PEOPLE.hanako);
  await env.DB.prepare('UPDATE roll_call SET note = replace(note, substr(note, -6, 4), ?)')
    .bind('AAAA')
    .run();
  const answered = await post(house, path, { safety: 'safe', key: 'k' });
  expect(answered.status).toBe(200);
  expect(answered.text).not.toContain('カナリア');
  expect((await rosterNow(drill.id)).get(PEOPLE.hanako)).toMatchObject({ safety: 'safe' });

  await env.DB.prepare('ALTER TABLE roll_call_person RENAME TO gone').run();
  const failed = await post(house, path, { safety: 'minor', key: 'k2' });
  expect(failed.status).toBe(503);
  expect(failed.text).toContain('少し待って、もう一度送ってください');
  expect(house.logs.join()).toContain('safety.failed');
  expect(house.logs.join()).not.toContain(path.slice('/safety/'.length));
});
