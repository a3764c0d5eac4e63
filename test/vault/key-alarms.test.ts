/** Missing and wrong keys, altered values: who needs them is told why, the admins hear of it, all else goes on. Through the front door. */
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkDataKeys, rewrapCaseKeys } from '../../src/features/directory/alarms/jobs.ts';
import { type DataKey, parseSettings } from '../../src/lib/env.ts';
import type { Scope } from '../../src/slack/scope.ts';
import { KeyRing } from '../../src/vault/key-ring.ts';
import { rewrapSome } from '../../src/vault/rotation/mutations.ts';
import { caseKey } from '../../src/vault/tables.ts';
import { openForm, sendConsultation } from '../support/consulting.ts';
import { type House, openHouse } from '../support/house.ts';
import { auditOf } from '../support/settings.ts';
import { FORM, pressBody, signedRequest } from '../support/signed.ts';
import { CHANNELS, PEOPLE } from '../support/small-city.ts';

const HOUR = 3_600_000;
/** When the hourly look at the keys takes place: three days ago, so that days can pass. */
const LOOK = Math.floor(Date.now() / HOUR) * HOUR - 72 * HOUR + 40 * 60_000;
const ADMINS = [PEOPLE.kenta, PEOPLE.makoto];
const BODY = '夜に大きな声がすると近所の方から話がありました。';
const OTHER_CASE = {
  対象者の氏名: '別 人',
  ふりがな: 'べつ ひと',
  電話番号: '0463-55-1111',
  被保険者番号: '0009998887',
  相談内容: '二つ目の相談',
};

const settings = parseSettings(env);
/** What the Worker's DATA_KEYS holds; the others it never heard of. */
const [t1] = settings.DATA_KEYS;
const dataKey = (id: string, fill: number) => ({ id, bytes: new Uint8Array(32).fill(fill) });
const t0 = dataKey('t0', 8);

let house: House;
beforeEach(async () => {
  house = await openHouse();
});

const dmsOf = (person: string) => house.slack.as(person).dm.map(({ text }) => text);
const alarms = () => auditOf('vault.alarm');
const everythingSaid = () =>
  JSON.stringify([
    house.slack.calls('chat.postMessage'),
    house.slack.calls('chat.postEphemeral'),
    house.logs,
  ]);
const execute = (statement: string) => env.DB.prepare(statement).run();

function keysOf(...others: DataKey[]): DataKey[] {
  if (!t1) throw new Error('the Worker has no key');
  return [...others, t1];
}

/** A job's scope in a Worker with these keys. */
function scopeWith(...keys: DataKey[]): Scope {
  return {
    settings: { ...settings, DATA_KEYS: keys },
    db: house.db,
    now: new Date(LOOK),
    origin: { surface: 'job' },
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  };
}

/** Everything stored so far is wrapped by a key that the Worker lacks. */
async function losingItsKey(): Promise<void> {
  await rewrapSome({ db: house.db, settings: { DATA_KEYS: keysOf(t0) } }, new Date(LOOK));
}

/** Everything stored so far is wrapped by another key of the name that the Worker's has. */
async function withAnotherKeyOfThatName(): Promise<void> {
  const ring = await KeyRing.from([dataKey('t1', 9)]);
  for (const { caseId } of await house.db.select().from(caseKey)) {
    const { row } = await ring.createCaseKey(caseId);
    await env.DB.prepare('UPDATE case_key SET wrapped = ? WHERE case_id = ?').bind(row.wrapped, caseId).run();
  }
}

/** Presses 詳細を見る and waits until all of it is done; no case is shown. */
async function readInVain(person: string, id?: string): Promise<void> {
  const about = id ?? (await env.DB.prepare('SELECT id FROM consultation').first<string>('id')) ?? '';
  const body = pressBody(person, 'consultation.read', about);
  const answer = await house.fetchToTheEnd(await signedRequest(body, { contentType: FORM }));
  expect(answer.status).toBe(200);
  await house.delivered();
  expect(house.slack.as(person).modal).toBeUndefined();
}

