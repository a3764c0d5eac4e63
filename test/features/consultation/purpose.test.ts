/** Whoever does not belong to a case says once what it is opened for, before anything in it is read. */
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../dev/slack/client-api.ts';
import { OPERATIONS } from '../../../src/features/consultation/operating/words.ts';
import { isOnCase, maySee } from '../../../src/features/consultation/visibility/rules.ts';
import { browserOf, formOf } from '../../support/browser.ts';
import { CASE, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import {
  acceptedCase,
  acceptedConsultation,
  caseId,
  day,
  press,
  submitForged,
  typed,
} from '../../support/operating.ts';
import { auditOf, send } from '../../support/settings.ts';
import { submissionBody } from '../../support/signed.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { TAKEN } from '../../support/standing.ts';
import { everythingStored } from '../../support/stored.ts';

const BODY = String(CASE.相談内容);
const WORDS = '同じ世帯の別の相談のため';

async function purposes(): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    'SELECT slack_user_id AS person, purpose, words FROM viewing_purpose ORDER BY slack_user_id',
  ).all();
  return results;
}

/** Opens the detail of the card as somebody, and waits for what is shown. */
async function openDetail(house: House, person: string, sent: { card(): Message }) {
  const somebody = house.slack.as(person);
  await somebody.click(sent.card(), '詳細を見る');
  await house.slack.waitFor(() => somebody.modal, { what: 'the detail or the question' });
  return somebody;
}

describe('who belongs to a case', () => {
  const at = (code: string, kind: 'kikan' | 'district' | 'city', extra: object = {}) => ({
    slackUserId: 'U0X',
    role: 'staff' as const,
    isOnDuty: false,
    center: { code, kind },
    ...extra,
  });
  const manager = { role: 'manager' as const };

  test.each([
    ['the sender', at('east', 'district', { slackUserId: 'U0EAST' }), {}, true],
    ['the person in charge', at('kikan', 'kikan', { slackUserId: 'U0A' }), {}, true],
    ['the deputy', at('kikan', 'kikan'), { deputy: 'U0X' }, true],
    ['a member', at('kikan', 'kikan'), { members: ['U0X'] }, true],
    ['whoever is asked to take charge', at('kikan', 'kikan'), { proposedPerson: 'U0X' }, true],
    ['a colleague of the core center', at('kikan', 'kikan'), {}, false],
    ['its manager', at('kikan', 'kikan', manager), {}, false],
    ['somebody on duty, once it is accepted', at('kikan', 'kikan', { isOnDuty: true }), {}, false],
    ['somebody on duty before', at('kikan', 'kikan', { isOnDuty: true }), { status: 'submitted' }, true],
    ['somebody off duty before', at('kikan', 'kikan'), { status: 'submitted' }, false],
    ['a colleague of the sender', at('east', 'district'), {}, false],
    ['the manager of the sender', at('east', 'district', manager), {}, false],
    ['her manager while she is away', at('east', 'district', manager), { isSenderAway: true }, true],
    ['her colleague while she is away', at('east', 'district'), { isSenderAway: true }, false],
    ['her colleague when she has left', at('east', 'district'), { senderPlace: 'gone' }, true],
    ['the manager of a center that it is offered to', at('west', 'district', manager), OFFER(), true],
    ['the staff of that center', at('west', 'district'), OFFER(), false],
    ['a manager of another center', at('south', 'district', manager), {}, false],
    ['the city section', at('city', 'city', manager), { members: ['U0X'] }, false],
  ] as const)('%s', (_, person, change, belongs) => {
    expect(isOnCase(person, { ...TAKEN, ...change })).toBe(belongs);
  });

  function OFFER() {
    return { offer: { fromCenter: 'east', toCenter: 'west', kind: 'transfer' as const } };
  }

  test('nobody who may not see it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('kikan', 'east', 'west', 'city'),
        fc.constantFrom('staff' as const, 'manager' as const),
        fc.boolean(),
        fc.record({
          isRestricted: fc.boolean(),
          members: fc.constantFrom([], ['U0X']),
          sender: fc.constantFrom('U0X', 'U0EAST'),
        }),
        (code, role, isOnDuty, change) => {
          const kind = code === 'kikan' || code === 'city' ? code : 'district';
          const standing = { ...TAKEN, ...change };
          const person = { slackUserId: 'U0X', role, isOnDuty, center: { code, kind } as const };
          if (!maySee(person, standing)) expect(isOnCase(person, standing)).toBe(false);
        },
      ),
    );
  });
});

