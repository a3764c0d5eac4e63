/** /roll-calls/priority and /roll-calls/…/checks: a district center's own staff only. To all others there is no such page, which is noted. */
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteLook, noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { centersOf, findRollCallByReference, type RollCall } from '../data.ts';
import { readRollCallReference } from '../rules.ts';
import { CHECKS } from '../words.ts';
import { ChecksPage } from './checks-page.tsx';
import { addResidents, checkResident, PRIORITY, removeResident, setNumber } from './mutations.ts';
import { FIELDS, PriorityPage, type PriorityPageProps } from './page.tsx';
import { checksPath, PRIORITY_PATH } from './paths.ts';
import { findNumber, openChecked, openResidents } from './residents/data.ts';
import { MOST_RESIDENTS, priorityCenterOf } from './rules.ts';
import { readLines, readTotal } from './schema.ts';
import { priorityText as text } from './text.ts';

const CHECKS_ROUTE = '/roll-calls/:reference/checks';
const Found = v.picklist(CHECKS);
const FormId = v.pipe(v.string(), v.uuid());

export function priorityPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(PRIORITY_PATH, async (c) => {
    const center = await ownCenter(c, PRIORITY.prepare);
    return center === undefined ? c.notFound() : showPriority(c, center);
  });

  pages.post(PRIORITY_PATH, async (c) => {
    const center = await ownCenter(c, PRIORITY.prepare);
    if (center === undefined) return c.notFound();
    const form = await c.req.formData();
    switch (form.get(FIELDS.what)) {
      case 'number':
        return saveNumber(c, center, form);
      case 'add':
        return add(c, center, form);
      case 'remove':
        return remove(c, form);
      default:
        return showPriority(c, center);
    }
  });

  pages.get(CHECKS_ROUTE, async (c) => {
    const wanted = await wantedChecks(c, PRIORITY.read);
    return wanted ? showChecks(c, wanted) : c.notFound();
  });

  pages.post(CHECKS_ROUTE, async (c) => {
    const wanted = await wantedChecks(c, PRIORITY.check);
    if (!wanted) return c.notFound();
    const form = await c.req.formData();
    const found = v.safeParse(Found, form.get('found'));
    const residentId = textOf(form, 'resident');
    if (!found.success) return showChecks(c, wanted);
    const { id: rollCallId, reference } = wanted.rollCall;
    const checked = await checkResident(c.get('scope'), actorOfPage(c), {
      rollCallId,
      residentId,
      found: found.output,
    });
    if (!checked.ok && checked.refusal.reason === 'not-found') return c.notFound();
    // After the end the page says so.
    const done = checked.ok ? `?done=1#r-${residentId}` : '';
    return c.redirect(`${checksPath(reference)}${done}`, 303);
  });

  return pages;
}

/** The center whose list it is; undefined for whoever looks after none, which is noted. */
async function ownCenter(c: Context<PageEnv>, action: string): Promise<string | undefined> {
  const actor = actorOfPage(c);
  const center = priorityCenterOf(actor);
  if (center === undefined) await refuse(c, actor, action);
  return center;
}

interface WantedChecks {
  rollCall: RollCall;
  center: string;
}

/** One that runs or ran, in which the own center is asked. */
async function wantedChecks(c: Context<PageEnv>, action: string): Promise<WantedChecks | undefined> {
  const actor = actorOfPage(c);
  const center = priorityCenterOf(actor);
  const reference = readRollCallReference(c.req.param('reference') ?? '');
  const rollCall =
    center === undefined || reference === undefined
      ? undefined
      : await findRollCallByReference(c.get('scope').db, reference);
  const isAsked = rollCall && center !== undefined && (centersOf(rollCall)?.includes(center) ?? true);
  if (rollCall && center !== undefined && isAsked && rollCall.startedAt !== null) return { rollCall, center };
  await refuse(c, actor, action);
  return undefined;
}

