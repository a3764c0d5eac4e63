/** 日程調整 through the front door: a vote per center, live results, closing, reminders, the decision; nothing of many at once is lost. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { DECIDE_FORM } from '../../../src/features/meeting/poll/forms.ts';
import { pollText as text } from '../../../src/features/meeting/poll/text.ts';
import { formatSpan } from '../../../src/features/meeting/text.ts';
import { type House, openHouse } from '../../support/house.ts';
import { storedMeeting, withMeetings } from '../../support/meeting.ts';
import { calledPoll, directsWith, openDay, storedVotes, vote, voteBody } from '../../support/polling.ts';
import { auditOf, send } from '../../support/settings.ts';
import { FORM, signedRequest, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';
import { Visitor } from '../../support/visitor.ts';

type Poll = Awaited<ReturnType<typeof calledPoll>>;

const HOUR = 3_600_000;
const KIND = 'センター長会議';

async function rowOf({ id }: Poll): Promise<Record<string, unknown>> {
  const row = await env.DB.prepare(
    `SELECT status, sequence, starts_at, answer_by, agenda_by, closed_at, decided_date, override_reason
      FROM meeting JOIN meeting_poll ON meeting_id = meeting.id WHERE meeting.id = ?`,
  )
    .bind(id)
    .first();
  return row ?? {};
}

/** Opens the meeting's modal for a person, from the menu. */
async function openMeetingOf(house: House, person: string, { id, reference }: Poll) {
  const somebody = house.slack.as(person);
  while (somebody.modal) await somebody.closeModal();
  await somebody.slash('会議', { channel: CHANNELS.general });
  await house.slack.waitFor(() => somebody.modal, { what: 'the menu' });
  await somebody.clickInModal('開く', undefined, { beside: reference });
  await house.slack.waitFor(() => somebody.modals.length === 2, { what: 'the meeting' });
  expect([id !== '', somebody.modalText.includes(text.heading)]).toEqual([true, true]);
  return somebody;
}

/** Presses the card's button in the heads' channel. */
async function pressOnCard(house: House, somebody: ReturnType<House['slack']['as']>, { reference }: Poll) {
  await house.delivered();
  const [card] = house.slack
    .messages(CHANNELS.general)
    .filter((message) => JSON.stringify(message).includes(reference));
  if (!card) throw new Error('no card');
  while (somebody.modal) await somebody.closeModal();
  await somebody.click(card, text.buttons.vote);
  await house.slack.waitFor(() => somebody.modal, { what: 'the vote' });
}

/** Presses a button of the meeting's modal and waits for the form that takes its place. */
async function pressed(
  house: House,
  somebody: Awaited<ReturnType<typeof openMeetingOf>>,
  label: string,
  words: string,
) {
  await somebody.clickInModal(label);
  await house.slack.waitFor(() => somebody.modalText.includes(words), { what: words });
}

/** The five centers of みどり市 vote, each by its contact; a map of center to letters. */
async function votesOf(house: House, poll: Poll, letters: Readonly<Record<string, string>>) {
  const people: Readonly<Record<string, string>> = {
    kikan: PEOPLE.kenta,
    city: PEOPLE.makoto,
    east: PEOPLE.minoru,
    west: 'U0WEST1',
    south: 'U0SOUTH1',
  };
  for (const [center, word] of Object.entries(letters))
    expect(await vote(house, people[center] ?? '', poll, center, word)).not.toContain('"errors"');
}

