/** 活動を記録する: planned, done, moved and cancelled activities. The case's state stays as it is. */
import { and, eq } from 'drizzle-orm';
import type { Statement } from '../../../lib/db.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { AuditEvent } from '../../../vault/audit.ts';
import type { Sealed } from '../../../vault/key-ring.ts';
import type { Actor } from '../../directory/actor.ts';
import { readButton, referenceMessage } from '../blocks.ts';
import { openCaseKeyOf } from '../content/data.ts';
import type { Consultation, LoadedConsultation } from '../data.ts';
import { changeConsultation, type Refusal, type Wish } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { tell } from '../notices.ts';
import type { Change } from '../storing/mutations.ts';
import { ACTIVITY_KINDS, ACTIVITY_STATES } from '../words.ts';
import { whenOf } from './blocks.ts';
import { type Activity, findActivity, listCaseStaff, listPlanned, summaryPlace } from './data.ts';
import { contactAt, earliest, latest } from './rules.ts';
import type { Finished, Moved, NewActivity } from './schema.ts';
import { activity } from './tables.ts';
import { recordingText as text } from './text.ts';

type Stored = Promise<Result<Consultation, Refusal>>;

/** Stores a new activity, done or planned. Whoever is named in a plan hears of it. */
export async function recordActivity(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { summary, ...wanted }: NewActivity,
): Stored {
  const id = crypto.randomUUID();
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const row: Activity = {
      ...wanted,
      id,
      consultationId: of.id,
      summary: await sealSummary(scope, of, id, summary),
      author: actor.slackUserId,
      createdAt: scope.now,
      updatedAt: scope.now,
    };
    return done(
      await changeOf(scope, loaded, row, {
        detail: { outcome: row.state },
        statements: [scope.db.insert(activity).values(row)],
        entries: row.state === 'planned' ? tellNamed(actor, of, row, row.people, text.planned) : [],
      }),
    );
  });
}

/** A planned activity was held: on its day or another one, as planned or otherwise. */
export async function finishActivity(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { id, summary, ...held }: Finished & { id: string },
): Stored {
  return changePlanned(scope, actor, wish, id, async (loaded, before) => {
    const sealed = await sealSummary(scope, loaded.consultation, id, summary);
    const row: Activity = { ...before, ...held, state: 'done', summary: sealed, updatedAt: scope.now };
    return changeOf(scope, loaded, row, {
      detail: { outcome: 'done', from: before.heldOn },
      statements: [update(scope, row)],
    });
  });
}

/** A planned activity gets another date, time or other people. */
export async function moveActivity(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { id, reason, ...wanted }: Moved & { id: string },
): Stored {
  return changePlanned(scope, actor, wish, id, async (loaded, before) => {
    const { consultation: of } = loaded;
    const row: Activity = { ...before, ...wanted, updatedAt: scope.now };
    const sealed = await sealNote(scope, actor, of, 'reason', reason);
    return changeOf(scope, loaded, row, {
      detail: { outcome: 'moved', from: before.heldOn, fromTime: before.startsAtTime, note: sealed.id },
      statements: [update(scope, row), ...sealed.statements],
      entries: await toThoseThere(scope, loaded, movedNotices(actor, of, before, row)),
    });
  });
}

/** A planned activity will not be held. */
export async function cancelActivity(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { id, reason }: { id: string; reason: string | null },
): Stored {
  return changePlanned(scope, actor, wish, id, async (loaded, before) => {
    const { consultation: of } = loaded;
    const row: Activity = { ...before, state: 'cancelled', updatedAt: scope.now };
    const sealed = await sealNote(scope, actor, of, 'reason', reason);
    return changeOf(scope, loaded, row, {
      detail: { outcome: 'cancelled', note: sealed.id },
      statements: [update(scope, row), ...sealed.statements],
      entries: await toThoseThere(scope, loaded, tellNamed(actor, of, row, row.people, text.cancelled)),
    });
  });
}

/** Refuses what is no longer planned, with what it is now. */
function changePlanned(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  id: string,
  decide: (loaded: LoadedConsultation, before: Activity) => Promise<Change>,
): Stored {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const before = await findActivity(scope.db, of.id, id);
    if (before?.state === 'planned') return done(await decide(loaded, before));
    const sentence = before
      ? text.errors.noLongerPlanned(ACTIVITY_STATES[before.state])
      : text.errors.notFound;
    return refused({ reason: 'invalid', of, sentence });
  });
}

/** What follows for the case: when the next activity is, and when the last contact was. */
async function changeOf(
  scope: Scope,
  { consultation: of, cityTime }: LoadedConsultation,
  row: Activity,
  change: Pick<Change, 'statements' | 'entries'> & { detail: NonNullable<AuditEvent['detail']> },
): Promise<Change> {
  const others = (await listPlanned(scope.db, of.id)).filter(({ id }) => id !== row.id);
  const planned = row.state === 'planned' ? [...others, row] : others;
  const contact = contactAt(cityTime.calendar, row, scope.now);
  const after = row.state === 'done' ? { ...of, lastContactAt: latest(contact, of.lastContactAt) } : of;
  return {
    ...change,
    after,
    nextPlannedOn: earliest(planned.map(({ heldOn }) => heldOn)),
    detail: {
      activity: row.id,
      kind: row.kind,
      on: row.heldOn,
      time: row.startsAtTime,
      people: row.people.join(' '),
      ...change.detail,
    },
  };
}

async function sealSummary(
  scope: Scope,
  of: Consultation,
  id: string,
  summary: string | null,
): Promise<Sealed | null> {
  if (summary === null) return null;
  return (await openCaseKeyOf(scope, of.id)).seal(summaryPlace(id, of), summary);
}

function update({ db }: Scope, row: Activity): Statement {
  return db
    .update(activity)
    .set(row)
    .where(and(eq(activity.id, row.id), eq(activity.consultationId, row.consultationId)));
}

/** To those named, but for whoever acts. */
function tellNamed(
  actor: Actor,
  of: Consultation,
  row: Activity,
  people: readonly string[],
  sentence: (reference: string, kind: string, when: string) => string,
): OutboxEntry[] {
  const message = referenceMessage(sentence(of.reference, ACTIVITY_KINDS[row.kind], whenOf(row)), [
    readButton(of),
  ]);
  return people.filter((person) => person !== actor.slackUserId).map((person) => tell(person, message));
}

/** A plan may name people who have left since, or who may no longer see the case: they hear nothing of it. */
async function toThoseThere(
  scope: Scope,
  loaded: LoadedConsultation,
  entries: readonly OutboxEntry[],
): Promise<OutboxEntry[]> {
  const there = new Set((await listCaseStaff(scope.db, loaded)).map(({ slackUserId }) => slackUserId));
  return entries.filter((entry) => entry.kind === 'direct' && there.has(entry.person));
}

/** Those who stay learn what changed; who comes and who goes, too. */
function movedNotices(actor: Actor, of: Consultation, before: Activity, row: Activity): OutboxEntry[] {
  const isSameTime = before.heldOn === row.heldOn && before.startsAtTime === row.startsAtTime;
  const staying = row.people.filter((person) => before.people.includes(person));
  const coming = row.people.filter((person) => !before.people.includes(person));
  const going = before.people.filter((person) => !row.people.includes(person));
  return [
    ...(isSameTime
      ? []
      : tellNamed(actor, of, row, staying, (reference, kind, when) =>
          text.moved(reference, kind, whenOf(before), when),
        )),
    ...tellNamed(actor, of, row, coming, text.planned),
    ...tellNamed(actor, of, before, going, text.leftOut),
  ];
}
