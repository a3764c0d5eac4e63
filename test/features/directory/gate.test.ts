/** The door: strangers, guests, bots, other workspaces and people who left read one sentence, and see nothing. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../dev/slack/client-api.ts';
import { importCity } from '../../../src/features/directory/mutations.ts';
import { CASE, openForm, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { FORM, interactionBody, pressBody, signedRequest, slashBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const channel = CHANNELS.general;
const SENTENCE = `kikanを使える方として登録されていません。ご利用になる方は、<@${PEOPLE.kenta}>、<@${PEOPLE.makoto}>までお知らせください。`;
/** An admin, as a mention or by name. */
const ADMIN = /U0KENTA|田中 健太/;
const BOT = 'U0KIKANBOT';

/** What is shown where nobody is let in: the sentence alone. */
const refusal = { response_type: 'ephemeral', text: SENTENCE };

async function typed({ fetch }: House, person: string, extra: Record<string, string> = {}): Promise<unknown> {
  const answer = await fetch(await signedRequest(slashBody(person, '相談', extra), { contentType: FORM }));
  expect(answer.status).toBe(200);
  return answer.json();
}

/** Bolt acknowledges an event before it is worked on. */
async function waitForRefusal({ slack }: House): Promise<unknown[]> {
  await slack.waitFor(async () => (await refusalsLogged()).length > 0, { what: 'a refusal in the log' });
  await slack.settled();
  return refusalsLogged();
}

async function refusalsLogged(): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    "SELECT actor, action, surface FROM audit_entry WHERE outcome = 'refused'",
  ).all();
  return results;
}

const logged = (actor: string) => ({ actor, action: 'gate.enter', surface: 'slack' });

/** Takes a person out of the city file. */
async function dismiss({ db, city }: House, person: string): Promise<void> {
  const staff = city.staff.filter((each) => each.slackUserId !== person);
  await importCity(db, { ...city, staff }, 'command', new Date());
}

async function waitForEphemeral({ slack }: House, person: string): Promise<Message> {
  return slack.waitFor(() => slack.as(person).ephemerals.at(-1), { what: 'the sentence' });
}

describe('a slash command of', () => {
  test.each([
    ['a stranger', PEOPLE.stranger],
    ['a guest who is in the city file', PEOPLE.guest],
    ['somebody who is not in the workspace', 'U0NOBODY'],
  ])(
    '%s is answered with one sentence that names the admins, and is logged as refused',
    async (_, person) => {
      const house = await openHouse();
      expect(await typed(house, person)).toEqual(refusal);
      expect(house.slack.calls('views.open')).toEqual([]);
      expect(await refusalsLogged()).toEqual([logged(person)]);
    },
  );

  test('a single-channel guest who is in the city file is refused', async () => {
    const house = await openHouse();
    house.slack.putUser({ id: PEOPLE.hanako, name: '佐藤 花子', isUltraRestricted: true });
    expect(await typed(house, PEOPLE.hanako)).toEqual(refusal);
  });

  test('a bot that stands in the city file is refused', async () => {
    const house = await openHouse((city) => {
      city.staff.push({
        slackUserId: BOT,
        name: 'kikan',
        center: 'east',
        profession: '社会福祉士',
        role: 'staff',
        admin: false,
        duty: false,
      });
    });
    expect(await typed(house, BOT)).toEqual(refusal);
  });

  test('another organisation’s person in a shared channel is refused', async () => {
    const house = await openHouse();
    house.slack.putUser({ id: PEOPLE.hanako, name: '佐藤 花子', teamId: 'T0OTHER' });
    expect(await typed(house, PEOPLE.hanako)).toEqual(refusal);
  });

  test('another workspace is refused, though the same id is in the city file', async () => {
    const house = await openHouse();
    expect(await typed(house, PEOPLE.hanako, { team_id: 'T0OTHER' })).toEqual(refusal);
    expect(house.slack.calls('views.open')).toEqual([]);
    expect(await refusalsLogged()).toEqual([logged(PEOPLE.hanako)]);
  });

  test('a removed person is refused with the very next request', async () => {
    const house = await openHouse();
    const hanako = await openForm(house);
    await hanako.closeModal();
    await dismiss(house, PEOPLE.hanako);
    expect(await typed(house, PEOPLE.hanako)).toEqual(refusal);
    expect(hanako.modal).toBeUndefined();
  });

  test('a stranger in a city without admins names whom to ask all the same', async () => {
    const house = await openHouse((city) => {
      for (const each of city.staff) each.admin = false;
    });
    expect(await typed(house, PEOPLE.stranger)).toEqual({
      response_type: 'ephemeral',
      text: expect.stringContaining('市または基幹型の管理者'),
    });
  });

  test('a stranger before any city file was loaded is refused', async () => {
    const house = await openHouse();
    for (const table of ['staff', 'center', 'city']) await env.DB.prepare(`DELETE FROM ${table}`).run();
    expect(await typed(house, PEOPLE.hanako)).toMatchObject({ response_type: 'ephemeral' });
    expect(house.slack.calls('views.open')).toEqual([]);
  });

  test.each(['ヘルプ', '', 'そのほか', 'help'])(
    'a stranger shows neither menu nor help (%j)',
    async (text) => {
      const house = await openHouse();
      const answer = await house.slack.as(PEOPLE.stranger).slash(text, { channel });
      expect(JSON.parse(answer.ackBody)).toEqual(refusal);
    },
  );
});