describe('a vote', () => {
  test('counts for the center: from the DM’s button, with its present values, by a colleague as 代理, by the host for any', async () => {
    const house = await openHouse(withMeetings);
    const poll = await calledPoll(house, PEOPLE.kenta, KIND, { 締切の時刻: '16:30' });
    await house.delivered();
    const minoru = house.slack.as(PEOPLE.minoru);
    const [invitation] = minoru.dm.filter((message) => JSON.stringify(message).includes(poll.reference));
    if (!invitation) throw new Error('not invited');
    await minoru.click(invitation, text.buttons.vote);
    await house.slack.waitFor(() => minoru.modal, { what: 'the vote' });
    const labels = Object.keys(minoru.filledIn);
    expect(labels).toHaveLength(3);
    const [first = '', second = '', third = ''] = labels;
    const missing = await minoru.fillAndSubmit({ [first]: '○' });
    expect(Object.values(missing.errors ?? {}).length + (missing.problem ? 1 : 0)).toBeGreaterThan(0);
    await minoru.fillAndSubmit({ [second]: '△', [third]: '×' });
    expect(minoru.modalText).toContain(text.vote.done('東'));
    expect(minoru.modalText).toContain(text.silent(['基幹型', '西', '南', '市']));
    expect(await storedVotes(poll.dates)).toEqual({ east: `○△× ${PEOPLE.minoru}` });

    // A colleague without a seat: for the center, in the place of its manager; what stands is shown first.
    const hanako = house.slack.as(PEOPLE.hanako);
    await pressOnCard(house, hanako, poll);
    await house.slack.waitFor(() => hanako.modal, { what: 'the vote' });
    expect(hanako.filledIn).toEqual({ [first]: '○', [second]: '△', [third]: '×' });
    expect(hanako.modalText).toContain('阿部 実');
    expect(hanako.modalText).toContain(text.vote.hint({ yes: 1, maybe: 0, no: 0 }));
    await hanako.fillAndSubmit({ [third]: '○' });
    expect(await storedVotes(poll.dates)).toEqual({ east: `○△○ ${PEOPLE.hanako} 代理` });

    // The host: for a center that it chooses; its own center's vote is its own.
    const kenta = house.slack.as(PEOPLE.kenta);
    await kenta.closeModal();
    await openMeetingOf(house, PEOPLE.kenta, poll);
    await pressed(house, kenta, text.buttons.vote, text.vote.forCenter('基幹型'));
    await kenta.clickInModal(text.vote.otherCenter, '西');
    await house.slack.waitFor(() => kenta.modalText.includes(text.vote.forCenter('西')), { what: 'west' });
    expect(Object.values(kenta.filledIn)).toEqual([null, null, null]);
    await kenta.fillAndSubmit({ [first]: '×', [second]: '×', [third]: '△' });
    expect(await storedVotes(poll.dates)).toEqual({
      east: `○△○ ${PEOPLE.hanako} 代理`,
      west: `××△ ${PEOPLE.kenta} 代理`,
    });
    // The later one counts; the chain keeps both.
    expect((await auditOf('meeting.vote')).map(({ detail }) => JSON.stringify(detail))).toEqual([
      expect.stringContaining('"votes":"yes,maybe,no"'),
      expect.stringContaining('"votes":"yes,maybe,yes"'),
      expect.stringContaining('"votes":"no,no,maybe"'),
    ]);

    // Everything stands on the page, for whoever may read it.
    const page = await (await Visitor.signedIn(house, PEOPLE.minoru)).get(
      `/meetings/${poll.reference.slice(1)}`,
    );
    expect(page.body).toContain(text.silent(['基幹型', '南', '市']));
    expect(page.body).toContain(`佐藤 花子${text.section.proxy}`);
    expect(page.body).toContain(text.tally({ yes: 1, maybe: 1, no: 0 }));
    const stranger = await (await Visitor.signedIn(house, 'U0MISAKI')).get(
      `/meetings/${poll.reference.slice(1)}`,
    );
    expect(stranger.body).toContain(text.section.title);
  });

  test('is refused for others’ centers, for those not invited, in words of nobody, of a private meeting as if there were none', async () => {
    const house = await openHouse(withMeetings);
    const poll = await calledPoll(house, PEOPLE.minoru, '地域ケア個別会議', {
      ほかに招くセンター: ['東', '西'],
    });
    // Her center is invited, but not asked for another one's vote.
    expect(await vote(house, 'U0WEST1', poll, 'east', '○○○')).toContain(text.errors.notInvited);
    expect(await vote(house, 'U0WEST1', poll, 'west', '○?○')).toContain(text.errors.required);
    expect(await vote(house, 'U0WEST1', poll, 'west', '○○')).toContain(text.errors.required);
    for (const [person, center] of [
      ['U0SOUTH1', 'south'],
      ['U0SOUTH1', 'east'],
      [PEOPLE.kenta, 'kikan'],
      [PEOPLE.kenta, 'east'],
    ] as const) {
      const answer = await vote(house, person, poll, center, '○○○');
      expect(answer).toContain(text.errors.notFound);
      expect(answer).not.toContain(poll.reference);
    }
    for (const person of ['U0SOUTH1', PEOPLE.kenta]) {
      const visitor = await Visitor.signedIn(house, person);
      const said = await visitor.post('/modal/press', [['press', `meeting.vote ${poll.id}`]]);
      expect([said.body.includes(text.errors.notFound), said.body.includes(poll.reference)]).toEqual([
        true,
        false,
      ]);
      const page = await visitor.get(`/meetings/${poll.reference.slice(1)}`);
      expect(page.status).toBe(404);
    }
    expect(await storedVotes(poll.dates)).toEqual({});
    const refused = (await auditOf('meeting.vote')).filter(({ outcome }) => outcome === 'refused');
    expect(refused.length).toBeGreaterThanOrEqual(7);
  });

  test('can be given on the page, without a script', async () => {
    const house = await openHouse(withMeetings);
    const poll = await calledPoll(house, PEOPLE.kenta, KIND);
    const visitor = await Visitor.signedIn(house, PEOPLE.minoru);
    const form = await visitor.post('/modal/press', [
      ['press', `meeting.vote ${poll.id}`],
      ['back', '/meetings'],
    ]);
    expect(form.body).toContain(text.vote.title);
    const view = /name="view" value="([^"]*)"/.exec(form.body)?.[1] ?? '';
    const viewId = /name="view_id" value="([^"]*)"/.exec(form.body)?.[1] ?? '';
    const answer = await visitor.post('/modal/submit', [
      [
        'view',
        view
          .replaceAll('&quot;', '"')
          .replaceAll('&amp;', '&')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>'),
      ],
      ['view_id', viewId],
      ['back', '/meetings'],
      ...poll.dates.map((date) => [`field:${date}/east`, 'maybe'] as const),
    ]);
    expect([answer.status, answer.location?.startsWith(`/meetings/${poll.reference.slice(1)}`)]).toEqual([
      303,
      true,
    ]);
    expect(await storedVotes(poll.dates)).toEqual({ east: `△△△ ${PEOPLE.minoru}` });
  });
});

