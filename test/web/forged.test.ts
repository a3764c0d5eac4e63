/**
 * What no page of ours would send: forms about cases of others, buttons of others, values that no list has, texts and addresses that
 * mean mischief. Nothing of another case is shown or changed, nothing breaks, and what was typed is shown as what it is.
 */
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { consultationInSlack, formOperations } from '../../src/features/consultation/slack.ts';
import { peopleForms } from '../../src/features/directory/people/forms.ts';
import { settingsInSlack } from '../../src/features/directory/settings/slack.ts';
import { askingInSlack } from '../../src/features/faq/asking/slack.ts';
import { meetingInSlack } from '../../src/features/meeting/slack.ts';
import { rollCallInSlack } from '../../src/features/roll-call/slack.ts';
import { SETTINGS_SECTIONS } from '../../src/settings-sections.ts';
import { readableHtml } from '../support/browser.ts';
import { askedInVain, publishedEntry } from '../support/faq.ts';
import { forgedView, newViewId, pressForged, submitForged } from '../support/forged.ts';
import { type House, openHouse } from '../support/house.ts';
import { storedMeeting, withMeetings } from '../support/meeting.ts';
import { acceptedCase, caseRow } from '../support/operating.ts';
import { answerOf, begunRollCall, withDrills } from '../support/roll-call.ts';
import { PEOPLE } from '../support/small-city.ts';
import { refusalsOnPages, Visitor } from '../support/visitor.ts';

const FEATURES = [...consultationInSlack(), peopleForms, settingsInSlack(SETTINGS_SECTIONS)];
const PRESSES = FEATURES.flatMap(({ presses }) => Object.keys(presses ?? {}));
const SUBMISSIONS = FEATURES.flatMap(({ submissions }) => Object.keys(submissions ?? {}));

/** Lists and settings of one's own: whatever the value says, everybody gets their own. */
const OWN = /^(consultation\.(list|.*_shared)|settings\.absence|absence\.)/;

const HOME = 'https://kikan.test';
const CASE = '/cases/R8-0001';
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const VIEW_ID = /web-[\w-]{43}/g;

/** What an answer says, but for the ids that the question held. */
function saying(body: string): string {
  return body.replaceAll(ID, '').replaceAll(VIEW_ID, '');
}

/** The tables in which something would be changed; what is read and refused is logged elsewhere. */
const KEPT = ['consultation', 'answer', 'note', 'handover', 'member', 'staff', 'center', 'city', 'absence'];

async function keptRows(): Promise<unknown[]> {
  const tables = [...KEPT, 'answer_template', 'viewing_purpose', 'activity', 'submission', 'web_session'];
  return Promise.all(
    tables.map(async (table) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results),
  );
}

async function refusalsOf(person: string): Promise<number> {
  return (await refusalsOnPages()).get(person) ?? 0;
}

const PURPOSE = 'consultation.purpose';

/** Neither a fault nor a way past the form. */
function isAnswer(status: number): boolean {
  return [200, 303, 422].includes(status);
}

/** What went wrong in the Worker's own eyes. */
function faultsIn({ logs }: House): string[] {
  return logs.filter((line) => /"level":"error"/.test(line));
}

