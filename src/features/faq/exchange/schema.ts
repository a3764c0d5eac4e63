/** Files of FAQ entries as JSON: strict, so that nothing of a file with a fault is loaded, and every fault is told with its place. */
import * as v from 'valibot';
import { isRecord } from '../../../lib/record.ts';
import { FaqEntrySchema, type FaqFileEntry, FaqLinkSchema } from '../../directory/faq-entries.ts';
import {
  doubledIn,
  type FileFault,
  faultsOf,
  itemsOf,
  uniqueByPath,
  unknownFieldsIn,
} from '../../directory/file-faults.ts';
import { CITY_FILE_FIELDS } from '../../directory/schema.ts';
import { directoryText } from '../../directory/text.ts';

/** One transaction takes them all; a city's whole FAQ has one or two thousand. */
export const MAX_ENTRIES = 10_000;

export type ParsedEntries = { ok: true; entries: FaqFileEntry[] } | { ok: false; faults: FileFault[] };

const Entries = v.object({
  faq: v.pipe(v.array(FaqEntrySchema), v.maxLength(MAX_ENTRIES, directoryText.tooMany(MAX_ENTRIES))),
});

/** Reads a list of entries, or an object whose `faq` is one: an export of the FAQ, or a city file. */
export function parseEntriesJson(json: string): ParsedEntries {
  let value: unknown;
  try {
    // Windows' editor puts a byte order mark before a text.
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, faults: [{ path: '(file)', problem: directoryText.notJson }] };
  }
  if (Array.isArray(value)) return parseEntries(value, '');
  const around = unknownFieldsIn([['', value, CITY_FILE_FIELDS]]);
  if (around.length > 0) return { ok: false, faults: around };
  return parseEntries(isRecord(value) ? value.faq : value, 'faq');
}

/**
 * Checks entries as a file brought them.
 * @param value the list
 * @param place what the places of its faults begin with
 */
export function parseEntries(value: unknown, place: string): ParsedEntries {
  const list = { faq: Array.isArray(value) ? value.map(lenient) : value };
  const parsed = v.safeParse(Entries, list);
  const faults = uniqueByPath([
    ...faultsOf(parsed.issues),
    ...unknownFieldsIn(itemsOf(list, 'faq').flatMap((item, i) => placesOf(item, `faq[${i}]`))),
    ...doubledIn(itemsOf(list, 'faq'), 'externalId', (i) => `faq[${i}].externalId`),
  ]).map(({ path, problem }) => ({ path: path.replace(/^faq/, place) || '(file)', problem }));
  return parsed.success && faults.length === 0
    ? { ok: true, entries: parsed.output.faq }
    : { ok: false, faults };
}

/** Other systems write a number where a name is meant, and null where nothing is. */
function lenient(item: unknown): unknown {
  if (!isRecord(item)) return item;
  const present = Object.fromEntries(Object.entries(item).filter(([, field]) => field !== null));
  return Number.isSafeInteger(present.externalId)
    ? { ...present, externalId: String(present.externalId) }
    : present;
}

function placesOf(item: unknown, path: string): [path: string, value: unknown, known: object][] {
  return [
    [`${path}.`, item, FaqEntrySchema.entries],
    ...itemsOf(item, 'links').map((link, i): [string, unknown, object] => [
      `${path}.links[${i}].`,
      link,
      FaqLinkSchema.entries,
    ]),
  ];
}
