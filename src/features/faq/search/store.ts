/**
 * The index of the FAQ as it is written: entries put in and taken out, and the whole built anew beside the one that is read. It holds
 * nothing that the main database does not, and may be thrown away at any time.
 */
import { sha256Hex } from '../../../lib/bytes.ts';
import { largePortionsOf, type Portion } from '../../../lib/portions.ts';
import { searchableWords } from '../synonyms/rules.ts';
import { rowOf } from './folded-entry.ts';
import {
  beginGeneration,
  isMissing,
  listGenerations,
  makeFrame,
  recountStatement,
  swapStatements,
} from './generations.ts';
import type { SearchableEntry } from './rules.ts';

export interface FaqIndex {
  binding: D1Database;
}

const opened = new WeakMap<D1Database, FaqIndex>();

export function openFaqIndex(binding: D1Database): FaqIndex {
  const known = opened.get(binding);
  if (known) return known;
  const index = { binding };
  opened.set(binding, index);
  return index;
}

/** Thrown when entries are to be changed in an index that is not there, or of another format: build it. */
export class IndexNotBuilt extends Error {
  override readonly name = 'IndexNotBuilt';
}

/** What the index holds, to be compared with `digestOf` of what it should hold; undefined when it is not built, or of another format. */
export async function contentOf({
  binding,
}: FaqIndex): Promise<{ id: string; digest: string }[] | undefined> {
  const live = (await listGenerations(binding)).find(({ state }) => state === 'live');
  if (!live) return undefined;
  const { results } = await binding
    .prepare(`SELECT id, digest FROM entry_${live.number} ORDER BY id`)
    .all<{ id: string; digest: string }>();
  return results;
}

/** Equal for equal entries only. */
export function digestOf(entry: SearchableEntry): Promise<string> {
  const { id, externalId, question, aliases, answer, topics, isCoreOnly, learnt } = entry;
  return sha256Hex(JSON.stringify([id, externalId, question, aliases, answer, topics, isCoreOnly, learnt]));
}

/** Puts entries in, over what stood there under their ids. @throws {IndexNotBuilt} */
export async function putEntries(index: FaqIndex, entries: readonly SearchableEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const { binding } = index;
  const portions = await rowsOf(entries);
  await inEachGeneration(index, async (number) => {
    for (const { rows } of portions) await binding.batch(putStatements(binding, number, rows));
    await recountStatement(binding, number).run();
  });
}

/** Takes entries out; ids that it does not hold are passed over. @throws {IndexNotBuilt} */
export async function removeEntries(index: FaqIndex, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { binding } = index;
  const list = JSON.stringify(ids);
  await inEachGeneration(index, async (number) => {
    await binding.batch([
      ...removeStatements(binding, number, list),
      binding.prepare(`INSERT OR IGNORE INTO gone_${number} (id) SELECT value FROM json_each(?)`).bind(list),
      recountStatement(binding, number),
    ]);
  });
}

/** Replaces all groups of synonyms. Words are compared folded; a word may stand in several groups. */
export async function putSynonyms(
  { binding }: FaqIndex,
  groups: readonly (readonly string[])[],
): Promise<void> {
  await makeFrame(binding);
  await binding.batch(synonymStatements(binding, groups));
}

/**
 * Builds the index from nothing: searches find the old one until the new one is whole. What is put in or taken out meanwhile holds.
 * When another rebuild begins before this one ends, this one stops without a word: the later one saw what this one would have.
 */
export async function rebuildIndex(
  { binding }: FaqIndex,
  entries: AsyncIterable<readonly SearchableEntry[]> | Iterable<readonly SearchableEntry[]>,
  groups?: readonly (readonly string[])[],
): Promise<void> {
  await makeFrame(binding);
  const number = await beginGeneration(binding);
  try {
    for await (const portion of entries)
      for (const { rows } of await rowsOf(portion))
        await binding.batch(fillStatements(binding, number, rows));
    await finish(binding, number, groups);
  } catch (error) {
    const isOvertaken = !(await listGenerations(binding)).some((each) => each.number === number);
    if (!(isOvertaken && isMissing(error))) throw error;
  }
}

async function finish(
  binding: D1Database,
  number: number,
  groups: readonly (readonly string[])[] | undefined,
): Promise<void> {
  const generations = await listGenerations(binding);
  if (!generations.some((each) => each.number === number)) return;
  const others = generations.filter((each) => each.number < number).map((each) => each.number);
  await binding.batch([
    recountStatement(binding, number),
    ...(groups ? synonymStatements(binding, groups) : []),
    ...swapStatements(binding, number, others),
  ]);
}

/**
 * Changes all generations that are read or will be: what changes while one is built must stand in it, too. When one is swapped away
 * under its hands it begins again, so `change` must be able to run twice.
 */