describe('in Slack', () => {
  test('the purpose is asked in the place of the detail, which follows when it is stated; then never again', async () => {
    const house = await openHouse();
    const sent = await acceptedConsultation(house);
    const takuya = await openDetail(house, PEOPLE.takuya, sent);
    expect(takuya.modalText).toContain('R8-0001');
    expect(takuya.modalText).not.toContain(BODY);
    expect(await auditOf('consultation.read')).toEqual([]);
    expect((await takuya.submit()).errors).toHaveProperty('見る目的');
    expect((await takuya.fillAndSubmit({ 見る目的: 'その他（理由を書く）' })).errors).toHaveProperty('補足');
    expect(
      (await takuya.fillAndSubmit({ 見る目的: '担当者の補助・代行', 補足: WORDS })).errors,
    ).toBeUndefined();
    expect(takuya.modalText).toContain(BODY);
    expect(await purposes()).toEqual([
      { person: PEOPLE.takuya, purpose: 'support_colleague', words: expect.stringMatching(/^v1\./) },
    ]);
    expect(await auditOf('consultation.state_purpose')).toEqual([
      {
        chain: `person:${PEOPLE.takuya}`,
        actor: PEOPLE.takuya,
        outcome: 'done',
        detail: { purpose: 'support_colleague' },
      },
    ]);
    expect(await everythingStored()).not.toContain(WORDS);
    await takuya.clickInModal('経過を見る');
    await house.slack.waitFor(() => takuya.modalText.includes('相談を送信') || takuya.modals.length === 2);
    expect(takuya.modalText).not.toContain('見る目的');
    await takuya.closeModal();
    await takuya.closeModal();
    expect((await openDetail(house, PEOPLE.takuya, sent)).modalText).toContain(BODY);
  });

  test('whoever belongs to the case is not asked', async () => {
    const house = await openHouse();
    const sent = await sendConsultation(house);
    for (const person of [PEOPLE.kenta, PEOPLE.naoko, PEOPLE.hanako])
      expect((await openDetail(house, person, sent)).modalText).toContain(BODY);
    expect(await purposes()).toEqual([]);
  });

  test('a form that shows what was written asks first; one that does not opens at once', async () => {
    const house = await openHouse();
    const { centerCard } = await acceptedCase(house);
    expect(
      await submitForged(house, PEOPLE.naoko, 'ask', {
        body: typed('鍵は誰が持っていますか。'),
        until: day(await soon()),
      }),
    ).toEqual({
      response_action: 'clear',
    });
    const minoru = house.slack.as(PEOPLE.minoru);
    const pressFromList = async (label: string) => {
      await minoru.click(centerCard(), 'すべての操作…');
      await house.slack.waitFor(() => minoru.modal, { what: 'the operations' });
      await minoru.clickInModal(label);
      await house.slack.waitFor(() => Object.keys(minoru.filledIn).length > 0, { what: label });
    };
    await pressFromList('質問に答える');
    expect(minoru.filledIn).toHaveProperty('見る目的');
    expect(minoru.modalText).not.toContain('鍵は誰が');
    await minoru.fillAndSubmit({ 見る目的: '上司・管理者としての確認' });
    expect(minoru.modalText).toContain('鍵は誰が持っていますか。');
    await minoru.closeModal();
    await env.DB.prepare('DELETE FROM viewing_purpose').run();
    await pressFromList('追記する');
    expect(minoru.filledIn).not.toHaveProperty('見る目的');
  });

  test('of two forms at once the first counts, and one entry is logged', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    const id = await caseId();
    const form = (purpose: string) =>
      submissionBody(PEOPLE.takuya, {
        id: `V${crypto.randomUUID()}`,
        callbackId: 'consultation.purpose',
        metadata: ` ${id}`,
        values: { purpose: { type: 'radio_buttons', selected_option: { value: purpose } } },
      });
    await Promise.all(['supervision', 'inquiry', 'study', 'handover'].map((each) => send(house, form(each))));
    expect(await purposes()).toHaveLength(1);
    expect(await auditOf('consultation.state_purpose')).toHaveLength(1);
  });

  test('a forged form about a case that one may not see is refused like one about nothing, and logged', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    const form = (id: string) =>
      submissionBody(PEOPLE.ichiro, {
        id: `V${crypto.randomUUID()}`,
        callbackId: 'consultation.purpose',
        metadata: `consultation.read ${id}`,
        values: { purpose: { type: 'radio_buttons', selected_option: { value: 'inquiry' } } },
      });
    const [real, none] = [await send(house, form(await caseId())), await send(house, form('nothing'))];
    expect(real).toBe(none);
    expect(real).toContain('この相談は見つかりません。');
    expect(await purposes()).toEqual([]);
    expect(await auditOf('consultation.state_purpose')).toEqual([
      expect.objectContaining({ actor: PEOPLE.ichiro, outcome: 'refused' }),
      expect.objectContaining({ actor: PEOPLE.ichiro, outcome: 'refused' }),
    ]);
  });

  test('a form that names a press of another kind does nothing but state the purpose', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    const id = await caseId();
    await send(
      house,
      submissionBody(PEOPLE.takuya, {
        id: `V${crypto.randomUUID()}`,
        callbackId: 'consultation.purpose',
        metadata: `consultation.release ${id}`,
        values: { purpose: { type: 'radio_buttons', selected_option: { value: 'inquiry' } } },
      }),
    );
    expect(await env.DB.prepare('SELECT person_in_charge FROM consultation').first('person_in_charge')).toBe(
      PEOPLE.naoko,
    );
    expect(await purposes()).toHaveLength(1);
  });

  test('whoever takes charge belongs to it from then on', async () => {
    const house = await openHouse();
    const sent = await acceptedCase(house);
    expect((await openDetail(house, PEOPLE.takuya, sent)).modalText).toContain('見る目的');
    await env.DB.prepare('UPDATE consultation SET person_in_charge = NULL').run();
    await press(house, PEOPLE.takuya, 'claim');
    const takuya = house.slack.as(PEOPLE.takuya);
    await takuya.closeModal();
    expect((await openDetail(house, PEOPLE.takuya, sent)).modalText).toContain(BODY);
  });
});

