/** 定型文: kept by the core center, sealed, never over somebody else's change, and put into answers without losing a letter. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { saveTemplate } from '../../../src/features/consultation/templates/mutations.ts';
import { templatesText as text } from '../../../src/features/consultation/templates/text.ts';
import { Actor } from '../../../src/features/directory/actor.ts';
import { parseSettings } from '../../../src/lib/env.ts';
import { sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { auditOf, openSection, send } from '../../support/settings.ts';
import { pressBody, submissionBody } from '../../support/signed.ts';
import { PEOPLE } from '../../support/small-city.ts';

const FIRST = { 題名: '虐待の通報を受けたとき', 本文: 'まず市へ連絡してください。' };

/** 定型文 of 設定, as a person of the core center opens it. */
const openTemplates = (house: House, person: string) => openSection(house, person, text.label);

async function shows({ slack }: House, person: string, words: string): Promise<void> {
  await slack.waitFor(() => slack.as(person).modalText.includes(words), { what: `a modal with ${words}` });
}

async function add(house: House, person: string, fields: Record<string, string> = FIRST) {
  const somebody = await openTemplates(house, person);
  await somebody.clickInModal(text.add);
  await shows(house, person, text.newTitle);
  expect((await somebody.fillAndSubmit(fields)).errors).toBeUndefined();
  return somebody;
}

async function edit(house: House, person: string, title = FIRST.題名) {
  const somebody = await openTemplates(house, person);
  await somebody.clickInModal(text.choose, title);
  await shows(house, person, text.editTitle);
  return somebody;
}

/** Stores templates without forms. */
async function store(house: House, titles: readonly { title: string; body: string }[]): Promise<void> {
  const scope = {
    settings: parseSettings({ ...env }),
    db: house.db,
    now: new Date(),
    origin: { surface: 'slack' as const },
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  };
  const found = await Actor.find(house.db, PEOPLE.kenta);
  if (!found) throw new Error('no manager');
  for (const input of titles)
    await saveTemplate(scope, found.actor, { id: null, version: 0, form: crypto.randomUUID() }, input);
}

function rows() {
  return env.DB.prepare(
    'SELECT version, updated_by AS by, removed_at IS NOT NULL AS isRemoved FROM answer_template ORDER BY updated_at',
  ).all();
}

