/** 不在と代理 through the front door: who may note and end what, once each, and who is told. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { listAbsencesOn } from '../../../src/features/directory/absence/data.ts';
import { absenceText as text } from '../../../src/features/directory/absence/text.ts';
import { importCity } from '../../../src/features/directory/mutations.ts';
import { addDays, japanDate } from '../../../src/lib/jst.ts';
import { type House, openHouse } from '../../support/house.ts';
import { auditOf, openSection, pressInModalBody, send } from '../../support/settings.ts';
import { submissionBody } from '../../support/signed.ts';
import { PEOPLE } from '../../support/small-city.ts';

const TODAY = japanDate(new Date());
const on = (days: number) => addDays(TODAY, days);
const span = (from: number, until: number) => text.span(on(from), on(until));
const LABEL = '不在と代理';

interface Days {
  from: number;
  until: number;
  deputy: string;
  /** A manager says whose it is. */
  person?: string;
}

async function note(house: House, who: string, { from, until, deputy, person }: Days) {
  const somebody = await openSection(house, who, LABEL);
  const submission = await somebody.fillAndSubmit({
    ...(person ? { 不在になる方: person } : {}),
    最初の日: on(from),
    最後の日: on(until),
    代理の方: deputy,
  });
  return { somebody, submission };
}

async function absences(): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    'SELECT person, deputy, from_on, until_on, noted_by, ended_at FROM absence ORDER BY from_on, noted_at',
  ).all();
  return results;
}

async function onlyId(): Promise<string> {
  return (await env.DB.prepare('SELECT id FROM absence').first<string>('id')) ?? '';
}

/** A click is acknowledged first and worked on then. */
async function waitForModal({ slack }: House, who: string, words: string): Promise<void> {
  await slack.waitFor(() => slack.as(who).modalText.includes(words), { what: `a modal with ${words}` });
}

const dmOf = ({ slack }: House, person: string) => slack.as(person).dm.map((message) => message.text);

describe('noting one’s own absence', () => {
  test('stores it, shows it in the same modal with empty fields, tells the deputy and is audited', async () => {
    const house = await openHouse();
    const { somebody } = await note(house, PEOPLE.hanako, { from: 2, until: 6, deputy: '阿部 実' });
    expect(await absences()).toEqual([
      {
        person: PEOPLE.hanako,
        deputy: PEOPLE.minoru,
        from_on: on(2),
        until_on: on(6),
        noted_by: PEOPLE.hanako,
        ended_at: null,
      },
    ]);
    expect(somebody.modals).toHaveLength(2);
    expect(somebody.modalText).toContain(text.noted('佐藤 花子', span(2, 6), '阿部 実'));
    expect(somebody.modalText).toContain(text.listItem('佐藤 花子', span(2, 6), '阿部 実'));
    expect(somebody.filledIn).toEqual({ 最初の日: null, 最後の日: null, 代理の方: null });
    await house.delivered();
    expect(dmOf(house, PEOPLE.minoru)).toEqual([text.deputyAppointed('佐藤 花子', span(2, 6))]);
    expect(dmOf(house, PEOPLE.hanako)).toEqual([]);
    expect(await auditOf('absence.note')).toEqual([
      {
        chain: 'city',
        actor: PEOPLE.hanako,
        outcome: 'done',
        detail: {
          absence: await onlyId(),
          person: PEOPLE.hanako,
          deputy: PEOPLE.minoru,
          from: on(2),
          until: on(6),
        },
      },
    ]);
  });

  test('a second one can be noted in the same modal', async () => {
    const house = await openHouse();
    const { somebody } = await note(house, PEOPLE.hanako, { from: 2, until: 3, deputy: '阿部 実' });
    await somebody.fillAndSubmit({ 最初の日: on(4), 最後の日: on(5), 代理の方: '阿部 実' });
    expect((await absences()).map((each) => each.from_on)).toEqual([on(2), on(4)]);
  });

  test('the days hold for reading: both ends included, nothing outside', async () => {
    const house = await openHouse();
    await note(house, PEOPLE.hanako, { from: 2, until: 4, deputy: '阿部 実' });
    const held = await Promise.all([1, 2, 4, 5].map((day) => listAbsencesOn(house.db, on(day))));
    expect(held.map((each) => each.length)).toEqual([0, 1, 1, 0]);
  });

  test('staff are not asked whose it is, and cannot choose themselves as deputy', async () => {
    const house = await openHouse();
    const hanako = await openSection(house, PEOPLE.hanako, LABEL);
    expect(Object.keys(hanako.filledIn)).toEqual(['最初の日', '最後の日', '代理の方']);
    await expect(hanako.fill({ 代理の方: '佐藤 花子' })).rejects.toThrow('no option');
    await expect(hanako.fill({ 代理の方: '伊藤 直子' })).rejects.toThrow('no option');
  });

  test('where there is no colleague no form is offered', async () => {
    const house = await openHouse();
    const misaki = await openSection(house, 'U0MISAKI', LABEL);
    expect(misaki.modalText).toContain(text.nobodyElse);
    expect(misaki.filledIn).toEqual({});
    expect((await misaki.submit()).problem).toBeDefined();
  });

  test('in a center of 250 people every colleague can be chosen', async () => {
    const house = await openHouse((city) => {
      for (let i = 0; i < 250; i += 1)
        city.staff.push({
          slackUserId: `U1EAST${i}`,
          name: `職員 ${i}番`,
          center: 'east',
          profession: '社会福祉士',
          role: 'staff',
          admin: false,
          duty: false,
        });
    });
    await note(house, PEOPLE.hanako, { from: 0, until: 0, deputy: '職員 249番' });
    expect(await absences()).toMatchObject([{ deputy: 'U1EAST249' }]);
  });

  test('while Slack fails the record is kept all the same, and the deputy hears later', async () => {
    const house = await openHouse();
    const fault = { method: 'chat.postMessage', kind: 'server-error', times: 1 } as const;
    house.slack.faults = { faults: [fault], enforceRates: false };
    await note(house, PEOPLE.hanako, { from: 0, until: 1, deputy: '阿部 実' });
    expect(await absences()).toHaveLength(1);
    await house.delivered();
    expect(dmOf(house, PEOPLE.minoru)).toHaveLength(1);
  });
});

