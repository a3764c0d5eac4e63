/** 気づき・改善点: asked of each center for a week, sealed, turned into promises that somebody keeps until a day. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { LESSON_FORM, PROMISE_FORM } from '../../../src/features/roll-call/lessons/blocks.ts';
import { mayReadLesson, stageDue, takesLessons } from '../../../src/features/roll-call/lessons/rules.ts';
import { changeRollCallByJob } from '../../../src/features/roll-call/storing/mutations.ts';
import { addDays, japanDate, startOfJapanDay } from '../../../src/lib/jst.ts';
import { PRESS_SEPARATOR } from '../../../src/web/modal/blocks.tsx';
import { type Browser, browserOf, type Shown } from '../../support/browser.ts';
import { foundIn } from '../../support/canaries.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { directsWith } from '../../support/polling.ts';
import { begunRollCall, withDrills } from '../../support/roll-call.ts';
import { auditOf, send } from '../../support/settings.ts';
import { FORM, pressBody, signedRequest, submissionBody } from '../../support/signed.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';
import { Visitor } from '../../support/visitor.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const ASK = '気づき・改善点を、センターで話し合って';
const AGAIN = 'まだ届いていません';
const nineOn = (on: string) => startOfJapanDay(on).getTime() + 9 * HOUR;

/** A drill of everybody that closed at an instant. */
async function closedDrill(
  house: House,
  closedAt: Date,
): Promise<{ id: string; reference: string; path: string }> {
  const { id, reference } = await begunRollCall(house, new Date(closedAt.getTime() - HOUR));
  await changeRollCallByJob(
    scopeAt(house, closedAt),
    { id, action: 'roll-call.close', job: 'test' },
    async () => ({ set: { status: 'closed', closedAt, closedBy: PEOPLE.kenta }, isUrgent: true }),
  );
  return { id, reference, path: `/roll-calls/${reference.slice(1)}` };
}

/** A 気づき sent as Slack does; gives what the Worker answered. */
function sendLesson(
  house: House,
  person: string,
  rollCallId: string,
  body: string,
  form: string = crypto.randomUUID(),
  warned = 'warned',
) {
  return send(
    house,
    submissionBody(person, {
      id: form,
      callbackId: LESSON_FORM,
      metadata: `${rollCallId}/${warned}`,
      values: { body: { type: 'plain_text_input', value: body } },
    }),
  );
}

async function press(browser: Browser, path: string, actionId: string, value: string): Promise<Shown> {
  const page = await browser.open(path);
  const [, token = ''] = /name="form_token" value="([^"]*)"/.exec(page.html) ?? [];
  return browser.post('/modal/press', [
    ['form_token', token],
    ['back', path],
    ['press', `${actionId}${PRESS_SEPARATOR}${value}`],
  ]);
}

/** Resolves when all is done that the press set going. */
async function pressInChat(house: House, person: string, rollCallId: string): Promise<void> {
  const body = pressBody(person, 'roll-call.lesson', rollCallId);
  await house.fetchToTheEnd(await signedRequest(body, { contentType: FORM }));
}

async function lessonRows(): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare('SELECT * FROM roll_call_lesson ORDER BY at, id').all();
  return results;
}