describe('a key that DATA_KEYS lacks', () => {
  test('is named to who needs it, and to the admins with the number of records', async () => {
    await sendConsultation(house);
    await losingItsKey();
    await readInVain(PEOPLE.hanako);
    expect(dmsOf(PEOPLE.hanako).at(-1)).toContain('暗号鍵「t0」がサーバーに設定されていない');
    // The case and the index of residents.
    for (const admin of ADMINS) expect(dmsOf(admin).at(-1)).toContain('この鍵で守られている記録2件');
    expect(await alarms()).toMatchObject([
      {
        chain: 'city',
        actor: PEOPLE.hanako,
        outcome: 'refused',
        detail: { key: 't0', state: 'missing', keys: 2 },
      },
    ]);
    expect(everythingSaid()).not.toContain(BODY);
  });

  test('keeps nothing else from working: help, lists, accepting, the health, consultations that need none of it', async () => {
    const { card } = await sendConsultation(house);
    await losingItsKey();
    const kenta = house.slack.as(PEOPLE.kenta);
    await kenta.slash('ヘルプ', { channel: CHANNELS.general });
    expect(kenta.ephemerals.at(-1)?.text ?? '').toContain('使い方');
    await kenta.slash('一覧', { channel: CHANNELS.general });
    await house.slack.waitFor(() => kenta.modal, { what: 'the list' });
    await kenta.closeModal();
    await kenta.click(card(), '受け付ける');
    await house.delivered();
    const status = await env.DB.prepare('SELECT status FROM consultation').first<string>('status');
    expect(status).toBe('accepted');
    await sendConsultation(house, { 種別: '運営・制度', 相談内容: '様式について', ...NO_RESIDENT });
    expect(await env.DB.prepare('SELECT count(*) AS n FROM consultation').first('n')).toBe(2);
    expect((await house.fetch(new Request('https://kikan.test/healthz'))).status).toBe(200);
    expect(await alarms()).toEqual([]);
  });

  test('is told by the hourly look, once a day, until it is back', async () => {
    await sendConsultation(house);
    await losingItsKey();
    const told = async () => {
      await house.delivered();
      return dmsOf(PEOPLE.makoto).filter((text) => text.includes('「t0」が DATA_KEYS にありません')).length;
    };
    await house.cron(LOOK - 60_000);
    expect(await told()).toBe(0);
    await house.cron(LOOK);
    await house.cron(LOOK);
    expect(await told()).toBe(1);
    await house.cron(LOOK + 24 * HOUR);
    expect(await told()).toBe(2);
    await checkDataKeys({ ...scopeWith(...keysOf(), t0), now: new Date(LOOK + 48 * HOUR) });
    expect(await told()).toBe(2);
    expect(dmsOf(PEOPLE.hanako).join()).not.toContain('DATA_KEYS');
  });

  test('is told once when twenty people meet it at the same time', async () => {
    await sendConsultation(house);
    await losingItsKey();
    const id = await env.DB.prepare('SELECT id FROM consultation').first<string>('id');
    const bodies = Array.from({ length: 20 }, () => pressBody(PEOPLE.hanako, 'consultation.read', id ?? ''));
    await Promise.all(
      bodies.map(async (body) => house.fetchToTheEnd(await signedRequest(body, { contentType: FORM }))),
    );
    await house.delivered();
    expect(await alarms()).toHaveLength(1);
    const told = dmsOf(PEOPLE.makoto).filter((text) => text.includes('DATA_KEYS にありません'));
    expect(told).toHaveLength(1);
  });

  test('is named beside the field when a form needs it, and what was typed stays', async () => {
    await sendConsultation(house);
    await losingItsKey();
    const hanako = await openForm(house);
    const { errors } = await hanako.fillAndSubmit({
      種別: '個別ケース',
      緊急度: '通常',
      分類: ['認知症'],
      求める支援: ['助言'],
      ...OTHER_CASE,
    });
    expect(JSON.stringify(errors)).toContain('暗号鍵「t0」');
    expect(hanako.modal).toBeDefined();
    expect(await alarms()).toHaveLength(1);
  });
});

const NO_RESIDENT = {
  対象者の氏名: null,
  ふりがな: null,
  年齢: null,
  住所: null,
  電話番号: null,
  被保険者番号: null,
};

describe('another key of the same name', () => {
  test('is told apart from an altered value, to who needs it and to the admins', async () => {
    await sendConsultation(house);
    await withAnotherKeyOfThatName();
    await readInVain(PEOPLE.hanako);
    expect(dmsOf(PEOPLE.hanako).at(-1)).toContain('暗号鍵「t1」が合わない');
    for (const admin of ADMINS) expect(dmsOf(admin).at(-1)).toContain('名前が同じで中身の違う鍵');
    expect(await alarms()).toMatchObject([{ detail: { key: 't1', state: 'wrong', keys: 2 } }]);
  });

  test('is found by the hourly look, too', async () => {
    await sendConsultation(house);
    await withAnotherKeyOfThatName();
    await house.cron(LOOK);
    await house.delivered();
    expect(dmsOf(PEOPLE.makoto).at(-1)).toContain('名前が同じで中身の違う鍵');
  });
});