describe('an absence that cannot be', () => {
  test.each([
    ['over already', -3, -1, { 最後の日: text.errors.over }],
    ['backwards', 3, 2, { 最後の日: text.errors.endsBeforeItBegins }],
    ['longer than a year', 1, 367, { 最後の日: text.errors.tooLong }],
    ['too far away', 366, 367, { 最初の日: text.errors.tooFar }],
  ])('%s is refused beside its field, and stays in the form', async (_, from, until, errors) => {
    const house = await openHouse();
    const { somebody, submission } = await note(house, PEOPLE.hanako, { from, until, deputy: '阿部 実' });
    expect(submission.errors).toEqual(errors);
    expect(somebody.filledIn).toMatchObject({ 最初の日: on(from), 最後の日: on(until), 代理の方: '阿部 実' });
    expect(await absences()).toEqual([]);
  });

  test.each([
    ['the same days', 2, 6],
    ['its last day', 6, 9],
    ['its first day', 0, 2],
    ['a day within', 4, 4],
    ['days around it', 0, 30],
  ])('overlapping %s is refused with the days of the other one', async (_, from, until) => {
    const house = await openHouse();
    await note(house, PEOPLE.hanako, { from: 2, until: 6, deputy: '阿部 実' });
    const { submission } = await note(house, PEOPLE.hanako, { from, until, deputy: '阿部 実' });
    expect(submission.errors).toEqual({ 最初の日: text.errors.overlaps(span(2, 6)) });
    expect(await absences()).toHaveLength(1);
  });

  test('right after another one is taken, and so is one of a colleague on the same days', async () => {
    const house = await openHouse();
    await note(house, PEOPLE.hanako, { from: 2, until: 6, deputy: '阿部 実' });
    await note(house, PEOPLE.hanako, { from: 7, until: 8, deputy: '阿部 実' });
    await note(house, PEOPLE.naoko, { from: 2, until: 6, deputy: '原田 拓也' });
    expect(await absences()).toHaveLength(3);
  });
});

describe('a deputy who is away, too,', () => {
  test('is taken, and the answer says who acts then', async () => {
    const house = await openHouse();
    await note(house, PEOPLE.takuya, { from: 3, until: 9, deputy: '田中 健太' });
    const { somebody } = await note(house, PEOPLE.naoko, { from: 1, until: 4, deputy: '原田 拓也' });
    expect(somebody.modalText).toContain(text.deputyAbsent('原田 拓也', span(3, 4), '田中 健太'));
    expect(await absences()).toHaveLength(2);
  });

  test('and whose deputy is the absent person leaves nobody: the answer says so', async () => {
    const house = await openHouse();
    await note(house, PEOPLE.minoru, { from: 0, until: 9, deputy: '佐藤 花子', person: '阿部 実' });
    const { somebody } = await note(house, PEOPLE.hanako, { from: 1, until: 2, deputy: '阿部 実' });
    expect(somebody.modalText).toContain(text.deputyAbsentAlone('阿部 実', span(1, 2)));
  });
});

