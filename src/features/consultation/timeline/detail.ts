/** The detail of an entry in the audit log: ids and codes, as names and words. Pure. */
import { formatDate, formatInstant, isCalendarDate } from '../../../lib/jst.ts';
import type { CaseEvent } from './data.ts';
import { timelineText } from './text.ts';

/** What the log calls by ids and codes. Whoever has left still has a name; of other cases only those that the reader may see. */
export interface Names {
  people: ReadonlyMap<string, string>;
  centers: ReadonlyMap<string, string>;
  /** References by id. */
  cases: ReadonlyMap<string, string>;
}

/** The detail's fields as words; null for what it does not hold. */
export class Detail {
  readonly #fields: CaseEvent['detail'];
  readonly #names: Names;

  constructor(fields: CaseEvent['detail'], names: Names) {
    this.#fields = fields;
    this.#names = names;
  }

  has(field: string): boolean {
    return field in this.#fields;
  }

  isTrue(field: string): boolean {
    return this.#fields[field] === true;
  }

  text(field: string): string | null {
    const value = this.#fields[field];
    return typeof value === 'string' && value !== '' ? value : null;
  }

  /** A controlled word; a code of another version of kikan has none. */
  word(field: string, table: Readonly<Record<string, string>>): string | null {
    return wordOf(this.text(field), table);
  }

  /** Codes with commas. */
  words(field: string, table: Readonly<Record<string, string>>): string | null {
    const codes = this.text(field)?.split(',') ?? [];
    return codes.flatMap((code) => wordOf(code, table) ?? []).join('、') || null;
  }

  person(field: string): string | null {
    const id = this.text(field);
    return id && nameOf(id, this.#names);
  }

  /** Ids with commas or spaces. */
  people(field: string): string | null {
    const ids = this.text(field)?.split(/[ ,]+/) ?? [];
    return ids.map((id) => nameOf(id, this.#names)).join('、') || null;
  }

  center(field: string): string | null {
    const code = this.text(field);
    return code && (this.#names.centers.get(code) ?? code);
  }

  /** The reference of another case. */
  case(field: string): string | null {
    const id = this.text(field);
    return id && (this.#names.cases.get(id) ?? timelineText.hiddenCase);
  }

  /** A date, or an instant as ISO 8601. */
  date(field: string): string | null {
    const text = this.text(field);
    if (text === null) return null;
    if (isCalendarDate(text)) return formatDate(text);
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? null : formatInstant(at);
  }
}

function wordOf(code: string | null, table: Readonly<Record<string, string>>): string | null {
  return code !== null && Object.hasOwn(table, code) ? (table[code] ?? null) : null;
}

/** The name behind a Slack id. */
export function nameOf(slackUserId: string, { people }: Names): string {
  return people.get(slackUserId) ?? timelineText.somebody;
}