describe('fourteen centers voting twice each, all at once', () => {
  test('lose nothing: each center’s last vote counts, the table agrees, the chain has all 28, and the poll closes once', async () => {
    const centers = Array.from({ length: 14 }, (_, i) => `c${i}`);
    const house = await openHouse((city) => {
      withMeetings(city);
      city.centers = city.centers.filter(({ kind }) => kind !== 'district');
      city.staff = city.staff.filter(({ center }) => center === 'kikan' || center === 'city');
      for (const code of centers) {
        city.centers.push({ code, kind: 'district', name: `${code}包括`, short: code });
        for (const n of [1, 2])
          city.staff.push({
            slackUserId: `U${n}${code.toUpperCase()}`,
            name: `${code} ${n}`,
            center: code,
            profession: '保健師',
            role: 'manager',
            admin: false,
            duty: false,
          });
      }
      city.meetingKinds = [{ name: KIND, attendees: 'one-per-center', quorum: 'majority' }];
    });
    const poll = await calledPoll(house, PEOPLE.kenta, KIND);
    const bodies = centers.flatMap((code, i) =>
      (['○△×', i % 2 === 0 ? '×○○' : '△×○'] as const).map((letters, n) =>
        voteBody(`U${n + 1}${code.toUpperCase()}`, poll, code, letters),
      ),
    );
    const requests = await Promise.all(bodies.map((body) => signedRequest(body, { contentType: FORM })));
    const answers = await Promise.all(
      requests.map(async (request) => (await house.fetchToTheEnd(request)).text()),
    );
    expect(answers.filter((answer) => answer.includes('"errors"'))).toEqual([]);
    const entries = (await auditOf('meeting.vote')).map(({ detail }) => JSON.parse(JSON.stringify(detail)));
    const votes = await storedVotes(poll.dates);
    expect(Object.keys(votes).sort()).toEqual([...centers].sort());
    // The last entry of each center in the chain is what stands in the table.
    const letters = { yes: '○', maybe: '△', no: '×' } as const;
    const { results } = await env.DB.prepare(
      "SELECT detail FROM audit_entry WHERE action = 'meeting.vote' AND outcome = 'done' ORDER BY seq",
    ).all<{ detail: string }>();
    const last = new Map<string, string>();
    for (const { detail } of results) {
      const { center, votes: words } = JSON.parse(detail);
      last.set(
        center,
        String(words)
          .split(',')
          .map((word) => (word === 'yes' || word === 'maybe' || word === 'no' ? letters[word] : '-'))
          .join(''),
      );
    }
    for (const code of centers) expect(votes[code]?.startsWith(last.get(code) ?? '?')).toBe(true);
    expect(entries).toHaveLength(28);
    expect((await rowOf(poll)).closed_at).not.toBeNull();
    // Whoever comes after it closed is late.
    expect(await vote(house, 'U1C0', poll, 'c0', '○○○')).toContain(text.errors.closed);
    await house.delivered();
    expect(directsWith(house, PEOPLE.kenta, '締め切りました')).toBe(1);
  });
});

