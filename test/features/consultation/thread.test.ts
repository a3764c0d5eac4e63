/** Threads of cards: personal data is warned of, to its author alone; what is worth keeping goes sealed into the case. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../dev/slack/client-api.ts';
import { objectOf } from '../../../dev/slack/json.ts';
import type { Person } from '../../../dev/slack/people/person.ts';
import { openCaseKeyOf } from '../../../src/features/consultation/content/data.ts';
import { casePlace, loadConsultation } from '../../../src/features/consultation/data.ts';
import { note } from '../../../src/features/consultation/tables.ts';
import worker from '../../../src/index.ts';
import { parseSettings } from '../../../src/lib/env.ts';
import { CASE, readable, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { FORM, pressBody, signedRequest } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const WITH_PHONE = '息子さんの携帯は090-1234-5678です。';
const PLAIN = '明日の午前に訪問します。';

/** A consultation of 佐藤 花子, and its card in her center's channel. */
async function openThread(fields: Parameters<typeof sendConsultation>[1] = {}) {
  const house = await openHouse();
  const sent = await sendConsultation(house, fields);
  const { hanako } = sent;
  /** Writes into the thread of the center's card, or of another. */
  const write = async (text: string, who: Person = hanako, card: Message = sent.centerCard()) => {
    const message = await who.post(card.channel, text, { thread: card });
    await taken(house);
    return message;
  };
  return { house, ...sent, write };
}

/**
 * Resolves when the app has taken in the latest event and said what it says. The app answers events before it works on them:
 * so the event is sent once more, and that work is waited for. Every test of this file thereby lives through a redelivery.
 */
async function taken(house: House): Promise<void> {
  await house.slack.settled();
  await sendAgain(latestEvent(house));
  await house.delivered();
}

function latestEvent({ slack }: House): unknown {
  return slack.traffic.findLast(({ what, direction }) => what === 'message' && direction === 'to-app')
    ?.request;
}

async function sendAgain(envelope: unknown): Promise<void> {
  const context = createExecutionContext();
  await worker.fetch(await signedRequest(JSON.stringify(envelope)), env, context);
  await waitOnExecutionContext(context);
}

const latest = (who: Person): Message => {
  const message = who.ephemerals.at(-1);
  if (!message) throw new Error('nothing was said');
  return message;
};

async function press(house: House, who: Person, label: string, on: Message = latest(who)) {
  const before = who.ephemerals.length;
  await who.click(on, label);
  await house.slack.waitFor(() => who.ephemerals.length > before, { ms: 8000, what: 'an answer' });
  await house.delivered();
}

const count = (query: string) => env.DB.prepare(`SELECT count(*) AS n FROM ${query}`).first('n');

/** The notes of the only case, opened. */
async function notesOf({ db }: House) {
  const scope = {
    db,
    now: new Date(),
    settings: parseSettings(env),
    origin: { surface: 'slack' as const },
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  };
  const id = String(await env.DB.prepare('SELECT id FROM consultation').first('id'));
  const loaded = await loadConsultation(scope, id);
  if (!loaded) throw new Error('no case');
  const key = await openCaseKeyOf(scope, id);
  const rows = await db.select().from(note).orderBy(note.writtenAt);
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      words: await key.open(casePlace('note', 'body', row.id, loaded.consultation), row.body),
    })),
  );
}

async function actionsOf(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT action FROM audit_entry WHERE chain LIKE 'case:%' ORDER BY seq",
  ).all<{ action: string }>();
  return results.map(({ action }) => action.replace('consultation.', ''));
}

