/** 緊急閲覧: a manager reads a 限定 case for an hour, and those in the case know at once. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { loadConsultation, standingOf } from '../../../src/features/consultation/data.ts';
import { OPERATIONS } from '../../../src/features/consultation/operating/words.ts';
import { denialOf } from '../../../src/features/consultation/rules.ts';
import { Actor } from '../../../src/features/directory/actor.ts';
import { type Browser, browserOf } from '../../support/browser.ts';
import { CASE, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import {
  acceptedConsultation,
  CLOSED,
  caseId,
  chosenSome,
  pressRefused,
  submitForged,
  typed,
} from '../../support/operating.ts';
import { auditOf } from '../../support/settings.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';

const BODY = String(CASE.相談内容);
const REASON = '本人から命の危険を訴える電話があったため';
const NOT_FOUND = '見つかりません。番号を確かめてください。';

/** 伊藤 直子 has it in charge; only she, the sender and 原田 拓也 see it. */
async function restrictedCase(house: House) {
  const sent = await acceptedConsultation(house);
  const named = { members: chosenSome(PEOPLE.takuya), reason: typed('職員の親族の相談のため') };
  expect(await submitForged(house, PEOPLE.naoko, 'restrict', named)).toEqual(CLOSED);
  return sent;
}

function ask(browser: Browser, reference = 'R8-0001', reason = REASON) {
  return browser
    .open('/break-glass')
    .then(() => browser.fillAndSend({ 相談の番号: reference, 理由: reason }, '/break-glass'));
}

async function grants(): Promise<number> {
  return (await env.DB.prepare('SELECT count(*) AS n FROM break_glass').first<number>('n')) ?? 0;
}

