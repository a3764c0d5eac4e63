/** A report in controlled words and figures, as messages, modals and pages show it. */
import { LIFELINES, NEEDS } from '../words.ts';
import { type Alarm, changedItems, type Status } from './rules.ts';
import { reportingText as text } from './text.ts';

export type Fact = (typeof FACTS)[number];
/** In the order in which people are asked. */
export const FACTS = [
  'damage',
  'building',
  'power',
  'water',
  'gas',
  'telecom',
  'gathered',
  'service',
  'checks',
  'needs',
] as const;

/** What a report says of one thing. */
export function factValue(status: Status, fact: Fact): string {
  const { unknown, words } = text;
  switch (fact) {
    case 'damage':
      return status.damage === null ? unknown : words.damage[status.damage];
    case 'building':
      return status.building === null ? unknown : words.building[status.building];
    case 'power':
    case 'water':
    case 'gas':
    case 'telecom': {
      const supply = status[fact];
      return supply === null ? unknown : words.supply[supply];
    }
    case 'gathered':
      return status.gathered === null ? unknown : text.people(status.gathered);
    case 'service':
      return status.service === null ? unknown : words.service[status.service];
    case 'checks':
      return checksValue(status);
    case 'needs':
      return needsValue(status);
  }
}

function checksValue({ checksDone, checksTotal }: Status): string {
  return checksDone === null && checksTotal === null ? text.unknown : text.checks(checksDone, checksTotal);
}

function needsValue({ needsPeople, needsGoods, needsVehicles }: Status): string {
  const stated = { people: needsPeople, goods: needsGoods, vehicles: needsVehicles };
  if (NEEDS.every((need) => stated[need] === null)) return text.unknown;
  return text.needsOf(NEEDS.filter((need) => stated[need] === true));
}

export function factLine(status: Status, fact: Fact): string {
  return text.fact(text.fields[fact], factValue(status, fact));
}

/** The whole report in three short lines. */
export function statusLines(status: Status): string[] {
  const join = (facts: readonly Fact[]) => facts.map((fact) => factLine(status, fact)).join('　');
  return [join(['service', 'damage', 'building']), join(LIFELINES), join(['gathered', 'checks', 'needs'])];
}

const FACT_OF_ITEM: Readonly<Record<keyof Status, Fact>> = {
  damage: 'damage',
  building: 'building',
  power: 'power',
  water: 'water',
  gas: 'gas',
  telecom: 'telecom',
  gathered: 'gathered',
  service: 'service',
  checksDone: 'checks',
  checksTotal: 'checks',
  needsPeople: 'needs',
  needsGoods: 'needs',
  needsVehicles: 'needs',
};

/** What a report says otherwise than the one before it. */
export function changeLines(before: Status | undefined, after: Status): string[] {
  const facts = new Set(changedItems(before, after).map((item) => FACT_OF_ITEM[item]));
  return FACTS.filter((fact) => facts.has(fact)).map((fact) => factLine(after, fact));
}

/** What of a report must be acted on. */
export function alarmLines(status: Status, alarms: readonly Alarm[]): string[] {
  const facts = new Set(alarms.map((alarm) => FACT_OF_ITEM[alarm]));
  return FACTS.filter((fact) => facts.has(fact)).map((fact) => factLine(status, fact));
}