describe('what looks like personal data', () => {
  test('is told to its author alone, in that thread, by its kind and never by its words', async () => {
    const { house, hanako, centerCard, write } = await openThread();
    await write(WITH_PHONE);
    const warning = latest(hanako);
    expect(warning.threadTs).toBe(centerCard().ts);
    expect(readable(warning)).toContain('電話番号');
    expect(readable(warning)).toContain('削除してください');
    expect(readable(warning)).not.toContain('090');
    expect(house.slack.as(PEOPLE.minoru).ephemerals).toEqual([]);
    expect(house.slack.thread(centerCard().channel, centerCard().ts)).toHaveLength(1);
    expect(await count('note')).toBe(0);
  });

  test('記録に移す seals it into the case and asks the author to delete it', async () => {
    const { house, hanako, write } = await openThread();
    const written = await write(WITH_PHONE);
    await press(house, hanako, '記録に移す');
    expect(readable(latest(hanako))).toContain('R8-0001 の記録に移しました');
    expect(readable(latest(hanako))).toContain('いま削除してください');
    const [kept] = await notesOf(house);
    expect(kept).toMatchObject({ kind: 'thread', author: PEOPLE.hanako, words: WITH_PHONE, editedAt: null });
    expect(kept?.writtenAt.getTime()).toBe(Math.floor(Number(written.ts) * 1000));
    expect(await actionsOf()).toEqual(['submit', 'thread_note']);
    await hanako.delete(written);
    await taken(house);
    expect(await actionsOf()).toEqual(['submit', 'thread_note']);
    expect((await notesOf(house))[0]?.deletedInSlackAt).toBeNull();
  });

  test('the person in charge hears that something was moved, since it will be gone from the thread', async () => {
    const { house, hanako, card, write } = await openThread();
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(card(), '受け付ける');
    await house.slack.waitFor(() => card().text.includes('受付済'));
    await write(WITH_PHONE);
    await press(house, hanako, '記録に移す');
    expect(naoko.dm.at(-1)?.text).toContain('スレッドの投稿が、記録に移されました');
  });

  test('the resident of the case is found in any spelling', async () => {
    const { house, hanako, write } = await openThread();
    await write('ﾀｶｻｷさまの件、よろしくお願いします。');
    expect(readable(latest(hanako))).toContain('対象者の情報');
    const checks = await env.DB.prepare(
      "SELECT actor, surface, case_id IS NOT NULL AS known FROM audit_entry WHERE action = 'consultation.thread_check'",
    ).all();
    expect(checks.results[0]).toEqual({ actor: 'job:thread', surface: 'job', known: 1 });
    expect(house.logs.join('')).not.toContain('ﾀｶｻｷ');
  });

  test('names of colleagues are none, and a case without a resident opens nothing', async () => {
    const { hanako, write } = await openThread({
      種別: '運営・制度',
      ...Object.fromEntries(
        ['対象者の氏名', 'ふりがな', '年齢', '住所', '電話番号', '被保険者番号'].map((name) => [name, null]),
      ),
    });
    await write('伊藤さん、お願いします。');
    expect(readable(latest(hanako))).toContain('記録に追加できます');
    expect(await count("audit_entry WHERE action = 'consultation.thread_check'")).toBe(0);
  });

  test('a colleague who may see the case but is no part of it is warned, and offered nothing', async () => {
    const { house, card, write } = await openThread();
    const takuya = house.slack.as(PEOPLE.takuya);
    await write(WITH_PHONE, takuya, card());
    expect(readable(latest(takuya))).toContain('電話番号');
    expect(readable(latest(takuya))).not.toContain('記録に移す');
    await write(PLAIN, takuya, card());
    expect(takuya.ephemerals).toHaveLength(1);
  });

  test('whoever may not see the case is warned of numbers, but never told whether a guess about the resident is right', async () => {
    const { house, card, write } = await openThread();
    const ichiro = house.slack.as(PEOPLE.ichiro);
    await write(String(CASE.被保険者番号), ichiro, card());
    expect(readable(latest(ichiro))).toContain('被保険者番号');
    expect(readable(latest(ichiro))).not.toContain('対象者の情報');
    await write('みどり市北町', ichiro, card());
    expect(ichiro.ephemerals.map(readable).join()).not.toContain('対象者の情報');
    expect(await count("audit_entry WHERE action = 'consultation.thread_check'")).toBe(0);
  });

  test('is warned of in the thread of an ended case, too, where nothing can be added any more', async () => {
    const { hanako, write } = await openThread();
    await env.DB.prepare("UPDATE consultation SET status = 'closed', due_at = NULL").run();
    await write(WITH_PHONE);
    expect(readable(latest(hanako))).toContain('削除してください');
    expect(readable(latest(hanako))).not.toContain('記録に移す');
    await write(PLAIN);
    expect(hanako.ephemerals).toHaveLength(1);
  });

  test('in a restricted case: a colleague of the sender who is not named gets the warning only', async () => {
    const { house, write } = await openThread();
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    const minoru = house.slack.as(PEOPLE.minoru);
    await write(WITH_PHONE, minoru);
    expect(readable(latest(minoru))).toContain('電話番号');
    expect(readable(latest(minoru))).not.toContain('記録に移す');
    expect(readable(latest(minoru))).not.toContain('R8-0001');
  });
});