describe('on pages', () => {
  test.each([
    ['who may not do it', PEOPLE.takuya],
    ['of the same center', PEOPLE.minoru],
    ['who might do it but does not belong to it', PEOPLE.kenta],
  ])('a forged form shows nothing of the case to somebody %s', async (_who, person) => {
    const house = await openHouse();
    await acceptedConsultation(house);
    const id = await caseId();
    const browser = await browserOf(house, person);
    const asked = formOf(await browser.open('/cases/R8-0001'), '/modal/submit').fields;
    const own = asked.filter(([name]) => name === 'form_token' || name === 'view_id');
    const forged = (operation: string, version: number) =>
      JSON.stringify({
        callback_id: `consultation.${operation}`,
        private_metadata: `${id}/${version}`,
        title: { text: '偽' },
        blocks: [],
      });
    for (const operation of OPERATIONS)
      for (const version of [0, 1, 2]) {
        const view: [string, string] = ['view', forged(operation, version)];
        const shown = [
          await browser.post('/modal/submit', [...own, view]),
          await browser.post('/modal/press', [...own, view, ['press', 'consultation.insert_template x']]),
        ];
        for (const { html } of shown)
          expect([operation, version, html.includes(BODY)]).toEqual([operation, version, false]);
      }
    const readings = await auditOf('consultation.read');
    expect(readings.filter(({ actor, outcome }) => actor === person && outcome === 'done')).toEqual([]);
    expect(await purposes()).toEqual([]);
  });

  test('the case page asks first, and is shown when the purpose is stated', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    const browser = await browserOf(house, PEOPLE.minoru);
    const asked = await browser.open('/cases/R8-0001');
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('見る目的');
    expect(asked.html).not.toContain(BODY);
    const faulty = await browser.fillAndSend({ 見る目的: 'その他（理由を書く）' });
    expect(faulty.status).toBe(422);
    const shown = await browser.fillAndSend({ 見る目的: 'その他（理由を書く）', 補足: WORDS });
    expect(shown.path).toContain('/cases/R8-0001');
    expect(shown.text).toContain(BODY);
    expect((await browser.open('/cases/R8-0001')).text).toContain(BODY);
    expect(await purposes()).toEqual([expect.objectContaining({ person: PEOPLE.minoru, purpose: 'other' })]);
  });

  test('the printed sheet asks, too, and comes back to the sheet', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    const browser = await browserOf(house, PEOPLE.takuya);
    expect((await browser.open('/cases/R8-0001/print')).html).not.toContain(BODY);
    const shown = await browser.fillAndSend({ 見る目的: '引継ぎの準備' });
    expect(shown.path).toContain('/cases/R8-0001/print');
    expect(shown.text).toContain(BODY);
  });

  test('whoever may not see the case is asked nothing: the page is not there', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    const browser = await browserOf(house, PEOPLE.ichiro);
    const there = await browser.open('/cases/R8-0001');
    const none = await browser.open('/cases/R8-0999');
    expect([there.status, none.status]).toEqual([404, 404]);
    expect(there.text).toBe(none.text);
  });
});

/** A working day soon enough for a question. */
async function soon(): Promise<string> {
  return new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
}
