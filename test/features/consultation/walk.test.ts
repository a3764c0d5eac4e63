/**
 * Random walks: people of every kind do whatever comes to them, allowed or not, one after another and at the same time. A model
 * of the case says what must be refused and what each step leads to; afterwards everything that was stored and posted must
 * agree with itself.
 */
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cardEntries } from '../../../src/features/consultation/cards/blocks.ts';
import { dueFactsOf, loadConsultation, standingOf } from '../../../src/features/consultation/data.ts';
import type { Operation } from '../../../src/features/consultation/operating/words.ts';
import { deadlinesOf, earliestDue } from '../../../src/features/consultation/reminding/rules.ts';
import { denialOf, isOpen, needsManagerToClose } from '../../../src/features/consultation/rules.ts';
import type { Person, Standing } from '../../../src/features/consultation/visibility/rules.ts';
import { STATUSES, type Status } from '../../../src/features/consultation/words.ts';
import { addDays, japanDate } from '../../../src/lib/jst.ts';
import { hashOfEntry } from '../../../src/vault/audit.ts';
import { closeHouse } from '../../support/closing.ts';
import { CASE, openForm } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { chosen, chosenSome, typed } from '../../support/operating.ts';
import { statePurposes } from '../../support/purpose.ts';
import { FORM, pressBody, signedRequest, submissionBody } from '../../support/signed.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';

const CENTER_KINDS = { kikan: 'kikan', east: 'district', west: 'district', city: 'city' } as const;
type Center = keyof typeof CENTER_KINDS;

/** Who walks: five kinds of people in three centers and the city section. */
const WALKERS: readonly [id: string, center: Center, role: 'staff' | 'manager', isOnDuty: boolean][] = [
  [PEOPLE.kenta, 'kikan', 'manager', true],
  ['U0SATORU', 'kikan', 'manager', false],
  [PEOPLE.naoko, 'kikan', 'staff', true],
  [PEOPLE.takuya, 'kikan', 'staff', false],
  [PEOPLE.hanako, 'east', 'staff', false],
  [PEOPLE.minoru, 'east', 'manager', false],
  [PEOPLE.ichiro, 'west', 'staff', false],
  ['U0WAKABA', 'west', 'manager', false],
  [PEOPLE.makoto, 'city', 'staff', false],
];

const TYPED = 'カナリアの文章 <!channel> 0463-21-9988';
const today = japanDate(new Date());
const date = (days: number) => ({ type: 'datepicker', selected_date: addDays(today, days) });

/** What each form is submitted with; operations that are not here are presses. */
const FORMS: Partial<Record<Operation, (who: string) => Record<string, object>>> = {
  decline: () => ({ reason: chosen('out_of_scope'), note: typed(TYPED) }),
  withdraw: () => ({ note: typed(TYPED) }),
  reclassify: () => ({ urgency: chosen('urgent'), topics: chosenSome('elder_abuse') }),
  comment: () => ({ body: typed(TYPED) }),
  release: () => ({ reason: typed(TYPED) }),
  assign: (who) => ({ person: chosen(who) }),
  answer: () => ({ body: typed(TYPED) }),
  ask: () => ({ body: typed(TYPED), until: date(5) }),
  reply: () => ({ body: typed(TYPED) }),
  wait: () => ({ waitedFor: chosen('service_user'), until: date(7) }),
  offer: () => ({ kind: chosen('transfer'), center: chosen('west'), message: typed(TYPED) }),
  refuse_offer: () => ({ reason: typed(TYPED) }),
  propose_closing: () => ({ outcome: chosen('solved'), lessons: typed(TYPED) }),
  object_closing: () => ({ reason: typed(TYPED) }),
  reopen: () => ({ reason: typed(TYPED) }),
  restrict: () => ({ members: chosenSome(PEOPLE.takuya), reason: typed(TYPED) }),
  unrestrict: () => ({ reason: typed(TYPED) }),
  name_members: () => ({ members: chosenSome(PEOPLE.takuya, PEOPLE.hanako) }),
};
const PRESSES = [
  'accept',
  'claim',
  'confirm_assignment',
  'resume',
  'accept_offer',
  'revoke_offer',
  'confirm_closing',
  'rate',
] as const satisfies readonly Operation[];