describe('other messages', () => {
  test('記録に追加 takes in what the author wrote since, each line with its own time; several lines are offered once', async () => {
    const { house, hanako, write } = await openThread();
    await write(PLAIN);
    const before = hanako.ephemerals.length;
    await write('<鍵>は民生委員さん & 大家さんが持っています。');
    expect(before).toBe(1);
    expect(hanako.ephemerals.length).toBeLessThanOrEqual(2);
    const [offer] = hanako.ephemerals;
    if (!offer) throw new Error('no offer');
    expect(readable(offer)).toContain('R8-0001 の記録に追加できます');
    await press(house, hanako, '記録に追加', offer);
    expect(readable(latest(hanako))).toBe(
      'R8-0001 の記録に、投稿2件を追加しました。\nR8-0001 の記録に、投稿2件を追加しました。',
    );
    const notes = await notesOf(house);
    expect(notes.map(({ words }) => words)).toEqual([PLAIN, '<鍵>は民生委員さん & 大家さんが持っています。']);
    expect(await actionsOf()).toEqual(['submit', 'thread_note']);
  });

  test('pressing twice, also at once, adds once and is answered each time', async () => {
    const { house, hanako, write } = await openThread();
    await write(PLAIN);
    const offer = latest(hanako);
    await Promise.all([hanako.click(offer, '記録に追加'), hanako.click(offer, '記録に追加')]);
    await house.slack.waitFor(() => hanako.ephemerals.length === 3, { ms: 8000 });
    await press(house, hanako, '記録に追加', offer);
    expect(await count('note')).toBe(1);
    expect(await actionsOf()).toEqual(['submit', 'thread_note']);
    const answers = hanako.ephemerals.filter((each) => each.text.includes('追加しました'));
    expect(answers).toHaveLength(3);
  });

  test('in threads of other messages, outside threads, and without text nothing is said', async () => {
    const { house, hanako } = await openThread();
    const other = await hanako.post(CHANNELS.general, 'お知らせです。');
    await hanako.post(CHANNELS.general, WITH_PHONE, { thread: other });
    await taken(house);
    await hanako.post(CHANNELS.east, WITH_PHONE);
    await taken(house);
    expect(hanako.ephemerals).toEqual([]);
    expect(await count('thread_message')).toBe(0);
  });

  test('whoever is not listed writes unnoticed', async () => {
    const { house, centerCard } = await openThread();
    const stranger = house.slack.as(PEOPLE.stranger);
    await stranger.post(CHANNELS.east, WITH_PHONE, { thread: centerCard() });
    await taken(house);
    expect(stranger.ephemerals).toEqual([]);
    expect(await count('thread_message')).toBe(0);
  });

  test('a message that Slack tells of four times is offered once', async () => {
    const { house, hanako, centerCard, write } = await openThread();
    const card = centerCard();
    const event = {
      type: 'message',
      channel: card.channel,
      channel_type: 'channel',
      user: PEOPLE.hanako,
      text: WITH_PHONE,
      ts: '1790000000.000100',
      thread_ts: card.ts,
    };
    await write('はい');
    const before = hanako.ephemerals.length;
    const envelope = { ...objectOf(latestEvent(house)), event };
    await Promise.all([1, 2, 3, 4].map(() => sendAgain(envelope)));
    await house.delivered();
    expect(hanako.ephemerals.length - before).toBe(1);
  });
});

