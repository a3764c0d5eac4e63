/** What an address asks of a log: codes, ids and dates only. What cannot be read is left out and told beside its field. */
import { addDays, isCalendarDate, startOfJapanDay } from '../../../lib/jst.ts';
import { readSearch } from '../finding/rules.ts';
import { LOG_GROUPS, LOG_SURFACES, type LogGroup, type LogSurface } from './rules.ts';

/** Where a page goes on: behind which entry, newest first. */
export interface LogPosition {
  at: number;
  /** The entry's row, which tells apart what happened in the same millisecond. */
  row: number;
}

export interface LogFilter {
  person?: string;
  reference?: string;
  group?: LogGroup;
  surface?: LogSurface;
  /** Dates of Japan, both included. */
  fromOn?: string;
  untilOn?: string;
}

/** Names of the fields of the form, and of the address. */
export const LOG_FIELDS = ['person', 'case', 'group', 'surface', 'from', 'until'] as const;
export type LogField = (typeof LOG_FIELDS)[number];

export interface AskedLog {
  filter: LogFilter;
  /** Fields that hold what is none of their values. */
  faults: readonly LogField[];
  after: LogPosition | undefined;
}

/** @param asked the value of a field of the address */
export function readLogQuery(asked: (field: LogField | 'after') => string | undefined): AskedLog {
  const filter: LogFilter = {};
  const faults: LogField[] = [];
  for (const field of LOG_FIELDS) {
    const value = asked(field)?.trim() ?? '';
    if (value !== '' && !takeIn(filter, field, value)) faults.push(field);
  }
  const { fromOn, untilOn } = filter;
  if (fromOn && untilOn && untilOn < fromOn) faults.push('until');
  return { filter, faults, after: readPosition(asked('after')) };
}

function takeIn(filter: LogFilter, field: LogField, value: string): boolean {
  const taken = fieldOf(field, value);
  if (taken) Object.assign(filter, taken);
  return taken !== undefined;
}

function fieldOf(field: LogField, value: string): LogFilter | undefined {
  switch (field) {
    case 'person':
      return isSlackId(value) ? { person: value } : undefined;
    case 'case': {
      const search = readSearch(value);
      return search.by === 'reference' ? { reference: search.reference } : undefined;
    }
    case 'group':
      return oneOf(LOG_GROUPS, value, (group) => ({ group }));
    case 'surface':
      return oneOf(LOG_SURFACES, value, (surface) => ({ surface }));
    case 'from':
      return isCalendarDate(value) ? { fromOn: value } : undefined;
    case 'until':
      return isCalendarDate(value) ? { untilOn: value } : undefined;
  }
}

function oneOf<Word extends string>(
  words: readonly Word[],
  value: string,
  filterOf: (word: Word) => LogFilter,
): LogFilter | undefined {
  const word = words.find((each) => each === value);
  return word && filterOf(word);
}

/** As Slack makes them. */
export function isSlackId(text: string): boolean {
  return /^[UW][A-Z0-9]{1,30}$/.test(text);
}

/** The instants of a span of days: from the first one, before the second one. */
export function spanOf({ fromOn, untilOn }: Pick<LogFilter, 'fromOn' | 'untilOn'>): {
  from?: Date;
  before?: Date;
} {
  return {
    ...(fromOn ? { from: startOfJapanDay(fromOn) } : {}),
    ...(untilOn ? { before: startOfJapanDay(addDays(untilOn, 1)) } : {}),
  };
}

/** The query of an address that asks for this filter; begins with `?` unless it is empty. */
export function logQueryOf(filter: LogFilter, after?: LogPosition): string {
  const { person, reference, group, surface, fromOn, untilOn } = filter;
  const fields = { person, case: reference, group, surface, from: fromOn, until: untilOn };
  const query = new URLSearchParams();
  for (const [field, value] of Object.entries(fields)) if (value) query.set(field, value);
  if (after) query.set('after', `${after.at}.${after.row}`);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function readPosition(text: string | undefined): LogPosition | undefined {
  const [, at, row] = /^(\d{1,15})\.(\d{1,15})$/.exec(text ?? '') ?? [];
  return at && row ? { at: Number(at), row: Number(row) } : undefined;
}