describe('a value that was swapped between rows', () => {
  /** Two cases whose texts somebody exchanged in the database. */
  async function swappedTexts(): Promise<[string, string]> {
    await sendConsultation(house);
    await sendConsultation(house, OTHER_CASE);
    const { results } = await env.DB.prepare(
      'SELECT consultation_id AS id, body FROM consultation_content',
    ).all<{ id: string; body: string }>();
    const [one, other] = results;
    if (!one || !other) throw new Error('two cases were sent');
    await execute(
      `UPDATE consultation_content SET body = CASE consultation_id WHEN '${one.id}' THEN '${other.body}' ELSE '${one.body}' END`,
    );
    return [one.id, other.id];
  }

  const swapKeyOf = (id: string, other: string) =>
    execute(
      `UPDATE case_key SET wrapped = (SELECT wrapped FROM case_key WHERE case_id = '${other}') WHERE case_id = '${id}'`,
    );

  test('is refused and alarmed: who, where, never what; further readers of the day bring no second alarm', async () => {
    const [id, other] = await swappedTexts();
    for (const person of [PEOPLE.kenta, PEOPLE.naoko, PEOPLE.kenta]) await readInVain(person, id);
    expect(dmsOf(PEOPLE.naoko).at(-1)).toContain('書き換えられたおそれ');
    const told = dmsOf(PEOPLE.makoto).filter((text) => text.includes('書き換えられたか'));
    expect(told).toEqual([expect.stringContaining(`場所: consultation_content.body\n内部の番号: ${id}`)]);
    expect(await alarms()).toMatchObject([
      {
        actor: PEOPLE.kenta,
        outcome: 'refused',
        detail: { table: 'consultation_content', column: 'body', row: id, told: 2 },
      },
    ]);
    const found = await env.DB.prepare(
      "SELECT case_id AS id, surface FROM audit_entry WHERE action = 'vault.alarm'",
    ).first();
    expect(found).toEqual({ id, surface: 'slack' });
    await readInVain(PEOPLE.kenta, other);
    expect(await alarms()).toHaveLength(2);
    for (const canary of [BODY, '二つ目の相談', '髙﨑']) expect(everythingSaid()).not.toContain(canary);
  });

  test('is alarmed where a case key was swapped, without blaming the key of DATA_KEYS', async () => {
    const [id, other] = await swappedTexts();
    await swapKeyOf(id, other);
    await readInVain(PEOPLE.kenta, id);
    expect(dmsOf(PEOPLE.makoto).at(-1)).toContain(`場所: case_key.wrapped\n内部の番号: ${id}`);
    expect(dmsOf(PEOPLE.makoto).join()).not.toContain('中身の違う鍵');
    expect(dmsOf(PEOPLE.kenta).at(-1)).toContain('書き換えられたおそれ');
  });

  test('stops the re-wrapping of that case only, and is alarmed by the job', async () => {
    const [id, other] = await swappedTexts();
    await swapKeyOf(id, other);
    await rewrapCaseKeys(scopeWith(...keysOf(t0)));
    const rows = await house.db.select({ id: caseKey.caseId, key: caseKey.keyId }).from(caseKey);
    expect(rows.filter(({ key }) => key === 't1')).toEqual([{ id, key: 't1' }]);
    expect(rows).toHaveLength(3);
    expect(await alarms()).toMatchObject([
      { actor: 'job:rewrap-keys', detail: { table: 'case_key', row: id } },
    ]);
  });

  test('is written down although there is no admin to tell', async () => {
    const [id] = await swappedTexts();
    await execute('UPDATE staff SET is_admin = 0');
    await readInVain(PEOPLE.naoko, id);
    expect(await alarms()).toMatchObject([{ detail: { told: 0 } }]);
  });

  test('stays refused with a sentence when the alarm cannot be written', async () => {
    const [id] = await swappedTexts();
    await execute(
      "CREATE TRIGGER full BEFORE INSERT ON audit_entry WHEN NEW.action = 'vault.alarm' BEGIN SELECT RAISE(ABORT, 'database is full'); END",
    );
    await readInVain(PEOPLE.naoko, id);
    expect(dmsOf(PEOPLE.naoko).at(-1)).toContain('書き換えられたおそれ');
    expect(house.logs.join()).toContain('alarm.not_raised');
  });
});

test('after a rotation by the job, everything is read by the new key alone', async () => {
  const { card } = await sendConsultation(house);
  await losingItsKey();
  // The Worker's own key becomes the active one.
  await rewrapCaseKeys(scopeWith(...keysOf(), t0));
  const kenta = house.slack.as(PEOPLE.kenta);
  await kenta.click(card(), '詳細を見る');
  await house.slack.waitFor(() => kenta.modal, { what: 'the case' });
  expect(JSON.stringify(house.slack.calls('views.open').at(-1))).toContain(BODY);
  expect((await auditOf('vault.rewrap')).at(-1)).toMatchObject({
    detail: { from: 't0', to: 't1', keys: 2 },
  });
});