describe('a manager', () => {
  test('notes an absence for her staff, who reads of it, as does the deputy', async () => {
    const house = await openHouse();
    const minoru = await openSection(house, PEOPLE.minoru, LABEL);
    expect(minoru.filledIn.不在になる方).toBe('阿部 実');
    await note(house, PEOPLE.kenta, { from: 0, until: 3, deputy: '原田 拓也', person: '伊藤 直子' });
    expect(await absences()).toMatchObject([{ person: PEOPLE.naoko, noted_by: PEOPLE.kenta }]);
    await house.delivered();
    expect(dmOf(house, PEOPLE.naoko)).toEqual([text.notedForYou('田中 健太', span(0, 3), '原田 拓也')]);
    expect(dmOf(house, PEOPLE.takuya)).toEqual([text.deputyAppointed('伊藤 直子', span(0, 3))]);
    expect(dmOf(house, PEOPLE.kenta)).toEqual([]);
  });

  test('cannot make somebody her own deputy', async () => {
    const house = await openHouse();
    const days = { from: 0, until: 3, deputy: '佐藤 花子', person: '佐藤 花子' };
    const { submission } = await note(house, PEOPLE.minoru, days);
    expect(submission.errors).toEqual({ 代理の方: text.errors.deputyIsSelf });
  });

  test('ends a staff member’s absence: it holds no more at once, and both read of it', async () => {
    const house = await openHouse();
    await note(house, PEOPLE.naoko, { from: 0, until: 3, deputy: '原田 拓也' });
    const kenta = await openSection(house, PEOPLE.kenta, LABEL);
    await kenta.clickInModal('終了する', undefined, { beside: '伊藤 直子' });
    await waitForModal(house, PEOPLE.kenta, text.ended('伊藤 直子', span(0, 3)));
    await house.delivered();
    expect(kenta.modalText).toContain(text.listEmpty);
    expect(await listAbsencesOn(house.db, TODAY)).toEqual([]);
    expect(dmOf(house, PEOPLE.naoko)).toEqual([text.endedForYou('田中 健太', span(0, 3))]);
    expect(dmOf(house, PEOPLE.takuya).at(-1)).toBe(text.deputyReleased('伊藤 直子', span(0, 3)));
  });
});

describe('ending one’s own absence', () => {
  test('before it began cancels it, and what was typed so far stays in the form', async () => {
    const house = await openHouse();
    const { somebody } = await note(house, PEOPLE.hanako, { from: 5, until: 9, deputy: '阿部 実' });
    await somebody.fill({ 最初の日: on(20) });
    await somebody.clickInModal('終了する');
    await waitForModal(house, PEOPLE.hanako, text.ended('佐藤 花子', span(5, 9)));
    await house.delivered();
    expect(somebody.modals).toHaveLength(2);
    expect(somebody.filledIn.最初の日).toBe(on(20));
    expect(dmOf(house, PEOPLE.minoru).at(-1)).toBe(text.deputyCancelled('佐藤 花子', span(5, 9)));
    expect(await auditOf('absence.end')).toMatchObject([
      { chain: 'city', actor: PEOPLE.hanako, outcome: 'done', detail: { person: PEOPLE.hanako } },
    ]);
  });

  test('frees the days for another one', async () => {
    const house = await openHouse();
    const { somebody } = await note(house, PEOPLE.hanako, { from: 0, until: 9, deputy: '阿部 実' });
    await somebody.clickInModal('終了する');
    await waitForModal(house, PEOPLE.hanako, text.ended('佐藤 花子', span(0, 9)));
    await somebody.fillAndSubmit({ 最初の日: on(3), 最後の日: on(4), 代理の方: '阿部 実' });
    expect((await absences()).map((each) => each.ended_at === null)).toEqual([false, true]);
  });

  test('pressed eight times at once it ends once, and the deputy reads it once', async () => {
    const house = await openHouse();
    const { somebody } = await note(house, PEOPLE.hanako, { from: 0, until: 9, deputy: '阿部 実' });
    const body = pressInModalBody(PEOPLE.hanako, somebody.modal?.id ?? '', 'absence.end', await onlyId());
    await Promise.all(Array.from({ length: 8 }, () => send(house, body)));
    await waitForModal(house, PEOPLE.hanako, text.ended('佐藤 花子', span(0, 9)));
    await house.delivered();
    expect(await auditOf('absence.end')).toHaveLength(1);
    expect(dmOf(house, PEOPLE.minoru)).toHaveLength(2);
  });

  test('does not write to a deputy who has left, which the list tells', async () => {
    const house = await openHouse();
    const { somebody } = await note(house, PEOPLE.hanako, { from: 0, until: 9, deputy: '阿部 実' });
    await house.delivered();
    const staff = house.city.staff.filter((each) => each.slackUserId !== PEOPLE.minoru);
    await importCity(house.db, { ...house.city, staff }, 'command', new Date());
    const listed = await openSection(house, PEOPLE.hanako, LABEL);
    expect(listed.modalText).toContain(text.deputyLeft('阿部 実'));
    await somebody.clickInModal('終了する');
    await waitForModal(house, PEOPLE.hanako, text.ended('佐藤 花子', span(0, 9)));
    await house.delivered();
    expect(await listAbsencesOn(house.db, TODAY)).toEqual([]);
    expect(dmOf(house, PEOPLE.minoru)).toHaveLength(1);
  });
});