/** Where a step leads that is allowed; the others leave the state as it is. */
const LEADS_TO: Partial<Record<Operation, Status>> = {
  accept: 'accepted',
  decline: 'declined',
  withdraw: 'withdrawn',
  answer: 'active',
  ask: 'waiting',
  reply: 'active',
  wait: 'waiting',
  resume: 'active',
  propose_closing: 'closing',
  confirm_closing: 'closed',
  object_closing: 'active',
  reopen: 'active',
};

interface Step {
  operation: Operation;
  walker: number;
  /** How the step is taken: once, twice at once, together with somebody else, or with a form from before the last change. */
  manner: 'once' | 'twice' | 'together' | 'stale';
  /** Even: whoever may do something does it instead; most steps at random would be refused. */
  luck: number;
}

const isForm = (operation: Operation) => FORMS[operation] !== undefined;
const step: fc.Arbitrary<Step> = fc.record({
  operation: fc.constantFrom(...Object.keys(FORMS).filter(isOperation), ...PRESSES),
  walker: fc.nat({ max: WALKERS.length - 1 }),
  manner: fc.oneof(
    { weight: 6, arbitrary: fc.constant('once' as const) },
    fc.constant('twice' as const),
    fc.constant('together' as const),
    fc.constant('stale' as const),
  ),
  luck: fc.nat(),
});

const OPERATIONS_WALKED: readonly Operation[] = [...Object.keys(FORMS).filter(isOperation), ...PRESSES];

/** A step that is allowed in place of one at random. */
function luckyStep(standing: Standing, step: Step): Step {
  if (step.luck % 2 === 1) return step;
  const allowed = WALKERS.flatMap((_, walker) =>
    OPERATIONS_WALKED.filter(
      (operation) => denialOf(personOf(walker), standing, operation) === undefined,
    ).map((operation) => ({ operation, walker })),
  );
  return { ...step, ...allowed[Math.floor(step.luck / 2) % Math.max(allowed.length, 1)] };
}

function isOperation(name: string): name is Operation {
  return name in FORMS;
}

function personOf(walker: number): Person {
  const [slackUserId = '', code = 'city', role = 'staff', isOnDuty = false] = WALKERS[walker] ?? [];
  return { slackUserId, role, isOnDuty, center: { code, kind: CENTER_KINDS[code] } };
}

async function caseNow(house: House, id: string) {
  const loaded = await loadConsultation({ db: house.db, now: new Date() }, id);
  if (!loaded) throw new Error('the case is gone');
  return { loaded, standing: standingOf(loaded) };
}

/** What the press or form is about, as the buttons on cards and in messages say it. */
function pressedValue(operation: Operation, { loaded }: Awaited<ReturnType<typeof caseNow>>): string {
  const { consultation: of, offer } = loaded;
  if (operation.endsWith('_offer')) return `${of.id}/${offer?.id ?? 'none'}`;
  if (operation === 'confirm_closing') return `${of.id}/${of.closingProposedAt?.getTime() ?? 0}`;
  if (operation === 'rate') return `${of.id}/helpful`;
  return of.id;
}

async function take(
  house: House,
  now: Awaited<ReturnType<typeof caseNow>>,
  { operation, walker }: Pick<Step, 'operation' | 'walker'>,
  viewId: string,
  isStale = false,
): Promise<void> {
  const [person = ''] = WALKERS[walker] ?? [];
  const form = FORMS[operation];
  const { id, version } = now.loaded.consultation;
  const body = form
    ? submissionBody(person, {
        id: viewId,
        callbackId: `consultation.${operation}`,
        metadata: `${id}/${isStale ? 1 : version}`,
        values: form(PEOPLE.takuya),
      })
    : pressBody(person, `consultation.${operation}`, pressedValue(operation, now));
  const answer = await house.fetchToTheEnd(await signedRequest(body, { contentType: FORM }));
  expect(answer.status).toBe(200);
  await answer.text();
}