describe('about a case of another center', { timeout: 60_000 }, () => {
  let house: House;
  let ids: { case: string; version: string };

  beforeEach(async () => {
    house = await openHouse();
    await acceptedCase(house);
    const { id, version } = await caseRow();
    ids = { case: String(id), version: String(version) };
  });

  test('every button says the same as about nothing, and is logged', async () => {
    const ichiro = await Visitor.signedIn(house, PEOPLE.ichiro);
    const before = await keptRows();
    expect(PRESSES.length).toBeGreaterThan(60);
    for (const action of PRESSES) {
      const asked = await refusalsOf(PEOPLE.ichiro);
      const press = (id: string) =>
        pressForged(
          ichiro,
          action,
          action === 'consultation.menu' ? `answer/${id}` : `${id}/${id}`,
          `${id}/${ids.version}`,
        );
      const [theirs, nothing] = [await press(ids.case), await press(crypto.randomUUID())];
      expect([action, theirs.status, saying(theirs.body)]).toEqual([
        action,
        nothing.status,
        saying(nothing.body),
      ]);
      expect([action, theirs.body.includes('R8-0001')]).toEqual([action, false]);
      const logged = (await refusalsOf(PEOPLE.ichiro)) - asked;
      if (!OWN.test(action)) expect([action, logged]).toEqual([action, 2]);
    }
    expect(await keptRows()).toEqual(before);
    expect(faultsIn(house)).toEqual([]);
  });

  test('every form says the same as about nothing, and is logged', async () => {
    const ichiro = await Visitor.signedIn(house, PEOPLE.ichiro);
    const before = await keptRows();
    const operations = [...formOperations].map((operation) => `consultation.${operation}`);
    for (const form of [...operations, PURPOSE]) {
      const asked = await refusalsOf(PEOPLE.ichiro);
      const send = (id: string) =>
        submitForged(
          ichiro,
          form,
          form === PURPOSE ? `consultation.read ${id}` : `${id}/${ids.version}/${id}`,
          {
            values: { purpose: 'supervision' },
          },
        );
      const [theirs, nothing] = [await send(ids.case), await send(crypto.randomUUID())];
      expect([form, theirs.status, saying(theirs.body)]).toEqual([
        form,
        nothing.status,
        saying(nothing.body),
      ]);
      expect([form, theirs.body.includes('R8-0001')]).toEqual([form, false]);
      expect([form, (await refusalsOf(PEOPLE.ichiro)) - asked]).toEqual([form, 2]);
    }
    expect(await keptRows()).toEqual(before);
    expect(faultsIn(house)).toEqual([]);
  });

  test.each([PEOPLE.makoto, PEOPLE.hanako, PEOPLE.naoko])(
    'no form with made-up metadata breaks anything, whoever sends it (%s)',
    async (person) => {
      const visitor = await Visitor.signedIn(house, person);
      const before = await keptRows();
      for (const form of SUBMISSIONS)
        for (const metadata of [
          `${ids.case}/NaN/__proto__`,
          '__proto__/constructor',
          `\0/${'9'.repeat(400)}/`,
        ]) {
          const { status } = await submitForged(visitor, form, metadata);
          expect([form, metadata, status]).toEqual([form, metadata, expect.toSatisfy(isAnswer)]);
        }
      expect(faultsIn(house)).toEqual([]);
      // The city section may do nothing at all with a case.
      if (person === PEOPLE.makoto) expect(await keptRows()).toEqual(before);
      await house.delivered();
    },
  );

  test('a form under the view of somebody else is a form of its own; under her own view it counts once', async () => {
    const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
    const minoru = await Visitor.signedIn(house, PEOPLE.minoru);
    const viewId = newViewId();
    const say = (visitor: Visitor, body: string) =>
      submitForged(visitor, 'consultation.comment', `${ids.case}/99`, { values: { body }, viewId });
    expect((await say(hanako, '花子の追記')).status).toBe(303);
    expect((await say(minoru, '実の追記')).status).toBe(303);
    expect((await say(hanako, '花子の追記')).status).toBe(303);
    expect((await say(minoru, '花子の追記')).status).toBe(422);
    const { results } = await env.DB.prepare('SELECT author FROM note ORDER BY written_at').all();
    expect(results).toEqual([{ author: PEOPLE.hanako }, { author: PEOPLE.minoru }]);
    await house.delivered();
  });

  test('a way back that leads elsewhere is none', async () => {
    const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
    for (const back of [
      '//evil.example',
      'https://evil.example/',
      '/\\evil.example',
      '/.//evil.example',
      '/\t/evil.example',
      '/x\r\nset-cookie: a=b',
      'javascript:alert(1)',
    ]) {
      const { status, location, headers } = await hanako.post('/modal/submit', [
        ['view', forgedView('consultation.comment', `${ids.case}/99`, { body: '' })],
        ['view_id', newViewId()],
        ['back', back],
        ['field:body', `追記 ${back.length}`],
      ]);
      expect([back, status, new URL(location ?? '', HOME).origin]).toEqual([back, 303, HOME]);
      expect(headers.getSetCookie()).toEqual([]);
    }
    await house.delivered();
  });
});