describe('a poll with 20 dates and 60 centers', () => {
  test('opens in one modal within Slack’s limits, for a center and for the host, and stands on the page', async () => {
    const centers = Array.from({ length: 60 }, (_, i) => `c${i}`);
    const house = await openHouse((city) => {
      withMeetings(city);
      for (const code of centers) {
        city.centers.push({
          code,
          kind: 'district',
          name: `${code}地域包括支援センター`,
          short: `センター${code}`,
        });
        city.staff.push({
          slackUserId: `U0${code.toUpperCase()}`,
          name: `管理 ${code}`,
          center: code,
          profession: '保健師',
          role: 'manager',
          admin: false,
          duty: false,
        });
      }
    });
    const poll = await calledPoll(house, PEOPLE.kenta, KIND, {
      days: Array.from({ length: 20 }, (_, i) => i + 10),
    });
    expect(poll.dates).toHaveLength(20);
    const [manager = ''] = centers.map((code) => `U0${code.toUpperCase()}`);
    const letters = '○'.repeat(20);
    await vote(house, manager, poll, 'c0', letters);
    for (const person of [manager, PEOPLE.kenta]) {
      const somebody = house.slack.as(person);
      await pressOnCard(house, somebody, poll);
      await house.slack.waitFor(() => Object.keys(somebody.filledIn).length === 20, { what: '20 dates' });
    }
    const page = await (await Visitor.signedIn(house, manager)).get(`/meetings/${poll.reference.slice(1)}`);
    expect([page.status, page.body.includes('センターc59')]).toEqual([200, true]);
  });
});

