/** A roll-call ends on the word of whoever commands, once; everything says so, and nobody is asked any more. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { END_FORM } from '../../../src/features/roll-call/ending/blocks.ts';
import { closeRollCall } from '../../../src/features/roll-call/ending/mutations.ts';
import { endingText as text } from '../../../src/features/roll-call/ending/text.ts';
import { rollCallText } from '../../../src/features/roll-call/text.ts';
import { runBatch } from '../../../src/lib/db.ts';
import { enqueueMail } from '../../../src/mail/outbox.ts';
import { enqueue } from '../../../src/slack/outbox.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { answerOf, begunRollCall, rosterNow, withDrills } from '../../support/roll-call.ts';
import { auditOf, send } from '../../support/settings.ts';
import { pressBody, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function started(house: House, word: '訓練' | '点呼') {
  const kenta = house.slack.as(PEOPLE.kenta);
  while (kenta.modal) await kenta.closeModal();
  await kenta.slash(word, { channel: CHANNELS.general });
  await house.slack.waitFor(() => kenta.modal, { what: 'the form' });
  await kenta.submit();
  if (word === '訓練') await kenta.submit();
  else await kenta.clickInModal('実際の点呼を始める（10名）');
  await house.slack.waitFor(() => kenta.modalText.includes('を始めました。'), { what: 'the start' });
  await house.delivered();
  return kenta;
}

async function statusOf(id: string) {
  return env.DB.prepare('SELECT status, closed_at, closed_by FROM roll_call WHERE id = ?').bind(id).first();
}

async function latestId(): Promise<string> {
  return String(await env.DB.prepare('SELECT id FROM roll_call ORDER BY number DESC').first('id'));
}

function submitEnd(house: House, person: string, id: string) {
  return send(
    house,
    submissionBody(person, { id: crypto.randomUUID(), callbackId: END_FORM, metadata: id, values: {} }),
  );
}

test('the second look names what is open; the end takes back what waits, and cards lead to the report', async () => {
  const house = await openHouse(withDrills);
  const kenta = await started(house, '訓練');
  const id = await latestId();
  const severe = { safety: 'severe', place: null, coming: null, comingMinutes: null, family: null } as const;
  await answerOf(house, id, PEOPLE.hanako, new Date());
  await answerOf(house, id, PEOPLE.ichiro, new Date(), { answer: severe });
  await house.delivered();
  // Something about it still waits to be said and mailed.
  const later = new Date(Date.now() + HOUR);
  const mail = { to: 'kenta@example.jp', subject: '【訓練】', text: 'x', about: id };
  const message = { text: '【訓練】まだお返事がありません' };
  await runBatch(house.db, [
    enqueueMail(house.db, [mail], later),
    enqueue(house.db, [{ kind: 'direct', person: PEOPLE.takuya, about: id, message }], later),
  ]);
  await kenta.clickInModal('終える');
  await house.slack.waitFor(() => kenta.modals.length === 2, { what: 'the second look' });
  expect(kenta.modalText).toContain(text.answered(2, 10));
  expect(kenta.modalText).toContain(text.silent(8));
  expect(kenta.modalText).toContain(text.help(1));
  expect(kenta.modalText).toContain(text.unreported(4, ['基幹型', '東', '西', '南']));
  await kenta.submit();
  expect(kenta.modalText).toContain(text.ended);
  expect(await statusOf(id)).toMatchObject({ status: 'closed', closed_by: PEOPLE.kenta });
  await house.delivered();
  const cards = house.slack.messages(CHANNELS.east).map((each) => JSON.stringify(each));
  expect(cards).toHaveLength(1);
  expect(cards[0]).toContain('に終わりました');
  expect(cards[0]).toContain('/report');
  expect(cards[0]).not.toContain(`"${rollCallText.actions.safe}"`);
  expect(JSON.stringify(house.slack.as(PEOPLE.takuya).dm)).not.toContain('まだお返事がありません');
  expect(
    await env.DB.prepare("SELECT count(*) AS n FROM outgoing_mail WHERE state = 'waiting'").first('n'),
  ).toBe(0);
  expect(await answerOf(house, id, PEOPLE.takuya, new Date())).toMatchObject({
    refusal: { reason: 'not-running' },
  });
  // It ends once, and does not begin again.
  expect(await submitEnd(house, PEOPLE.kenta, id)).toContain(text.errors.notRunning);
  await send(house, pressBody(PEOPLE.kenta, 'roll-call.end', id));
  const ephemerals = () => JSON.stringify(house.slack.as(PEOPLE.kenta).ephemerals);
  await house.slack.waitFor(() => ephemerals().includes(text.errors.notRunning), { what: 'the refusal' });
  expect((await auditOf('roll-call.close')).map(({ outcome }) => outcome)).toEqual(['done', 'refused']);
});

test('only those who command end one: others get one sentence, by button and by form, and are noted', async () => {
  const house = await openHouse(withDrills);
  const { id } = await begunRollCall(house, new Date());
  for (const person of [PEOPLE.minoru, PEOPLE.naoko, PEOPLE.makoto])
    expect(await submitEnd(house, person, id)).toContain(rollCallText.notAllowed);
  await send(house, pressBody(PEOPLE.minoru, 'roll-call.end', id));
  await house.slack.waitFor(
    () => JSON.stringify(house.slack.as(PEOPLE.minoru).ephemerals).includes(rollCallText.notAllowed),
    { what: 'the refusal' },
  );
  expect(await submitEnd(house, PEOPLE.kenta, crypto.randomUUID())).toContain(rollCallText.notFound);
  expect(await statusOf(id)).toMatchObject({ status: 'running' });
  expect((await auditOf('roll-call.close')).map(({ actor }) => actor)).toEqual([
    PEOPLE.minoru,
    PEOPLE.naoko,
    PEOPLE.makoto,
    PEOPLE.kenta,
  ]);
  // Two at once: it ends once.
  const answers = await Promise.all([submitEnd(house, PEOPLE.kenta, id), submitEnd(house, PEOPLE.kenta, id)]);
  expect(answers.filter((each) => each.includes(text.ended))).toHaveLength(1);
  expect(await statusOf(id)).toMatchObject({ status: 'closed' });
});

test('after the real one the drill that still runs comes first again', async () => {
  const house = await openHouse(withDrills);
  await started(house, '訓練');
  await started(house, '点呼');
  const east = () => JSON.stringify(house.slack.messages(CHANNELS.east)[0]);
  expect(east()).toContain('実際の点呼が始まっています');
  await submitEnd(house, PEOPLE.kenta, await latestId());
  await house.delivered();
  expect(east()).not.toContain('実際の点呼が始まっています');
  expect(east()).toContain('【訓練】');
  expect(east()).toContain(rollCallText.actions.safe);
});

test('a forgotten drill ends after a day by itself; of a real one those who command are reminded daily from the third day on', async () => {
  const house = await openHouse(withDrills);
  const start = Date.now() - 10 * DAY;
  const drill = await begunRollCall(house, new Date(start));
  const actual = await begunRollCall(house, new Date(start), { kind: 'actual' });
  await house.cron(start + DAY - HOUR);
  expect(await statusOf(drill.id)).toMatchObject({ status: 'running' });
  await Promise.all([house.cron(start + DAY), house.cron(start + DAY)]);
  expect(await statusOf(drill.id)).toMatchObject({
    status: 'closed',
    closed_at: start + DAY,
    closed_by: 'job:forgotten-roll-calls',
  });
  for (const days of [2, 3, 3.01, 3.5, 4]) await house.cron(start + days * DAY);
  await house.delivered();
  expect(await statusOf(actual.id)).toMatchObject({ status: 'running' });
  const dm = house.slack.as(PEOPLE.kenta).dm.map(({ text: said }) => said);
  expect(dm.filter((each) => each.includes(text.forgotten))).toHaveLength(1);
  expect(dm.filter((each) => each.includes('まだ終えていません'))).toEqual([
    expect.stringContaining(text.stillRunning(3)),
    expect.stringContaining(text.stillRunning(4)),
  ]);
});

test('answers at the moment of the end are taken before it or not at all: what was taken is in every figure', async () => {
  const house = await openHouse(withDrills);
  const { id } = await begunRollCall(house, new Date(Date.now() - HOUR));
  const found = await Actor.find(house.db, PEOPLE.kenta);
  if (!found) throw new Error('no 田中 健太');
  const end = Date.now() - HOUR / 2;
  const people = [...(await rosterNow(id)).keys()];
  // One after the other, so that some come before the end is stored, some while it is, and some after it.
  const answerAll = async (of: readonly string[]) => {
    const answers = [];
    for (const [i, person] of of.entries())
      answers.push(await answerOf(house, id, person, new Date(end + 1 + i)));
    return answers.filter(({ ok }) => ok).length;
  };
  const [, ...counts] = await Promise.all([
    closeRollCall(scopeAt(house, new Date(end)), found.actor, id),
    ...people.map((_, i) => answerAll(people.filter((__, j) => j % 2 === i))),
  ]);
  const taken = counts.reduce((sum, each) => sum + each, 0);
  const count = async (sql: string) => env.DB.prepare(sql).bind(id).first('n');
  const IN_FIGURES = `SELECT count(*) AS n FROM roll_call_reply JOIN roll_call ON roll_call.id = roll_call_id
    WHERE roll_call.id = ? AND roll_call_reply.at <= closed_at`;
  const COUNTED = 'SELECT count(answered_at) AS n FROM roll_call_person WHERE roll_call_id = ?';
  expect([await count(IN_FIGURES), await count(COUNTED)]).toEqual([taken, taken]);
  expect(await answerOf(house, id, PEOPLE.hanako, new Date())).toMatchObject({
    refusal: { reason: 'not-running' },
  });
});
