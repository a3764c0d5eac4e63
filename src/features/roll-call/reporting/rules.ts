/** What a center's report says and what follows from it. Pure. */
import type { centerReport } from './tables.ts';

/** A center as reporting needs it. */
export interface ReportingCenter {
  code: string;
  short: string;
  kind: 'kikan' | 'district' | 'city';
  channel: string | null;
  substitute: string | null;
}

/** The items of a report. Null is 未確認. */
export type Status = Pick<
  typeof centerReport.$inferSelect,
  | 'damage'
  | 'building'
  | 'power'
  | 'water'
  | 'gas'
  | 'telecom'
  | 'gathered'
  | 'service'
  | 'checksDone'
  | 'checksTotal'
  | 'needsPeople'
  | 'needsGoods'
  | 'needsVehicles'
>;

export const UNSAID: Status = {
  damage: null,
  building: null,
  power: null,
  water: null,
  gas: null,
  telecom: null,
  gathered: null,
  service: null,
  checksDone: null,
  checksTotal: null,
  needsPeople: null,
  needsGoods: null,
  needsVehicles: null,
};

export const ITEMS = [
  'damage',
  'building',
  'power',
  'water',
  'gas',
  'telecom',
  'gathered',
  'service',
  'checksDone',
  'checksTotal',
  'needsPeople',
  'needsGoods',
  'needsVehicles',
] as const satisfies readonly (keyof Status)[];

/** The items alone, of whatever holds them. */
export function statusOf(report: Status): Status {
  const { damage, building, power, water, gas, telecom, gathered, service } = report;
  const { checksDone, checksTotal, needsPeople, needsGoods, needsVehicles } = report;
  return {
    ...{ damage, building, power, water, gas, telecom, gathered, service },
    ...{ checksDone, checksTotal, needsPeople, needsGoods, needsVehicles },
  };
}

/** すべて異常なし: what was left at 未確認 is as on other days. Figures are not made up. */
export function withRestFine(status: Status): Status {
  return {
    ...status,
    damage: status.damage ?? 'none',
    building: status.building ?? 'intact',
    power: status.power ?? 'works',
    water: status.water ?? 'works',
    gas: status.gas ?? 'works',
    telecom: status.telecom ?? 'works',
    service: status.service ?? 'usual',
    needsPeople: status.needsPeople ?? false,
    needsGoods: status.needsGoods ?? false,
    needsVehicles: status.needsVehicles ?? false,
  };
}

/** A neighbour has to take over. */
export function isClosed({ service, building }: Pick<Status, 'service' | 'building'>): boolean {
  return service === 'stopped' || building === 'unusable';
}

/** It works for its residents again. A report that leaves it at 未確認 says neither. */
export function isOpenAgain(status: Pick<Status, 'service' | 'building'>): boolean {
  return !isClosed(status) && status.service !== null;
}

/** What the core center must hear of at once. */
export const ALARMS = [
  'damage',
  'building',
  'service',
  'needsPeople',
  'needsGoods',
  'needsVehicles',
] as const;
export type Alarm = (typeof ALARMS)[number];

export function alarmsOf(status: Status): Alarm[] {
  const isRaised: Record<Alarm, boolean> = {
    damage: status.damage === 'severe',
    building: status.building === 'unusable',
    service: status.service === 'stopped',
    needsPeople: status.needsPeople === true,
    needsGoods: status.needsGoods === true,
    needsVehicles: status.needsVehicles === true,
  };
  return ALARMS.filter((alarm) => isRaised[alarm]);
}

/** Whether a report raises what the one before it did not. */
export function raisesAlarm(before: Status | undefined, after: Status): boolean {
  const known = new Set(before ? alarmsOf(before) : []);
  return alarmsOf(after).some((alarm) => !known.has(alarm));
}

/** The items that a report says otherwise than the one before it; of a first one, those that it says at all. */
export function changedItems(before: Status | undefined, after: Status): (typeof ITEMS)[number][] {
  const earlier = before ?? UNSAID;
  return ITEMS.filter((item) => earlier[item] !== after[item]);
}

/**
 * Who takes over for a center: its neighbour, or where that one is closed as well the neighbour's own, and so on, never in a circle.
 * @param unable centers that are closed themselves
 */
export function nextSubstitute(
  code: string,
  centers: readonly Pick<ReportingCenter, 'code' | 'substitute'>[],
  unable: ReadonlySet<string>,
): string | undefined {
  const neighbours = new Map(centers.map((each) => [each.code, each.substitute]));
  const passed = new Set([code]);
  let next = neighbours.get(code) ?? undefined;
  while (next !== undefined && neighbours.has(next) && !passed.has(next)) {
    if (!unable.has(next)) return next;
    passed.add(next);
    next = neighbours.get(next) ?? undefined;
  }
  return undefined;
}

/** What a report means for who takes over for whom. */
export type Consequence =
  | { kind: 'propose'; center: string; substitute: string }
  /** Nobody is left to take over. */
  | { kind: 'none'; center: string }
  | { kind: 'end'; center: string; substitute: string };

interface Standing {
  centers: readonly ReportingCenter[];
  /** Whose latest report says closed, but for the center that reports. */
  closed: ReadonlySet<string>;
  /** Those that did not end. */
  open: readonly { center: string; substitute: string }[];
}

/** @param before undefined for a first report */
export function consequencesOf(
  code: string,
  { before, after }: { before: Status | undefined; after: Status },
  { centers, closed, open }: Standing,
): Consequence[] {
  const own = open.find((each) => each.center === code);
  if (!isClosed(after)) return own && isOpenAgain(after) ? [{ kind: 'end', ...own }] : [];
  const unable = new Set([...closed, code]);
  const find = (center: string): Consequence => {
    const substitute = nextSubstitute(center, centers, unable);
    return substitute === undefined ? { kind: 'none', center } : { kind: 'propose', center, substitute };
  };
  const wasClosed = before !== undefined && isClosed(before);
  return [
    ...(own || wasClosed ? [] : [find(code)]),
    // Whom this one was to take over for: somebody else has to.
    ...open.filter(({ substitute }) => substitute === code).map(({ center }) => find(center)),
  ];
}

/** Whether a roll-call asks a center to report: the chosen ones, else all but the city's section. */
export function isAsked(
  chosen: readonly string[] | null,
  { code, kind }: Pick<ReportingCenter, 'code' | 'kind'>,
): boolean {
  return chosen === null ? kind !== 'city' : chosen.includes(code);
}