describe('a poll closes', () => {
  test('with the last center’s vote, at once; the organiser hears of the best three and decides from there', async () => {
    const house = await openHouse(withMeetings);
    const poll = await calledPoll(house, PEOPLE.kenta, KIND, { days: [10, 11, 12, 13] });
    await votesOf(house, poll, { kikan: '○×○×', city: '○×○×', east: '△○○×', west: '△×○×' });
    expect(await rowOf(poll)).toMatchObject({ closed_at: null });
    const answer = await vote(house, 'U0SOUTH1', poll, 'south', '○×△×');
    expect(answer).toContain(text.vote.doneLast('南'));
    expect((await rowOf(poll)).closed_at).not.toBeNull();
    expect(await vote(house, 'U0SOUTH1', poll, 'south', '××××')).toContain(text.errors.closed);
    await house.delivered();
    const kenta = house.slack.as(PEOPLE.kenta);
    const [told, ...more] = kenta.dm.filter((message) => JSON.stringify(message).includes('締め切りました'));
    expect([told === undefined, more]).toEqual([false, []]);
    const words = JSON.stringify(told);
    const third = text.tally({ yes: 4, maybe: 1, no: 0 });
    expect(words.indexOf(third)).toBeGreaterThan(0);
    expect(words.indexOf(third)).toBeLessThan(words.indexOf(text.tally({ yes: 3, maybe: 2, no: 0 })));
    expect(words).toContain(text.tally({ yes: 1, maybe: 0, no: 4 }));
    expect(words).not.toContain(text.tally({ yes: 0, maybe: 0, no: 5 }));
    if (!told) return;
    await kenta.closeModal();
    await kenta.click(told, text.buttons.decide);
    await house.slack.waitFor(() => kenta.modalText.includes(text.decide.title), { what: 'the decision' });
    await kenta.fillAndSubmit({ 出欠の締切: openDay(8) });
    expect(kenta.modalText).toContain(text.decide.done);
    const startsAt = Date.parse(`${openDay(12)}T14:00:00+09:00`);
    expect(await rowOf(poll)).toMatchObject({
      status: 'fixed',
      sequence: 1,
      starts_at: startsAt,
      answer_by: openDay(8),
      decided_date: poll.dates[2],
      override_reason: null,
    });
    await house.delivered();
    const span = formatSpan(new Date(startsAt), new Date(startsAt + 1.5 * HOUR));
    // Once for the poll, once for the date; whoever has no seat hears of neither.
    for (const person of [PEOPLE.minoru, 'U0WEST1', 'U0SOUTH1', PEOPLE.makoto, PEOPLE.naoko])
      expect([
        person,
        directsWith(house, person, poll.reference),
        directsWith(house, person, 'の案内です'),
      ]).toEqual([person, 2, 1]);
    // Among the candidates, and in the invitation.
    expect(directsWith(house, PEOPLE.minoru, span)).toBe(2);
    expect(directsWith(house, PEOPLE.ichiro, poll.reference)).toBe(0);
  });

  test('at its deadline, however late the cron comes, once; then it takes no votes and can be opened again', async () => {
    const house = await openHouse(withMeetings);
    const poll = await calledPoll(house, PEOPLE.kenta, KIND);
    await votesOf(house, poll, { east: '○○×' });
    await house.cron(poll.closesAt.getTime() - 60_000);
    expect(await rowOf(poll)).toMatchObject({ closed_at: null });
    const late = poll.closesAt.getTime() + 7 * HOUR;
    await Promise.all([house.cron(late), house.cron(late)]);
    await house.cron(late + 60_000);
    expect(await rowOf(poll)).toMatchObject({ closed_at: late, status: 'polling' });
    await house.delivered();
    expect(directsWith(house, PEOPLE.kenta, '締め切りました')).toBe(1);
    expect(await vote(house, 'U0WEST1', poll, 'west', '○○○')).toContain(text.errors.closed);

    const kenta = house.slack.as(PEOPLE.kenta);
    await kenta.closeModal();
    await openMeetingOf(house, PEOPLE.kenta, poll);
    await pressed(house, kenta, text.buttons.reopen, text.reopen.on);
    const past = await kenta.fillAndSubmit({ [text.reopen.on]: openDay(20) });
    expect(past.errors).toEqual({ [text.reopen.on]: text.errors.afterCandidates });
    await kenta.fillAndSubmit({ [text.reopen.on]: openDay(6), [text.reopen.at]: '09:00' });
    expect(kenta.modalText).toContain(text.reopen.done);
    expect(await rowOf(poll)).toMatchObject({ closed_at: null });
    expect(await vote(house, 'U0WEST1', poll, 'west', '○○○')).toContain(text.vote.done('西'));
    await house.delivered();
    expect(directsWith(house, 'U0SOUTH1', 'の日程調整の締切が変わりました')).toBe(1);

    // By hand.
    await pressed(house, kenta, text.buttons.close, text.closedByHand);
    expect(await vote(house, 'U0SOUTH1', poll, 'south', '○○○')).toContain(text.errors.closed);
  });

  test('where the organiser has left, its host’s managers hear of it', async () => {
    const house = await openHouse(withMeetings);
    const poll = await calledPoll(house, PEOPLE.takuya, KIND);
    await importAgain(house, without(PEOPLE.takuya));
    await house.cron(poll.closesAt.getTime() + 1_000);
    await house.delivered();
    expect(directsWith(house, PEOPLE.kenta, '締め切りました')).toBe(1);
    expect(directsWith(house, PEOPLE.naoko, '締め切りました')).toBe(0);
  });
});

