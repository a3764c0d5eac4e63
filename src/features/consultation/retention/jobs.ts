/** Announcing what will be erased, and erasing it. Both bear running late, twice and ending in the middle. */
import { formatLongDate, japanDate, japanHour } from '../../../lib/jst.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { referenceMessage } from '../blocks.ts';
import { tell } from '../notices.ts';
import { managersFirst } from '../people.ts';
import { loadOffice, type Office } from '../reminding/data.ts';
import {
  type EndedCase,
  findRetention,
  listDueErasures,
  listToAnnounce,
  listUnfinished,
  wasAnnouncedToday,
} from './data.ts';
import { announceErasures, eraseCase, finishErasure } from './mutations.ts';
import { eraseDay } from './rules.ts';
import { retentionText as text } from './text.ts';

/** The rest is announced tomorrow: nobody gets two of these messages a day. */
const ANNOUNCED_A_DAY = 500;
const NAMED = 20;
/** An erasure takes some thirty statements: with what else runs in a minute it stays below the 50 queries of the free plan. */
const ERASED_A_RUN = 1;
const FINISHED_A_RUN = 3;
/** Nobody is woken for it. */
const FROM_HOUR = 8;
const UNTIL_HOUR = 20;

/** Whether people read messages that can wait. */
export function isDaytime(now: Date): boolean {
  const hour = japanHour(now);
  return hour >= FROM_HOUR && hour < UNTIL_HOUR;
}

/** Once a day: tells the managers of the sending centers and of the core center what will be erased, 30 days or more before. */
export async function announceDueErasures(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const today = japanDate(now);
  if (!isDaytime(now) || (await wasAnnouncedToday(db, today))) return;
  const retention = await findRetention(db);
  if (!retention) return;
  const ended = await listToAnnounce(db, retention, today, ANNOUNCED_A_DAY);
  const office = ended.length > 0 ? await loadOffice(db, today) : undefined;
  if (!office) return;
  const cases = ended.map((each) => ({
    ...each,
    eraseOn: eraseDay(each.kind, each.endedAt, retention, today),
  }));
  const entries = noticesOf(cases, office, `${scope.settings.PUBLIC_URL}/retention`);
  // Without anybody to tell nothing is announced, and so nothing erased.
  if (entries.length > 0)
    await announceErasures(
      scope,
      cases.map(({ id, eraseOn }) => ({ id, eraseOn })),
      entries,
    );
}

type Announced = EndedCase & { eraseOn: string };

/** One message a person, however many cases. */
function noticesOf(cases: readonly Announced[], office: Office, url: string): OutboxEntry[] {
  const byPerson = new Map<string, Announced[]>();
  const core = managersFirst(staffOf(office, office.coreCenter));
  for (const each of cases) {
    const own = staffOf(office, each.sendingCenter).filter(({ role }) => role === 'manager');
    for (const { slackUserId } of [...core, ...own])
      byPerson.set(slackUserId, [...(byPerson.get(slackUserId) ?? []), each]);
  }
  return [...byPerson].map(([person, theirs]) => {
    const entry = tell(person, noticeOf(theirs, url));
    const [only] = theirs;
    return theirs.length === 1 && only ? { ...entry, about: only.id } : entry;
  });
}

function staffOf({ staff }: Office, code: string) {
  return staff.filter(({ center }) => center.code === code);
}

function noticeOf(cases: readonly Announced[], url: string): Message {
  const sorted = cases.toSorted((one, other) => (one.eraseOn < other.eraseOn ? -1 : 1));
  const lines = sorted
    .slice(0, NAMED)
    .map(({ reference, eraseOn }) => text.warningLine(reference, formatLongDate(eraseOn)));
  const more = sorted.length - lines.length;
  const first = formatLongDate(sorted[0]?.eraseOn ?? '');
  return referenceMessage(
    [
      text.warning(sorted.length, first),
      ...lines,
      ...(more > 0 ? [text.warningMore(more)] : []),
      text.warningEnd(escapeMrkdwn(url)),
    ].join('\n'),
    [],
  );
}

/** Erases what is due, and looks after what was erased until its messages and files are gone, too. */
export async function eraseDue(scope: Scope, removeFiles: (caseId: string) => Promise<void>): Promise<void> {
  const { db } = scope;
  await eraseAnnounced(scope, removeFiles);
  for (const erased of await listUnfinished(db, FINISHED_A_RUN))
    await finishErasure(scope, erased, removeFiles);
}

async function eraseAnnounced(scope: Scope, removeFiles: (caseId: string) => Promise<void>): Promise<void> {
  const { db, now } = scope;
  const due = await listDueErasures(db, japanDate(now), ERASED_A_RUN);
  const retention = due.length > 0 ? await findRetention(db) : undefined;
  if (!retention) return;
  for (const each of due) if (await eraseCase(scope, each, retention)) await removeFiles(each.id);
}