describe('who may not end an absence', () => {
  test('sees it in the list of her center, without a button', async () => {
    const house = await openHouse();
    await note(house, PEOPLE.minoru, { from: 0, until: 9, deputy: '佐藤 花子', person: '阿部 実' });
    const hanako = await openSection(house, PEOPLE.hanako, LABEL);
    expect(hanako.modalText).toContain(text.listItem('阿部 実', span(0, 9), '佐藤 花子'));
    await expect(hanako.clickInModal('終了する')).rejects.toThrow('no control');
  });

  test('does not see those of other centers', async () => {
    const house = await openHouse();
    await note(house, PEOPLE.minoru, { from: 0, until: 9, deputy: '佐藤 花子', person: '阿部 実' });
    for (const other of [PEOPLE.ichiro, PEOPLE.kenta, PEOPLE.makoto])
      expect((await openSection(house, other, LABEL)).modalText).toContain(text.listEmpty);
  });

  test.each([
    ['a colleague', PEOPLE.hanako],
    ['somebody of another center', PEOPLE.ichiro],
    ['the core center’s manager', PEOPLE.kenta],
    ['the city', PEOPLE.makoto],
  ])(
    '%s with a copied button reads that it is not found, as of what does not exist; it is audited',
    async (_, who) => {
      const house = await openHouse();
      await note(house, PEOPLE.minoru, { from: 0, until: 9, deputy: '佐藤 花子', person: '阿部 実' });
      for (const id of [await onlyId(), 'no-such-absence']) {
        const somebody = await openSection(house, who, LABEL);
        const before = somebody.modalText;
        await send(house, pressInModalBody(who, somebody.modal?.id ?? '', 'absence.end', id));
        await waitForModal(house, who, text.notFound);
        expect(somebody.modalText.replace(`${text.notFound}\n`, '')).toBe(before);
      }
      expect(await absences()).toMatchObject([{ ended_at: null }]);
      const refusal = { chain: `person:${who}`, outcome: 'refused', detail: { reason: 'not-found' } };
      expect(await auditOf('absence.end')).toMatchObject([refusal, refusal]);
    },
  );
});