describe('keeping them', () => {
  test('added, it is sealed with a key of the house, listed, and may be changed and removed', async () => {
    const house = await openHouse();
    const naoko = await add(house, PEOPLE.naoko);
    expect(naoko.modals).toHaveLength(2);
    expect(naoko.modalText).toContain(text.saved(FIRST.題名));
    expect(await env.DB.prepare('SELECT title, body FROM answer_template').first()).toEqual({
      title: expect.stringMatching(/^v1\./),
      body: expect.stringMatching(/^v1\./),
    });
    expect(
      await env.DB.prepare("SELECT count(*) AS n FROM case_key WHERE case_id = 'house:templates'").first('n'),
    ).toBe(1);
    const takuya = await edit(house, PEOPLE.takuya);
    expect(takuya.filledIn).toEqual(FIRST);
    await takuya.fillAndSubmit({ 本文: '市の夜間の番号へ。' });
    expect(takuya.modalText).toContain(text.saved(FIRST.題名));
    expect((await rows()).results).toEqual([{ version: 2, by: PEOPLE.takuya, isRemoved: 0 }]);
    await takuya.clickInModal(text.choose, FIRST.題名);
    await shows(house, PEOPLE.takuya, text.editTitle);
    expect(takuya.filledIn).toEqual({ ...FIRST, 本文: '市の夜間の番号へ。' });
    await takuya.clickInModal(text.remove);
    await shows(house, PEOPLE.takuya, text.removed(FIRST.題名));
    expect(takuya.modalText).toContain(text.empty);
    expect((await rows()).results).toEqual([{ version: 3, by: PEOPLE.takuya, isRemoved: 1 }]);
    expect((await auditOf('template.edit')).length).toBe(1);
    await house.delivered();
  });

  test('the same form sent three times at once is one template', async () => {
    const house = await openHouse();
    const naoko = await openTemplates(house, PEOPLE.naoko);
    await naoko.clickInModal(text.add);
    await shows(house, PEOPLE.naoko, text.newTitle);
    await naoko.fill(FIRST);
    const view = naoko.modal;
    if (!view) throw new Error('no form');
    const form = String(view.view.private_metadata).split('/')[2];
    const body = submissionBody(PEOPLE.naoko, {
      id: view.id,
      callbackId: 'templates.form',
      metadata: `/0/${form}`,
      values: {
        [`title.${form}`]: { type: 'plain_text_input', value: FIRST.題名 },
        [`body.${form}`]: { type: 'plain_text_input', value: FIRST.本文 },
      },
    });
    for (const answer of await Promise.all([send(house, body), send(house, body), send(house, body)]))
      expect(JSON.stringify(answer)).toContain(text.saved(FIRST.題名));
    expect((await rows()).results).toEqual([{ version: 1, by: PEOPLE.naoko, isRemoved: 0 }]);
  });

  test('of two editors the second is told who was first and what it says now; her text stays and replaces it when sent again', async () => {
    const house = await openHouse();
    await add(house, PEOPLE.naoko);
    const [takuya, kenta] = [await edit(house, PEOPLE.takuya), await edit(house, PEOPLE.kenta)];
    await takuya.fillAndSubmit({ 本文: '拓也の文' });
    await kenta.fillAndSubmit({ 本文: '健太の文' });
    expect(kenta.modalText).toContain('原田 拓也さんがこの定型文を直しました');
    expect(kenta.modalText).toContain('拓也の文');
    expect(kenta.filledIn).toEqual({ ...FIRST, 本文: '健太の文' });
    await kenta.submit();
    expect(kenta.modalText).toContain(text.saved(FIRST.題名));
    expect((await rows()).results).toEqual([{ version: 3, by: PEOPLE.kenta, isRemoved: 0 }]);
  });

  test('what somebody removed meanwhile is kept as a new one when sent again; a changed one is not removed unseen', async () => {
    const house = await openHouse();
    await add(house, PEOPLE.naoko);
    const [takuya, kenta] = [await edit(house, PEOPLE.takuya), await edit(house, PEOPLE.kenta)];
    await kenta.fillAndSubmit({ 本文: '健太の文' });
    await takuya.clickInModal(text.remove);
    await shows(house, PEOPLE.takuya, '田中 健太さんがこの定型文を直しました');
    const late = await edit(house, PEOPLE.kenta);
    await takuya.clickInModal(text.remove);
    await shows(house, PEOPLE.takuya, text.removed(FIRST.題名));
    await late.fillAndSubmit({ 本文: '残したい文' });
    expect(late.modalText).toContain(text.removedMeanwhile);
    expect(late.filledIn).toEqual({ ...FIRST, 本文: '残したい文' });
    await late.submit();
    expect((await rows()).results.map(({ isRemoved }) => isRemoved).sort()).toEqual([0, 1]);
  });

  test.each([
    [
      'a title of 61 characters',
      { 題名: '題'.repeat(61), 本文: 'あ' },
      { 題名: '60文字までです（いま61文字）。' },
    ],
    [
      'a title that shows nothing',
      { 題名: '\u200B\u200B', 本文: 'あ' },
      { 題名: 'ここは必ず入力してください。' },
    ],
  ])('%s is refused beside its field', async (_, fields, errors) => {
    const house = await openHouse();
    const naoko = await openTemplates(house, PEOPLE.naoko);
    await naoko.clickInModal(text.add);
    await shows(house, PEOPLE.naoko, text.newTitle);
    expect((await naoko.fillAndSubmit(fields)).errors).toEqual(errors);
    expect((await rows()).results).toEqual([]);
  });

  test('a title of 60 emoji can be chosen', async () => {
    const house = await openHouse();
    const title = '🔑'.repeat(60);
    await add(house, PEOPLE.naoko, { 題名: title, 本文: '🚪' });
    const naoko = await edit(house, PEOPLE.naoko, '🔑');
    expect(naoko.filledIn).toEqual({ 題名: title, 本文: '🚪' });
  });

  test('the hundred-and-first is refused', async () => {
    const house = await openHouse();
    await store(
      house,
      Array.from({ length: 99 }, (_, i) => ({ title: `文${i}`, body: 'あ' })),
    );
    const naoko = await openTemplates(house, PEOPLE.naoko);
    const kenta = await openTemplates(house, PEOPLE.kenta);
    for (const each of [naoko, kenta]) {
      await each.clickInModal(text.add);
      await shows(house, each.id, text.newTitle);
    }
    await naoko.fillAndSubmit(FIRST);
    expect(naoko.modalText).toContain(text.full);
    expect((await kenta.fillAndSubmit(FIRST)).errors).toEqual({ 題名: text.full });
    expect((await rows()).results).toHaveLength(100);
  });

  test('district staff find no such section, and copied buttons and forms are refused and logged', async () => {
    const house = await openHouse();
    await store(house, [{ title: FIRST.題名, body: FIRST.本文 }]);
    const id = await env.DB.prepare('SELECT id FROM answer_template').first('id');
    const hanako = house.slack.as(PEOPLE.hanako);
    await hanako.slash('設定');
    await house.slack.waitFor(() => hanako.modal);
    expect(hanako.modalText).not.toContain(text.label);
    const form = crypto.randomUUID();
    const values = {
      [`title.${form}`]: { type: 'plain_text_input', value: '盗んだ題' },
      [`body.${form}`]: { type: 'plain_text_input', value: 'あ' },
    };
    const submission = { id: 'V1', callbackId: 'templates.form', metadata: `/0/${form}`, values };
    expect(JSON.stringify(await send(house, submissionBody(PEOPLE.hanako, submission)))).toContain(
      'あなたの役割では',
    );
    for (const [action, value] of [
      ['settings.templates', 'settings.templates'],
      ['templates.choose', `${id}`],
      ['templates.remove', `${id}/1`],
    ] as const)
      await send(house, pressBody(PEOPLE.hanako, action, value));
    await house.slack.waitFor(() => hanako.ephemerals.length === 3);
    expect(new Set(hanako.ephemerals.map((each) => each.text))).toEqual(
      new Set(['この設定は、あなたの役割では開けません。']),
    );
    expect((await rows()).results).toEqual([{ version: 1, by: PEOPLE.kenta, isRemoved: 0 }]);
    expect(
      await env.DB.prepare("SELECT count(*) AS n FROM audit_entry WHERE outcome = 'refused' AND actor = ?")
        .bind(PEOPLE.hanako)
        .first('n'),
    ).toBe(4);
  });
});

