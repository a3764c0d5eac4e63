/** 研修 and 地域課題 where typed text stays on the pages: the same forms without script; chat has links in their place. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { PRESS_SEPARATOR } from '../../../src/web/modal/blocks.tsx';
import { type Browser, browserOf, formOf, type Shown } from '../../support/browser.ts';
import { openHouse } from '../../support/house.ts';
import { storedMeeting, withMeetings } from '../../support/meeting.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { lastTold, linksIn } from '../../support/strict.ts';

/** Presses a button of the form that the page shows first. */
async function press(browser: Browser, actionId: string, value: string): Promise<Shown> {
  if (!browser.shown) throw new Error('no page');
  const pressed = `${actionId}${PRESS_SEPARATOR}${value}`;
  if (!browser.shown.html.includes(`value="${pressed}"`)) throw new Error(`no button ${actionId}`);
  const form = formOf(browser.shown, '/modal/submit');
  return browser.post('/modal/press', [...form.fields, ['press', pressed]]);
}

test('a training is planned, applied for, recorded and judged on the pages alone', async () => {
  const house = await openHouse((city) => {
    withMeetings(city);
    city.personalDataEntry = 'web';
  });
  const day = (days: number) =>
    new Date(Date.now() + days * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);
  const naoko = await browserOf(house, PEOPLE.naoko);
  await naoko.open('/trainings');
  await press(naoko, 'training.offer', 'training.offer');
  const listed = await naoko.fillAndSend({
    研修名: '権利擁護の実務',
    開催日: day(10),
    '定員（空欄は定員なし）': '1',
    申込の締切日: day(8),
  });
  expect(listed.html).toContain('権利擁護の実務');
  const id = (await env.DB.prepare('SELECT meeting_id FROM training').first<string>('meeting_id')) ?? '';

  const hanako = await browserOf(house, PEOPLE.hanako);
  await hanako.open('/trainings');
  await press(hanako, 'meeting.apply', id);
  const applied = await hanako.fillAndSend({});
  expect(applied.html).toContain('佐藤 花子さんの申込を受け付けました');
  const minoru = await browserOf(house, PEOPLE.minoru);
  await minoru.open('/meetings/R8-001');
  await press(minoru, 'meeting.apply', id);
  const waiting = await minoru.fillAndSend({ 申し込む方: '阿部 実（東）' });
  expect(waiting.html).toContain('阿部 実さんはキャンセル待ちの1番目です');

  const ended = Date.now() - 60_000;
  await env.DB.prepare('UPDATE meeting SET starts_at = ?, ends_at = ?')
    .bind(ended - 3_600_000, ended)
    .run();
  await house.cron(Date.now() + 86_400_000);
  await house.delivered();
  const dm = lastTold(house, PEOPLE.hanako);
  if (!dm) throw new Error('not asked');
  expect(linksIn(house.slack.as(PEOPLE.hanako).modal)).toEqual([]);
  await house.slack.as(PEOPLE.hanako).click(dm, 'アンケートに答える');
  await house.slack.waitFor(() => linksIn(lastTold(house, PEOPLE.hanako)).length > 0, { what: 'a link' });
  expect(linksIn(lastTold(house, PEOPLE.hanako))).toEqual(['/meetings/R8-001']);
  expect(house.slack.as(PEOPLE.hanako).modal).toBeUndefined();
  await hanako.open('/meetings/R8-001');
  await press(hanako, 'training.survey', id);
  const thanked = await hanako.fillAndSend({
    内容は分かりやすかったですか: '5 とてもそう思う',
    仕事に役立ちそうですか: '4 そう思う',
    ひとこと: '次は事例で学びたい',
  });
  expect(thanked.html).toContain('ありがとうございました');
  expect(await env.DB.prepare('SELECT understood FROM training_survey').first('understood')).toBe(5);
});

test('a 地域課題 is warned of on its page, then stored as it was typed', async () => {
  const house = await openHouse((city) => {
    withMeetings(city);
    city.personalDataEntry = 'web';
  });
  const { id, reference } = await storedMeeting(house, '地域ケア個別会議', {
    hostCenter: 'east',
    organiser: PEOPLE.minoru,
  });
  const hanako = await browserOf(house, PEOPLE.hanako);
  await hanako.open(`/meetings/${reference.slice(1)}`);
  await press(hanako, 'issues.record', id);
  const summary = '相談窓口（0463-11-2233）を知らない方が多い';
  const warned = await hanako.fillAndSend({ 分類: '認知症', 課題の内容: summary });
  expect([warned.html.includes('電話番号'), warned.html.includes(summary)]).toEqual([true, true]);
  const done = await hanako.fillAndSend({ 確認: '個人のことではないので' });
  expect(done.html).toContain('課R8-001 を記録しました');
  expect((await hanako.open('/issues/R8-001')).html).toContain(summary);
  expect((await hanako.open(`/meetings/${reference.slice(1)}`)).html).toContain('課R8-001');
});