/** Tables of 会議 that presses and forms change. */
const MEETING_TABLES = [
  'meeting',
  'meeting_seat',
  'meeting_agenda_item',
  'meeting_minutes',
  'meeting_promise',
  'training_application',
  'core_attendance_request',
  'community_issue',
  'meeting_notice',
  'outgoing_mail',
];

/** Menus, lists and forms of one's own: whatever the value says, everybody gets their own. */
const OWN_MEETINGS =
  /^(meeting\.(call|trainings|promises|issues|search|calendar|calendar_revoke)|training\.(offer|outside))$/;

/** What the fields of these forms are called, each with something that it takes. */
const FILLED = {
  answer: 'absent',
  reason: 'schedule',
  title: '議題',
  on: '2027-01-12',
  at: '10:00',
  minutes: '60',
  seats: '30',
  person: PEOPLE.ichiro,
  attendee: PEOPLE.ichiro,
  topic: 'dementia',
  area: 'west',
  summary: '課題',
};

describe('about a private meeting of another center', { timeout: 60_000 }, () => {
  test('every button and form says the same as about nothing, changes nothing, and breaks nothing', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await storedMeeting(house, '地域ケア個別会議', {
      hostCenter: 'east',
      organiser: PEOPLE.hanako,
      isPrivate: true,
      title: '秘密の題',
      seats: [
        { seat: `person:${PEOPLE.minoru}`, by: 'person', person: PEOPLE.minoru, center: 'east' },
        { seat: 'center:south', by: 'center', center: 'south' },
      ],
    });
    const stored = () =>
      Promise.all(
        MEETING_TABLES.map(async (table) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results),
      );
    const ichiro = await Visitor.signedIn(house, PEOPLE.ichiro);
    const before = await stored();
    const compare = async (name: string, send: (of: string) => ReturnType<typeof pressForged>) => {
      const asked = await refusalsOf(PEOPLE.ichiro);
      const theirs = await send(id);
      const logged = (await refusalsOf(PEOPLE.ichiro)) - asked;
      const nothing = await send(crypto.randomUUID());
      expect([name, theirs.status, saying(theirs.body)]).toEqual([
        name,
        nothing.status,
        saying(nothing.body),
      ]);
      expect([name, isAnswer(theirs.status)]).toEqual([name, true]);
      expect([name, theirs.body.includes(reference), theirs.body.includes('秘密の題')]).toEqual([
        name,
        false,
        false,
      ]);
      return logged;
    };
    const presses = meetingInSlack.flatMap(({ presses: each }) => Object.keys(each ?? {}));
    expect(presses.length).toBeGreaterThan(40);
    for (const action of presses) {
      const logged = await compare(action, (of) => pressForged(ichiro, action, `${of}/${of}`, of));
      const alone = await compare(action, (of) => pressForged(ichiro, action, of, of));
      if (!OWN_MEETINGS.test(action)) expect([action, logged > 0, alone > 0]).toEqual([action, true, true]);
    }
    for (const form of meetingInSlack.flatMap(({ submissions }) => Object.keys(submissions ?? {}))) {
      await compare(form, (of) => submitForged(ichiro, form, of, { values: FILLED }));
      await compare(form, (of) => submitForged(ichiro, form, `${of}/center:south/x/w`, { values: FILLED }));
      await compare(form, () => submitForged(ichiro, form, '__proto__/constructor', { values: FILLED }));
    }
    expect(await stored()).toEqual(before);
    expect(faultsIn(house)).toEqual([]);
  });
});

/** Tables of 点呼 that presses and forms change. */
const ROLL_CALL_TABLES = [
  'roll_call',
  'roll_call_person',
  'roll_call_reply',
  'roll_call_center_report',
  'roll_call_takeover',
  'roll_call_lesson',
  'roll_call_notice',
  'priority_count',
  'priority_resident',
  'outgoing_mail',
];

/** Of no roll-call in particular: the form to start one, and what a center keeps for itself. */
const OF_NONE = /^roll-call\.(confirm|priority)$/;