describe('a manager in an emergency', () => {
  test('leaves a reason that those who answer for the case read on its page, and others do not', async () => {
    const house = await openHouse();
    await restrictedCase(house);
    const shown = await ask(await browserOf(house, PEOPLE.minoru));
    expect(shown.text).toMatch(new RegExp(`：緊急閲覧\\s*${REASON}`));
    const sender = await (await browserOf(house, PEOPLE.hanako)).open('/cases/R8-0001');
    expect(sender.status).toBe(200);
    expect(sender.text).not.toContain(REASON);
    await house.delivered();
  });

  test('gives a reason, reads for an hour, and those in the case are told at once without it', async () => {
    const house = await openHouse();
    await restrictedCase(house);
    const minoru = await browserOf(house, PEOPLE.minoru);
    expect((await minoru.open('/cases/R8-0001')).status).toBe(404);
    expect((await minoru.open('/')).text).toContain('緊急閲覧');
    const shown = await ask(minoru, 'ｒ８ー１');
    expect(shown.path).toBe('/cases/R8-0001');
    expect(shown.text).toContain(BODY);
    expect(shown.text).toMatch(/緊急閲覧中です（.+まで）/);
    expect(shown.text).toContain('読むことだけができます');
    await house.delivered();
    for (const person of [PEOPLE.naoko, PEOPLE.hanako, PEOPLE.takuya]) {
      const told = house.slack.as(person).dm.at(-1);
      expect(told?.text).toMatch(
        new RegExp(
          `<@${PEOPLE.minoru}> さん（東の管理者）が、閲覧が限定された相談 \\*R8-0001\\* を緊急閲覧しています（.+まで）`,
        ),
      );
      expect(JSON.stringify(told)).not.toContain(REASON);
    }
    expect(house.slack.as(PEOPLE.kenta).dm.filter(({ text }) => text.includes('緊急閲覧'))).toEqual([]);
    const [entry, ...others] = await auditOf('consultation.break_glass');
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ actor: PEOPLE.minoru, outcome: 'done', chain: `person:${PEOPLE.minoru}` });
    expect(JSON.stringify(entry)).toMatch(/"until":"\d{4}-/);
    const row = await env.DB.prepare('SELECT until - granted_at AS ms, reason FROM break_glass').first();
    expect(row).toEqual({ ms: 60 * 60_000, reason: expect.stringMatching(/^v1\./) });
    expect(await everythingStored()).not.toContain(REASON);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM viewing_purpose').first('n')).toBe(0);
    // Reading it is logged as any reading.
    expect(await auditOf('consultation.read')).toContainEqual(
      expect.objectContaining({ actor: PEOPLE.minoru, outcome: 'done' }),
    );
  });

  test('finds it in lists while it lasts; afterwards it is nowhere, as if it were not there', async () => {
    const house = await openHouse();
    await restrictedCase(house);
    const minoru = await browserOf(house, PEOPLE.minoru);
    expect((await minoru.open('/cases?view=all')).text).not.toContain('R8-0001');
    await ask(minoru);
    expect((await minoru.open('/cases?view=all')).text).toContain('R8-0001');
    await env.DB.prepare('UPDATE break_glass SET until = ?')
      .bind(Date.now() + 1_000)
      .run();
    expect((await minoru.open('/cases/R8-0001')).status).toBe(200);
    await env.DB.prepare('UPDATE break_glass SET until = ?')
      .bind(Date.now() - 1)
      .run();
    const after = await minoru.open('/cases/R8-0001');
    expect(after.status).toBe(404);
    expect(after.text).toBe((await minoru.open('/cases/R8-0777')).text);
    expect((await minoru.open('/cases?view=all')).text).not.toContain('R8-0001');
    expect(await ask(minoru).then(({ text }) => text)).toContain(BODY);
    expect(await grants()).toBe(2);
  });

  test('reads, and changes nothing', async () => {
    const house = await openHouse();
    await restrictedCase(house);
    const kenta = await browserOf(house, PEOPLE.kenta);
    await ask(kenta);
    const loaded = await loadConsultation({ db: house.db, now: new Date() }, await caseId());
    const found = await Actor.find(house.db, PEOPLE.kenta);
    if (!loaded || !found) throw new Error('not there');
    const denials = OPERATIONS.map((operation) => denialOf(found.actor, standingOf(loaded), operation));
    expect(new Set(denials)).toEqual(new Set(['reading-only']));
    expect(await pressRefused(house, PEOPLE.kenta, 'assign')).toBe(
      'R8-0001 は緊急閲覧で見ています。緊急閲覧では読むことだけができます。',
    );
    expect(
      JSON.stringify(await submitForged(house, PEOPLE.kenta, 'comment', { body: typed('書き込み') })),
    ).toContain('読むことだけができます');
    expect((await kenta.open('/cases/R8-0001')).text).not.toContain('担当を決める');
  });

  test('who is no manager any more loses it with the next request', async () => {
    const house = await openHouse();
    await restrictedCase(house);
    const minoru = await browserOf(house, PEOPLE.minoru);
    await ask(minoru);
    await env.DB.prepare("UPDATE staff SET role = 'staff' WHERE slack_user_id = ?").bind(PEOPLE.minoru).run();
    expect((await minoru.open('/cases/R8-0001')).status).toBe(404);
    expect((await minoru.open('/break-glass')).status).toBe(404);
  });

  test('pressing twice opens it once and is answered as the first time', async () => {
    const house = await openHouse();
    await restrictedCase(house);
    const minoru = await browserOf(house, PEOPLE.minoru);
    await minoru.open('/break-glass');
    const fields = { 相談の番号: 'R8-0001', 理由: REASON };
    const page = minoru.shown;
    const answers = await Promise.all([
      minoru.fillAndSend(fields, '/break-glass'),
      minoru.fillAndSend(fields, '/break-glass'),
    ]);
    expect(page?.status).toBe(200);
    for (const answer of answers) expect(answer.text).toContain(BODY);
    expect(await grants()).toBe(1);
    await house.delivered();
    expect(house.slack.as(PEOPLE.naoko).dm.filter(({ text }) => text.includes('緊急閲覧'))).toHaveLength(1);
  });
});