describe('edits and deletions', () => {
  async function recorded() {
    const opened = await openThread();
    const written = await opened.write(PLAIN);
    await press(opened.house, opened.hanako, '記録に追加');
    return { ...opened, written };
  }

  test('an edit of a recorded message replaces the note and is audited; told of twice, it takes effect once', async () => {
    const { house, hanako, written } = await recorded();
    await hanako.edit(written, '訪問は午後になりました。');
    await taken(house);
    const [kept] = await notesOf(house);
    expect(kept?.words).toBe('訪問は午後になりました。');
    expect(kept?.editedAt).not.toBeNull();
    expect(objectOf(objectOf(latestEvent(house)).event).subtype).toBe('message_changed');
    expect(await actionsOf()).toEqual(['submit', 'thread_note', 'thread_edit']);
    const detail = await env.DB.prepare(
      "SELECT actor, detail FROM audit_entry WHERE action = 'consultation.thread_edit'",
    ).first<{ actor: string; detail: string }>();
    expect(detail?.actor).toBe('job:thread');
    expect(JSON.parse(detail?.detail ?? '')).toMatchObject({ note: kept?.id, author: PEOPLE.hanako });
  });

  test('personal data edited into a recorded message is kept and warned of', async () => {
    const { house, hanako, written } = await recorded();
    await hanako.edit(written, WITH_PHONE);
    await taken(house);
    expect((await notesOf(house))[0]?.words).toBe(WITH_PHONE);
    expect(readable(latest(hanako))).toContain('内容は R8-0001 の記録に残っています');
    expect(readable(latest(hanako))).not.toContain('記録に移す');
  });

  test('a deleted recorded message stays in the record, marked', async () => {
    const { house, hanako, written } = await recorded();
    await hanako.delete(written);
    await taken(house);
    const [kept] = await notesOf(house);
    expect(kept?.words).toBe(PLAIN);
    expect(kept?.deletedInSlackAt).not.toBeNull();
    expect(await actionsOf()).toEqual(['submit', 'thread_note', 'thread_delete']);
  });

  test('an unrecorded message is checked again; edited clean, it is added as it then reads', async () => {
    const { house, hanako, write } = await openThread();
    const written = await write(PLAIN);
    expect(readable(latest(hanako))).toContain('追加できます');
    await hanako.edit(written, WITH_PHONE);
    await taken(house);
    expect(readable(latest(hanako))).toContain('電話番号');
    const warning = latest(hanako);
    await hanako.edit(written, '番号は記録を見てください。');
    await taken(house);
    await press(house, hanako, '記録に移す', warning);
    expect((await notesOf(house)).map(({ words }) => words)).toEqual(['番号は記録を見てください。']);
    expect(readable(latest(hanako))).toContain('追加しました');
  });

  test('what was moved keeps its words when the author edits them out of the message', async () => {
    const { house, hanako, write } = await openThread();
    const written = await write(WITH_PHONE);
    await press(house, hanako, '記録に移す');
    const said = hanako.ephemerals.length;
    await hanako.edit(written, '（削除しました）');
    await taken(house);
    expect((await notesOf(house))[0]?.words).toBe(WITH_PHONE);
    expect(hanako.ephemerals).toHaveLength(said);
  });

  test('a late event of an older edit does not undo a newer one', async () => {
    const { house, hanako, written } = await recorded();
    await hanako.edit(written, '一つ目の直し。');
    const first = latestEvent(house);
    await hanako.edit(written, '二つ目の直し。');
    await taken(house);
    await sendAgain(first);
    expect((await notesOf(house))[0]?.words).toBe('二つ目の直し。');
  });

  test('whoever may no longer see the case does not write in its record by editing', async () => {
    const { house, hanako, written } = await recorded();
    await env.DB.prepare("UPDATE staff SET center = 'west' WHERE slack_user_id = ?")
      .bind(PEOPLE.hanako)
      .run();
    await hanako.edit(written, '別のことを書きます。');
    await taken(house);
    expect((await notesOf(house))[0]?.words).toBe(PLAIN);
  });
});