/** What the fields of these forms are called, each with something that it takes. */
const SAID = {
  safety: 'severe',
  place: 'home',
  person: PEOPLE.hanako,
  center: 'east',
  quick: 'fine',
  service: 'stopped',
  substitute: 'west',
  note: '偽の連絡',
  [`reason.${PEOPLE.hanako}`]: '偽の理由',
  body: '偽の気づき',
  what: '偽の約束',
  who: PEOPLE.ichiro,
  due: '2027-01-12',
  scenario: 'earthquake',
  instructions: ['report'],
  when: 'later',
  on: '2027-01-12',
  at: '10:00',
};

/** As the forms of 点呼 carry what they are about. */
const carried = (of: string, since: number): readonly string[] => [
  of,
  `${of}/${PEOPLE.hanako}/${since}`,
  `${of}/east`,
  `${of} east 0`,
  `${of} 1`,
];

/** One's own answer is one's own. */
const OF_ONESELF = /^roll-call\.(safe|answer)$/;
const SINCE = Date.now();
const NOTHING_ELSE = { place: null, coming: null, comingMinutes: null, family: null } as const;

describe('about a roll-call', { timeout: 60_000 }, () => {
  let house: House;
  const stored = () =>
    Promise.all(
      ROLL_CALL_TABLES.map(async (table) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results),
    );
  const presses = rollCallInSlack.flatMap(({ presses: each }) => Object.keys(each ?? {}));
  const submissions = rollCallInSlack.flatMap(({ submissions: each }) => Object.keys(each ?? {}));

  beforeEach(async () => {
    house = await openHouse(withDrills);
  });

  test.each([PEOPLE.naoko, PEOPLE.makoto])(
    'that is planned without notice, every button and form says the same as about nothing (%s)',
    async (person) => {
      const startsAt = new Date(Date.now() + 3 * 86_400_000);
      const { id, reference } = await begunRollCall(house, new Date(), { startsAt, note: '秘密の連絡' });
      const visitor = await Visitor.signedIn(house, person);
      const before = await stored();
      const compare = async (name: string, send: (of: string) => ReturnType<typeof pressForged>) => {
        const asked = await refusalsOf(person);
        const theirs = await send(id);
        const logged = (await refusalsOf(person)) - asked;
        const nothing = await send(crypto.randomUUID());
        expect([name, theirs.status, saying(theirs.body)]).toEqual([
          name,
          nothing.status,
          saying(nothing.body),
        ]);
        expect([name, isAnswer(theirs.status), theirs.body.includes(reference)]).toEqual([name, true, false]);
        return logged;
      };
      for (const action of presses) {
        const logged = await compare(action, (of) => pressForged(visitor, action, of, of));
        if (!OF_NONE.test(action)) expect([action, logged > 0]).toEqual([action, true]);
      }
      for (const form of submissions)
        for (const [i] of carried('', 0).entries())
          await compare(form, (of) =>
            submitForged(visitor, form, carried(of, SINCE)[i] ?? '', { values: SAID }),
          );
      expect(await stored()).toEqual(before);
      for (const path of ['', '/report', '/report.csv', '/board', '/checks'])
        expect([path, (await visitor.get(`/roll-calls/${reference.slice(1)}${path}`)).status]).toEqual([
          path,
          404,
        ]);
      for (const path of [
        '/roll-calls',
        '/roll-calls/improvements',
        '/',
        '/meetings',
        '/log',
        '/log?q=点',
        '/settings',
      ])
        expect([path, (await visitor.get(path)).body.includes(reference.slice(1))]).toEqual([path, false]);
      expect(faultsIn(house)).toEqual([]);
    },
  );

  test('somebody of another center changes nothing of hers: no answer, report, help, takeover, promise, start or end', async () => {
    const now = new Date(SINCE);
    const { id } = await begunRollCall(house, now);
    await answerOf(house, id, PEOPLE.hanako, now, { answer: { ...NOTHING_ELSE, safety: 'severe' } });
    const ichiro = await Visitor.signedIn(house, PEOPLE.ichiro);
    const before = await stored();
    const look = (name: string, { status, body }: Awaited<ReturnType<typeof pressForged>>) =>
      expect([name, isAnswer(status), body.includes('佐藤 花子')]).toEqual([name, true, false]);
    for (const action of presses.filter((each) => !OF_ONESELF.test(each)))
      for (const value of carried(id, SINCE)) look(action, await pressForged(ichiro, action, value, value));
    for (const form of submissions.filter((each) => !OF_ONESELF.test(each)))
      for (const metadata of carried(id, SINCE))
        look(form, await submitForged(ichiro, form, metadata, { values: SAID }));
    for (const form of submissions)
      for (const metadata of [
        `${id}/NaN/__proto__`,
        '__proto__/constructor',
        `\0/${'9'.repeat(400)}/`,
        '{"kind":"drill"}',
      ])
        look(form, await submitForged(ichiro, form, metadata));
    expect(await stored()).toEqual(before);
    expect(faultsIn(house)).toEqual([]);
  });
});

