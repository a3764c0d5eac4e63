import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { importCity } from '../../../src/features/directory/mutations.ts';
import { sendConsultation } from '../../support/consulting.ts';
import { openHouse } from '../../support/house.ts';
import { caseId, caseRow, press, submitForged, typed, pressRefused, acceptedConsultation } from '../../support/operating.ts';
import { FORM, pressBody, signedRequest, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
const USUAL = { 緊急度: '通常', 分類: ['認知症'] };
let lines: string[] = [];
const out = (...x: unknown[]) => void lines.push(x.map((e) => typeof e === 'string' ? e : JSON.stringify(e)).join(' '));
const show = () => { const all = lines.join(' @@ '); lines = []; throw new Error('@@' + all); };
const chosenR = (value: string) => ({ type: 'radio_buttons', selected_option: { value } });

test('forged metadata', async () => {
  const house = await openHouse();
  const { naoko } = await acceptedConsultation(house);
  void naoko;
  const id = await caseId();
  for (const metadata of [`${id}/abc`, `${id}/-1`, `${id}/1e308`, `${id}`, '', '/', `${id}/${'9'.repeat(400)}`, `x'; DROP/1`, `${id}/2/../../x`]) {
    const body = submissionBody(PEOPLE.naoko, { id: `V${crypto.randomUUID()}`, callbackId: 'consultation.answer', metadata, values: { body: typed('x') } });
    const res = await house.fetch(await signedRequest(body, { contentType: FORM }));
    out(metadata.slice(0, 60), res.status, (await res.text()).slice(0, 400));
  }
  for (const text of ['\u200b\u200d\ufeff', '\u202eabc', '\ud800', '<!channel> <@U0HANAKO>', 'a'.repeat(3001), '𠮷'.repeat(3000), '𠮷'.repeat(3001), '\u0000', ' ']) {
    out(JSON.stringify(text.slice(0, 12)), JSON.stringify(await submitForged(house, PEOPLE.naoko, 'answer', { body: typed(text) }))?.slice(0, 300));
  }
  out(house.logs.filter((l) => l.includes('error')).slice(0, 10));
  show();
}, 120_000);

test('digest to 40', async () => {
  const house = await openHouse((city) => {
    for (let i = 0; i < 60; i += 1) city.staff.push({ slackUserId: `U0X${i}`, name: `担当${i}`, center: 'kikan', profession: 'x', role: 'staff', admin: false, duty: true });
  });
  await sendConsultation(house, USUAL);
  await env.DB.prepare('UPDATE consultation SET due_at = ?1').bind(Date.now() - 86_400_000).run();
  await env.DB.prepare('UPDATE deadline SET due_at = ?1').bind((await env.DB.prepare('SELECT due_at AS d FROM consultation').first('d'))).run();
  // a business day at 17:05 in JST: Tue 2026-11-24
  await house.cron(new Date('2026-11-24T17:05:00+09:00').getTime());
  out('digests', await env.DB.prepare('SELECT count(*) AS n FROM digest').first('n'), house.logs.filter((l) => l.includes('failed')).slice(0, 3));
  show();
}, 120_000);

test('long names in forms', async () => {
  const house = await openHouse((city) => {
    for (const p of city.staff) p.name = (p.name + 'あ'.repeat(60)).slice(0, 60);
    for (const c of city.centers) c.short = (c.short + 'い'.repeat(20)).slice(0, 20);
  });
  await sendConsultation(house, USUAL);
  await press(house, PEOPLE.naoko, 'accept');
  const id = await caseId();
  for (const [person, op] of [[PEOPLE.naoko, 'record'], [PEOPLE.kenta, 'assign'], [PEOPLE.kenta, 'name_members'], [PEOPLE.kenta, 'restrict'], [PEOPLE.hanako, 'offer'], [PEOPLE.naoko, 'ask'], [PEOPLE.naoko, 'wait'], [PEOPLE.naoko, 'propose_closing'], [PEOPLE.naoko, 'snooze'], [PEOPLE.kenta, 'merge'], [PEOPLE.kenta, 'link'], [PEOPLE.hanako, 'comment'], [PEOPLE.kenta, 'reclassify']] as const) {
    const somebody = house.slack.as(person);
    const dms = somebody.dm.length;
    const before = somebody.modals.length;
    await house.fetchToTheEnd(await signedRequest(pressBody(person, `consultation.${op}`, id), { contentType: FORM }));
    out(op, somebody.modals.length - before, somebody.modal ? 'open' : 'none', somebody.dm.length - dms);
    while (somebody.modal) await somebody.closeModal();
  }
  out(house.logs.filter((l) => l.includes('modal_not') || l.includes('error')).slice(0, 10));
  show();
}, 120_000);
