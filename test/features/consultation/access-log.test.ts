/** Who may read whose access log, what stands in it, and what leaves as CSV. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { LogEntry } from '../../../src/features/consultation/access-log/data.ts';
import { lineOf } from '../../../src/features/consultation/access-log/lines.ts';
import { type Browser, browserOf } from '../../support/browser.ts';
import { type Fields, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { caseId, refusalsOf } from '../../support/operating.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { importAgain } from '../../support/staff-changes.ts';

const CANARIES = ['髙﨑', '𠮷子', 'たかさき', '0463-21-9988', '0001234567', '若葉', '大きな声'];

/** A house with one case of 東, which 田中 健太 read on its page. */
async function readCase(): Promise<{ house: House; kenta: Browser }> {
  const house = await openHouse((city) => {
    city.staff.push({
      slackUserId: 'U0WESTBOSS',
      name: '西 管理',
      center: 'west',
      profession: '社会福祉士',
      role: 'manager',
      admin: false,
      duty: false,
    });
  });
  await sendConsultation(house);
  const kenta = await browserOf(house, PEOPLE.kenta);
  await kenta.open('/cases/R8-0001');
  return { house, kenta };
}

async function entriesOf(
  action: string,
): Promise<{ actor: string; case_id: string | null; detail: string }[]> {
  const { results } = await env.DB.prepare(
    'SELECT actor, case_id, detail FROM audit_entry WHERE action = ? ORDER BY at, seq',
  )
    .bind(action)
    .all<{ actor: string; case_id: string | null; detail: string }>();
  return results;
}