test('the name of a center rings nobody, whatever was typed into it', async () => {
  const house = await openHouse((city) => {
    for (const center of city.centers) if (center.code === 'east') center.short = '<!channel>';
  });
  await restrictedCase(house);
  await ask(await browserOf(house, PEOPLE.minoru));
  await house.delivered();
  expect(house.slack.as(PEOPLE.naoko).dm.at(-1)?.text).toContain('&lt;!channel&gt;の管理者');
});

describe('the same answer', () => {
  test('for what is not there, not restricted, visible anyway, or not theirs; each is logged', async () => {
    const house = await openHouse((city) => {
      for (const person of city.staff) if (person.slackUserId === PEOPLE.ichiro) person.role = 'manager';
    });
    await sendConsultation(house);
    const [minoru, ichiro] = [await browserOf(house, PEOPLE.minoru), await browserOf(house, PEOPLE.ichiro)];
    const open = await ask(minoru);
    expect(open.status).toBe(422);
    expect(open.text).toContain(NOT_FOUND);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1, sender = ?').bind(PEOPLE.minoru).run();
    const visible = await ask(minoru);
    const [foreign, none] = [await ask(ichiro), await ask(ichiro, 'R8-0123')];
    const sentence = (text: string) => text.includes(NOT_FOUND);
    expect([visible, foreign, none].map(({ status, text }) => [status, sentence(text)])).toEqual([
      [422, true],
      [422, true],
      [422, true],
    ]);
    expect(foreign.html.replaceAll('R8-0001', 'X').length).toBe(none.html.replaceAll('R8-0123', 'X').length);
    expect(await grants()).toBe(0);
    const refused = await auditOf('consultation.break_glass');
    expect(refused.map(({ actor, outcome }) => [actor, outcome])).toEqual([
      [PEOPLE.minoru, 'refused'],
      [PEOPLE.minoru, 'refused'],
      [PEOPLE.ichiro, 'refused'],
      [PEOPLE.ichiro, 'refused'],
    ]);
    await house.delivered();
    expect(house.slack.as(PEOPLE.hanako).dm.filter(({ text }) => text.includes('緊急閲覧'))).toEqual([]);
  });

  test('the page is there for managers of centers alone', async () => {
    const house = await openHouse();
    await restrictedCase(house);
    for (const person of [PEOPLE.takuya, PEOPLE.hanako, PEOPLE.makoto]) {
      const browser = await browserOf(house, person);
      expect((await browser.open('/')).text).not.toContain('緊急閲覧');
      expect((await browser.open('/break-glass')).status).toBe(404);
      const form = [
        ['reference', 'R8-0001'],
        ['reason', REASON],
        ['form_token', tokenIn((await browser.open('/')).html)],
      ] as const;
      expect((await browser.post('/break-glass', form)).status).toBe(404);
    }
    expect(await grants()).toBe(0);
    expect((await auditOf('consultation.break_glass')).every(({ outcome }) => outcome === 'refused')).toBe(
      true,
    );
  });

  test('a form without a reference or with too long a reason keeps what was typed', async () => {
    const house = await openHouse();
    await restrictedCase(house);
    const minoru = await browserOf(house, PEOPLE.minoru);
    const long = 'あ'.repeat(501);
    const faulty = await ask(minoru, '高橋さんの件', long);
    expect(faulty.status).toBe(422);
    expect(faulty.text).toContain('番号を入力してください');
    expect(faulty.text).toContain('500文字まで');
    expect(faulty.html).toContain(long);
    expect(faulty.html).toContain('高橋さんの件');
    expect((await ask(minoru, 'R8-0001', '　')).text).toContain('必ず入力');
    expect(await grants()).toBe(0);
  });
});

function tokenIn(html: string): string {
  return /name="form_token" value="([^"]*)"/.exec(html)?.[1] ?? '';
}