describe('in an answer', () => {
  async function answering(house: House) {
    const { card } = await sendConsultation(house, { 緊急度: '通常' });
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(card(), '回答する');
    await house.slack.waitFor(() => naoko.modal);
    return { naoko, card };
  }
  const fieldOf = (naoko: { filledIn: Record<string, unknown> }) => naoko.filledIn.回答;

  test('the chosen text is put below what was typed, twice if wanted, and the answer holds it all', async () => {
    const house = await openHouse();
    await store(house, [
      { title: FIRST.題名, body: FIRST.本文 },
      { title: '結び', body: 'またご連絡ください。' },
    ]);
    const { naoko } = await answering(house);
    await naoko.clickInModal(text.insert, '結び');
    await house.slack.waitFor(() => fieldOf(naoko) !== null);
    expect(fieldOf(naoko)).toBe('またご連絡ください。');
    await naoko.fill({ 回答: '  先に書いた文 ' });
    await naoko.clickInModal(text.insert, FIRST.題名);
    await house.slack.waitFor(() => String(fieldOf(naoko)).includes(FIRST.本文));
    await naoko.clickInModal(text.insert, FIRST.題名);
    const whole = `  先に書いた文 \n\n${FIRST.本文}\n\n${FIRST.本文}`;
    await house.slack.waitFor(() => fieldOf(naoko) === whole);
    expect((await naoko.submit()).errors).toBeUndefined();
    expect(naoko.modal).toBeUndefined();
    await house.delivered();
    const hanako = house.slack.as(PEOPLE.hanako);
    const told = hanako.dm.at(-1);
    if (!told) throw new Error('no DM');
    await hanako.click(told, '読む');
    await house.slack.waitFor(() => hanako.modal);
    expect(hanako.modalText).toContain(whole);
  });

  test('one that does not fit leaves the text as it is and says so; one that was removed, too', async () => {
    const house = await openHouse();
    await store(house, [{ title: '長い文', body: '😀'.repeat(1400) }]);
    const { naoko } = await answering(house);
    const typed = 'あ'.repeat(300);
    await naoko.fill({ 回答: typed });
    await naoko.clickInModal(text.insert, '長い文');
    await shows(house, PEOPLE.naoko, text.doesNotFit('長い文'));
    expect(fieldOf(naoko)).toBe(typed);
    await env.DB.prepare('UPDATE answer_template SET removed_at = 1').run();
    await naoko.clickInModal(text.insert, '長い文');
    await shows(house, PEOPLE.naoko, text.notThere);
    expect(fieldOf(naoko)).toBe(typed);
    expect((await naoko.submit()).errors).toBeUndefined();
    expect(await env.DB.prepare('SELECT count(*) AS n FROM answer').first('n')).toBe(1);
  });

  test('what others changed meanwhile is still told, and the text with its template is kept', async () => {
    const house = await openHouse();
    await store(house, [{ title: FIRST.題名, body: FIRST.本文 }]);
    const { naoko } = await answering(house);
    const id = String(await env.DB.prepare('SELECT id FROM consultation').first('id'));
    await send(house, pressBody(PEOPLE.naoko, 'consultation.accept', id));
    await house.slack.waitFor(
      async () => (await env.DB.prepare('SELECT version FROM consultation').first('version')) === 2,
    );
    const comment = { body: { type: 'plain_text_input', value: '追記です。' } };
    await send(
      house,
      submissionBody(PEOPLE.hanako, {
        id: 'V1',
        callbackId: 'consultation.comment',
        metadata: `${id}/2`,
        values: comment,
      }),
    );
    await naoko.clickInModal(text.insert, FIRST.題名);
    await house.slack.waitFor(() => fieldOf(naoko) !== null);
    await naoko.submit();
    expect(naoko.modalText).toContain('佐藤 花子さんが追記しました');
    expect(fieldOf(naoko)).toBe(FIRST.本文);
    await naoko.submit();
    expect(naoko.modal).toBeUndefined();
    expect(await env.DB.prepare('SELECT count(*) AS n FROM answer').first('n')).toBe(1);
  });

  test('a copied choice in the hands of another center shows nothing', async () => {
    const house = await openHouse();
    await store(house, [{ title: FIRST.題名, body: FIRST.本文 }]);
    await answering(house);
    const template = await env.DB.prepare('SELECT id FROM answer_template').first('id');
    await send(house, pressBody(PEOPLE.ichiro, 'consultation.insert_template', String(template)));
    const ichiro = house.slack.as(PEOPLE.ichiro);
    expect((await house.slack.waitFor(() => ichiro.ephemerals.at(-1))).text).toContain('見つかりません');
  });

  test('without templates there is no choice', async () => {
    const house = await openHouse();
    const { naoko } = await answering(house);
    expect(naoko.modalText).not.toContain(text.insert);
  });
});