describe('what centers noticed', () => {
  test('is asked for once at the close, again on the fifth day of those who sent none, and taken for seven days', async () => {
    const house = await openHouse(withDrills);
    const closedAt = new Date(Date.now() - 2 * HOUR);
    const running = await begunRollCall(house, new Date());
    expect(await sendLesson(house, PEOPLE.hanako, running.id, '早すぎる')).toContain('終わってから');
    await env.DB.prepare("UPDATE roll_call SET status = 'cancelled'").run();
    // One that is planned without notice is, for others, not there.
    const planned = await begunRollCall(house, new Date(), { startsAt: new Date(Date.now() + 30 * DAY) });
    for (const warned of ['warned', ''])
      expect(await sendLesson(house, PEOPLE.hanako, planned.id, '山田太郎さんの件', 'V0', warned)).toContain(
        '見つかりません',
      );
    await env.DB.prepare("UPDATE roll_call SET status = 'cancelled'").run();
    const { id } = await closedDrill(house, closedAt);
    for (const minutes of [0, 0, 3]) await house.cron(Date.now() + minutes * 60_000);
    await house.delivered();
    // The managers of all centers asked, nobody else.
    for (const manager of [PEOPLE.kenta, PEOPLE.minoru, 'U0WEST1', 'U0SOUTH1'])
      expect([manager, directsWith(house, manager, ASK)]).toEqual([manager, 1]);
    for (const other of [PEOPLE.hanako, PEOPLE.makoto]) expect(directsWith(house, other, ASK)).toBe(0);
    const dm = house.slack.as(PEOPLE.minoru).dm.find(({ text }) => text.includes('気づき・改善点'));
    expect(dm?.text).toMatch(/^【訓練】/);

    // From the message: a form, its text sealed; sent twice it is one.
    const hanako = house.slack.as(PEOPLE.hanako);
    if (!dm) throw new Error('nobody was asked');
    const minoru = house.slack.as(PEOPLE.minoru);
    await minoru.click(dm, '気づき・改善点を送る');
    await house.slack.waitFor(() => minoru.modal, { what: 'the form' });
    const canary = 'カナリア🐤 <!channel> 電話が通じませんでした';
    const sent = await minoru.fillAndSubmit({ '気づいたこと・改善したいこと': canary });
    expect(sent.errors).toBeUndefined();
    expect(minoru.modalText).toContain('受け付けました');
    await sendLesson(house, PEOPLE.hanako, id, '二つ目', 'V1');
    await sendLesson(house, PEOPLE.hanako, id, '二つ目', 'V1');
    expect((await lessonRows()).map(({ center, by }) => [center, by])).toEqual([
      ['east', PEOPLE.minoru],
      ['east', PEOPLE.hanako],
    ]);
    expect(foundIn([canary, '二つ目'], await everythingStored())).toEqual([]);
    expect(foundIn([canary, '二つ目'], house.slack.everythingFromApp())).toEqual([]);
    expect(foundIn([canary, '二つ目'], house.logs.join('\n'))).toEqual([]);
    expect(hanako.dm.filter(({ text }) => text.includes('二つ目'))).toEqual([]);

    // The fifth day at nine, late and twice.
    const fifth = nineOn(addDays(japanDate(closedAt), 5));
    await house.cron(fifth - 60_000);
    await house.delivered();
    expect(directsWith(house, 'U0WEST1', AGAIN)).toBe(0);
    for (const at of [fifth + 3 * HOUR, fifth + 4 * HOUR]) await house.cron(at);
    await house.delivered();
    expect(directsWith(house, PEOPLE.minoru, AGAIN)).toBe(0);
    for (const manager of [PEOPLE.kenta, 'U0WEST1', 'U0SOUTH1'])
      expect([manager, directsWith(house, manager, AGAIN)]).toEqual([manager, 1]);

    // After seven days, and of who was not asked: a sentence, nothing stored, the attempt noted.
    await env.DB.prepare('UPDATE roll_call SET closed_at = closed_at - ? WHERE id = ?')
      .bind(7 * DAY, id)
      .run();
    expect(await sendLesson(house, PEOPLE.hanako, id, '遅すぎる')).toContain('終わりました');
    expect(await sendLesson(house, PEOPLE.makoto, id, '市の気づき')).toContain('対象のセンター');
    expect(await sendLesson(house, PEOPLE.hanako, 'nowhere', 'x')).toContain('見つかりません');
    await pressInChat(house, PEOPLE.hanako, id);
    await house.delivered();
    expect(JSON.stringify(house.slack.as(PEOPLE.hanako).ephemerals)).toContain('終わりました');
    expect(await lessonRows()).toHaveLength(2);
    const refusals = (await auditOf('roll-call.send-lesson')).filter(({ outcome }) => outcome === 'refused');
    expect(refusals.map(({ detail }) => detail)).toMatchObject([
      { reason: 'not-running' },
      { reason: 'not-found' },
      { reason: 'not-found' },
      { reason: 'over' },
      { reason: 'not-asked' },
      { reason: 'not-found' },
    ]);
  });

  test('is read by its center, the core center and the city; by others once it became a promise', async () => {
    const house = await openHouse(withDrills);
    const { id, path } = await closedDrill(house, new Date(Date.now() - HOUR));
    await sendLesson(house, PEOPLE.hanako, id, '東の気づき');
    const visitors = await Promise.all(
      [PEOPLE.hanako, PEOPLE.kenta, PEOPLE.makoto, PEOPLE.ichiro].map((person) =>
        Visitor.signedIn(house, person),
      ),
    );
    const reads = async (words: string) =>
      Promise.all(visitors.map(async (visitor) => (await visitor.get(path)).body.includes(words)));
    expect(await reads('東の気づき')).toEqual([true, true, true, false]);
    // Commanders alone turn it into one, on the page; its button is nobody else's.
    expect(await reads('改善の約束にする')).toEqual([false, true, false, false]);
    const [lesson] = await lessonRows();
    const lessonId = String(lesson?.id);
    const naoko = await browserOf(house, PEOPLE.naoko);
    expect((await press(naoko, path, 'roll-call.promise', lessonId)).html).toContain('基幹型の管理者');
    const kenta = await browserOf(house, PEOPLE.kenta);
    await press(kenta, path, 'roll-call.promise', lessonId);
    const due = addDays(japanDate(new Date()), 10);
    const faulty = await kenta.fillAndSend({
      すること: '衛星電話を備える',
      担当する方: PEOPLE.ichiro,
      いつまでに: '2020-01-01',
    });
    expect([faulty.status, faulty.html.includes('今日から2年以内')]).toEqual([422, true]);
    await kenta.fillAndSend({ すること: '衛星電話を備える', 担当する方: PEOPLE.ichiro, いつまでに: due });
    expect(await reads('東の気づき')).toEqual([true, true, true, true]);
    expect(await reads('衛星電話を備える')).toEqual([true, true, true, true]);
    await house.delivered();
    expect(directsWith(house, PEOPLE.ichiro, '改善の約束の担当になりました')).toBe(1);
    expect(foundIn(['衛星電話を備える', '東の気づき'], house.slack.everythingFromApp())).toEqual([]);
    expect(foundIn(['衛星電話を備える', '東の気づき'], await everythingStored())).toEqual([]);
    expect((await auditOf('roll-call.promise')).map(({ actor, outcome }) => [actor, outcome])).toEqual([
      [PEOPLE.naoko, 'refused'],
      [PEOPLE.kenta, 'done'],
    ]);
  });
});