describe('a click on a card by', () => {
  test.each(['詳細を見る', '受け付ける', '回答する'])(
    'a stranger (%s) is answered with the sentence, opens nothing and changes nothing',
    async (button) => {
      const house = await openHouse();
      const { card } = await sendConsultation(house);
      const opened = house.slack.calls('views.open').length;
      const stranger = house.slack.as(PEOPLE.stranger);
      await stranger.click(card(), button);
      expect((await waitForEphemeral(house, PEOPLE.stranger)).text).toBe(SENTENCE);
      await house.delivered();
      expect(stranger.ephemerals).toHaveLength(1);
      expect(house.slack.calls('views.open')).toHaveLength(opened);
      expect(await env.DB.prepare('SELECT version FROM consultation').first('version')).toBe(1);
      expect(await refusalsLogged()).toEqual([logged(PEOPLE.stranger)]);
    },
  );

  test('a guest is answered in the same way', async () => {
    const house = await openHouse();
    const { card } = await sendConsultation(house);
    await house.slack.as(PEOPLE.guest).click(card(), '詳細を見る');
    expect((await waitForEphemeral(house, PEOPLE.guest)).text).toBe(SENTENCE);
  });

  test.each([
    [
      'whose own workspace is another',
      { team: { id: 'T0MIDORI' }, user: { id: PEOPLE.naoko, team_id: 'T0OTHER' } },
    ],
    ['which happened in another workspace', { team: { id: 'T0OTHER' }, user: { id: PEOPLE.naoko } }],
  ])('somebody %s is refused, though the same id is in the city file', async (_, who) => {
    const house = await openHouse();
    await sendConsultation(house);
    const id = await env.DB.prepare('SELECT id FROM consultation').first<string>('id');
    const body = interactionBody({
      type: 'block_actions',
      ...who,
      trigger_id: 'x',
      channel: { id: CHANNELS.triage, name: 'x' },
      actions: [
        { type: 'button', action_id: 'consultation.accept', block_id: 'b', value: id, action_ts: '1.1' },
      ],
    });
    await house.fetch(await signedRequest(body, { contentType: FORM }));
    expect((await waitForEphemeral(house, PEOPLE.naoko)).text).toBe(SENTENCE);
    expect(await env.DB.prepare('SELECT status FROM consultation').first('status')).toBe('submitted');
  });

  test('a stranger on something that does not exist reads the same', async () => {
    const house = await openHouse();
    const body = pressBody(PEOPLE.stranger, 'consultation.accept', 'no-such-case');
    await house.fetch(await signedRequest(body, { contentType: FORM }));
    expect((await waitForEphemeral(house, PEOPLE.stranger)).text).toBe(SENTENCE);
  });
});