/** Tables of the FAQ that its desk changes. */
const FAQ_TABLES = ['faq_entry', 'faq_revision', 'faq_distinct_pair', 'faq_notice', 'outbox'];

/** Every form of the desk about one entry, with what each of them takes. */
const DESK_FORMS: readonly (readonly [path: string, fields: readonly (readonly [string, string])[]])[] = [
  [
    '',
    [
      ['question', '偽の質問'],
      ['answer', '偽の答え'],
      ['do', 'propose'],
    ],
  ],
  ['/drop', []],
  [
    '/approval',
    [
      ['do', 'approve'],
      ['reviewDueOn', '2027-01-12'],
    ],
  ],
  [
    '/approval',
    [
      ['do', 'back'],
      ['note', '偽の理由'],
    ],
  ],
  [
    '/withdraw',
    [
      ['why', 'wrong'],
      ['published', '1'],
    ],
  ],
  ['/reviewed', [['published', '1']]],
  [
    '/history',
    [
      ['do', 'restore'],
      ['version', '1'],
    ],
  ],
  [
    '/history',
    [
      ['do', 'erase'],
      ['version', '1'],
    ],
  ],
];

describe('about an answer that waits for approval', { timeout: 60_000 }, () => {
  const stored = () =>
    Promise.all(
      FAQ_TABLES.map(async (table) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results),
    );

  /** Written and put forward by 直子. */
  async function openDesk() {
    const house = await openHouse();
    const naoko = await Visitor.signedIn(house, PEOPLE.naoko);
    const made = await naoko.post('/faq/desk/new', [
      ['question', '秘密の質問'],
      ['answer', '秘密の答え'],
      ['submissionKey', crypto.randomUUID()],
      ['do', 'propose'],
    ]);
    expect(made.location).toBe('/faq/desk/1?done=proposed');
    const row = await env.DB.prepare('SELECT entry_id AS id, updated_at AS at FROM faq_revision').first();
    return { house, naoko, id: String(row?.id), seen: `1/${row?.at}/0` };
  }

  test.each([PEOPLE.hanako, PEOPLE.minoru])(
    'a district finds nothing and changes nothing (%s)',
    async (person) => {
      const { house, seen } = await openDesk();
      const before = await stored();
      const visitor = await Visitor.signedIn(house, person);
      for (const [path, fields] of DESK_FORMS) {
        const asked = await refusalsOf(person);
        const of = (number: number) =>
          visitor.post(`/faq/desk/${number}${path}`, [...fields, ['seen', seen]]);
        const [theirs, nothing] = [await of(1), await of(999)];
        expect([path, theirs.status, theirs.body]).toEqual([path, 404, nothing.body]);
        expect([path, (await refusalsOf(person)) - asked]).toEqual([path, 2]);
      }
      for (const path of ['/faq/desk/1', '/faq/desk/1/approval', '/faq/desk/1/history', '/faq/1', '/faq'])
        expect([path, (await visitor.get(path)).body.includes('秘密の')]).toEqual([path, false]);
      expect(await stored()).toEqual(before);
      expect(faultsIn(house)).toEqual([]);
    },
  );

  test('its author is no second person whatever her form says, and what no form of ours says breaks nothing', async () => {
    const { house, naoko, id, seen } = await openDesk();
    const before = await stored();
    for (const odd of [seen, '', '__proto__', `9/${'9'.repeat(400)}`, '1/0', '1/0/0', "1/'--"])
      for (const [path, fields] of DESK_FORMS.slice(2)) {
        const { status } = await naoko.post(`/faq/desk/1${path}`, [...fields, ['seen', odd]]);
        expect([odd, path, [404, 409, 422].includes(status)]).toEqual([odd, path, true]);
      }
    for (const [kept = '', other = ''] of [
      [id, id],
      ['__proto__', 'constructor'],
      [id, crypto.randomUUID()],
    ])
      for (const wish of ['merge', 'distinct']) {
        const pair = Object.entries({ kept, other, seen: 'null/null', do: wish });
        expect([kept, wish, (await naoko.post('/faq/desk/duplicates', pair)).status]).toEqual([
          kept,
          wish,
          404,
        ]);
      }
    expect(await stored()).toEqual(before);
    expect(faultsIn(house)).toEqual([]);
  });
});

