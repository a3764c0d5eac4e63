/**
 * Centers × roles × every route and method of the pages × what has become of the case. What one may not see is answered like what
 * does not exist, byte for byte, and logged. A route that this table does not know fails here by its name.
 */
import { env } from 'cloudflare:workers';
import { Hono } from 'hono';
import { describe, expect, test, vi } from 'vitest';
import { closedDaysAgo, noonIn } from '../support/aging.ts';
import { type House, openHouse } from '../support/house.ts';
import { storedMeeting } from '../support/meeting.ts';
import { PDF } from '../support/office-files.ts';
import { acceptedCase, caseRow } from '../support/operating.ts';
import {
  ACCESS,
  ALL,
  PUBLIC,
  ROLES,
  type Role,
  SIGN_OUT,
  STATES,
  type State,
} from '../support/page-access.ts';
import { PEOPLE } from '../support/small-city.ts';
import { importAgain, without } from '../support/staff-changes.ts';
import { type Answered, refusalsOnPages, Visitor } from '../support/visitor.ts';

/** Heard before the Worker is loaded: whatever is mounted passes here. */
const mounting = await vi.hoisted(async () => {
  const hono = await import('hono');
  return vi.spyOn(hono.Hono.prototype, 'route');
});

/** All routes of the Worker, as `GET /cases`; read before vitest forgets what was heard outside of tests. On a busy machine it may load the Worker twice. */
const ROUTES_OF_WORKER = [
  ...new Set(
    mounting.mock.contexts
      .filter((each) => each instanceof Hono)
      .filter(({ routes }) => routes.some(({ path }) => path === '/healthz'))
      .flatMap(({ routes }) => routes.filter(({ method }) => method !== 'ALL'))
      .map(({ method, path }) => `${method} ${path}`),
  ),
];

const REFERENCE = 'R8-0001';
/** `会R8-001` in addresses. */
const MEETING = 'R8-001';
/** Five years. */
const KEPT_DAYS = 1827;

interface Ids {
  file: string;
  request: string;
}

/** The address of a route, with what this test's case has in the place of its parameters. */
function pathOf(route: string, { file, request }: Ids, reference = REFERENCE): string {
  const [, pattern = ''] = route.split(' ');
  return (ACCESS[route]?.path ?? pattern)
    .replace('meetings/:reference', `meetings/${reference === REFERENCE ? MEETING : reference}`)
    .replace(':reference', reference)
    .replace(':file', file)
    .replace('requests/:id', `requests/${request}`)
    .replace('staff/:id', `staff/${PEOPLE.ichiro}`)
    .replace(':code', 'west')
    .replace(':operation', 'answer')
    .replace(':section', 'templates')
    .replace(/:style.*/, 'style-000000000000.css')
    .replace(/:script.*/, 'live-000000000000.js');
}

function ask(visitor: Visitor, route: string, path: string): Promise<Answered> {
  return route.startsWith('GET ') ? visitor.get(path) : visitor.post(path);
}

async function openCity(): Promise<{ house: House; ids: Ids }> {
  const house = await openHouse((city) => {
    const add = (id: string, name: string, center: string, role: 'staff' | 'manager', admin = false) =>
      city.staff.push({ slackUserId: id, name, center, profession: '保健師', role, admin, duty: false });
    add(ROLES.coreManager, '佐々木 悟', 'kikan', 'manager');
    add(ROLES.ownAdmin, '秋山 明', 'east', 'staff', true);
    add(ROLES.otherManager, '若葉 緑', 'west', 'manager');
    add(ROLES.otherAdmin, '文野 文', 'west', 'staff', true);
    add(ROLES.cityStaff, '市川 望', 'city', 'staff');
    city.meetingKinds.push({ name: '地域ケア個別会議', host: 'district', private: true });
  });
  await acceptedCase(house);
  // `会R8-001`: of 東, for those who work there.
  await storedMeeting(house, '地域ケア個別会議', { hostCenter: 'east', organiser: PEOPLE.minoru });
  const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
  const attached = await hanako.post(`/cases/${REFERENCE}/files`, [
    ['view_id', crypto.randomUUID()],
    ['file', new File([PDF], '書類.pdf')],
  ]);
  const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
  const noted = await kenta.post('/requests', [
    ['reference', REFERENCE],
    ['kind', 'disclosure'],
    ['receivedOn', '2026-10-01'],
  ]);
  expect([attached.status, noted.status]).toEqual([303, 303]);
  const ids = {
    file: String(await env.DB.prepare('SELECT id FROM case_file').first('id')),
    request: String(await env.DB.prepare('SELECT id FROM resident_request').first('id')),
  };
  return { house, ids };
}

type Visitors = ReadonlyMap<Role, Visitor>;

async function everybody(house: House): Promise<Visitors> {
  return new Map(
    await Promise.all(ALL.map(async (role) => [role, await Visitor.signedIn(house, ROLES[role])] as const)),
  );
}