describe('a modal that was open when its person was removed', () => {
  test('is replaced by the sentence when it is submitted, and nothing is stored', async () => {
    const house = await openHouse();
    const hanako = await openForm(house);
    await hanako.fill(CASE);
    await dismiss(house, PEOPLE.hanako);
    await hanako.submit();
    expect(hanako.modalText).toContain('登録されていません');
    expect(hanako.modalText).toMatch(ADMIN);
    expect(hanako.filledIn).toEqual({});
    for (const table of ['consultation', 'consultation_content', 'case_key', 'reference_number', 'outbox'])
      expect(await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first('n')).toBe(0);
    expect(await refusalsLogged()).toEqual([logged(PEOPLE.hanako)]);
    expect(house.logs.join('\n')).not.toMatch(/髙﨑|近所/);
  });

  test('names the admins as people: in plain text Slack leaves a mention as an id', async () => {
    const house = await openHouse();
    const hanako = await openForm(house);
    await hanako.fill(CASE);
    await dismiss(house, PEOPLE.hanako);
    await hanako.submit();
    const plainTexts = JSON.stringify(hanako.modal?.view.blocks).match(/"type":"plain_text","text":"[^"]*"/g);
    expect(plainTexts?.join() ?? '').not.toContain('<@');
  });
});

describe('the home tab of', () => {
  test.each([
    ['a stranger', PEOPLE.stranger],
    ['a guest', PEOPLE.guest],
  ])('%s holds the sentence and no button, and the visit is logged as refused', async (_, person) => {
    const house = await openHouse();
    const somebody = house.slack.as(person);
    await somebody.openHome();
    expect(await waitForRefusal(house)).toEqual([logged(person)]);
    await house.slack.waitFor(() => somebody.home, { what: 'a home tab' });
    expect(somebody.homeText).toContain('登録されていません');
    expect(somebody.homeText).toMatch(ADMIN);
    expect(somebody.homeText).not.toContain('相談する');
  });

  test('a removed person loses its buttons when it is opened again', async () => {
    const house = await openHouse();
    const hanako = house.slack.as(PEOPLE.hanako);
    await hanako.openHome();
    await house.slack.waitFor(() => hanako.homeText.includes('相談する'));
    await dismiss(house, PEOPLE.hanako);
    await hanako.openHome();
    await waitForRefusal(house);
    await house.slack.waitFor(() => !hanako.homeText.includes('相談する'), {
      what: 'a home tab without buttons',
    });
    expect(hanako.homeText).toContain('登録されていません');
  });

  test('a removed person answers a press on its old button with the sentence, by DM', async () => {
    const house = await openHouse();
    const hanako = house.slack.as(PEOPLE.hanako);
    await hanako.openHome();
    await house.slack.waitFor(() => hanako.home);
    await dismiss(house, PEOPLE.hanako);
    await hanako.clickInHome('相談する');
    await house.delivered();
    expect(hanako.modal).toBeUndefined();
    expect(await refusalsLogged()).toEqual([logged(PEOPLE.hanako)]);
    expect(hanako.dm.map(({ text }) => text)).toEqual([SENTENCE]);
  });
});

