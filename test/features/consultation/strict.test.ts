/** A city that enters and reads typed text on pages alone: what Slack shows there, and where it leads. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { formOperations } from '../../../src/features/consultation/slack.ts';
import { Browser, browserOf } from '../../support/browser.ts';
import { CASE, cardIn, openForm, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { acceptedCase, caseId, caseRow, openFromList, press } from '../../support/operating.ts';
import { statePurposes } from '../../support/purpose.ts';
import { auditOf, openSection, send } from '../../support/settings.ts';
import { FORM, pressBody, signedRequest, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { lastTold, linksIn, strictHouse } from '../../support/strict.ts';

const TYPED = '高橋さんの件で、鍵が開かない';

/** The city changes its mind while forms are open. */
async function becomeStrict(): Promise<void> {
  await env.DB.prepare("UPDATE city SET personal_data_entry = 'web'").run();
}

/** An accepted case in a city that turned strict afterwards. */
async function strictCase() {
  const house = await openHouse();
  const sent = await acceptedCase(house);
  await becomeStrict();
  return { house, ...sent };
}

async function told(house: House, person: string, act: () => Promise<unknown>) {
  const before = lastTold(house, person)?.ts;
  await act();
  const isSaid = async () => {
    await house.delivered();
    return lastTold(house, person)?.ts !== before;
  };
  await house.slack.waitFor(isSaid, { what: 'an answer' });
  const message = lastTold(house, person);
  if (!message) throw new Error('nothing was said');
  return message;
}

function viewsOf(house: House): unknown[] {
  return house.slack
    .calls()
    .filter(({ method }) => method.startsWith('views.'))
    .map(({ args }) => args);
}

describe('commands', () => {
  test('相談 answers with a link to the page; what was typed after it is taken nowhere', async () => {
    const house = await strictHouse();
    const hanako = house.slack.as(PEOPLE.hanako);
    await hanako.slash('相談', { channel: CHANNELS.general });
    expect(linksIn(hanako.ephemerals.at(-1))).toEqual(['/cases/new']);
    expect(hanako.ephemerals.at(-1)?.text).toMatch(/^相談の入力は/);
    await hanako.slash(`相談 ${TYPED}`, { channel: CHANNELS.general });
    const answer = hanako.ephemerals.at(-1);
    expect(linksIn(answer)).toEqual(['/cases/new']);
    expect(answer?.text).toContain('どこにも残していません');
    expect(JSON.stringify(answer)).not.toContain(TYPED);
    expect(hanako.modal).toBeUndefined();
    const page = await (await browserOf(house, PEOPLE.hanako)).open('/cases/new');
    expect(page.status).toBe(200);
    expect(page.text).not.toContain(TYPED);
  });

  test('一覧 opens without a search, with a link to it; typed words are not searched for', async () => {
    const { house } = await strictCase();
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.slash('一覧', { channel: CHANNELS.general });
    await house.slack.waitFor(() => naoko.modal, { what: 'the list' });
    expect(naoko.modalText).toContain('R8-0001');
    expect(JSON.stringify(naoko.modal)).not.toContain('plain_text_input');
    expect(linksIn(naoko.modal)).toEqual(['/cases']);
    await naoko.closeModal();
    await naoko.slash('一覧 髙﨑', { channel: CHANNELS.general });
    expect(linksIn(naoko.ephemerals.at(-1))).toEqual(['/cases']);
    expect(JSON.stringify(naoko.ephemerals.at(-1))).not.toContain('髙﨑');
    expect(await auditOf('consultation.search')).toEqual([]);
  });

  test('一覧 with a reference leads to its page, for whoever may see it', async () => {
    const { house } = await strictCase();
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.slash('一覧 R8-0001', { channel: CHANNELS.general });
    expect(linksIn(naoko.ephemerals.at(-1))).toEqual(['/cases/R8-0001']);
    const ichiro = house.slack.as(PEOPLE.ichiro);
    await ichiro.slash('一覧 R8-0001', { channel: CHANNELS.general });
    expect(ichiro.ephemerals.at(-1)?.text).toBe('この相談は見つかりません。');
    expect(linksIn(ichiro.ephemerals.at(-1))).toEqual([]);
  });
});

