/** A center reports: once a form, numbered in its center, never over what somebody else reported meanwhile. */
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import { markdownSection } from '../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { ACTIONS } from '../actions.ts';
import { centersOf, type LoadedRollCall, listCommanders, standInOfActor } from '../data.ts';
import { maySeeRollCall, reporterFor, type StandIn } from '../rules.ts';
import { openRollCallsKey } from '../sealing.ts';
import { changeRollCall, type RollCallChange } from '../storing/mutations.ts';
import { nameOf } from '../text.ts';
import type { Reporter } from '../words.ts';
import {
  type CenterReport,
  type LatestReport,
  latestReportOf,
  latestReports,
  listOpenCenters,
  listTakeovers,
  type NamedTakeover,
  notePlace,
} from './data.ts';
import { alarmLines } from './lines.ts';
import {
  alarmsOf,
  consequencesOf,
  isAsked,
  isClosed,
  type ReportingCenter,
  raisesAlarm,
  type Status,
  statusOf,
} from './rules.ts';
import { centerReport } from './tables.ts';
import { listHeads } from './taking-over/data.ts';
import { consequenceEntries } from './taking-over/notices.ts';
import { endTakeover, proposeTakeover } from './taking-over/rows/mutations.ts';
import { reportingText as text } from './text.ts';

export const REPORT = 'roll-call.report';

export interface NewReport {
  rollCallId: string;
  center: string;
  /** Number of the report that the form started from; 0 before the first. */
  base: number;
  status: Status;
  /** As it was typed; sealed here. */
  note: string | null;
  /** Of the form: sent again, it reports nothing. */
  submissionKey: string;
}

export type ReportRefusal =
  | NotFound
  | { reason: 'not-running' | 'not-allowed' | 'not-asked' }
  /** Somebody else reported first; what was typed stays with whoever typed it. */
  | { reason: 'overtaken'; latest: CenterReport; center: ReportingCenter };

export interface Reported {
  loaded: LoadedRollCall;
  center: ReportingCenter;
  number: number;
}

/** Who may report is `rules.reporterFor`; of two at once the second is told of the first, and its form goes on from there. */
export async function reportCenter(
  scope: Scope,
  actor: Actor,
  wanted: NewReport,
): Promise<Result<Reported, ReportRefusal>> {
  const { db, now } = scope;
  // Sixty centers report in the same minutes: what does not change meanwhile is read once, before the first try.
  const [standIn, centers] = await Promise.all([standInOfActor(scope, actor), listOpenCenters(db)]);
  let reported: Omit<Reported, 'loaded'> | undefined;
  const changed = await changeRollCall<ReportRefusal>(
    scope,
    actor,
    { id: wanted.rollCallId, action: REPORT },
    async (loaded) => {
      const allowed = allowReport({ actor, standIn, centers }, loaded, wanted.center);
      if (!allowed.ok) return allowed;
      const { center, reporter } = allowed.value;
      const [latest, takeovers, others] = await Promise.all([
        latestReportOf(db, wanted.rollCallId, wanted.center),
        listTakeovers(db, wanted.rollCallId),
        isClosed(wanted.status) ? latestReports(db, wanted.rollCallId) : [],
      ]);
      reported = { center, number: wanted.base + 1 };
      if (latest?.submissionKey === wanted.submissionKey) return done(undefined);
      if (latest && latest.number !== wanted.base) return refused({ reason: 'overtaken', latest, center });
      const number = (latest?.number ?? 0) + 1;
      reported = { center, number };
      const id = crypto.randomUUID();
      const note = await sealNote(scope, id, center.code, wanted.note);
      const given = { center, centers, latest, takeovers, others, status: wanted.status, number };
      const followed = await followUp(scope, loaded, given);
      return done({
        ...followed,
        statements: [
          db.insert(centerReport).values({
            id,
            rollCallId: wanted.rollCallId,
            center: center.code,
            number,
            at: now,
            by: actor.slackUserId,
            reporter,
            ...wanted.status,
            note,
            submissionKey: wanted.submissionKey,
          }),
          ...(followed.statements ?? []),
        ],
        detail: { ...followed.detail, center: center.code, number, reporter },
        entries: (followed.entries ?? []).filter(
          (entry) => entry.kind !== 'direct' || entry.person !== actor.slackUserId || isAsking(entry),
        ),
      });
    },
  );
  if (!changed.ok) return changed;
  if (!reported) throw new Error('reported without deciding');
  return done({ loaded: changed.value, ...reported });
}

