/** What a board says in words, the same in chat and on its page. Plain text: chat escapes it. */
import type { RollCall } from '../data.ts';
import { LIFELINE_NAMES, LIFELINES, NEED_NAMES, UNKNOWN } from '../words.ts';
import type { Board, Figures, Tile } from './data.ts';
import { boardText as text } from './text.ts';

const MINUTE_MS = 60_000;

/** `実施中（開始から12分）` */
export function stateLine({ status, startedAt, closedAt }: RollCall, now: Date): string {
  const state = text.state[status];
  if (startedAt === null) return state;
  const minutes = Math.max(0, Math.floor(((closedAt ?? now).getTime() - startedAt.getTime()) / MINUTE_MS));
  return `${state}（${closedAt === null ? text.sinceStart(minutes) : text.lasted(minutes)}）`;
}

/** Whole percents, rounded down: 100% is said when everybody answered, not before. */
function percentOf({ answered, roster }: Pick<Figures, 'answered' | 'roster'>): number {
  return roster === 0 ? 0 : Math.floor((answered * 100) / roster);
}

export function totalLine({ totals }: Pick<Board, 'totals'>): string {
  return text.answered(totals.answered, totals.roster, percentOf(totals));
}

/** `無事 10名　軽傷 1名　…` */
export function safetyLine({ totals, tiles }: Board): string {
  const { safe, minor, severe, coming, answered, roster } = totals;
  const reported = tiles.filter(({ report }) => report !== undefined).length;
  return [
    text.safe(safe),
    text.minor(minor),
    text.severe(severe),
    text.silent(roster - answered),
    text.coming(coming),
    text.reported(reported, tiles.length),
  ].join('　');
}

/** That Slack was not reached while it ran, what was done about it, and whom that does not reach; undefined while all was well. */
export function troubleLine({ rollCall, totals }: Pick<Board, 'rollCall' | 'totals'>): string | undefined {
  const { slackDownAt, slackBackAt, mailedAt, status } = rollCall;
  if (slackDownAt === null) return undefined;
  return [
    text.slackDown(slackDownAt),
    ...(mailedAt === null ? [] : [text.mailed]),
    ...(slackBackAt === null ? [] : [text.slackBack(slackBackAt)]),
    ...(totals.unmailed > 0 && status === 'running' ? [text.unmailed(totals.unmailed)] : []),
  ].join('');
}

/** Names of the lifelines that a center is without. */
export function outOf({ report }: Pick<Tile, 'report'>): string[] {
  if (!report) return [];
  return LIFELINES.filter((each) => report[each] === 'out').map((each) => LIFELINE_NAMES[each]);
}

/** Names of what a center asks for. */
export function needsOf({ report }: Pick<Tile, 'report'>): string[] {
  if (!report) return [];
  const { needsPeople, needsGoods, needsVehicles } = report;
  return [
    ...(needsPeople === true ? [NEED_NAMES.people] : []),
    ...(needsGoods === true ? [NEED_NAMES.goods] : []),
    ...(needsVehicles === true ? [NEED_NAMES.vehicles] : []),
  ];
}

export function serviceOf({ report }: Pick<Tile, 'report'>): string {
  return report?.service ? text.services[report.service] : text.serviceUnknown;
}

/** What harm a center reports to people and building; empty where none. */
export function damagesOf({ report }: Pick<Tile, 'report'>): string[] {
  if (!report) return [];
  const { damage, building } = report;
  return [damage ? text.damages[damage] : '', building ? text.buildings[building] : ''].filter(
    (word) => word !== '',
  );
}

/** What a cell of the table says of several items: the words, else that there is nothing, which is said only where all of them were reported. */
export function cellOf(words: readonly string[], reported: readonly unknown[]): string {
  if (words.length > 0) return words.join('・');
  return reported.every((each) => each !== null && each !== undefined) ? text.none : UNKNOWN;
}

export function takeoverOf({ takeover }: Pick<Tile, 'takeover'>): string | undefined {
  if (!takeover) return undefined;
  const { substituteShort, acceptedAt } = takeover;
  return acceptedAt === null ? text.takeoverProposed(substituteShort) : text.takeover(substituteShort);
}

/** What stands in a center's tile beside its name and figures, danger first. */
export function tileFacts(tile: Tile): string[] {
  const [out, needs, takeover] = [outOf(tile), needsOf(tile), takeoverOf(tile)];
  return [
    ...(tile.help > 0 ? [text.tileHelp(tile.help)] : []),
    serviceOf(tile),
    ...damagesOf(tile),
    ...(out.length > 0 ? [text.out(out)] : []),
    ...(needs.length > 0 ? [text.needs(needs)] : []),
    ...(tile.checks ? [text.checks(tile.checks.done, tile.checks.total)] : []),
    ...(takeover === undefined ? [] : [takeover]),
    ...(tile.report ? [text.number(tile.report.number)] : []),
  ];
}

/** Whether something of a center asks for attention at first sight. */
export function isInTrouble(tile: Tile): boolean {
  return (
    tile.help > 0 ||
    tile.report?.service === 'stopped' ||
    tile.report?.damage === 'severe' ||
    tile.report?.building === 'unusable' ||
    needsOf(tile).length > 0
  );
}