describe('the log', () => {
  test('says who read and changed what, by which surface, and who was refused; references only', async () => {
    const { house } = await readCase();
    const ichiro = await browserOf(house, PEOPLE.ichiro);
    expect((await ichiro.open('/cases/R8-0001')).status).toBe(404);
    const makoto = await browserOf(house, PEOPLE.makoto);
    const { status, text } = await makoto.open('/log?case=R8-0001');
    expect(status).toBe(200);
    expect(text).toMatch(/田中 健太[\s\S]*相談の内容を見ました[\s\S]*R8-0001[\s\S]*Webの画面/);
    expect(text).toMatch(/鈴木 一郎[\s\S]*「相談を見る」を断られました/);
    expect(text).toMatch(/佐藤 花子[\s\S]*送信しました[\s\S]*Slack/);
    for (const canary of CANARIES) expect(text).not.toContain(canary);
  });

  test('shows a manager the cases of her center only, an admin all, others nothing', async () => {
    const { house } = await readCase();
    const minoru = await browserOf(house, PEOPLE.minoru);
    expect((await minoru.open('/log')).text).toContain('相談の内容を見ました');
    expect(minoru.shown?.text).not.toContain('サインインしました');
    const west = await browserOf(house, 'U0WESTBOSS');
    expect((await west.open('/log')).text).toContain('当てはまる記録はありません');
    const makoto = await browserOf(house, PEOPLE.makoto);
    expect((await makoto.open('/log')).text).toContain('サインインしました');
    for (const person of [PEOPLE.hanako, PEOPLE.naoko, PEOPLE.ichiro]) {
      const browser = await browserOf(house, person);
      for (const path of ['/log', '/log.csv', '/incident', '/incident.csv', '/cases/R8-0001/log.csv'])
        expect((await browser.open(path)).status).toBe(404);
      expect((await refusalsOf(person)).map(({ action }) => action)).toEqual([
        'log.read',
        'log.export',
        'incident.read',
        'incident.export',
        'log.export',
      ]);
      expect((await browser.open('/')).html).not.toContain('href="/log"');
    }
  });

  test('of a case of another center is the same 404 as of one that is not there', async () => {
    const { house } = await readCase();
    const west = await browserOf(house, 'U0WESTBOSS');
    for (const tail of ['log', 'log.csv', 'resident-log', 'resident-log.csv']) {
      const there = await west.open(`/cases/R8-0001/${tail}`);
      const nowhere = await west.open(`/cases/R8-0999/${tail}`);
      expect([there.status, nowhere.status]).toEqual([404, 404]);
      expect(there.html.replaceAll(/value="[^"]*"/g, '')).toBe(nowhere.html.replaceAll(/value="[^"]*"/g, ''));
    }
    const asked = await west.open('/log?case=R8-0001');
    expect([asked.status, asked.text.includes('この番号はありません')]).toEqual([422, true]);
  });

  test('of a 限定 case is closed to a manager who is not named in it, open to admins', async () => {
    const { house } = await readCase();
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1, person_in_charge = ?')
      .bind(PEOPLE.naoko)
      .run();
    const minoru = await browserOf(house, PEOPLE.minoru);
    expect((await minoru.open('/cases/R8-0001/log')).status).toBe(404);
    expect((await minoru.open('/log')).text).not.toContain('R8-0001');
    const makoto = await browserOf(house, PEOPLE.makoto);
    expect((await makoto.open('/cases/R8-0001/log')).text).toContain('相談の内容を見ました');
  });

  test('notes each viewing and each export, with the case', async () => {
    const { house, kenta } = await readCase();
    await kenta.open('/cases/R8-0001/log');
    await kenta.open('/log.csv?group=refused');
    const [read, exported] = [await entriesOf('log.read'), await entriesOf('log.export')];
    expect(read.map(({ actor, case_id, detail }) => [actor, case_id, JSON.parse(detail).of])).toEqual([
      [PEOPLE.kenta, await caseId(), 'case'],
    ]);
    expect(exported.map(({ detail }) => JSON.parse(detail))).toEqual([
      expect.objectContaining({ of: 'all', group: 'refused' }),
    ]);
    expect((await (await browserOf(house, PEOPLE.makoto)).open('/log')).text).toContain(
      '操作記録をCSVで取り出しました',
    );
  });

  test.each([
    ['?group=changed', ['送信しました'], ['相談の内容を見ました', '断られました']],
    ['?group=read', ['相談の内容を見ました'], ['送信しました', '断られました']],
    ['?group=refused', ['断られました'], ['送信しました', '相談の内容を見ました']],
    ['?surface=slack', ['送信しました'], ['相談の内容を見ました']],
    [`?person=${PEOPLE.kenta}`, ['相談の内容を見ました'], ['相談を送信しました']],
    ['?from=2030-01-01', ['当てはまる記録はありません'], ['送信しました']],
    ['?until=2020-01-01', ['当てはまる記録はありません'], ['送信しました']],
  ])('narrowed by %s shows what fits', async (query, shown, hidden) => {
    const { house } = await readCase();
    await (await browserOf(house, PEOPLE.ichiro)).open('/cases/R8-0001');
    const { text } = await (await browserOf(house, PEOPLE.makoto)).open(`/log${query}`);
    for (const words of shown) expect(text).toContain(words);
    for (const words of hidden) expect(text).not.toContain(words);
  });

  test.each(['person=髙﨑', 'case=髙﨑%20𠮷子', 'group=x', 'surface=x', 'from=x', 'until=2026-02-30'])(
    'asked for %s says what is wrong, repeats nothing and shows nothing',
    async (query) => {
      const { kenta } = await readCase();
      const { status, text, html } = await kenta.open(`/log?${query}`);
      expect(status).toBe(422);
      expect(text).toContain('入力を直してください');
      expect(html).not.toContain('髙﨑');
      expect(text).not.toContain('相談の内容を見ました');
      expect((await kenta.open(`/log.csv?${query}`)).status).toBe(422);
    },
  );

  test('goes on page by page without leaving an entry out or showing it twice', async () => {
    const { house } = await readCase();
    await seedReadings(house, 130, 7);
    const makoto = await browserOf(house, PEOPLE.makoto);
    const seen: string[] = [];
    let path = `/log?person=${PEOPLE.takuya}`;
    for (let page = 0; page < 3; page += 1) {
      const { html } = await makoto.open(path);
      seen.push(...[...html.matchAll(/<time datetime="([^"]*)"/g)].map(([, at = '']) => at));
      path = /<a href="([^"]*after=[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    }
    expect(seen).toHaveLength(130);
    expect(seen).toEqual(seen.toSorted().toReversed());
    expect(path).toBe('');
  });
});

describe('the CSV', () => {
  test('is a file that no cache keeps, as spreadsheets read it, and names no resident', async () => {
    const { kenta } = await readCase();
    const { status, headers } = await kenta.open('/cases/R8-0001/log.csv');
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'no-store, max-age=0',
    ]);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="kikan-log-case-[\w-]+\.csv"$/);
    const answer = await kenta.send(new Request('https://kikan.test/cases/R8-0001/log.csv'));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const csv = new TextDecoder().decode(bytes);
    expect(csv).toContain('"田中 健太","U0KENTA","基幹型","R8-0001","閲覧など","相談の内容を見ました"');
    expect(csv.endsWith('\r\n')).toBe(true);
    for (const canary of CANARIES) expect(csv).not.toContain(canary);
  });

  test('defuses a name that a spreadsheet would run', async () => {
    const { house } = await readCase();
    await importAgain(house, (city) => {
      for (const person of city.staff) if (person.slackUserId === PEOPLE.kenta) person.name = '=cmd|x!A1';
    });
    const { html } = await (await browserOf(house, PEOPLE.makoto)).open('/log.csv');
    expect(html).toContain(`"'=cmd|x!A1"`);
    expect(html).not.toContain('"=cmd');
  });

  test('says where it was cut at 10,000 lines', async () => {
    const { house, kenta } = await readCase();
    await seedReadings(house, 10_050, 500);
    const { html } = await kenta.open(`/log.csv?person=${PEOPLE.takuya}`);
    const lines = html.trim().split('\r\n');
    expect(lines).toHaveLength(10_002);
    expect(lines.at(-1)).toContain('10,000件までで切りました');
  }, 60_000);
});