function refuse(c: Context<PageEnv>, actor: Actor, action: string): Promise<void> {
  return noteRefusal(c.get('scope'), actor, action, { detail: { reason: 'not-found' } });
}

async function showChecks(c: Context<PageEnv>, { rollCall, center }: WantedChecks): Promise<Response> {
  const scope = c.get('scope');
  await noteLook(scope, actorOfPage(c), PRIORITY.read, {
    detail: { center, rollCall: rollCall.reference },
  });
  const residents = await openChecked(scope, rollCall, center);
  return showPage(c, {
    title: text.checks.title,
    body: (
      <ChecksPage
        c={c}
        rollCall={rollCall}
        residents={residents}
        isDone={c.req.query('done') !== undefined}
      />
    ),
  });
}

type Again = Partial<Pick<PriorityPageProps, 'typed' | 'faults'>>;

async function showPriority(
  c: Context<PageEnv>,
  center: string,
  { typed = {}, faults = {} }: Again = {},
): Promise<Response> {
  const scope = c.get('scope');
  await noteLook(scope, actorOfPage(c), PRIORITY.read, { detail: { center } });
  const [number, residents] = await Promise.all([findNumber(scope.db, center), openResidents(scope, center)]);
  const isFault = Object.keys(faults).length > 0;
  return showPage(c, {
    title: text.title,
    isFault,
    status: isFault ? 422 : 200,
    body: (
      <PriorityPage
        c={c}
        number={number}
        residents={residents}
        typed={typed}
        faults={faults}
        notice={isFault ? undefined : noticeOf(c)}
      />
    ),
  });
}

/** What was done before the page was loaded anew: a word of ours and a figure. */
function noticeOf(c: Context<PageEnv>): string | undefined {
  const count = Number(c.req.query('n') ?? '0');
  switch (c.req.query('done')) {
    case 'number':
      return text.number.saved(count);
    case 'added':
      return text.list.added(count);
    case 'removed':
      return text.list.removed;
    default:
      return undefined;
  }
}

async function saveNumber(c: Context<PageEnv>, center: string, form: FormData): Promise<Response> {
  const typed = textOf(form, FIELDS.total);
  const total = readTotal(typed);
  const again = (fault: string) =>
    showPriority(c, center, { typed: { total: typed }, faults: { total: fault } });
  if (total === undefined) return again(text.number.fault);
  const seen = readTotal(textOf(form, FIELDS.seen)) ?? 0;
  const saved = await setNumber(c.get('scope'), actorOfPage(c), { total, seen });
  if (saved.ok) return c.redirect(`${PRIORITY_PATH}?done=number&n=${total}`, 303);
  if (saved.refusal.reason === 'changed') return again(text.number.changed(saved.refusal.stored.total));
  return c.notFound();
}

async function add(c: Context<PageEnv>, center: string, form: FormData): Promise<Response> {
  const lines = textOf(form, FIELDS.lines).replaceAll('\r\n', '\n');
  const key = v.safeParse(FormId, form.get(FIELDS.form));
  const formId = key.success ? key.output : crypto.randomUUID();
  const again = (fault: string) =>
    showPriority(c, center, { typed: { lines, form: formId }, faults: { lines: fault } });
  const read = readLines(lines);
  if (!read.ok) return again(read.refusal);
  const added = await addResidents(c.get('scope'), actorOfPage(c), read.value, formId);
  if (added.ok) return c.redirect(`${PRIORITY_PATH}?done=added&n=${added.value}`, 303);
  if (added.refusal.reason === 'too-many')
    return again(text.list.tooMany(MOST_RESIDENTS, Math.max(0, added.refusal.room)));
  return c.notFound();
}

async function remove(c: Context<PageEnv>, form: FormData): Promise<Response> {
  const removed = await removeResident(c.get('scope'), actorOfPage(c), textOf(form, FIELDS.resident));
  return removed.ok ? c.redirect(`${PRIORITY_PATH}?done=removed`, 303) : c.notFound();
}

function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}