describe('reminders', () => {
  const reminded = (house: House, person: string) => directsWith(house, person, 'の日程の回答がまだです');

  test('reach exactly the silent centers’ contacts, 72, 24 and 3 hours before, once each though the cron runs twice or skips hours', async () => {
    const house = await openHouse(withMeetings);
    const poll = await calledPoll(house, PEOPLE.kenta, KIND, { days: [30, 31], closes: 20 });
    const hoursLeft = (hours: number) => poll.closesAt.getTime() - hours * HOUR;
    const counts = async () => {
      await house.delivered();
      return ['U0WEST1', 'U0SOUTH1', PEOPLE.minoru, PEOPLE.makoto, PEOPLE.ichiro].map((each) =>
        reminded(house, each),
      );
    };
    await votesOf(house, poll, { kikan: '○○', city: '○×' });
    await house.cron(hoursLeft(72.1));
    expect(await counts()).toEqual([0, 0, 0, 0, 0]);
    await Promise.all([house.cron(hoursLeft(72)), house.cron(hoursLeft(72))]);
    await house.cron(hoursLeft(71.9));
    expect(await counts()).toEqual([1, 1, 1, 0, 0]);
    await votesOf(house, poll, { east: '○△' });
    // The cron slept through 24 hours: then one reminder, not two.
    await house.cron(hoursLeft(10));
    await house.cron(hoursLeft(9));
    expect(await counts()).toEqual([2, 2, 1, 0, 0]);
    await votesOf(house, poll, { south: '××' });
    await house.cron(hoursLeft(3));
    await house.cron(hoursLeft(1));
    expect(await counts()).toEqual([3, 2, 1, 0, 0]);
    await house.cron(hoursLeft(-1));
    await house.cron(hoursLeft(-2));
    expect(await counts()).toEqual([3, 2, 1, 0, 0]);
    expect(reminded(house, PEOPLE.kenta)).toBe(0);
  });

  test('of more polls than one run reminds of are given by the next run', async () => {
    const house = await openHouse(withMeetings);
    const now = Date.now();
    const polls = 21;
    for (let i = 0; i < polls; i += 1) {
      const { id } = await storedMeeting(house, KIND, {
        status: 'polling',
        startsAt: null,
        endsAt: null,
        seats: [{ seat: 'center:south', by: 'center', center: 'south' }],
      });
      await env.DB.prepare('INSERT INTO meeting_poll (meeting_id, closes_at) VALUES (?, ?)')
        .bind(id, now + 73 * HOUR)
        .run();
    }
    for (const minute of [0, 1, 2]) await house.cron(now + HOUR + 60_000 * (minute + 1));
    const told = "SELECT count(*) AS n FROM meeting_notice WHERE what LIKE 'poll/72/%'";
    expect(await env.DB.prepare(told).first('n')).toBe(polls);
  });
});