async function walk(house: House, id: string, steps: readonly Step[]): Promise<number> {
  let allowed = 0;
  for (const planned of steps) {
    const before = await caseNow(house, id);
    const { operation, walker, manner, luck } = luckyStep(before.standing, planned);
    const person = personOf(walker);
    const denial = denialOf(person, before.standing, operation);
    const viewId = `V${crypto.randomUUID()}`;
    if (manner === 'together') {
      const other = (walker + 1) % WALKERS.length;
      await Promise.all([
        take(house, before, { operation, walker }, viewId),
        take(house, before, { operation, walker: other }, `V${crypto.randomUUID()}`),
      ]);
    } else if (manner === 'twice') {
      await Promise.all([
        take(house, before, { operation, walker }, viewId),
        take(house, before, { operation, walker }, viewId),
      ]);
    } else await take(house, before, { operation, walker }, viewId, manner === 'stale');
    const after = await caseNow(house, id);
    checkStep(before.standing, after, { operation, walker, manner, luck }, denial === undefined);
    if (denial === undefined) allowed += 1;
    await checkCase(house, id);
  }
  return allowed;
}

function checkStep(
  before: Standing,
  after: Awaited<ReturnType<typeof caseNow>>,
  { operation, manner }: Step,
  isAllowed: boolean,
): void {
  const label = `${operation} ${manner} in ${before.status}`;
  if (manner === 'together') return;
  // A form from before may be told first what happened since; it then changes nothing.
  const isTold = manner === 'stale' && isForm(operation);
  // A closing that no other manager could confirm, since none may see the case, is not proposed.
  const mayBeVain = operation === 'propose_closing' && before.isRestricted && needsManagerToClose(before);
  const isRefused = !isAllowed || ((isTold || mayBeVain) && after.standing.status === before.status);
  const expected = isRefused ? before.status : (LEADS_TO[operation] ?? before.status);
  expect([label, after.standing.status]).toEqual([label, expected]);
}

/** What must hold at every moment. */
async function checkCase(house: House, id: string): Promise<void> {
  const { loaded } = await caseNow(house, id);
  const { consultation: of, offer, cityTime } = loaded;
  const isNew = of.status === 'submitted' || of.status === 'declined';
  if (isNew) expect(of.personInCharge).toBeNull();
  else if (isOpen(of.status)) expect([of.personInCharge, of.releasedAt]).not.toEqual([null, null]);
  expect(
    await env.DB.prepare("SELECT count(*) AS n FROM handover WHERE state = 'offered'").first('n'),
  ).toBeLessThanOrEqual(1);
  if (offer) expect(['accepted', 'active', 'waiting']).toContain(of.status);
  if (!offer && of.status === 'waiting') expect(of.waitingUntilOn).not.toBeNull();
  const facts = dueFactsOf(loaded);
  const expected = deadlinesOf(facts, cityTime.policy, cityTime.calendar);
  const { results } = await env.DB.prepare(
    'SELECT kind, due_at AS dueAt FROM deadline WHERE consultation_id = ? ORDER BY kind',
  )
    .bind(id)
    .all<{ kind: string; dueAt: number }>();
  expect(results).toEqual(
    expected
      .map(({ kind, dueAt }) => ({ kind, dueAt: dueAt.getTime() }))
      .sort((one, other) => (one.kind < other.kind ? -1 : 1)),
  );
  expect(of.dueAt).toEqual(earliestDue(facts, expected));
}