/** Tables of the FAQ that asking, reading and rating change. */
const ASKING_TABLES = ['faq_ask', 'faq_reading', 'faq_vote', 'faq_index_task', 'faq_open_question'];
/** A box and a form of one's own: whatever the value says, everybody gets their own. */
const OWN_BOX = /^faq\.(ask_home|ask_home_button|consult)$/;

describe('about an answer for the core center only, and a question of another person', {
  timeout: 60_000,
}, () => {
  const feature = askingInSlack(async () => undefined);

  test.each([PEOPLE.hanako, PEOPLE.makoto])(
    'every button says the same as about nothing, changes nothing, and breaks nothing (%s)',
    async (person) => {
      const house = await openHouse();
      const secret = { question: '秘密の質問', answer: '秘密の答え' };
      const { id } = await publishedEntry(house, secret, { visibility: 'core' });
      const open = await publishedEntry(house, { question: '誰でも読める質問' });
      const ask = await askedInVain(house, PEOPLE.naoko, '直子の秘密の言葉', { unansweredAt: null });
      const stored = () =>
        Promise.all(
          ASKING_TABLES.map(async (table) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results),
        );
      const visitor = await Visitor.signedIn(house, person);
      const before = await stored();
      const presses = Object.keys(feature.presses ?? {});
      expect(presses).toHaveLength(6);
      for (const action of presses) {
        const asked = await refusalsOf(person);
        const press = (value: string) => pressForged(visitor, action, value, `${value}/beside`);
        const [theirs, nothing] = [
          await press(action === 'faq.consult' ? ask : `${id}/${ask}`),
          await press(crypto.randomUUID()),
        ];
        expect([action, theirs.status, saying(theirs.body)]).toEqual([
          action,
          nothing.status,
          saying(nothing.body),
        ]);
        expect([action, /秘密/.test(theirs.body)]).toEqual([action, false]);
        if (!OWN_BOX.test(action)) expect([action, (await refusalsOf(person)) - asked]).toEqual([action, 2]);
        for (const odd of ['', '/', '__proto__/constructor', `\0/${'9'.repeat(400)}`, "' OR 1=1--/'"])
          expect([action, odd, isAnswer((await press(odd)).status)]).toEqual([action, odd, true]);
      }
      expect(await stored()).toEqual(before);
      // With somebody else's question an answer is read and rated, and that question stays what it was.
      for (const action of ['faq.read', 'faq.helped']) {
        const { body } = await pressForged(visitor, action, `${open.id}/${ask}`, '');
        expect(/秘密/.test(body)).toBe(false);
      }
      const [asksAfter, readings, votes] = await stored();
      expect([asksAfter, readings]).toEqual([before[0], []]);
      expect(votes).toEqual([expect.objectContaining({ entry_id: open.id, person, ask_id: null })]);
      expect(faultsIn(house)).toEqual([]);
    },
  );
});

/** What stands in the page's hidden view, and the ids of the form. */
function shownForm(body: string): { view: ShownView; viewId: string } | undefined {
  const read = (name: string) =>
    readableHtml(new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '');
  const view = read('view');
  return view === '' ? undefined : { view: JSON.parse(view), viewId: read('view_id') };
}