describe('a promise', () => {
  test('of two made at once the second is told; it is reminded of, kept once, and stands beside the next drill', async () => {
    const house = await openHouse(withDrills);
    const { id, path } = await closedDrill(house, new Date(Date.now() - HOUR));
    await sendLesson(house, PEOPLE.hanako, id, '東の気づき');
    await sendLesson(house, PEOPLE.minoru, id, '残る気づき');
    const [first] = await lessonRows();
    const lessonId = String(first?.id);
    const today = japanDate(new Date());
    const dueOn = addDays(today, 5);
    const promise = (who: string, what: string, version = 1) =>
      send(
        house,
        submissionBody(PEOPLE.kenta, {
          id: crypto.randomUUID(),
          callbackId: PROMISE_FORM,
          metadata: `${lessonId}/${version}`,
          values: {
            what: { type: 'plain_text_input', value: what },
            who: { type: 'static_select', selected_option: { value: who } },
            due: { type: 'datepicker', selected_date: dueOn },
          },
        }),
      );
    const answers = await Promise.all([promise(PEOPLE.ichiro, '一つ目'), promise('U0WEST1', '二つ目')]);
    expect(answers.filter((answer) => answer.includes('ほかの方が先に変えました'))).toHaveLength(1);
    expect(await promise('U0NOBODY', '三つ目', 2)).toContain('選び直してください');
    expect(await promise(PEOPLE.hanako, '変えた約束', 2)).not.toContain('errors');
    await house.delivered();
    // Whoever was asked before is told that it is another's now.
    const told = [PEOPLE.ichiro, 'U0WEST1'].map((person) =>
      directsWith(house, person, 'ほかの方に変わりました'),
    );
    expect(told.toSorted()).toEqual([0, 1]);

    const soon = nineOn(addDays(dueOn, -3));
    for (const at of [soon - HOUR, soon, soon + HOUR]) await house.cron(at);
    await house.delivered();
    expect(directsWith(house, PEOPLE.hanako, '期限が近づいています')).toBe(1);
    for (const at of [nineOn(dueOn), nineOn(dueOn) + HOUR, nineOn(addDays(dueOn, 1))]) await house.cron(at);
    await house.delivered();
    expect(directsWith(house, PEOPLE.hanako, '期限は今日です')).toBe(1);

    // Overdue it stands first; whoever keeps it says that it is done, nobody else.
    await env.DB.prepare('UPDATE roll_call_lesson SET due_on = ? WHERE id = ?')
      .bind(addDays(today, -1), lessonId)
      .run();
    const list = '/roll-calls/improvements';
    const hanako = await browserOf(house, PEOPLE.hanako);
    const shown = await hanako.open(list);
    expect(shown.html).toContain('期限を過ぎています');
    expect(shown.html).not.toContain('残る気づき');
    const ichiro = await browserOf(house, PEOPLE.ichiro);
    expect((await press(ichiro, list, 'roll-call.promise-kept', lessonId)).html).toContain('基幹型の管理者');
    expect((await press(hanako, list, 'roll-call.promise-kept', lessonId)).html).toContain('済（');
    await press(hanako, list, 'roll-call.promise-kept', lessonId);
    expect(await lessonRows()).toContainEqual(
      expect.objectContaining({ id: lessonId, done_by: PEOPLE.hanako, version: 4 }),
    );
    expect(await promise(PEOPLE.ichiro, '終わったあと', 4)).toContain('もう済んでいます');

    const next = await begunRollCall(house, new Date());
    const beside = await hanako.open(`/roll-calls/${next.reference.slice(1)}`);
    expect(beside.html).toContain('変えた約束');
    expect((await hanako.open(path)).html).toContain('残る気づき');
    // A real one has its own.
    const actual = await begunRollCall(house, new Date(), { kind: 'actual' });
    expect((await hanako.open(`/roll-calls/${actual.reference.slice(1)}`)).html).not.toContain('変えた約束');
  });

  test('where typed text stays on pages, chat leads there; what looks personal is asked about first', async () => {
    const house = await openHouse((city) => {
      withDrills(city);
      city.personalDataEntry = 'web';
    });
    const { id, path } = await closedDrill(house, new Date(Date.now() - HOUR));
    await pressInChat(house, PEOPLE.hanako, id);
    await house.delivered();
    expect(house.slack.as(PEOPLE.hanako).modal).toBeUndefined();
    expect(JSON.stringify(house.slack.as(PEOPLE.hanako).ephemerals)).toContain(path);
    const hanako = await browserOf(house, PEOPLE.hanako);
    await press(hanako, path, 'roll-call.lesson', id);
    const body = '気づいたこと・改善したいこと';
    const warned = await hanako.fillAndSend({ [body]: '山田太郎さんに連絡がつきませんでした' });
    expect(warned.html).toContain('個人情報かもしれない言葉があります');
    expect(await lessonRows()).toEqual([]);
    await hanako.fillAndSend({ [body]: '連絡のつかない方がいました' });
    expect((await hanako.open(path)).html).toContain('連絡のつかない方がいました');
    expect(await lessonRows()).toHaveLength(1);
  });
});

test('times: seven days after the close; nine o’clock three days before, and on the day', () => {
  const closedAt = new Date('2026-11-22T10:00:00+09:00');
  const closed = { status: 'closed', closedAt } as const;
  expect(takesLessons(closed, new Date('2026-11-29T09:59:59+09:00'))).toBe(true);
  expect(takesLessons(closed, new Date('2026-11-29T10:00:00+09:00'))).toBe(false);
  expect(takesLessons({ status: 'running', closedAt: null }, closedAt)).toBe(false);
  const stages = ['11-26T08:59', '11-26T09:00', '11-29T08:59', '11-29T09:00', '11-29T23:59', '11-30T00:00'];
  expect(stages.map((at) => stageDue('2026-11-29', new Date(`2026-${at}:00+09:00`)))).toEqual([
    undefined,
    'soon',
    'soon',
    'due',
    'due',
    undefined,
  ]);
  const person = {
    slackUserId: 'U1',
    role: 'staff',
    isAdmin: false,
    center: { code: 'west', kind: 'district' },
  } as const;
  expect(mayReadLesson(person, { center: 'east', isPromised: false })).toBe(false);
  expect(mayReadLesson(person, { center: 'east', isPromised: true })).toBe(true);
});
