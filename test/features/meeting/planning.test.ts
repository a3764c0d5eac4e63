/** A year of meetings in one action, through the front door: proposed, edited, confirmed, made, and told once each. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { loadPlan } from '../../../src/features/meeting/planning/data.ts';
import {
  editPlan,
  markOfDates,
  openDates,
  proposePlan,
} from '../../../src/features/meeting/planning/mutations.ts';
import { planYears } from '../../../src/features/meeting/planning/rules.ts';
import { planningText as text } from '../../../src/features/meeting/planning/text.ts';
import { eraYear } from '../../../src/lib/jst.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt, storedMeeting, withMeetings } from '../../support/meeting.ts';
import { auditOf, send } from '../../support/settings.ts';
import { pressBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

const YEAR = Math.max(...planYears(new Date(), 4).years);
const NAME = text.year(eraYear(YEAR, 4), YEAR);

async function planOf(house: House, who: string) {
  const somebody = house.slack.as(who);
  while (somebody.modal) await somebody.closeModal();
  await somebody.slash('会議', { channel: CHANNELS.general });
  await shows(house, who, '年間予定を作る');
  await somebody.clickInModal('年間予定を作る');
  await shows(house, who, text.intro);
  if (!somebody.modalText.includes(text.heading(NAME))) {
    await somebody.clickInModal(text.otherYear(NAME));
    await shows(house, who, text.heading(NAME));
  }
  return somebody;
}

/** A click is acknowledged first and worked on then. */
async function shows({ slack }: House, who: string, words: string): Promise<void> {
  await slack.waitFor(() => slack.as(who).modalText.includes(words), { what: `a modal with ${words}` });
}

async function planned(where = '1'): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    `SELECT meeting_kind.name, held_on, meeting_planned_date.starts, meeting_id, confirmation FROM meeting_planned_date
      JOIN meeting_kind ON meeting_kind.id = kind WHERE ${where} ORDER BY held_on, meeting_kind.name`,
  ).all();
  return results;
}

async function count(sql: string): Promise<number> {
  return (await env.DB.prepare(sql).first<number>('n')) ?? 0;
}

/** Runs the cron until nothing is left of a plan, every time twice at once. */
async function madeAndTold(house: House): Promise<number> {
  for (let run = 0; run < 20; run += 1) {
    const now = Date.now();
    await Promise.all([house.cron(now), house.cron(now)]);
    if ((await count('SELECT count(*) AS n FROM meeting_plan_confirmation WHERE told_at IS NULL')) === 0)
      return run;
  }
  throw new Error('a plan is never done');
}