/** A message with buttons goes to the person herself as well: it asks something. */
function isAsking({ message }: Extract<OutboxEntry, { kind: 'direct' }>): boolean {
  return (message.blocks ?? []).length > 1;
}

/** Who asks, and the open centers. */
export interface Asking {
  actor: Actor;
  standIn: StandIn;
  centers: readonly ReportingCenter[];
}

export interface Allowed {
  center: ReportingCenter;
  reporter: Reporter;
}

/** Whether somebody may report for a center now, and as whom. */
export function allowReport(
  { actor, standIn, centers }: Asking,
  { rollCall }: Pick<LoadedRollCall, 'rollCall'>,
  code: string,
): Result<Allowed, NotFound | { reason: 'not-running' | 'not-allowed' | 'not-asked' }> {
  if (!maySeeRollCall(actor, standIn, rollCall)) return refused(NOT_FOUND);
  if (rollCall.status !== 'running') return refused({ reason: 'not-running' });
  const reporter = reporterFor(actor, standIn, code);
  if (reporter === undefined) return refused({ reason: 'not-allowed' });
  const center = centers.find((each) => each.code === code);
  if (!center || !isAsked(centersOf(rollCall), center)) return refused({ reason: 'not-asked' });
  return done({ center, reporter });
}

async function sealNote(scope: Scope, id: string, center: string, note: string | null) {
  return note === null ? null : (await openRollCallsKey(scope)).seal(notePlace(id, center), note);
}

interface Given {
  center: ReportingCenter;
  centers: readonly ReportingCenter[];
  latest: CenterReport | undefined;
  takeovers: readonly NamedTakeover[];
  /** The latest reports of all centers; read where this one is closed. */
  others: readonly LatestReport[];
  status: Status;
  number: number;
}

/** What a report sets going: who takes over for whom, and what those who command hear at once. */
async function followUp(
  { db, now }: Scope,
  { rollCall }: LoadedRollCall,
  { center, centers, latest, takeovers, others, status, number }: Given,
): Promise<RollCallChange> {
  const before = latest && statusOf(latest);
  const open = takeovers.filter(({ endedAt }) => endedAt === null);
  const closed = new Set(
    others.filter((each) => each.center !== center.code && isClosed(each)).map((each) => each.center),
  );
  const consequences = consequencesOf(center.code, { before, after: status }, { centers, closed, open });
  const isAlarm = raisesAlarm(before, status);
  if (consequences.length === 0 && !isAlarm) return {};
  const left = new Map(open.map((each) => [each.center, each.substitute]));
  const concerned = consequences.flatMap((each) => [
    ...('substitute' in each ? [each.substitute] : []),
    ...[left.get(each.center) ?? []].flat(),
  ]);
  const [heads, commanders] = await Promise.all([
    listHeads(db, [...new Set(concerned)], now),
    listCommanders(db, now),
  ]);
  const people = { heads, commanders, shorts: new Map(centers.map(({ code, short }) => [code, short])) };
  return {
    statements: consequences.flatMap((each) => {
      const of = { rollCallId: rollCall.id, center: each.center };
      if (each.kind === 'propose') return [proposeTakeover(db, { ...of, substitute: each.substitute }, now)];
      return left.has(each.center) ? [endTakeover(db, of, now)] : [];
    }),
    entries: [
      ...(isAlarm ? alarmEntries(rollCall, center, number, status, commanders) : []),
      ...consequenceEntries(rollCall, consequences, people, left),
    ],
    detail: Object.fromEntries(
      consequences.map((each) => [
        `takeover.${each.center}`,
        'substitute' in each ? `${each.kind} ${each.substitute}` : each.kind,
      ]),
    ),
  };
}

function alarmEntries(
  rollCall: LoadedRollCall['rollCall'],
  { short }: ReportingCenter,
  number: number,
  status: Status,
  commanders: readonly string[],
): OutboxEntry[] {
  const sentence = text.alarm(escapeMrkdwn(nameOf(rollCall)), escapeMrkdwn(short), number);
  const facts = alarmLines(status, alarmsOf(status)).join('\n');
  return commanders.map((person) => ({
    kind: 'direct',
    person,
    message: {
      text: sentence,
      blocks: [
        markdownSection(`${sentence}\n${facts}`),
        { type: 'actions', elements: [ACTIONS.open.button(rollCall.id)] },
      ],
    },
  }));
}