/** Status, headers and body: all that there is to tell two answers apart. */
function wholeOf({ status, headers, body }: Answered): unknown {
  return { status, headers: [...headers], body };
}

/** What nothing at all is answered with, for each person: their own name and menu stand around it. */
async function nothings(visitors: Visitors): Promise<ReadonlyMap<Role, unknown>> {
  return new Map(
    await Promise.all(
      [...visitors].map(
        async ([role, visitor]) => [role, wholeOf(await visitor.get('/there/is/nothing'))] as const,
      ),
    ),
  );
}

/** What a route must answer to each role. */
function expectedOf(route: string, state: State): ReadonlyMap<Role, number> {
  const access = ACCESS[route];
  if (!access) throw new Error(`a route that the matrix does not know: ${route}`);
  const isErased = state === 'erased' && access.erased !== undefined;
  const told = typeof access.who === 'function' ? access.who(state) : access.who;
  const who = isErased ? (access.erasedFor ?? told) : told;
  const answer = isErased ? access.erased : access.answer;
  return new Map(ALL.map((role) => [role, who.includes(role) ? (answer ?? 200) : 404]));
}

const isAboutOne = (route: string) => /:reference|requests\/:id/.test(route);
/** What becomes of a case is nothing to meetings and roll-calls. */
const isAboutCase = (route: string) =>
  isAboutOne(route) && !/ \/(?:meetings|trainings|issues|roll-calls)\//.test(route);
/** Buttons without a view of ours lead nowhere, whoever presses them: nothing was looked for. */
const leadsSomewhere = (route: string) => !route.startsWith('POST /modal/');

/** Everybody asks for the route: who is refused gets what nothing is answered with, and is logged. */
async function checkRoute(
  visitors: Visitors,
  nothing: ReadonlyMap<Role, unknown>,
  expected: ReadonlyMap<Role, number>,
  { route, path }: { route: string; path: string },
): Promise<void> {
  const before = await refusalsOnPages();
  const answers = await Promise.all(
    [...visitors].map(async ([role, visitor]) => [role, await ask(visitor, route, path)] as const),
  );
  const after = await refusalsOnPages();
  expect({ route, path, ...statusesOf(answers) }).toEqual({ route, path, ...Object.fromEntries(expected) });
  for (const [role, answer] of answers) {
    if (answer.status !== 404) continue;
    expect([route, path, role, wholeOf(answer)]).toEqual([route, path, role, nothing.get(role)]);
    const logged = (after.get(ROLES[role]) ?? 0) - (before.get(ROLES[role]) ?? 0);
    if (leadsSomewhere(route)) expect([route, path, role, logged]).toEqual([route, path, role, 1]);
  }
}

function statusesOf(answers: readonly (readonly [Role, Answered])[]): Record<string, number> {
  return Object.fromEntries(answers.map(([role, { status }]) => [role, status]));
}

const NOBODY: ReadonlyMap<Role, number> = new Map(ALL.map((role) => [role, 404]));

describe('the matrix', () => {
  test('knows every route of the Worker, and no other', () => {
    const known = [...Object.keys(ACCESS), ...Object.keys(PUBLIC), SIGN_OUT];
    expect(ROUTES_OF_WORKER.toSorted()).toEqual(known.toSorted());
  });

  test('holds for everybody, whatever has become of the case', async () => {
    const { house, ids } = await openCity();
    const becoming: Readonly<Record<State, () => Promise<unknown>>> = {
      open: async () => undefined,
      restricted: () => env.DB.prepare('UPDATE consultation SET is_restricted = 1').run(),
      closed: async () => {
        await env.DB.prepare('UPDATE consultation SET is_restricted = 0').run();
        await closedDaysAgo(KEPT_DAYS);
      },
      erased: async () => {
        // A resident's request that is not settled keeps the case.
        await env.DB.prepare(
          "UPDATE resident_request SET state = 'granted', settled_on = '2026-10-02'",
        ).run();
        await house.cron(noonIn(0));
        await house.cron(noonIn(30));
        expect((await caseRow()).erased_at).not.toBeNull();
      },
    };
    for (const state of STATES) {
      await becoming[state]();
      const { version } = await caseRow();
      const visitors = await everybody(house);
      const nothing = await nothings(visitors);
      for (const route of Object.keys(ACCESS).filter((each) => state === 'open' || isAboutCase(each))) {
        await checkRoute(visitors, nothing, expectedOf(route, state), { route, path: pathOf(route, ids) });
      }
      expect([state, (await caseRow()).version]).toEqual([state, version]);
    }
  }, 240_000);

  test('answers what is not there as what one may not see, to whoever asks, and logs it, too', async () => {
    const { house, ids } = await openCity();
    const visitors = await everybody(house);
    const nothing = await nothings(visitors);
    const missing = { file: crypto.randomUUID(), request: crypto.randomUUID() };
    for (const route of Object.keys(ACCESS).filter(isAboutOne))
      await checkRoute(visitors, nothing, NOBODY, { route, path: pathOf(route, missing, 'R8-0099') });
    await checkRoute(visitors, nothing, NOBODY, {
      route: 'GET /cases/:reference/files/:file',
      path: pathOf('GET /cases/:reference/files/:file', missing),
    });
    const stranger = await Visitor.signedIn(house, ROLES.otherStaff);
    for (const route of Object.keys(ACCESS).filter((each) => each.startsWith('GET /cases/:'))) {
      const [head, none] = [
        await stranger.with('HEAD', pathOf(route, ids)),
        await stranger.with('HEAD', '/there/is/nothing'),
      ];
      expect([route, wholeOf(head)]).toEqual([route, wholeOf(none)]);
    }
  }, 60_000);

  test('has no other methods', async () => {
    const { house, ids } = await openCity();
    const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
    const paths = new Set(Object.keys(ACCESS).map((route) => pathOf(route, ids)));
    for (const path of paths)
      for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS'])
        expect([method, path, (await kenta.with(method, path)).status]).toEqual([method, path, 405]);
  });
});