interface ShownView {
  callback_id: string;
  blocks: { type: string; block_id: string; element: { type: string } }[];
}

const TOO_LONG = 'あ'.repeat(3001);

/** Something that no form takes, by the kind of its input. */
function hostile(type: string): readonly string[] {
  switch (type) {
    case 'plain_text_input':
      return [TOO_LONG];
    case 'datepicker':
      return ['2026-13-45'];
    case 'timepicker':
      return ['99:99'];
    case 'checkboxes':
    case 'multi_static_select':
      return ['constructor', '__proto__', 'x'];
    default:
      return ['constructor'];
  }
}

describe('what is typed', () => {
  let house: House;
  let hanako: Visitor;
  let naoko: Visitor;

  beforeEach(async () => {
    house = await openHouse();
    await acceptedCase(house);
    hanako = await Visitor.signedIn(house, PEOPLE.hanako);
    naoko = await Visitor.signedIn(house, PEOPLE.naoko);
  });

  test('that no list, calendar or limit has is refused beside its field, kept, and not stored', async () => {
    const before = await keptRows();
    const refused: string[] = [];
    for (const [visitor, path] of [
      [hanako, '/cases/new'],
      ...[...formOperations].map((operation) => [naoko, `${CASE}/do/${operation}`] as const),
      ...['comment', 'offer', 'withdraw'].map((operation) => [hanako, `${CASE}/do/${operation}`] as const),
    ] as const) {
      const form = shownForm((await visitor.get(path)).body);
      if (!form) continue;
      const { view, viewId } = form;
      const inputs = view.blocks.filter(({ type }) => type === 'input');
      const answer = await visitor.post('/modal/submit', [
        ['view', JSON.stringify(view)],
        ['view_id', viewId],
        ...inputs.flatMap(({ block_id, element }) =>
          hostile(element.type).map((value) => [`field:${block_id}`, value] as const),
        ),
      ]);
      expect([path, answer.status]).toEqual([path, 422]);
      expect(answer.body).toMatch(/class="fault" id=/);
      if (inputs.some(({ element }) => element.type === 'plain_text_input'))
        expect([path, answer.body.includes(TOO_LONG)]).toEqual([path, true]);
      refused.push(view.callback_id);
    }
    expect(refused.length).toBeGreaterThan(12);
    expect(await keptRows()).toEqual(before);
    expect(faultsIn(house)).toEqual([]);
  });

  test('is counted in letters and comes back as it was, whatever the letters', async () => {
    const { id } = await caseRow();
    const say = (body: string) =>
      submitForged(hanako, 'consultation.comment', `${id}/99`, { values: { body } });
    const rare = '𠮷'.repeat(3000);
    const odd = '右\u202e左 ゼロ\u200b幅 か\u3099 👨‍👩‍👧 \u0007 \uffff &amp;lt; </textarea></p>';
    expect((await say(`${rare}𠮷`)).status).toBe(422);
    expect((await say(rare)).status).toBe(303);
    expect((await say(odd)).status).toBe(303);
    expect((await say('\ud800 \u0000')).status).toBe(303);
    expect((await say('\u200b\u3000')).status).toBe(422);
    const page = readableHtml((await hanako.get(CASE)).body);
    expect([page.includes(rare), page.includes(odd)]).toEqual([true, true]);
    await house.delivered();
  });

  test('in the place of a form that was shown is no form', async () => {
    const junk = [
      '',
      'null',
      '[]',
      '{',
      '"x"',
      '\0',
      '{"__proto__":{"callback_id":"consultation.comment"}}',
      '{"title":{"text":"t"},"blocks":{"length":1}}',
      '{"callback_id":"consultation.comment","title":{"text":"t"},"blocks":[{"type":"input"}]}',
      '['.repeat(100_000),
      `{"title":${'{"text":'.repeat(50_000)}`,
      JSON.stringify({ callback_id: 'constructor', title: { text: 'x'.repeat(3_000_000) }, blocks: [] }),
    ];
    for (const view of junk)
      for (const path of ['/modal/submit', '/modal/press']) {
        const { status } = await hanako.post(path, [
          ['view', view],
          ['view_id', '../../x'],
          ['press', '__proto__ constructor'],
        ]);
        expect([path, view.slice(0, 60), status]).toEqual([path, view.slice(0, 60), 404]);
      }
    expect(faultsIn(house)).toEqual([]);
  });

  test('into names of fields, labels and links is shown as what it is', async () => {
    const { id, version } = await caseRow();
    const markup = `"><script>x</script><img src=x onerror=x>`;
    const view = {
      ...JSON.parse(
        forgedView('consultation.comment', `${id}/${version}/${markup}`, {
          [markup]: '',
          __proto__: '',
          constructor: '',
        }),
      ),
      title: { text: markup },
    };
    view.blocks.push(
      {
        type: 'section',
        text: { type: 'mrkdwn', text: `<javascript:x|${markup}> <@${markup}> *${markup}*` },
      },
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: markup, value: markup, text: { text: markup }, url: 'javascript:x' },
          { type: 'button', action_id: markup, value: markup, text: { text: markup } },
        ],
      },
    );
    const { status, body } = await hanako.post('/modal/submit', [
      ['view', JSON.stringify(view)],
      ['view_id', newViewId()],
      [`field:${markup}`, markup],
    ]);
    expect(status).toBe(422);
    expect(body).not.toMatch(/<script|<img|href="javascript/);
    expect(readableHtml(body)).toContain(markup);
  });
});

