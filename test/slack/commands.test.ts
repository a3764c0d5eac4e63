/** `/kikan` and its words, the menu, the help and the home tab. */
import { describe, expect, test } from 'vitest';
import { openHouse } from '../support/house.ts';
import { FORM, signedRequest, submissionBody } from '../support/signed.ts';
import { CHANNELS, PEOPLE } from '../support/small-city.ts';

const channel = CHANNELS.general;

describe('the words', () => {
  test.each(['相談', '　相談　', ' soudan ', 'SOUDAN', 'ＳＯＵＤＡＮ', 'ｓｏｕｄａｎ\t', '相談 '])(
    '%j opens the form',
    async (text) => {
      const { slack } = await openHouse();
      const hanako = slack.as(PEOPLE.hanako);
      await hanako.slash(text, { channel });
      await slack.waitFor(() => hanako.modal);
      expect(hanako.modalText).toContain('基幹型への相談');
    },
  );

  test('after the word go into the form, and nowhere else', async () => {
    const { slack, logs } = await openHouse();
    const hanako = slack.as(PEOPLE.hanako);
    await hanako.slash('相談 　独居の方の\n鍵の件 ', { channel });
    await slack.waitFor(() => hanako.modal);
    expect(hanako.filledIn.相談内容).toBe('独居の方の\n鍵の件');
    expect(logs.join('\n')).not.toContain('鍵');
  });

  test.each(['ヘルプ', 'help', 'ﾍﾙﾌﾟ', 'Help'])('%j lists every command once', async (text) => {
    const { slack } = await openHouse();
    const { ackBody } = await slack.as(PEOPLE.hanako).slash(text, { channel });
    for (const word of [
      '/kikan 相談',
      '/kikan 一覧',
      '/kikan 会議',
      '/kikan 訓練',
      '/kikan 点呼',
      '/kikan faq',
      '/kikan 設定',
      '/kikan ヘルプ',
    ])
      expect(ackBody.split(`\`${word}\``)).toHaveLength(2);
  });

  test.each([
    ['相段', '相談'],
    ['sodan', '相談'],
    ['ヘルフ', 'ヘルプ'],
  ])('%j is answered with the nearest word %j', async (typed, nearest) => {
    const { slack } = await openHouse();
    const { ackBody } = await slack.as(PEOPLE.hanako).slash(typed, { channel });
    expect(ackBody).toContain(`/kikan ${nearest}`);
  });

  test.each([
    ['a name', '高橋サチエさんの件'],
    ['a broadcast', '<!channel>'],
    ['a control character', '\u0000'],
    ['500 emoji', '🙂'.repeat(500)],
    ['a format', '%s %n'],
    ['a property of every object', '__proto__'],
    ['another one', 'constructor'],
  ])('that is unknown (%s) is not repeated', async (_, typed) => {
    const { slack, logs } = await openHouse();
    const { ackBody, status } = await slack.as(PEOPLE.hanako).slash(typed, { channel });
    expect(status).toBe(200);
    expect(ackBody).toContain('見つかりませんでした');
    expect(ackBody).toContain('相談する');
    expect(ackBody + logs.join('\n')).not.toContain(typed);
  });

  test('from the city section, 相談 is declined in words', async () => {
    const { slack } = await openHouse();
    const makoto = slack.as(PEOPLE.makoto);
    expect((await makoto.slash('相談', { channel })).ackBody).toContain('市の方は相談を送れません');
    expect(makoto.modal).toBeUndefined();
  });
});

describe('the menu', () => {
  test('comes when nothing is typed, and its button opens the form', async () => {
    const { slack } = await openHouse();
    const hanako = slack.as(PEOPLE.hanako);
    await hanako.slash('', { channel });
    const [menu] = hanako.ephemerals;
    if (!menu) throw new Error('no menu');
    await hanako.click(menu, '相談する');
    await slack.waitFor(() => hanako.modal);
  });

  test('button 使い方 answers with the help, for its reader only', async () => {
    const { slack, delivered } = await openHouse();
    const hanako = slack.as(PEOPLE.hanako);
    await hanako.slash('', { channel });
    const [menu] = hanako.ephemerals;
    if (!menu) throw new Error('no menu');
    await hanako.click(menu, '使い方');
    await delivered();
    expect(hanako.ephemerals.at(-1)?.text).toContain('使い方');
    expect(slack.messages(channel)).toEqual([]);
  });

  test('is the home tab', async () => {
    const { slack } = await openHouse();
    const hanako = slack.as(PEOPLE.hanako);
    await hanako.openHome();
    await slack.waitFor(() => hanako.home);
    await hanako.clickInHome('相談する');
    await slack.waitFor(() => hanako.modal);
  });

  test('button of an older version is answered in words', async () => {
    const { slack, fetch, delivered } = await openHouse();
    const pressed = {
      type: 'block_actions',
      user: { id: PEOPLE.hanako, team_id: 'T0MIDORI' },
      team: { id: 'T0MIDORI' },
      channel: { id: channel },
      trigger_id: 'x',
      actions: [{ type: 'button', action_id: 'menu.of_last_year', block_id: 'b' }],
    };
    const body = new URLSearchParams({ payload: JSON.stringify(pressed) }).toString();
    expect((await fetch(await signedRequest(body, { contentType: FORM }))).status).toBe(200);
    const hanako = slack.as(PEOPLE.hanako);
    const told = await slack.waitFor(() => hanako.ephemerals.at(-1));
    expect(told.text).toContain('このボタンは古くなっています');
    await delivered();
  });
});

test('when Slack does not let the form open, the person is told by DM', async () => {
  const { slack } = await openHouse();
  const hanako = slack.as(PEOPLE.hanako);
  slack.faults = { faults: [{ method: 'views.open', kind: 'server-error' }], enforceRates: false };
  await hanako.slash('相談', { channel });
  const told = await slack.waitFor(() => hanako.dm.at(-1));
  expect(told.text).toContain('画面を開けませんでした');
});

test('when Slack fails once, the form opens all the same', async () => {
  const { slack } = await openHouse();
  const hanako = slack.as(PEOPLE.hanako);
  slack.faults = { faults: [{ method: 'views.open', kind: 'server-error', times: 1 }], enforceRates: false };
  await hanako.slash('相談', { channel });
  await slack.waitFor(() => hanako.modal);
  expect(slack.calls('views.open').map(({ status }) => status)).toEqual([500, 200]);
});

test('a form of an older version says so and keeps what was typed', async () => {
  const { fetch } = await openHouse();
  const values = { old_field: { type: 'plain_text_input', value: 'x' } };
  const body = submissionBody(PEOPLE.hanako, { id: 'V1', callbackId: 'form.of_last_year', values });
  const answer = await fetch(await signedRequest(body, { contentType: FORM }));
  expect(await answer.json()).toEqual({
    response_action: 'errors',
    errors: { old_field: expect.stringContaining('古くなっていて') },
  });
});
