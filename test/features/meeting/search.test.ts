/** The search in minutes: what somebody may read is found however it was typed, and nothing of others' private meetings. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { searchMeetings } from '../../../src/features/meeting/search/mutations.ts';
import {
  excerptOf,
  foldText,
  markWords,
  readWords,
  wordsIn,
} from '../../../src/features/meeting/search/rules.ts';
import { foundIn } from '../../support/canaries.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt, storedMeeting, withMeetings } from '../../support/meeting.ts';
import { auditOf } from '../../support/settings.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

const HOUR_MS = 60 * 60_000;

interface Written {
  body: string;
  decisions?: string;
  promise?: string;
  what?: 'save' | 'approve';
}

async function write(
  house: House,
  kind: string,
  { body, decisions = '', promise = '', what = 'approve' }: Written,
  columns: Parameters<typeof storedMeeting>[2] = {},
) {
  const now = Date.now();
  const made = await storedMeeting(house, kind, {
    startsAt: new Date(now - 3 * HOUR_MS),
    endsAt: new Date(now - HOUR_MS),
    ...columns,
  });
  const writer = await Visitor.signedIn(house, columns.organiser ?? PEOPLE.kenta);
  const saved = await writer.post(`/meetings/${made.reference.slice(1)}/minutes`, [
    ['view_id', crypto.randomUUID()],
    ['seen', '0'],
    ['body', body],
    ['decisions', decisions],
    ['do', what],
    ['promise/new-0/what', promise],
    ['promise/new-0/who', 'person:U0MINORU'],
    ['promise/new-0/due', ''],
  ]);
  expect(saved.status).toBe(303);
  return made;
}

describe('the search', () => {
  test('finds what somebody may read, by all words in any width, and shows the line; never another center’s private meeting', async () => {
    const house = await openHouse(withMeetings);
    const heads = await write(house, 'センター長会議', {
      body: '見守りネットワークの進め方\nｻｰﾋﾞｽ担当者会議について <話し合った>',
      decisions: '様式を4月に改める',
      promise: '様式の案を配る',
    });
    const draft = await write(house, 'センター長会議', { body: '下書きの見守り', what: 'save' });
    const secret = await write(
      house,
      '地域ケア個別会議',
      { body: '東の見守りの個別の話' },
      { hostCenter: 'east', organiser: PEOPLE.minoru },
    );
    const searchAs = async (person: string, words: string) =>
      (await Visitor.signedIn(house, person)).post('/meetings/search', [['words', words]]);
    const referencesFor = async (person: string, words: string) => {
      const { status, body } = await searchAs(person, words);
      expect(status).toBe(200);
      return [heads, draft, secret].map(({ reference }) => reference).filter((each) => body.includes(each));
    };
    expect(await referencesFor(PEOPLE.minoru, '見守り')).toEqual([heads.reference, secret.reference]);
    expect(await referencesFor(PEOPLE.hanako, '見守り')).toEqual([secret.reference]);
    expect(await referencesFor('U0WEST1', '見守り')).toEqual([heads.reference]);
    expect(await referencesFor(PEOPLE.kenta, '見守り')).toEqual([heads.reference, draft.reference]);
    for (const outsider of [PEOPLE.ichiro, 'U0MISAKI'])
      expect(await referencesFor(outsider, '見守り')).toEqual([]);
    // Found by its own reference neither.
    const asked = await searchAs(PEOPLE.ichiro, secret.reference);
    expect(asked.body.split(secret.reference)).toHaveLength(2);
    // All of the words, however they are typed: in body, decisions, promises, kind.
    for (const words of ['さーびす 様式', 'サービス　４月', '案を配る', 'せんたー長 ネットワーク'])
      expect([words, await referencesFor('U0WEST1', words)]).toEqual([words, [heads.reference]]);
    expect(await referencesFor('U0WEST1', '様式 見当たらない')).toEqual([]);

    const shown = await searchAs('U0WEST1', 'さーびす 話し');
    expect(shown.body).toContain('<mark>ｻｰﾋﾞｽ</mark>担当者会議について &lt;<mark>話し</mark>合った&gt;');
    expect([shown.headers.get('cache-control'), shown.location]).toEqual(['no-store, max-age=0', null]);
    expect((await searchAs('U0WEST1', ' 　')).status).toBe(422);
    const looks = await auditOf('meeting.search');
    expect(looks.at(-1)).toMatchObject({ actor: 'U0WEST1', detail: { hits: 1, found: heads.reference } });
    expect(foundIn(['さーびす', '見守り', '見当たらない'], JSON.stringify(looks))).toEqual([]);
    expect(foundIn(['さーびす', '見守り', '見当たらない'], house.logs.join('\n'))).toEqual([]);

    // Cut short, it says so.
    const found = await Actor.find(house.db, PEOPLE.kenta);
    if (!found) throw new Error('nobody');
    const cut = await searchMeetings(scopeAt(house, new Date()), found.actor, ['見守り'], 1);
    expect([cut.count <= 1, cut.isCutShort]).toEqual([true, true]);

    // From chat, a link.
    const minoru = house.slack.as(PEOPLE.minoru);
    await minoru.slash('会議', { channel: CHANNELS.general });
    await house.slack.waitFor(() => minoru.modal, { what: 'the menu' });
    await minoru.clickInModal('議事録を探す');
    await house.slack.waitFor(() => JSON.stringify(minoru.modal?.view).includes('/meetings/search'), {
      what: 'the link',
    });
  });
});

describe('the words', () => {
  const letters = fc.constantFrom(
    'ア',
    'あ',
    'ｱ',
    'ｶﾞ',
    'ガ',
    'が',
    'Ａ',
    'a',
    '㍿',
    '𠮷',
    '🐤',
    '山',
    ' ',
    '\u3099',
    'é',
    'ﾟ',
  );
  const lines = fc.array(letters, { maxLength: 20 }).map((each) => each.join(''));

  test('are marked where they stand, and nothing of the line is lost', () => {
    fc.assert(
      fc.property(lines, lines, (line, typed) => {
        const words = readWords(typed);
        const pieces = markWords(line, words);
        expect(pieces.map(({ text }) => text).join('')).toBe(line);
        expect(pieces.some(({ isFound }) => isFound)).toBe(wordsIn(line, words).length > 0);
        for (const { text } of pieces.filter(({ isFound }) => isFound))
          expect(wordsIn(text, words).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test('fold width, kana and case, and a long line is shown around what was found', () => {
    for (const [typed, folded] of [
      ['ｻｰﾋﾞｽ', 'さーびす'],
      ['ガ', 'が'],
      ['ＡＢＣ', 'abc'],
    ] as const)
      expect(foldText(typed).text).toBe(folded);
    expect(readWords('　見守り ミマモリ みまもり')).toEqual(['見守り', 'みまもり']);
    const line = `${'前'.repeat(300)}見守り${'後'.repeat(300)}`;
    expect(excerptOf(line, ['見守り'])).toContain('見守り');
    expect([...excerptOf(line, ['見守り'])].length).toBe(160);
  });
});