describe('pressing', () => {
  test.each([
    ['fails', 'server-error'],
    ['limits the rate', 'rate-limited'],
    ['hangs', 'hang'],
  ] as const)(
    'when Slack %s, a sentence says so; nothing is lost, and pressing again works',
    async (_, kind) => {
      const { house, hanako, write } = await openThread();
      await write(WITH_PHONE);
      const warning = latest(hanako);
      house.slack.faults = {
        faults: [{ method: 'conversations.replies', kind, times: 1 }],
        enforceRates: false,
      };
      await press(house, hanako, '記録に移す', warning);
      expect(latest(hanako).text).toContain('読み取れませんでした');
      expect(await count('note')).toBe(0);
      await press(house, hanako, '記録に移す', warning);
      expect((await notesOf(house)).map(({ words }) => words)).toEqual([WITH_PHONE]);
    },
  );

  test('after the message was deleted, a sentence says that it is gone', async () => {
    const { house, hanako, write } = await openThread();
    const written = await write(WITH_PHONE);
    await hanako.delete(written);
    await taken(house);
    await press(house, hanako, '記録に移す');
    expect(latest(hanako).text).toBe('その投稿は見つかりません。削除されたようです。');
    expect(await count('note')).toBe(0);
  });

  test('after the case ended, it is refused with the reason, and logged', async () => {
    const { house, hanako, write } = await openThread();
    await write(WITH_PHONE);
    await env.DB.prepare("UPDATE consultation SET status = 'closed', due_at = NULL").run();
    await press(house, hanako, '記録に移す');
    expect(latest(hanako).text).toContain('いま「終結」なので');
    expect(await count("audit_entry WHERE outcome = 'refused'")).toBe(1);
  });

  test.each([
    ['a colleague of the same center', PEOPLE.minoru, 'その投稿は見つかりません'],
    ['another center', PEOPLE.ichiro, 'この相談は見つかりません'],
    ['core staff who are no part of it', PEOPLE.takuya, '担当者'],
  ])('%s cannot record what somebody else wrote', async (_, person, sentence) => {
    const { house, write } = await openThread();
    const written = await write(WITH_PHONE);
    const id = await env.DB.prepare('SELECT id FROM consultation').first('id');
    const value = `${id}/${written.channel}/${written.ts}`;
    await house.fetch(
      await signedRequest(pressBody(person, 'consultation.thread_add', value), { contentType: FORM }),
    );
    const somebody = house.slack.as(person);
    const told = await house.slack.waitFor(() => somebody.ephemerals.at(-1));
    expect(told.text).toContain(sentence);
    expect(await count('note')).toBe(0);
    expect(await count("audit_entry WHERE outcome = 'refused'")).toBe(1);
  });

  test('a forged value finds nothing', async () => {
    const { house } = await openThread();
    const body = pressBody(PEOPLE.hanako, 'consultation.thread_add', '//\u0000/x');
    await house.fetch(await signedRequest(body, { contentType: FORM }));
    const told = await house.slack.waitFor(() => house.slack.as(PEOPLE.hanako).ephemerals.at(-1));
    expect(told.text).toBe('この相談は見つかりません。');
  });
});

test('nothing that was written in a thread leaves the Worker, nor lies in logs, outbox or audit log', async () => {
  const CANARY = 'カナリアの鈴木ハナ様 090-8765-4321 🐤';
  const { house, hanako, write } = await openThread();
  const moved = await write(CANARY);
  await press(house, hanako, '記録に移す');
  await hanako.edit(moved, `${CANARY}2`);
  await taken(house);
  const added = await write('カナリアのただの文');
  const offer = hanako.ephemerals.findLast((each) => each.text.includes('追加できます'));
  if (!offer) throw new Error('no offer');
  await press(house, hanako, '記録に追加', offer);
  await hanako.edit(added, 'カナリアの直した文');
  await taken(house);
  await hanako.delete(added);
  await taken(house);
  expect(await count('note')).toBe(2);
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
  ).all<{ name: string }>();
  const stored = await Promise.all(
    results.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`).all()),
  );
  const everything = [house.slack.everythingFromApp(), house.logs.join('\n'), JSON.stringify(stored)].join(
    '\n',
  );
  expect(everything).toContain('R8-0001');
  for (const part of ['カナリア', 'ハナ', '8765', encodeURIComponent('カナリア')])
    expect(everything).not.toContain(part);
});