async function inEachGeneration(
  { binding }: FaqIndex,
  change: (number: number) => Promise<void>,
  attempts = 3,
): Promise<void> {
  const generations = await listGenerations(binding);
  if (!generations.some(({ state }) => state === 'live')) throw new IndexNotBuilt();
  try {
    for (const { number } of generations) await change(number);
  } catch (error) {
    if (!isMissing(error) || attempts <= 1) throw error;
    await inEachGeneration({ binding }, change, attempts - 1);
  }
}

/** As few JSON parameters as may be: each costs four statements. Of several with one id the last one counts. */
async function rowsOf(entries: readonly SearchableEntry[]): Promise<Portion[]> {
  const lasting = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  const rows = lasting.map(async (entry) => ({ ...rowOf(entry), digest: await digestOf(entry) }));
  return largePortionsOf(await Promise.all(rows));
}

const INTO_ENTRY = (number: number) => `INSERT INTO entry_${number}
    (id, external_id, question, is_core_only, digest, is_indexed, question_text, aliases_text, answer_text, topics_text, learnt_text)
  SELECT value->>'id', value->>'externalId', value->>'shown', value->>'isCoreOnly', value->>'digest', 0,
    value->>'question', value->>'aliases', value->>'answer', value->>'topics', value->>'learnt' FROM json_each(?) WHERE true`;

function removeStatements(binding: D1Database, number: number, ids: string): D1PreparedStatement[] {
  const those = `(SELECT value FROM json_each(?))`;
  return [
    binding
      .prepare(
        `DELETE FROM gram_${number} WHERE rowid IN (SELECT row FROM entry_${number} WHERE id IN ${those})`,
      )
      .bind(ids),
    binding.prepare(`DELETE FROM entry_${number} WHERE id IN ${those}`).bind(ids),
  ];
}

/** Over what is there. */
function putStatements(binding: D1Database, number: number, rows: string): D1PreparedStatement[] {
  const those = `(SELECT value->>'id' FROM json_each(?))`;
  return [
    binding
      .prepare(
        `DELETE FROM gram_${number} WHERE rowid IN (SELECT row FROM entry_${number} WHERE id IN ${those})`,
      )
      .bind(rows),
    binding.prepare(`DELETE FROM entry_${number} WHERE id IN ${those}`).bind(rows),
    binding.prepare(`DELETE FROM gone_${number} WHERE id IN ${those}`).bind(rows),
    ...insertStatements(binding, number, rows),
  ];
}

/** Beside what is there: what was put in or taken out since the rebuild began is newer than what the rebuild read. */
function fillStatements(binding: D1Database, number: number, rows: string): D1PreparedStatement[] {
  return insertStatements(
    binding,
    number,
    rows,
    `AND value->>'id' NOT IN (SELECT id FROM gone_${number}) ON CONFLICT (id) DO NOTHING`,
  );
}

function insertStatements(
  binding: D1Database,
  number: number,
  rows: string,
  unless = '',
): D1PreparedStatement[] {
  return [
    binding.prepare(`${INTO_ENTRY(number)} ${unless}`).bind(rows),
    binding
      .prepare(`INSERT INTO gram_${number} (rowid, question, aliases, answer, topics, question_kanji, answer_kanji)
        SELECT entry.row, value->>'questionPairs', value->>'aliasPairs', value->>'answerPairs', value->>'topicPairs',
          value->>'questionKanji', value->>'answerKanji'
        FROM json_each(?) JOIN entry_${number} AS entry ON entry.id = value->>'id' WHERE entry.is_indexed = 0`)
      .bind(rows),
    binding
      .prepare(`INSERT INTO reading (reading, word, generation)
        SELECT DISTINCT reading.value->>0, reading.value->>1, ${number}
        FROM json_each(?) AS each, json_each(each.value, '$.readings') AS reading WHERE true
        ON CONFLICT (reading, word) DO UPDATE SET generation = excluded.generation WHERE generation < excluded.generation`)
      .bind(rows),
    binding
      .prepare(
        `UPDATE entry_${number} SET is_indexed = 1 WHERE id IN (SELECT value->>'id' FROM json_each(?)) AND is_indexed = 0`,
      )
      .bind(rows),
  ];
}

function synonymStatements(
  binding: D1Database,
  groups: readonly (readonly string[])[],
): D1PreparedStatement[] {
  const rows = groups.flatMap((group, number) => {
    const words = searchableWords(group);
    return words.map((word) => [word, number, words] as const);
  });
  return [
    binding.prepare('DELETE FROM synonym'),
    binding
      .prepare(`INSERT OR REPLACE INTO synonym (word, "group", words)
        SELECT value->>0, value->>1, value->'$[2]' FROM json_each(?)`)
      .bind(JSON.stringify(rows)),
  ];
}