describe('a form that Slack’s client did not let through like this', () => {
  const body = (who: string, fields: Record<string, string>, viewId = 'V0FORGED') =>
    submissionBody(who, {
      id: viewId,
      callbackId: 'absence.form',
      metadata: '0',
      values: {
        'fromOn.0': { type: 'datepicker', selected_date: fields.from ?? on(1) },
        'untilOn.0': { type: 'datepicker', selected_date: fields.until ?? on(2) },
        'deputy.0': { type: 'static_select', selected_option: { value: fields.deputy ?? PEOPLE.minoru } },
        ...(fields.person
          ? { 'person.0': { type: 'static_select', selected_option: { value: fields.person } } }
          : {}),
      },
    });

  test.each([
    ['for a colleague', PEOPLE.hanako, PEOPLE.minoru, PEOPLE.minoru],
    ['for somebody of another center', PEOPLE.minoru, PEOPLE.ichiro, PEOPLE.hanako],
    ['for somebody of a district center, by the core manager', PEOPLE.kenta, PEOPLE.hanako, PEOPLE.naoko],
    ['for nobody', PEOPLE.minoru, 'U0NOBODY', PEOPLE.hanako],
  ])('is refused and audited: %s', async (_, who, person, deputy) => {
    const house = await openHouse();
    const answer = await send(house, body(who, { person, deputy }));
    expect(JSON.parse(answer).errors).toEqual({ 'person.0': text.errors.notOfCenter });
    expect(await absences()).toEqual([]);
    expect(await auditOf('absence.note')).toMatchObject([
      { chain: `person:${who}`, outcome: 'refused', detail: { reason: 'not-of-center' } },
    ]);
  });

  test.each([
    ['of another center', PEOPLE.naoko, text.errors.deputyNotOfCenter],
    ['who is a stranger', PEOPLE.stranger, text.errors.deputyNotOfCenter],
    ['who is herself', PEOPLE.hanako, text.errors.deputyIsSelf],
  ])('is refused: a deputy %s', async (_, deputy, sentence) => {
    const house = await openHouse();
    const answer = await send(house, body(PEOPLE.hanako, { deputy }));
    expect(JSON.parse(answer).errors).toEqual({ 'deputy.0': sentence });
  });

  test('is refused when its dates are none', async () => {
    const house = await openHouse();
    const answer = await send(house, body(PEOPLE.hanako, { from: '2026-02-30', until: '<!channel>' }));
    expect(JSON.parse(answer).errors).toEqual({
      'fromOn.0': text.errors.notDate,
      'untilOn.0': text.errors.notDate,
    });
  });

  test('sent eight times at once it is stored once, answered alike, and the deputy reads it once', async () => {
    const house = await openHouse();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(house, body(PEOPLE.hanako, {}))));
    const noted = text.noted('佐藤 花子', span(1, 2), '阿部 実');
    expect(answers.map((each) => each.includes(noted))).toEqual(answers.map(() => true));
    expect(await absences()).toHaveLength(1);
    await house.delivered();
    expect(dmOf(house, PEOPLE.minoru)).toHaveLength(1);
  });

  test('sent again with other days it is refused', async () => {
    const house = await openHouse();
    await send(house, body(PEOPLE.hanako, {}));
    const answer = await send(house, body(PEOPLE.hanako, { from: on(20), until: on(21) }));
    expect(JSON.parse(answer).errors).toEqual({ 'fromOn.0': text.errors.sentBefore });
  });

  test('the same view id of another person is another form', async () => {
    const house = await openHouse();
    await send(house, body(PEOPLE.hanako, {}));
    await send(house, body(PEOPLE.ichiro, { deputy: PEOPLE.guest }));
    expect(await absences()).toHaveLength(2);
  });
});

test('two managers who note overlapping absences of one person at once: one is stored, the other reads of it', async () => {
  const house = await openHouse((city) => {
    city.staff.push({
      slackUserId: 'U0SECOND',
      name: '第二 管理者',
      center: 'east',
      profession: '保健師',
      role: 'manager',
      admin: false,
      duty: false,
    });
  });
  const [one, other] = await Promise.all(
    [PEOPLE.minoru, 'U0SECOND'].map(async (who, i) => {
      const somebody = await openSection(house, who, LABEL);
      await somebody.fill({
        不在になる方: '佐藤 花子',
        最初の日: on(i),
        最後の日: on(i + 3),
        代理の方: '阿部 実',
      });
      return somebody;
    }),
  );
  const results = await Promise.all([one?.submit(), other?.submit()]);
  expect(results.filter((each) => each?.errors === undefined)).toHaveLength(1);
  expect(await absences()).toHaveLength(1);
  const outcomes = (await auditOf('absence.note')).map((entry) => entry.outcome);
  expect(outcomes.sort()).toEqual(['done', 'refused']);
});

test('a name that looks like Slack’s markup rings nobody', async () => {
  const house = await openHouse((city) => {
    for (const person of city.staff)
      if (person.slackUserId === PEOPLE.hanako) person.name = '<!channel> & 花子';
  });
  await note(house, PEOPLE.hanako, { from: 0, until: 0, deputy: '阿部 実' });
  await house.delivered();
  expect(JSON.stringify(house.slack.calls('chat.postMessage'))).not.toContain('<!channel>');
});
