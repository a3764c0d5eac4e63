/** Owners hear a month ahead and on the day that an answer must be looked through: once each, in one message however many there are. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { remindOfReviews } from '../../../src/features/faq/reviewing/jobs.ts';
import { addDays } from '../../../src/lib/jst.ts';
import { publishedEntry } from '../../support/faq.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { PEOPLE } from '../../support/small-city.ts';

const TODAY = '2026-11-24';
const at = (on: string, hour = 10) => new Date(Date.parse(`${on}T00:00:00+09:00`) + hour * 3_600_000);

async function due(house: House, on: string | null, owner: string | null) {
  const { id } = await publishedEntry(house, { question: `秘密の質問${crypto.randomUUID()}` });
  await env.DB.prepare('UPDATE faq_entry SET review_due_on = ?, owner = ? WHERE id = ?')
    .bind(on, owner, id)
    .run();
  return id;
}

const told = async () =>
  (
    await env.DB.prepare(
      "SELECT channel AS person, message->>'text' AS words FROM outbox WHERE kind = 'direct' ORDER BY id",
    ).all<{
      person: string;
      words: string;
    }>()
  ).results.map(({ person, words }) => [
    person,
    /(\d+)件/.exec(words)?.[1],
    /近づいて|確認の日になり/.exec(words)?.[0],
  ]);

describe('review dates', () => {
  test('are told to the owner, and to the managers where there is none or she has left', async () => {
    const house = await openHouse();
    await due(house, addDays(TODAY, 30), PEOPLE.naoko);
    await due(house, addDays(TODAY, 3), PEOPLE.naoko);
    await due(house, TODAY, PEOPLE.naoko);
    await due(house, addDays(TODAY, -400), null);
    await due(house, addDays(TODAY, 31), PEOPLE.naoko);
    await due(house, null, PEOPLE.naoko);
    await due(house, TODAY, PEOPLE.takuya);
    await env.DB.prepare('UPDATE staff SET removed_at = 1 WHERE slack_user_id = ?').bind(PEOPLE.takuya).run();
    const run = (on: string, hour?: number) => remindOfReviews(scopeAt(house, at(on, hour)));
    await run(TODAY, 8);
    expect(await told()).toEqual([]);
    await run(TODAY);
    const first = [
      [PEOPLE.kenta, '2', '確認の日になり'],
      [PEOPLE.naoko, '1', '確認の日になり'],
      [PEOPLE.naoko, '2', '近づいて'],
    ];
    expect((await told()).toSorted()).toEqual(first.toSorted());
    // Late, twice and at the same time: nobody hears it again.
    await Promise.all([run(TODAY), run(TODAY, 15)]);
    expect(await told()).toHaveLength(3);
    await run(addDays(TODAY, 1));
    expect((await told()).slice(3)).toEqual([[PEOPLE.naoko, '1', '近づいて']]);
    await run(addDays(TODAY, 3));
    expect((await told()).slice(4)).toEqual([[PEOPLE.naoko, '1', '確認の日になり']]);
    const words = JSON.stringify(await env.DB.prepare('SELECT message FROM outbox').all());
    expect(words).not.toContain('秘密の質問');
  });
});