describe('buttons', () => {
  test('reading leads to the case page, which opens right after sign-in; nothing is logged as read before', async () => {
    const { house, card } = await strictCase();
    const message = await told(house, PEOPLE.naoko, () =>
      house.slack.as(PEOPLE.naoko).click(card(), '詳細を見る'),
    );
    expect(message.channel).toBe(CHANNELS.triage);
    expect(message.text).toMatch(/^\*R8-0001\* の閲覧は/);
    expect(linksIn(message)).toEqual(['/cases/R8-0001']);
    expect(house.slack.as(PEOPLE.naoko).modal).toBeUndefined();
    expect(await auditOf('consultation.read')).toEqual([]);
    const shown = await new Browser(house).open('/cases/R8-0001', PEOPLE.naoko).catch(() => undefined);
    expect(shown?.path).toContain('/sign-in');
    const browser = new Browser(house);
    expect((await browser.signIn(PEOPLE.naoko, '/cases/R8-0001')).text).toContain(String(CASE.相談内容));
  });

  test('an operation leads to its form on the page, which opens right after sign-in', async () => {
    const { house, card } = await strictCase();
    const message = await told(house, PEOPLE.naoko, () =>
      house.slack.as(PEOPLE.naoko).click(card(), '回答する'),
    );
    const [path = ''] = linksIn(message);
    expect(path).toBe('/cases/R8-0001/do/answer');
    const shown = await new Browser(house).signIn(PEOPLE.naoko, path);
    expect(shown.path).toBe(path);
    expect(shown.html).toContain('<textarea');
  });

  test('a button about something keeps what it is about', async () => {
    const { house, id } = await strictCase();
    await env.DB.prepare(
      "UPDATE consultation SET status = 'closing', closing_proposed_at = 1700000000000",
    ).run();
    const message = await told(house, PEOPLE.hanako, async () =>
      house.fetchToTheEnd(
        await signedRequest(pressBody(PEOPLE.hanako, 'consultation.object_closing', `${id}/1700000000000`), {
          contentType: FORM,
        }),
      ),
    );
    expect(linksIn(message)).toEqual(['/cases/R8-0001/do/object_closing?about=1700000000000']);
  });

  test('in すべての操作 the link stands in the modal and in a DM; choices alone stay in Slack', async () => {
    const { house, card } = await strictCase();
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(card(), 'すべての操作…');
    await house.slack.waitFor(() => naoko.modal, { what: 'all operations' });
    await naoko.clickInModal('回答する');
    await house.slack.waitFor(() => linksIn(naoko.modal)[0]?.endsWith('/do/answer'), { what: 'the link' });
    expect(linksIn(naoko.modal)).toEqual(['/cases/R8-0001/do/answer']);
    await house.delivered();
    expect(linksIn(naoko.dm.at(-1))).toEqual(['/cases/R8-0001/do/answer']);
    await naoko.clickInModal('ページを開く');
    await house.delivered();
    expect(naoko.dm.at(-1)?.text).not.toContain('古くなって');
    await naoko.closeModal();
    await openFromList(house, PEOPLE.naoko, card(), '緊急度・分類を直す');
    expect((await naoko.fillAndSubmit({ 緊急度: '早め' })).errors).toBeUndefined();
    expect(await caseRow()).toMatchObject({ urgency: 'soon' });
  });

  test('a form that stays in Slack has nothing to type into', async () => {
    const { house, id } = await strictCase();
    const opened: string[] = [];
    const begun = viewsOf(house).length;
    for (const operation of formOperations) {
      for (const person of [PEOPLE.naoko, PEOPLE.kenta]) {
        const before = viewsOf(house).length;
        await house.fetchToTheEnd(
          await signedRequest(pressBody(person, `consultation.${operation}`, id), { contentType: FORM }),
        );
        if (viewsOf(house).length > before) opened.push(operation);
      }
    }
    expect(new Set(opened)).toEqual(new Set(['reclassify', 'assign', 'wait', 'name_members']));
    expect(JSON.stringify(viewsOf(house).slice(begun))).not.toContain('plain_text_input');
  });

  test('whoever may not see the case hears what is said of cases that do not exist, and gets no link', async () => {
    const { house, id } = await strictCase();
    for (const [action, value] of [
      ['consultation.read', id],
      ['consultation.timeline', id],
      ['consultation.read_answer', `${id}/none`],
      ['consultation.answer', id],
    ] as const) {
      const message = await told(house, PEOPLE.ichiro, async () =>
        house.fetchToTheEnd(
          await signedRequest(pressBody(PEOPLE.ichiro, action, value), { contentType: FORM }),
        ),
      );
      expect([action, message.text]).toEqual([action, 'この相談は見つかりません。']);
      expect(linksIn(message)).toEqual([]);
    }
  });

  test('定型文 are read and changed on their page; absences stay in Slack', async () => {
    const house = await strictHouse();
    const naoko = await openSection(house, PEOPLE.naoko, '定型文');
    expect(linksIn(naoko.modal)).toEqual(['/settings/templates']);
    expect((await (await browserOf(house, PEOPLE.naoko)).open('/settings/templates')).status).toBe(200);
    const hanako = await openSection(house, PEOPLE.hanako, '不在と代理');
    expect(linksIn(hanako.modal)).toEqual([]);
  });
});

