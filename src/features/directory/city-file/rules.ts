/** What loading a city file would change. Pure. */
import type { CityFile } from '../schema.ts';

/** One field that becomes another; undefined where it is not set. */
export interface FieldChange {
  field: string;
  before: string | undefined;
  after: string | undefined;
}

export interface EntryChange {
  id: string;
  name: string;
  fields: readonly FieldChange[];
}

type Named = Pick<EntryChange, 'id' | 'name'>;

export interface FileChanges {
  removed: readonly Named[];
  added: readonly Named[];
  changed: readonly EntryChange[];
  closed: readonly Named[];
  opened: readonly Named[];
  centers: readonly EntryChange[];
  /** Fields of the city itself. */
  city: readonly FieldChange[];
  /** Where its content is another. */
  lists: readonly { list: 'meetingKinds'; before: number; after: number }[];
  /** Entries of the FAQ that the file adds or changes; none is ever taken away. */
  faq: FaqChanges | undefined;
  /** Whether people or centers stand in another order, which is that of every list; beside those that come and go. */
  isReordered: boolean;
}

export interface FaqChanges {
  fresh: number;
  changed: number;
}

/** What is another in `after`; of the FAQ, whoever keeps it says what would be. */
export function compareFiles(before: CityFile, after: CityFile, faq: FaqChanges): FileChanges {
  const people = compareEntries(before.staff, after.staff, ({ slackUserId }) => slackUserId);
  const centers = compareEntries(before.centers, after.centers, ({ code }) => code);
  return {
    removed: people.gone,
    added: people.fresh,
    changed: people.changed,
    closed: centers.gone,
    opened: centers.fresh,
    centers: centers.changed,
    city: compareFields(cityFieldsOf(before), cityFieldsOf(after)),
    faq: faq.fresh + faq.changed > 0 ? faq : undefined,
    lists: (['meetingKinds'] as const)
      .filter((list) => JSON.stringify(before[list]) !== JSON.stringify(after[list]))
      .map((list) => ({ list, before: before[list].length, after: after[list].length })),
    isReordered: !people.isInOrder || !centers.isInOrder,
  };
}

export function hasChanges({ isReordered, faq, ...lists }: FileChanges): boolean {
  return isReordered || faq !== undefined || Object.values(lists).some((list) => list.length > 0);
}

function compareEntries<Entry extends { name: string }>(
  before: readonly Entry[],
  after: readonly Entry[],
  idOf: (entry: Entry) => string,
) {
  const named = (entry: Entry): Named => ({ id: idOf(entry), name: entry.name });
  const [old, fresh] = [before, after].map((entries) => new Map(entries.map((each) => [idOf(each), each])));
  const orderOf = (entries: readonly Entry[]) =>
    entries
      .map(idOf)
      .filter((id) => old?.has(id) && fresh?.has(id))
      .join(' ');
  return {
    isInOrder: orderOf(before) === orderOf(after),
    gone: before.filter((entry) => !fresh?.has(idOf(entry))).map(named),
    fresh: after.filter((entry) => !old?.has(idOf(entry))).map(named),
    changed: after.flatMap((entry) => {
      const standing = old?.get(idOf(entry));
      const fields = standing ? compareFields(standing, entry) : [];
      return fields.length > 0 ? [{ ...named(entry), fields }] : [];
    }),
  };
}

function cityFieldsOf({ centers, staff, faq, meetingKinds, ...fields }: CityFile): object {
  return fields;
}

function compareFields(before: object, after: object): FieldChange[] {
  const [old, fresh] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((field) => old.get(field) !== fresh.get(field))
    .map((field) => ({ field, before: old.get(field), after: fresh.get(field) }));
}

/** Fields as texts that compare equal when they are; what is not set is not there. */
function fieldsOf(entry: object): Map<string, string> {
  return new Map(
    Object.entries(entry).flatMap(([field, value]) =>
      value === undefined
        ? []
        : [[field, typeof value === 'string' ? value : JSON.stringify(value)] as const],
    ),
  );
}