describe("a resident's log", () => {
  test('is all entries about all cases of the same resident, and of nobody else', async () => {
    const { house } = await readCase();
    await sendAgain(house, { 対象者の氏名: '高崎 吉子', ふりがな: 'タカサキ ヨシコ', 電話番号: null });
    await sendConsultation(house, {
      対象者の氏名: '別野 一太',
      ふりがな: 'べつの いちた',
      電話番号: '0463-11-1111',
      被保険者番号: '0009999999',
    });
    const makoto = await browserOf(house, PEOPLE.makoto);
    const { status, text, html } = await makoto.open('/cases/R8-0001/resident-log');
    expect(status).toBe(200);
    expect(text).toContain('R8-0002（氏名か番号が同じ）');
    expect(text).not.toContain('R8-0003');
    expect([...new Set(html.match(/R8-\d{4}/g))].sort()).toEqual(['R8-0001', 'R8-0002']);
    for (const canary of [...CANARIES, '吉子', 'タカサキ']) expect(text).not.toContain(canary);
    const [entry] = await entriesOf('log.read');
    expect(JSON.parse(entry?.detail ?? '')).toMatchObject({ of: 'resident', cases: 2 });
  });

  test('shows a manager no case of another center', async () => {
    const { house } = await readCase();
    await sendAgain(house);
    const makoto = await browserOf(house, PEOPLE.makoto);
    expect((await makoto.open('/cases/R8-0001/resident-log')).text).toContain('R8-0002');
    await env.DB.prepare(
      "UPDATE consultation SET sending_center = 'west', responsible_center = 'west' WHERE reference = 'R8-0002'",
    ).run();
    const minoru = await browserOf(house, PEOPLE.minoru);
    const { text } = await minoru.open('/cases/R8-0001/resident-log');
    expect(text).toContain('R8-0001');
    expect(text).not.toContain('R8-0002');
  });
});

/** A further case of the same resident: sent in spite of the warning. */
async function sendAgain(house: House, fields: Fields = {}): Promise<void> {
  const { hanako } = await sendConsultation(house, fields);
  await hanako.submit();
  await house.delivered();
}

/** Readings of 原田 拓也 of the first case, `each` in the same millisecond. */
async function seedReadings({ db: _ }: House, count: number, each: number): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO audit_entry (chain, seq, case_id, at, actor, action, outcome, surface, detail, previous_hash, hash)
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     SELECT 'person:seeded', i, (SELECT id FROM consultation LIMIT 1), CAST(?2 - i / CAST(?3 AS INTEGER) * 1000 AS INTEGER), ?4, 'consultation.read',
       'done', 'slack', '{"what":"content"}', '', '' FROM n`,
  )
    .bind(count, Date.now(), each, PEOPLE.takuya)
    .run();
}

test('what somebody once opened a case for stands with what she read, not with what she was refused', () => {
  const entry: LogEntry = {
    at: 0,
    chain: 'case',
    row: 1,
    seq: 1,
    actor: PEOPLE.naoko,
    actorName: '伊藤 直子',
    actorCenter: '基幹型',
    action: 'consultation.read',
    outcome: 'done',
    surface: 'web',
    reference: 'R8-0001',
    purpose: 'supervision',
    detail: { reason: 'not-found' },
  };
  expect(lineOf(entry).why).not.toBe('');
  expect(lineOf({ ...entry, outcome: 'refused' }).why).toBe('見られる相談ではない、または存在しない');
});
