/** Ranking, reminders and the reading of candidates: pure rules, without a house. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readKind } from '../../../src/features/directory/meeting-kinds/data.ts';
import { MAX_CANDIDATES, readCandidates } from '../../../src/features/meeting/calling/rules.ts';
import { readGuests } from '../../../src/features/meeting/calling/schema.ts';
import type { CenterVote, InvitedSeat } from '../../../src/features/meeting/data.ts';
import { dueReminder, rankDates, silentCenters } from '../../../src/features/meeting/poll/rules.ts';
import { VOTES } from '../../../src/features/meeting/words.ts';

const NOW = new Date('2026-11-22T01:00:00Z');
const HOUR = 3_600_000;

const kindWith = (quorum: string | null) =>
  readKind({
    id: 'k',
    name: 'センター長会議',
    host: 'kikan',
    heldBy: null,
    attendees: '',
    months: '[]',
    day: null,
    starts: '14:00',
    minutes: 90,
    place: null,
    url: null,
    quorum,
    holidays: 'after',
    channel: null,
    isPrivate: false,
    isTraining: false,
    position: 0,
    archivedAt: null,
  });

function seatOf(center: string): InvitedSeat {
  return {
    seat: `center:${center}`,
    person: null,
    center,
    guestName: null,
    guestEmail: null,
    answer: null,
    deputy: null,
    deputyName: null,
    answeredBy: null,
    answeredAt: null,
    isByHand: false,
    presence: null,
    invitedAt: NOW,
    name: null,
    centerShort: center,
  };
}

const polls = fc
  .record({
    dates: fc.integer({ min: 1, max: 8 }),
    invited: fc.uniqueArray(fc.integer({ min: 0, max: 14 }), { minLength: 1, maxLength: 14 }),
    voters: fc.uniqueArray(fc.integer({ min: 0, max: 14 }), { maxLength: 14 }),
    words: fc.infiniteStream(fc.constantFrom(...VOTES)),
    quorum: fc.constantFrom(null, 'majority', '1', '5', '20'),
  })
  .map(({ dates: count, invited, voters, words, quorum }) => {
    const dates = Array.from({ length: count }, (_, i) => {
      // Two of them at the same time of different days are told apart by the day, later ones first.
      const startsAt = new Date(NOW.getTime() + (count - i) * 24 * HOUR);
      return { id: `d${i}`, startsAt, endsAt: new Date(startsAt.getTime() + HOUR) };
    });
    const votes = voters.map((center): CenterVote => {
      const answers = Object.fromEntries(dates.map(({ id }) => [id, words.next().value]));
      return { center: `c${center}`, answers, votedBy: 'U', isProxy: false, votedAt: NOW };
    });
    return {
      kind: kindWith(quorum),
      seats: invited.map((center) => seatOf(`c${center}`)),
      poll: { dates, votes },
      needed: quorum === 'majority' ? Math.floor(invited.length / 2) + 1 : Number(quorum ?? 0),
    };
  });

describe('the best dates', () => {
  test('stand in the order: quorum kept, most ○, fewest ×, most △, earliest; only invited centers count', () => {
    fc.assert(
      fc.property(polls, ({ needed, ...polled }) => {
        const ranked = rankDates(polled);
        expect(ranked.map(({ id }) => id).sort()).toEqual(polled.poll.dates.map(({ id }) => id).sort());
        const invited = polled.seats.map(({ center }) => center);
        // Counted in another way than the rule does: word by word.
        const count = (id: string, word: string) =>
          polled.poll.votes.filter(({ center, answers }) => invited.includes(center) && answers[id] === word)
            .length;
        const keys = ranked.map(({ id, startsAt }) => {
          const [yes, maybe, no] = [count(id, 'yes'), count(id, 'maybe'), count(id, 'no')];
          return [yes + maybe >= needed ? 0 : 1, -yes, no, -maybe, startsAt.getTime()];
        });
        for (const [i, key] of keys.entries()) {
          const next = keys[i + 1];
          if (!next) continue;
          const differing = key.findIndex((value, at) => value !== next[at]);
          expect((key[differing] ?? 0) < (next[differing] ?? 0)).toBe(true);
        }
        expect(ranked.map(({ isQuorate }) => (isQuorate ? 0 : 1))).toEqual(keys.map(([quorate]) => quorate));
      }),
      { numRuns: 300 },
    );
  });

  test('and silence: invited centers without a vote, each once', () => {
    fc.assert(
      fc.property(polls, (polled) => {
        const silent = silentCenters(polled).map(({ code }) => code);
        const voted = polled.poll.votes.map(({ center }) => center);
        expect(silent.some((code) => voted.includes(code))).toBe(false);
        const invited = new Set(polled.seats.map(({ center }) => center));
        expect(silent.length).toBe([...invited].filter((code) => !voted.includes(code ?? '')).length);
      }),
    );
  });
});

describe('the reminder that is due', () => {
  const at = (hours: number) => new Date(NOW.getTime() - hours * HOUR);
  const due = (openedHoursBefore: number, hoursBefore: number) =>
    dueReminder({ openedAt: at(openedHoursBefore), closesAt: NOW }, at(hoursBefore));

  test('is the nearest of those whose hour came since the poll opened; none before, at or after the deadline', () => {
    const of = [100, 72.1, 72, 48, 24, 23, 3, 0.1, 0, -1].map((hours) => due(200, hours));
    expect(of).toEqual([undefined, undefined, 72, 72, 24, 24, 3, 3, undefined, undefined]);
    expect([72, 48, 24, 10, 3].map((hours) => due(30, hours))).toEqual([undefined, undefined, 24, 24, 3]);
    expect([2, 1].map((hours) => due(2, hours))).toEqual([undefined, undefined]);
  });
});

describe('candidates as people type them', () => {
  const today = '2026-11-22';
  const read = (text: string) => readCandidates(text, { minutes: 90, now: NOW, today });
  const spans = (text: string) => {
    const { candidates, faults } = read(text);
    return faults.length > 0
      ? faults
      : candidates.map(({ startsAt, endsAt }) => `${startsAt.toISOString()} ${endsAt.toISOString()}`);
  };
  const one = ['2026-12-03T05:00:00.000Z 2026-12-03T06:30:00.000Z'];

  test.each([
    '12/3 14:00-15:30',
    '12月3日(木) 14時〜15時半',
    '12/3 14:00',
    '１２／３　１４：００～１５：３０',
    '１２月３日（木）１４時から１５時３０分まで',
    '12月3日木曜日 14:00ー15:30',
    '・12/3 午後2時〜3時半',
    '2026/12/3 14:00〜15:30',
    '2026年12月3日 14時',
    '12.3 14:00～',
    '\n  12-3 14:00 - 15:30 \n',
  ])('%j is the third of December from 14:00 to 15:30 in Japan', (text) => {
    expect(spans(text)).toEqual(one);
  });

  test('a line of nothing but spaces in the end is none, and takes no time', () => {
    expect(spans(`12/3${' '.repeat(5000)}x`)).toEqual([{ line: 1, fault: 'unreadable' }]);
    expect(spans(`12/3${'、'.repeat(5000)}14:00`)).toEqual([{ line: 1, fault: 'unreadable' }]);
    expect(spans(`12/3${' '.repeat(5000)}14:00-15:30`)).toEqual(one);
  });

  test('without a year it is the next such day; what has just passed is a slip', () => {
    expect(spans('1/15 9:00-10:00')).toEqual(['2027-01-15T00:00:00.000Z 2027-01-15T01:00:00.000Z']);
    expect(spans('11/20 9:00')).toEqual([{ line: 1, fault: 'past' }]);
    expect(spans('11/22 9:00')).toEqual([{ line: 1, fault: 'past' }]);
    expect(spans('2025/12/3 9:00')).toEqual([{ line: 1, fault: 'past' }]);
    expect(spans('2030/12/3 9:00')).toEqual([{ line: 1, fault: 'too-far' }]);
  });

  test('each wrong line is named, empty ones count, and the right ones are read all the same', () => {
    const { candidates, faults } = read(
      [
        '12/3 14:00',
        '',
        '来週の木曜',
        '2/30 9:00',
        '12/4(木) 9:00',
        '12/4 25:00',
        '12/4 9:00-8:00',
        '12/3 14:00-15:00',
        '12/314:00',
        '12/4 10',
      ].join('\n'),
    );
    expect(faults).toEqual([
      { line: 3, fault: 'unreadable' },
      { line: 4, fault: 'no-such-date' },
      { line: 5, fault: 'wrong-weekday' },
      { line: 6, fault: 'no-such-time' },
      { line: 7, fault: 'ends-before' },
      { line: 8, fault: 'double' },
      { line: 9, fault: 'unreadable' },
      { line: 10, fault: 'unreadable' },
    ]);
    expect(candidates).toHaveLength(1);
    expect(MAX_CANDIDATES).toBe(20);
  });

  test('any date and time of the coming year reads back, in any of the ways', () => {
    const minutes = fc.integer({ min: 1, max: 500_000 });
    fc.assert(
      fc.property(minutes, fc.boolean(), fc.boolean(), (after, isWide, isWords) => {
        const startsAt = new Date(Math.floor(NOW.getTime() / 60_000 + after) * 60_000);
        const local = new Date(startsAt.getTime() + 9 * HOUR);
        const [month, day] = [local.getUTCMonth() + 1, local.getUTCDate()];
        const [hour, minute] = [local.getUTCHours(), String(local.getUTCMinutes()).padStart(2, '0')];
        // A day that is less than a year ahead, but whose name has just passed, is read as that slip.
        fc.pre(after < 300 * 1440);
        const narrow = isWords
          ? `${month}月${day}日${hour}時${minute}分`
          : `${month}/${day} ${hour}:${minute}`;
        const typed = isWide
          ? narrow.replaceAll(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
          : narrow;
        expect(read(typed).candidates.map((each) => each.startsAt)).toEqual([startsAt]);
      }),
    );
  });
});

describe('guests, one a line', () => {
  test('are a name and an address; a faulty line is named by its number and not repeated', () => {
    expect(readGuests('山田 太郎 <yamada@example.jp>\n\n鈴木　花　＜suzuki@example.jp＞')).toEqual({
      ok: true,
      value: [
        { name: '山田 太郎', email: 'yamada@example.jp' },
        { name: '鈴木 花', email: 'suzuki@example.jp' },
      ],
    });
    const faulty = readGuests('山田 太郎 <yamada@example.jp>\n山田花子\nA <x@>');
    expect(JSON.stringify(faulty)).toContain('2 行目');
    expect(JSON.stringify(faulty)).toContain('3 行目');
    expect(JSON.stringify(faulty)).not.toContain('花子');
  });
});