/** The case's chain is whole, and each change raised the version by one. */
async function checkAudit(id: string): Promise<void> {
  const { results } = await env.DB.prepare('SELECT * FROM audit_entry WHERE chain = ? ORDER BY seq')
    .bind(`case:${id}`)
    .all<Record<string, string | number>>();
  let previous = '';
  for (const [i, row] of results.entries()) {
    expect(row.seq).toBe(i + 1);
    expect(row.previous_hash).toBe(previous);
    previous = String(row.hash);
    const hash = await hashOfEntry({
      chain: String(row.chain),
      seq: Number(row.seq),
      caseId: String(row.case_id),
      at: new Date(Number(row.at)),
      actor: String(row.actor),
      action: String(row.action),
      outcome: row.outcome === 'done' ? 'done' : 'refused',
      surface: row.surface === 'job' ? 'job' : 'slack',
      detail: String(row.detail),
      previousHash: String(row.previous_hash),
    });
    expect(hash).toBe(previous);
  }
  expect(
    await env.DB.prepare('SELECT version FROM consultation WHERE id = ?').bind(id).first('version'),
  ).toBe(results.length);
}

/** Every card says what is stored, and nothing that anyone typed was posted. */
async function checkCards(house: House, id: string): Promise<void> {
  for (let runs = 0; (await waiting()) > 0; runs += 1) {
    if (runs > 500) throw new Error('the outbox does not empty');
    await house.cron(Date.now() + runs * 5_000);
  }
  await house.slack.settled();
  const { loaded } = await caseNow(house, id);
  for (const entry of cardEntries(loaded)) {
    if (entry.kind !== 'card') continue;
    const posted = house.slack.messages(entry.channel).findLast(({ text }) => text === entry.message.text);
    expect(posted?.text).toBe(entry.message.text);
    expect(posted?.text).toContain(STATUSES[loaded.consultation.status]);
  }
  const posts = house.slack.traffic.filter(
    ({ direction, what }) => direction === 'from-app' && !what.startsWith('views.'),
  );
  expect(JSON.stringify(posts.map(({ request }) => request))).not.toContain('カナリア');
  expect(house.logs.join('\n')).not.toContain('カナリア');
  expect(await everythingStored()).not.toContain('カナリア');
}

async function waiting(): Promise<number> {
  return (
    (await env.DB.prepare("SELECT count(*) AS n FROM outbox WHERE state = 'waiting'").first<number>('n')) ?? 0
  );
}

/** The suite takes as many steps as fit; `WALK_STEPS=10000 npx vitest run walk` takes more. */
const STEPS_A_WALK = 60;
const WALKS = Math.max(3, Math.ceil(Number(env.WALK_STEPS || 0) / STEPS_A_WALK));

test(
  `${WALKS} random walks of ${STEPS_A_WALK} steps keep every case whole`,
  async () => {
    let taken = 0;
    let allowed = 0;
    await fc.assert(
      fc
        .asyncProperty(
          fc.array(step, { minLength: STEPS_A_WALK, maxLength: STEPS_A_WALK }),
          async (steps) => {
            const house = await openHouse((city) => {
              const extra = { profession: '保健師', role: 'manager', admin: false, duty: false } as const;
              city.staff.push(
                { slackUserId: 'U0SATORU', name: '佐々木 悟', center: 'kikan', ...extra },
                { slackUserId: 'U0WAKABA', name: '若葉 緑', center: 'west', ...extra },
              );
            });
            const hanako = await openForm(house);
            expect(
              (await hanako.fillAndSubmit({ ...CASE, 緊急度: '通常', 分類: ['認知症'] })).errors,
            ).toBeUndefined();
            const id = String(await env.DB.prepare('SELECT id FROM consultation').first('id'));
            // Who looks in from outside says what for, first: that is a matter of `purpose.test.ts`.
            await statePurposes(...WALKERS.map(([person]) => person));
            // Without somebody in charge most steps of a random walk would be refused.
            await take(house, await caseNow(house, id), { operation: 'accept', walker: 2 }, 'V1');
            allowed += await walk(house, id, steps);
            taken += steps.length;
            await checkAudit(id);
            await checkCards(house, id);
          },
        )
        .afterEach(async () => {
          await closeHouse();
        }),
      { numRuns: WALKS, endOnFailure: true },
    );
    expect(allowed / taken).toBeGreaterThan(0.05);
  },
  WALKS * 60_000,
);