describe('the decision', () => {
  test('is refused below the quorum unless it says why; the reason is sealed, on the page, and never in chat', async () => {
    const house = await openHouse(withMeetings);
    const poll = await calledPoll(house, PEOPLE.kenta, KIND, {
      外部の方: '山田 太郎 <yamada@clinic.example.jp>',
    });
    await votesOf(house, poll, { kikan: '○○×', east: '△××' });
    await openMeetingOf(house, PEOPLE.kenta, poll);
    const kenta = house.slack.as(PEOPLE.kenta);
    expect(kenta.modalText).toContain('定足数に届いていません');
    await pressed(house, kenta, text.buttons.decide, text.decide.reason);
    const refused = await kenta.submit();
    expect(refused.errors).toEqual({ [text.decide.reason]: text.errors.belowQuorum(2, 3) });
    expect(await rowOf(poll)).toMatchObject({ status: 'polling', sequence: 0 });
    const reason = '年度内の議決がどうしても要るため';
    await kenta.fillAndSubmit({ [text.decide.reason]: reason });
    const row = await rowOf(poll);
    expect(row).toMatchObject({ status: 'fixed', decided_date: poll.dates[0] });
    expect(String(row.override_reason)).toMatch(/^v1\./);
    await house.delivered();
    await house.cron();
    expect(house.mails.map(({ to }) => to)).toEqual(['yamada@clinic.example.jp']);
    const page = await (await Visitor.signedIn(house, PEOPLE.minoru)).get(
      `/meetings/${poll.reference.slice(1)}`,
    );
    expect(page.body).toContain(reason);
    expect(page.body).toContain(text.section.decided);
    const stored = JSON.stringify((await env.DB.prepare('SELECT detail FROM audit_entry').all()).results);
    const sent = house.slack
      .calls()
      .map((call) => JSON.stringify(call))
      .join('');
    for (const place of [stored, sent, house.logs.join('')]) expect(place).not.toContain(reason);
  });

  test('where nothing may be typed in Slack keeps the quorum there, and goes without it on the page', async () => {
    const house = await openHouse((city) => {
      withMeetings(city);
      city.personalDataEntry = 'web';
    });
    const poll = await calledPoll(house, PEOPLE.kenta, KIND);
    await votesOf(house, poll, { kikan: '○○×', east: '○××', west: '○××' });
    const kenta = await openMeetingOf(house, PEOPLE.kenta, poll);
    await pressed(house, kenta, text.buttons.decide, text.decide.answerBy);
    const [best = '', below = ''] = poll.dates;
    expect(Object.keys(kenta.filledIn)).toEqual([
      text.decide.date,
      text.decide.answerBy,
      text.decide.agendaBy,
    ]);
    const refused = await kenta.fillAndSubmit({ [text.decide.date]: below });
    expect(refused.errors).toEqual({ [text.decide.date]: text.errors.belowQuorumOnPage(1, 3) });
    const visitor = await Visitor.signedIn(house, PEOPLE.kenta);
    const form = await visitor.post('/modal/press', [['press', `meeting.decide ${poll.id}`]]);
    expect(form.body).toContain(text.decide.reason);
    await kenta.fillAndSubmit({ [text.decide.date]: best });
    expect(await rowOf(poll)).toMatchObject({ status: 'fixed', decided_date: best, override_reason: null });
  });

  test('by two at once is one: the second hears who decided; others than the host decide, close and reopen nothing', async () => {
    const house = await openHouse(withMeetings);
    const poll = await calledPoll(house, PEOPLE.kenta, KIND);
    await votesOf(house, poll, { kikan: '○○○', east: '○○○', west: '○○○' });
    const body = (person: string, date = '') =>
      submissionBody(person, {
        id: `V${person}`,
        callbackId: DECIDE_FORM,
        metadata: poll.id,
        values: { date: { type: 'static_select', selected_option: { value: date } } },
      });
    expect(await send(house, body(PEOPLE.minoru, poll.dates[0]))).toContain(text.errors.notArranger);
    expect(await send(house, body(PEOPLE.kenta, 'of-another-poll'))).toContain(text.errors.notDate);
    for (const action of ['meeting.close_poll', 'meeting.reopen_poll', 'meeting.decide']) {
      const visitor = await Visitor.signedIn(house, PEOPLE.hanako);
      const said = await visitor.post('/modal/press', [['press', `${action} ${poll.id}`]]);
      expect([action, said.body.includes(text.errors.notArranger)]).toEqual([action, true]);
    }
    expect(await rowOf(poll)).toMatchObject({ status: 'polling', closed_at: null });
    const requests = await Promise.all(
      [body(PEOPLE.kenta, poll.dates[1]), body(PEOPLE.naoko, poll.dates[2])].map((each) =>
        signedRequest(each, { contentType: FORM }),
      ),
    );
    const answers = await Promise.all(
      requests.map(async (request) => (await house.fetchToTheEnd(request)).text()),
    );
    const lost = answers.filter((answer) => answer.includes('"errors"'));
    expect(lost).toHaveLength(1);
    const { decided_date: decided } = await rowOf(poll);
    const winner = decided === poll.dates[1] ? '田中 健太' : '伊藤 直子';
    expect(lost[0]).toContain(`すでに${winner}が`);
    await house.delivered();
    expect(directsWith(house, PEOPLE.minoru, 'の案内です')).toBe(1);
    // The winner's form sent again is answered as the first time, and nobody is told again.
    const again =
      decided === poll.dates[1] ? body(PEOPLE.kenta, poll.dates[1]) : body(PEOPLE.naoko, poll.dates[2]);
    expect(await send(house, again)).not.toContain('"errors"');
    await house.delivered();
    expect(directsWith(house, PEOPLE.minoru, 'の案内です')).toBe(1);
  });
});

describe('when seats change', () => {
  test('votes of centers that are not invited any more do not count, and a person votes for the center where she works now', async () => {
    const house = await openHouse(withMeetings);
    const poll = await calledPoll(house, PEOPLE.kenta, '見守り担当者連絡会');
    await votesOf(house, poll, { east: '○○○', west: '×××' });
    await env.DB.prepare("UPDATE meeting_seat SET removed_at = 1 WHERE seat = 'center:west'").run();
    await openMeetingOf(house, PEOPLE.kenta, poll);
    const kenta = house.slack.as(PEOPLE.kenta);
    expect(kenta.modalText).toContain(text.tally({ yes: 1, maybe: 0, no: 0 }));
    expect(kenta.modalText).not.toContain('×1');
    expect(await vote(house, 'U0WEST1', poll, 'west', '○○○')).toContain(text.errors.notInvited);
    await importAgain(house, (city) => {
      for (const each of city.staff) if (each.slackUserId === 'U0WEST1') each.center = 'south';
    });
    expect(await vote(house, 'U0WEST1', poll, 'west', '○○○')).toContain(text.errors.notInvited);
    expect(await vote(house, 'U0WEST1', poll, 'south', '○△○')).toContain(text.vote.done('南'));
    expect(await storedVotes(poll.dates)).toMatchObject({ south: '○△○ U0WEST1' });
  });
});