describe('what Slack says of an account', () => {
  /** Lets time pass for what is known of the account. */
  async function age(person: string, minutes: number): Promise<void> {
    await env.DB.prepare('UPDATE slack_account SET checked_at = checked_at - ?1 WHERE slack_user_id = ?2')
      .bind(minutes * 60_000, person)
      .run();
  }

  async function asksHelp({ slack }: House, person: string): Promise<boolean> {
    const { ackBody } = await slack.as(person).slash('ヘルプ', { channel });
    await slack.settled();
    return ackBody.includes('使い方');
  }

  const asked = ({ slack }: House) => slack.calls('users.info').length;

  test('is asked at the first visit and kept for an hour', async () => {
    const house = await openHouse();
    for (let i = 0; i < 3; i += 1) expect(await asksHelp(house, PEOPLE.hanako)).toBe(true);
    await age(PEOPLE.hanako, 59);
    expect(await asksHelp(house, PEOPLE.hanako)).toBe(true);
    expect(asked(house)).toBe(1);
  });

  test('is asked again after an hour, and who became a guest is refused from the next request on', async () => {
    const house = await openHouse();
    expect(await asksHelp(house, PEOPLE.hanako)).toBe(true);
    house.slack.putUser({ id: PEOPLE.hanako, name: '佐藤 花子', isGuest: true });
    await age(PEOPLE.hanako, 61);
    await asksHelp(house, PEOPLE.hanako);
    await house.slack.waitFor(() => asked(house) === 2);
    await house.slack.waitFor(
      async () =>
        (await env.DB.prepare('SELECT is_guest FROM slack_account WHERE slack_user_id = ?')
          .bind(PEOPLE.hanako)
          .first('is_guest')) === 1,
    );
    expect(await asksHelp(house, PEOPLE.hanako)).toBe(false);
  });

  test('is asked again of a guest, too: who became a full member is let in within an hour', async () => {
    const house = await openHouse();
    expect(await asksHelp(house, PEOPLE.guest)).toBe(false);
    house.slack.putUser({ id: PEOPLE.guest, name: '来客 次郎', isGuest: false });
    await age(PEOPLE.guest, 61);
    await asksHelp(house, PEOPLE.guest);
    await house.slack.settled();
    await house.slack.waitFor(() => asksHelp(house, PEOPLE.guest), { what: 'a door that opens' });
  });

  test('is asked of sixty newcomers in a minute at most: the others are let in by the city’s list, and asked about later', async () => {
    const house = await openHouse();
    const known = JSON.stringify(Array.from({ length: 60 }, (_, n) => `U0Y${n}`));
    await env.DB.prepare('INSERT INTO slack_account SELECT value, 0, ?2 FROM json_each(?1)')
      .bind(known, Date.now() - 20_000)
      .run();
    expect(await asksHelp(house, PEOPLE.hanako)).toBe(true);
    expect(asked(house)).toBe(0);
    await env.DB.prepare('UPDATE slack_account SET checked_at = checked_at - 60000').run();
    expect(await asksHelp(house, PEOPLE.hanako)).toBe(true);
    expect(asked(house)).toBe(1);
  });

  test('is not asked of strangers', async () => {
    const house = await openHouse();
    expect(await asksHelp(house, PEOPLE.stranger)).toBe(false);
    expect(asked(house)).toBe(0);
  });
});

test('fifty strangers at once are each refused and each logged', async () => {
  const house = await openHouse();
  const people = Array.from({ length: 50 }, (_, i) => `U0STRANGER${i}`);
  expect(await Promise.all(people.map((person) => typed(house, person)))).toEqual(people.map(() => refusal));
  expect(await refusalsLogged()).toHaveLength(50);
});

test('one stranger who presses eight times at once is refused eight times', async () => {
  const house = await openHouse();
  const answers = await Promise.all(Array.from({ length: 8 }, () => typed(house, PEOPLE.stranger)));
  expect(answers).toEqual(answers.map(() => refusal));
  expect(await refusalsLogged()).toHaveLength(8);
});

test.each([
  [
    'null as its workspace',
    { team_id: null, event: { type: 'app_home_opened', tab: 'home', user: PEOPLE.stranger } },
  ],
  [
    'a number as its workspace',
    { team_id: 7, event: { type: 'app_home_opened', tab: 'home', user: PEOPLE.hanako } },
  ],
])('an event with %s shows no home tab', async (_, event) => {
  const { slack, fetch } = await openHouse();
  const body = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', ...event });
  expect((await fetch(await signedRequest(body))).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const person of [PEOPLE.stranger, PEOPLE.hanako])
    expect(JSON.stringify(slack.as(person).home ?? '')).not.toContain('相談する');
});
