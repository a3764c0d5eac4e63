/**
 * Rule 1 of the house: references only. Every personal and free-text field gets a canary, every flow is driven, and
 * everything that left the Worker, its logs and its database are searched.
 */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { foundIn as foundAmong } from '../../support/canaries.ts';
import { cardIn, openForm } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';

const CANARIES = {
  対象者の氏名: '髙﨑 𠮷子カナリア',
  ふりがな: 'かなりあのかな',
  年齢: '117',
  住所: 'カナリア町九丁目9-99',
  電話番号: '0463-21-9988',
  被保険者番号: '9182736450',
  相談内容: 'カナリアの相談内容 <!channel> <@U0KENTA> 🐤',
} as const;
const ANSWER = 'カナリアの回答 <!here> 🐦';
const TYPED_AFTER_THE_WORD = 'カナリアの添え書き';
const UNKNOWN_WORD = 'カナリアの言い間違い';

/** An age is too short to be searched for: 117 stands in hashes and times. */
const SOUGHT = [
  ...Object.values(CANARIES).filter((value) => value !== CANARIES.年齢),
  ANSWER,
  TYPED_AFTER_THE_WORD,
  UNKNOWN_WORD,
];

async function driveEverything(house: House): Promise<void> {
  const { slack } = house;
  const hanako = slack.as(PEOPLE.hanako);
  await hanako.slash(UNKNOWN_WORD, { channel: CHANNELS.general });
  await hanako.slash(`相談 ${TYPED_AFTER_THE_WORD}`, { channel: CHANNELS.general });
  await slack.waitFor(() => hanako.modal);
  expect((await hanako.fillAndSubmit({ ...CANARIES, 年齢: '八十', 緊急度: '早め' })).errors).toHaveProperty(
    '年齢',
  );
  await hanako.closeModal();
  const again = await openForm(house);
  expect(
    (await again.fillAndSubmit({ ...CANARIES, 緊急度: '早め', 分類: ['認知症'] })).errors,
  ).toBeUndefined();
  await house.delivered();
  const card = () => cardIn(house, CHANNELS.triage);
  const stale = card();
  const [kenta, naoko, ichiro] = [slack.as(PEOPLE.kenta), slack.as(PEOPLE.naoko), slack.as(PEOPLE.ichiro)];
  await Promise.all([kenta.click(stale, '受け付ける'), naoko.click(stale, '受け付ける')]);
  await slack.waitFor(() => card().text.includes('受付済'));
  const taker = JSON.stringify(card().blocks).includes(PEOPLE.kenta) ? kenta : naoko;
  await ichiro.click(stale, '詳細を見る');
  await ichiro.click(stale, '回答する');
  await slack.waitFor(() => ichiro.ephemerals.length === 2);
  await taker.click(card(), '回答する');
  await slack.waitFor(() => taker.modal);
  await taker.fillAndSubmit({ 回答: ANSWER });
  await house.delivered();
  await hanako.click(cardIn(house, CHANNELS.east), '詳細を見る');
  await slack.waitFor(() => hanako.modalText.includes(ANSWER));
  const told = hanako.dm.at(-1);
  if (told) await hanako.click(told, '読む');
  await slack.waitFor(() => hanako.modal && !hanako.modalText.includes(CANARIES.住所));
  await hanako.openHome();
  await house.cron();
  await house.delivered();
}

const foundIn = (text: string) => foundAmong(SOUGHT, text);

test('nothing that anyone typed leaves the Worker but into the modal of its reader, nor lies in the database in the clear', async () => {
  const house = await openHouse();
  await driveEverything(house);
  const posted = house.slack.traffic.filter(
    ({ direction, what }) => direction === 'from-app' && !what.startsWith('views.'),
  );
  const acks = house.slack.traffic
    .filter(({ direction }) => direction === 'to-app')
    .map(({ answer }) => answer);
  expect(posted.length).toBeGreaterThan(8);
  expect(foundIn(JSON.stringify(posted.map(({ request }) => request)))).toEqual([]);
  expect(foundIn(JSON.stringify(acks))).toEqual([]);
  expect(foundIn(house.logs.join('\n'))).toEqual([]);
  const stored = await everythingStored();
  expect(stored).toContain('R8-0001');
  expect(foundIn(stored)).toEqual([]);
});

test('what is hidden in a modal besides its text (metadata, ids, button values) holds references only', async () => {
  const house = await openHouse();
  await driveEverything(house);
  const views = house.slack.calls().filter(({ method }) => method.startsWith('views.'));
  expect(views.length).toBeGreaterThan(4);
  const hidden: string[] = [];
  JSON.stringify(
    views.map(({ args }) => args),
    (key, value: unknown) => {
      if (['private_metadata', 'value', 'block_id', 'action_id', 'callback_id', 'external_id'].includes(key))
        hidden.push(String(value));
      return value;
    },
  );
  expect(hidden.length).toBeGreaterThan(20);
  expect(foundIn(hidden.join('\n'))).toEqual([]);
});

test('the search itself finds a canary where there is one', () => {
  for (const value of SOUGHT) {
    expect(foundIn(`...${encodeURIComponent(value)}...`)).toContain(value);
    expect(foundIn(JSON.stringify({ value }))).toContain(value);
  }
});

test('the database refuses a text that was not sealed', async () => {
  const house = await openHouse();
  await driveEverything(house);
  for (const statement of [
    'UPDATE answer SET body = ?',
    'UPDATE consultation_content SET body = ?',
    'UPDATE consultation_content SET subject_name = ?',
  ]) {
    await expect(env.DB.prepare(statement).bind('平文').run()).rejects.toThrow(/CHECK constraint failed/);
  }
});