describe('a year of meetings', () => {
  test('is proposed once, edited, confirmed, made and told once to each', async () => {
    const house = await openHouse(withMeetings);
    const kenta = await planOf(house, PEOPLE.kenta);
    await kenta.clickInModal(text.propose);
    // Four of the heads, twelve of the city, one of the social workers; nothing of a kind that is held when needed.
    await shows(house, PEOPLE.kenta, text.added(17));
    expect((await planned()).filter(({ name }) => name === 'センター長会議')).toHaveLength(4);
    expect(await planned("held_on < '2000'")).toEqual([]);
    await kenta.clickInModal(text.proposeAgain);
    await shows(house, PEOPLE.kenta, text.nothingMissing);
    expect(await planned()).toHaveLength(17);

    // The first meeting of the heads moves to another day of its month, the last is left out, one is added.
    await kenta.clickInModal(text.edit, undefined, { beside: '*センター長会議*' });
    await shows(house, PEOPLE.kenta, text.editIntro);
    const refusedEdit = await kenta.fillAndSubmit({ [text.dateLabel(1)]: '2020-04-08' });
    expect(refusedEdit.errors).toEqual({ [text.dateLabel(1)]: text.errors['out-of-year'] });
    await kenta.fillAndSubmit({
      [text.dateLabel(1)]: `${YEAR}-04-08`,
      [text.timeLabel(1)]: '09:00',
      [text.dateLabel(4)]: '',
      [text.newDateLabel(1)]: `${YEAR}-06-10`,
    });
    await shows(house, PEOPLE.kenta, text.saved);
    expect(
      (await planned("meeting_kind.name = 'センター長会議'")).map(
        ({ held_on, starts }) => `${held_on} ${starts}`,
      ),
    ).toEqual([
      `${YEAR}-04-08 09:00`,
      `${YEAR}-06-10 14:00`,
      expect.stringContaining(`${YEAR}-08-`),
      expect.stringContaining(`${YEAR}-10-`),
    ]);
    // Only the February is missing: the moved April is not doubled.
    await kenta.clickInModal(text.proposeAgain);
    await shows(house, PEOPLE.kenta, text.added(1));

    await kenta.clickInModal(text.confirm);
    await shows(house, PEOPLE.kenta, text.confirmTime(5));
    // Three managers of centers, the core center, the city, and the social workers of the centers.
    const people = await count(
      "SELECT count(*) AS n FROM staff WHERE removed_at IS NULL AND (role = 'manager' OR center IN ('kikan', 'city') OR profession = '社会福祉士')",
    );
    expect(kenta.modalText).toContain(text.confirmQuestion(NAME, 18, people));
    await kenta.submit();
    await shows(house, PEOPLE.kenta, text.confirmed(18, people, 5));
    expect(await count('SELECT count(*) AS n FROM meeting')).toBe(0);

    await house.delivered();
    const before = new Map(
      house.city.staff.map(({ slackUserId }) => [slackUserId, house.slack.as(slackUserId).dm.length]),
    );
    expect(await madeAndTold(house)).toBeLessThanOrEqual(5);
    await madeAndTold(house);
    await house.delivered();
    expect(await count('SELECT count(*) AS n FROM meeting')).toBe(18);
    expect(await count('SELECT count(*) AS n FROM meeting_planned_date WHERE meeting_id IS NOT NULL')).toBe(
      18,
    );
    const told = house.city.staff.filter(({ slackUserId }) =>
      house.slack.as(slackUserId).dm.some((message) => message.text.includes('会議の予定です')),
    );
    expect(told).toHaveLength(people);
    for (const { slackUserId } of told) {
      const digests = house.slack.as(slackUserId).dm.slice(before.get(slackUserId) ?? 0);
      expect(digests.filter((message) => message.text.includes('会議の予定です'))).toHaveLength(1);
    }
    expect(kenta.dm.filter((message) => message.text === text.digest.done(NAME, 18, people))).toHaveLength(1);
    const minoru = house.slack
      .as(PEOPLE.minoru)
      .dm.find((message) => message.text.includes('会議の予定です'));
    expect(minoru?.text).toBe(text.digest.title(NAME, 6));
    expect(JSON.stringify(minoru)).toContain(`会${eraYear(YEAR, 4)}-001 センター長会議`);
    expect(JSON.stringify(minoru)).toContain('4月8日');

    const visitor = await Visitor.signedIn(house, PEOPLE.minoru);
    expect((await visitor.get(`/meetings/${eraYear(YEAR, 4)}-001`)).status).toBe(200);
    // Confirmed dates are neither proposed anew nor confirmed anew.
    const again = await planOf(house, PEOPLE.kenta);
    expect(again.modalText).toContain(text.counts(0, 18, 0));
    await again.clickInModal(text.proposeAgain);
    await shows(house, PEOPLE.kenta, text.nothingMissing);
    expect((await auditOf('meeting.confirm_plan')).map(({ outcome }) => outcome)).toEqual(['done']);
  });

  test('shows clashes of dates with each other and with meetings, and goes on where it was interrupted', async () => {
    const house = await openHouse((city) => {
      withMeetings(city);
      city.meetingKinds = [
        {
          name: '運営会議',
          months: [6],
          day: '第2水曜',
          attendees: 'core, guest: 山田 太郎 <yamada@clinic.example.jp>',
        },
        {
          name: '市との連絡会',
          months: [6],
          day: '第2水曜',
          starts: '15:00',
          attendees: 'core, city',
          host: 'city',
        },
      ];
    });
    const kenta = await planOf(house, PEOPLE.kenta);
    await kenta.clickInModal(text.propose);
    await shows(house, PEOPLE.kenta, text.added(2));
    expect(kenta.modalText).toContain(text.clash('市との連絡会', 3));
    expect(kenta.modalText).toContain(text.counts(2, 0, 2));
    // The city's section sees and confirms its own kinds only.
    const makoto = await planOf(house, PEOPLE.makoto);
    expect(makoto.modalText).not.toContain('*運営会議*');
    expect(makoto.modalText).toContain(text.clash('運営会議', 3));
    await makoto.clickInModal(text.confirm);
    await shows(house, PEOPLE.makoto, text.confirmTime(2));
    const look = makoto.modal;
    await makoto.submit();
    await shows(house, PEOPLE.makoto, text.confirmed(1, 4, 2));
    expect(look).toBeDefined();
    // Kenta's second look was opened before: what he confirms is what he saw, his own and the city's no more.
    await kenta.clickInModal(text.confirm);
    await shows(house, PEOPLE.kenta, text.confirmTime(2));
    await kenta.submit();
    await shows(house, PEOPLE.kenta, text.confirmed(1, 4, 2));
    await madeAndTold(house);
    await house.delivered();
    expect(house.mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['yamada@clinic.example.jp', text.digest.mailSubject('みどり市', NAME)],
    ]);
    expect(await count('SELECT count(*) AS n FROM meeting')).toBe(2);
    expect(await count("SELECT count(*) AS n FROM meeting WHERE host_center = 'city'")).toBe(1);
  });

  test('keeps two dates of one kind on one day', async () => {
    const house = await openHouse(withMeetings);
    const scope = scopeAt(house, new Date());
    const kenta = (await Actor.find(house.db, PEOPLE.kenta))?.actor;
    if (!kenta) throw new Error('nobody');
    await proposePlan(scope, kenta, YEAR);
    const plan = await loadPlan(house.db, kenta, YEAR);
    const heads = plan.kinds.find(({ kind }) => kind.name === 'センター長会議');
    const open = openDates(heads?.dates ?? []);
    const state = { year: YEAR, kindId: heads?.kind.id ?? '', seen: await markOfDates(open) };
    const wanted = [...open, { on: open[0]?.on ?? '', starts: '17:00' }];
    expect(await editPlan(scope, kenta, state, wanted)).toMatchObject({ ok: true });
    const days = await planned("meeting_kind.name = 'センター長会議'");
    expect(days.map(({ held_on, starts }) => `${held_on} ${starts}`).sort()).toEqual(
      wanted.map(({ on, starts }) => `${on} ${starts}`).sort(),
    );
  });

  test('of months with a meeting already leaves them out; a district center plans nothing', async () => {
    const house = await openHouse(withMeetings);
    await storedMeeting(house, 'センター長会議', {
      startsAt: new Date(`${YEAR}-08-03T05:00:00Z`),
      endsAt: new Date(`${YEAR}-08-03T06:00:00Z`),
    });
    const kenta = await planOf(house, PEOPLE.kenta);
    await kenta.clickInModal(text.propose);
    await shows(house, PEOPLE.kenta, text.added(16));
    await house.delivered();
    for (const action of ['meeting.plan', 'meeting.plan_propose', 'meeting.plan_look', 'meeting.plan_edit'])
      await send(house, pressBody(PEOPLE.minoru, action, String(YEAR)));
    expect(house.slack.as(PEOPLE.minoru).modals).toEqual([]);
    const visitor = await Visitor.signedIn(house, PEOPLE.minoru);
    expect((await visitor.get('/meetings/plan')).status).toBe(404);
    expect((await auditOf('meeting.plan')).map(({ actor }) => actor)).toEqual(
      Array.from({ length: 5 }, () => PEOPLE.minoru),
    );
    const core = await Visitor.signedIn(house, PEOPLE.naoko);
    const page = await core.get(`/meetings/plan?year=${YEAR}`);
    expect(page.body).toContain(text.heading(NAME));
    expect(page.body).toContain(text.byMonth);
  });
});
