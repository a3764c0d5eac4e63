import { expect, test } from 'vitest';
import { Browser, browserOf } from '../support/browser.ts';
import { sendConsultation } from '../support/consulting.ts';
import { openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';

test('a link in Slack leads through sign-in to the page of the case', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const browser = new Browser(house);
  const asked = await browser.open('/cases/R8-0001');
  expect(asked.path).toContain('/sign-in?to=');
  const shown = await browser.signIn(PEOPLE.kenta, '/cases/R8-0001');
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('髙﨑 𠮷子');
  expect(shown.path).toBe('/cases/R8-0001');
});

test('an answer written on the page is stored and shown', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const browser = await browserOf(house, PEOPLE.kenta);
  await browser.open('/cases/R8-0001/do/accept');
  const accepted = await browser.fillAndSend({}, '/cases/R8-0001/do/accept');
  expect(accepted.text).toContain('受け付けました');
  await browser.open('/cases/R8-0001/do/answer');
  const answered = await browser.fillAndSend({ 回答: '一緒に訪問しましょう。' });
  expect(answered.text).toContain('一緒に訪問しましょう。');
  await house.delivered();
});
