/** Who asks core staff to a meeting and who answers, who finds 地域課題, and who reads and settles them. Pure. */
import type { Actor } from '../../directory/actor.ts';
import { type Circle, isAhead, mayRead } from '../rules.ts';
import type { MeetingStatus } from '../words.ts';

type Person = Pick<Actor, 'slackUserId'> & { center: Pick<Actor['center'], 'code' | 'kind'> };

/** A district center asks for its own meeting, while it is ahead. */
export function mayAskCore(
  actor: Person,
  { hostCenter, hostKind }: Pick<Circle, 'hostCenter' | 'hostKind'>,
  { status, endsAt }: { status: MeetingStatus; endsAt: Date | null },
  now: Date,
): boolean {
  const isHost = hostKind === 'district' && actor.center.code === hostCenter;
  return isHost && isAhead(status) && (endsAt === null || now < endsAt);
}

/** The core center answers for its own staff. */
export function mayAnswerForCore(actor: Person): boolean {
  return actor.center.kind === 'kikan';
}

/** What a meeting showed is noted by those who hold it, and by the core center. */
export function mayRecordIssue(actor: Person, circle: Circle, status: MeetingStatus): boolean {
  const isTheirs = actor.center.code === circle.hostCenter || actor.center.kind === 'kikan';
  return isTheirs && status !== 'cancelled' && mayRead(actor, circle);
}

/** The words of an issue: for the core center and the city section, which look for the remedy, and the center of its area. */
export function mayReadSummary(actor: Person, area: string): boolean {
  return actor.center.kind !== 'district' || actor.center.code === area;
}

/** What became of it, and putting it on an agenda: the core center and the city section. */
export function maySettle(actor: Person): boolean {
  return actor.center.kind !== 'district';
}

/** `課R8-003`. */
export function formatIssueReference(series: string, number: number): string {
  return `課${series}-${String(number).padStart(3, '0')}`;
}

/** `課R8-003` and `R8-3`, in any width and case; undefined for anything else. */
export function readIssueReference(text: string): string | undefined {
  const [, series, number] =
    /^課?([A-Z]\d{1,2})-(\d{1,6})$/.exec(text.normalize('NFKC').trim().toUpperCase()) ?? [];
  return series === undefined ? undefined : formatIssueReference(series, Number(number));
}

export interface IssueCount {
  topic: string;
  area: string;
  count: number;
}

/** Topics with their counts by area, the most frequent first; topics that no area has are missing. */
export function tableOf(
  counts: readonly IssueCount[],
  areas: readonly string[],
): { topic: string; byArea: number[]; total: number }[] {
  return [...new Set(counts.map(({ topic }) => topic))]
    .map((topic) => {
      const own = counts.filter((each) => each.topic === topic);
      const byArea = areas.map((area) => own.find((each) => each.area === area)?.count ?? 0);
      return { topic, byArea, total: own.reduce((sum, { count }) => sum + count, 0) };
    })
    .toSorted((one, other) => other.total - one.total);
}