/** Everything that is asked by whoever has no session that holds, and how it is answered. */
async function expectOutside(visitor: Visitor, ids: Ids): Promise<void> {
  for (const route of [...Object.keys(ACCESS), SIGN_OUT]) {
    const path = pathOf(route, ids);
    const { status, location, body } = await ask(visitor, route, path);
    const isForm = route.startsWith('POST ');
    expect([route, status]).toEqual([route, isForm ? 401 : 303]);
    if (location !== null) expect([route, location]).toEqual([route, expect.stringMatching(/^\/sign-in\?/)]);
    // The address that was asked for may come back, nothing else of the case.
    expect(body.replaceAll(path, '')).not.toContain(REFERENCE);
  }
}

describe('outside', () => {
  test('whoever is not signed in finds the way to sign in, and nothing else', async () => {
    const { house, ids } = await openCity();
    const nobody = Visitor.signedOut(house);
    await expectOutside(nobody, ids);
    for (const [route, status] of Object.entries(PUBLIC))
      expect([route, (await ask(nobody, route, pathOf(route, ids))).status]).toEqual([route, status]);
  });

  test('a session that is over opens nothing and stores nothing', async () => {
    const { house, ids } = await openCity();
    const before = await caseRow();
    const naoko = await Visitor.signedIn(house, PEOPLE.naoko);
    expect((await naoko.get(`/cases/${REFERENCE}`)).status).toBe(200);
    await env.DB.prepare('UPDATE web_session SET seen_at = seen_at - ?')
      .bind(31 * 60_000)
      .run();
    await expectOutside(naoko, ids);
    expect(await caseRow()).toEqual(before);
  });

  test.each(['by the city file', 'in the stored list'] as const)(
    'whoever is removed %s while signed in is out with the next request',
    async (how) => {
      const { house, ids } = await openCity();
      const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
      expect((await kenta.get('/people')).status).toBe(200);
      if (how === 'by the city file') await importAgain(house, without(PEOPLE.kenta));
      else
        await env.DB.prepare('UPDATE staff SET removed_at = ? WHERE slack_user_id = ?')
          .bind(Date.now(), PEOPLE.kenta)
          .run();
      // A form that was open when it happened.
      const held = await kenta.post(`/retention/${REFERENCE}/hold`, [['reason', '理由']]);
      expect(held.status).toBe(401);
      expect(await env.DB.prepare('SELECT count(*) AS n FROM legal_hold').first('n')).toBe(0);
      await expectOutside(kenta, ids);
    },
  );

  test('whoever is a guest of the workspace by now is out with the next request', async () => {
    const { house, ids } = await openCity();
    const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
    expect((await hanako.get(`/cases/${REFERENCE}`)).status).toBe(200);
    await env.DB.prepare('UPDATE slack_account SET is_guest = 1 WHERE slack_user_id = ?')
      .bind(PEOPLE.hanako)
      .run();
    await expectOutside(hanako, ids);
  });

  test('whoever moves to another center while signed in leaves the cases behind with the next request', async () => {
    const { house, ids } = await openCity();
    const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
    expect((await hanako.get(`/cases/${REFERENCE}`)).status).toBe(200);
    await importAgain(house, ({ staff }) => {
      for (const each of staff) if (each.slackUserId === PEOPLE.hanako) each.center = 'west';
    });
    const visitors: Visitors = new Map([['sender', hanako]]);
    const nothing = await nothings(visitors);
    for (const route of Object.keys(ACCESS).filter(isAboutCase))
      await checkRoute(visitors, nothing, new Map([['sender', 404]]), { route, path: pathOf(route, ids) });
    expect((await hanako.get('/cases')).body).not.toContain(REFERENCE);
  });
});