describe('threads', () => {
  test('are still watched: the author is warned and led to the page, nothing is taken from Slack', async () => {
    const { house, card } = await strictCase();
    const naoko = house.slack.as(PEOPLE.naoko);
    const message = await told(house, PEOPLE.naoko, () =>
      naoko.post(CHANNELS.triage, '電話は0463-21-9988です', { thread: card() }),
    );
    expect(message.text).toContain('個人情報');
    expect(linksIn(message)).toEqual(['/cases/R8-0001/do/comment']);
    expect(JSON.stringify(message)).not.toContain('記録に移す');
    const before = naoko.ephemerals.length;
    await naoko.post(CHANNELS.triage, '明日訪問します。', { thread: card() });
    await house.delivered();
    expect(naoko.ephemerals).toHaveLength(before);
  });

  test('a button of before reads nothing from Slack any more', async () => {
    const house = await openHouse();
    const { card, id } = await acceptedCase(house);
    const naoko = house.slack.as(PEOPLE.naoko);
    const posted = await naoko.post(CHANNELS.triage, '明日訪問します。', { thread: card() });
    await house.slack.waitFor(() => naoko.ephemerals.length > 0, { what: 'the offer' });
    await becomeStrict();
    const calls = house.slack.calls().length;
    const message = await told(house, PEOPLE.naoko, async () =>
      house.fetchToTheEnd(
        await signedRequest(
          pressBody(PEOPLE.naoko, 'consultation.thread_add', `${id}/${CHANNELS.triage}/${posted.ts}`),
          { contentType: FORM },
        ),
      ),
    );
    expect(linksIn(message)).toEqual(['/cases/R8-0001']);
    expect(
      house.slack
        .calls()
        .slice(calls)
        .filter(({ method }) => method.startsWith('conversations.')),
    ).toEqual([]);
  });
});

describe('a form that was open when the city changed its mind', () => {
  test('is still stored', async () => {
    const house = await openHouse();
    const hanako = await openForm(house);
    await becomeStrict();
    expect((await hanako.fillAndSubmit(CASE)).errors).toBeUndefined();
    await house.delivered();
    expect(await caseRow()).toMatchObject({ reference: 'R8-0001' });
    expect(hanako.modal).toBeUndefined();
  });

  test('is stored also when the resident seems to be known: the warning may not stand in Slack', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    const hanako = await openForm(house);
    await becomeStrict();
    expect((await hanako.fillAndSubmit(CASE)).errors).toBeUndefined();
    expect(await env.DB.prepare('SELECT count(*) AS n FROM consultation').first('n')).toBe(2);
  });

  test('stays open with what was typed when it is stale, and leads to the page', async () => {
    const house = await openHouse();
    const { card } = await acceptedCase(house);
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(card(), '回答する');
    await house.slack.waitFor(() => naoko.modal, { what: 'the form' });
    await becomeStrict();
    await env.DB.prepare("UPDATE consultation SET person_in_charge = 'U0KENTA'").run();
    await press(house, PEOPLE.takuya, 'claim').catch(() => undefined);
    await env.DB.prepare("UPDATE consultation SET person_in_charge = 'U0NAOKO'").run();
    const id = await caseId();
    await send(
      house,
      submissionBody(PEOPLE.kenta, {
        id: 'V0OTHER',
        callbackId: 'consultation.reclassify',
        metadata: `${id}/2`,
        values: { urgency: { type: 'radio_buttons', selected_option: { value: 'soon' } } },
      }),
    );
    const { errors } = await naoko.fillAndSubmit({ 回答: TYPED });
    expect(JSON.stringify(errors)).toContain('ページで');
    expect(naoko.filledIn).toMatchObject({ 回答: TYPED });
    expect(
      JSON.stringify(
        house.slack.traffic.filter(({ direction }) => direction === 'to-app').map(({ answer }) => answer),
      ),
    ).not.toContain(TYPED);
  });

  test('a purpose is stored; what it was asked for is read on the page', async () => {
    const house = await openHouse();
    const { card } = await acceptedCase(house);
    const takuya = house.slack.as(PEOPLE.takuya);
    await takuya.click(card(), '詳細を見る');
    await house.slack.waitFor(() => takuya.modal, { what: 'the question' });
    await becomeStrict();
    expect((await takuya.fillAndSubmit({ 見る目的: '引継ぎの準備' })).errors).toBeUndefined();
    expect(linksIn(takuya.modal)).toEqual(['/cases/R8-0001']);
    expect(takuya.modalText).not.toContain(String(CASE.相談内容));
    expect(await auditOf('consultation.read')).toEqual([]);
  });

  test('a list that was searched shows no search any more', async () => {
    const house = await openHouse();
    await acceptedCase(house);
    await statePurposes(PEOPLE.kenta);
    const kenta = house.slack.as(PEOPLE.kenta);
    await kenta.slash('一覧', { channel: CHANNELS.general });
    await house.slack.waitFor(() => kenta.modal, { what: 'the list' });
    await becomeStrict();
    await kenta.fillAndSubmit({ 番号か氏名で探す: '髙﨑' });
    expect(JSON.stringify(kenta.modal)).not.toContain('plain_text_input');
    expect(JSON.stringify(kenta.modal)).not.toContain('髙﨑');
    expect(linksIn(kenta.modal)).toEqual(['/cases']);
  });
});

test('cards and the home tab are the same as in other cities', async () => {
  const { house } = await strictCase();
  expect(cardIn(house, CHANNELS.triage).text).toContain('R8-0001');
  const naoko = house.slack.as(PEOPLE.naoko);
  await naoko.openHome();
  await house.slack.waitFor(() => naoko.homeText.includes('使い方'), { what: 'the home tab' });
});