describe('an address that means mischief', () => {
  test('leads to nothing, and never past a door', async () => {
    const house = await openHouse();
    await acceptedCase(house);
    const [hanako, ichiro] = [
      await Visitor.signedIn(house, PEOPLE.hanako),
      await Visitor.signedIn(house, PEOPLE.ichiro),
    ];
    const nothing = { body: (await ichiro.get('/there/is/nothing')).body, status: 404 };
    for (const path of TRICKS) {
      const { status, body, location } = await ichiro.get(path);
      expect([path.slice(0, 80), status, location]).toEqual([path.slice(0, 80), 404, null]);
      expect([path.slice(0, 80), body === nothing.body]).toEqual([path.slice(0, 80), true]);
    }
    for (const path of DOORS) {
      const { status, body } = await hanako.get(path);
      expect([path, status, body.includes(PEOPLE.naoko)]).toEqual([path, 404, false]);
    }
    expect(faultsIn(house)).toEqual([]);
  });
});

/** Of a case that is there, asked for by somebody who may not see it. */
const TRICKS = [
  `${CASE}/../R8-0001`,
  `${CASE}/%2e%2e/R8-0001`,
  `${CASE}/..%2fR8-0001`,
  `${CASE}//`,
  '//cases/R8-0001',
  '/cases//R8-0001',
  '/cases/./R8-0001/',
  '/cases/%52%38-0001',
  `${CASE}%2Fprint`,
  `${CASE}%00`,
  `${CASE}%0d%0ax`,
  `${CASE};x=1`,
  `${CASE}?done=%3Cscript%3E&done=constructor`,
  '/cases/r8-0001',
  '/cases/Ｒ８-０００１',
  '/cases/%',
  '/cases/%E0%A4%A',
  '/cases/%ff%fe',
  '/cases/__proto__',
  '/cases/constructor/do/__proto__',
  `${CASE}/do/constructor`,
  `/cases/${'A'.repeat(10_000)}`,
  `/cases/${'%2e%2e%2f'.repeat(500)}people`,
  `${CASE}/files/..%2f..%2fR8-0001`,
  "/cases/R8-0001'%20OR%201=1--",
  '/retention/__proto__',
  '/requests/%00',
];

/** Of pages for admins, asked for by somebody who is none. */
const DOORS = [
  '/people/',
  '//people',
  '/people//',
  '/people/./new',
  '/people%2Fnew',
  '/people/%6eew',
  '/%70eople',
  '/PEOPLE',
  '/people/file/',
  '/people/file%2Fdownload',
  '/people/file//download',
  '/people/../people',
  '/people;x',
  '/log/',
  '/log.csv/',
  '/incident/',
  '/incident%2Ecsv',
  '/settings/handling/',
  '/settings//handling',
];
